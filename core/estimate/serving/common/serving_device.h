// What a serving engine's memory rules depend on about a device.
#pragma once

#include <cstdint>
#include <optional>

#include "core/scenario/scenario.h"

namespace headroom {

enum class DeviceClass : std::uint8_t {
  card,        // NVIDIA without NVLink: consumer, workstation, T4, L4, A10, L40S …
  ampere,      // A100, A30
  datacenter,  // Hopper and Blackwell with NVLink
  rocm,        // AMD
};

struct ServingDevice {
  std::optional<Bytes> total;  // what torch reports
  DeviceClass kind = DeviceClass::datacenter;
  double computeCapability = 0;  // 0: unknown

  // Multiprocessors, each of which a kernel may give scratch of its own. Cards differ by their model: the fewest and
  // the most are those of a T4 and of an RTX 5090.
  struct Processors {
    std::int64_t fewest, usual, most;
  };
  Processors processors() const;
};

// request: nullptr where the scenario names no device (then the class is that of the newest data-centre cards).
ServingDevice servingDevice(const DeviceRequest* request);

}  // namespace headroom
