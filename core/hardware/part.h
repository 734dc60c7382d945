// Parts of a device that are devices of their own (NVIDIA's Multi-Instance GPU, resources/catalogue/parts.json).
// Compute and memory are parted in hardware, so several cannot work together again.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "core/hardware/accelerator.h"

namespace headroom {

struct DevicePart {
  std::string accelerator;      // id of the whole device
  std::string profile;          // "1g.10gb"
  std::int64_t most = 1;        // of them on one device
  double share = 1;             // of the device's memory and of its bandwidth
  std::optional<Bytes> memory;  // as the driver shows it; absent: not on record

  // What a process can allocate on one of them; `whole` is its device. Assumed where the size is not on record.
  Accelerator::Capacity capacity(const Accelerator& whole) const;
};

// What an accelerator can be parted into, in the file's order; empty where it cannot.
std::span<const DevicePart> partsOf(const Accelerator& accelerator);

}  // namespace headroom
