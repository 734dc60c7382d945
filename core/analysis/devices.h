// Which device runs this: for every accelerator the least number that fits, and why fewer do not. Built only on
// estimate() and the limits; the way several devices are used is the engine's own (core/scenario/choices.h).
#pragma once

#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/analysis/ceiling.h"
#include "core/analysis/limits.h"
#include "core/estimate/estimate.h"
#include "core/hardware/detection.h"
#include "core/hardware/part.h"
#include "core/hardware/price.h"
#include "core/scenario/choices.h"
#include "core/scenario/scenario.h"

namespace headroom {

// One kind of device: an accelerator, a part of one, or just a size of memory.
struct Machine {
  const Accelerator* accelerator = nullptr;
  const DevicePart* part = nullptr;
  std::optional<Bytes> memory;             // instead of what the accelerator has
  std::optional<std::int64_t> count = {};  // so many and no other number is tried
  std::optional<std::int64_t> most = {};   // so many there are

  std::string label() const;  // "H100 SXM5 80GB, MIG 1g.10gb", "24.00 GiB"
  std::string id() const;     // "h100-sxm-80gb:1g.10gb", "memory:25769803776"; says no number of them
  std::optional<Bytes> capacity() const;
  std::optional<double> gigabytesPerSecond() const;
  DeviceRequest request() const;
  // Whether several can work on one copy of a model: not parts of a device, nor what is built into a computer.
  bool joins() const;
};

// Every accelerator, a user's own among them; with their parts where asked for.
std::vector<Machine> allMachines(bool withParts = false);

// Those of this machine, each with the memory that is left of it: alike ones are one machine of which there are
// several.
std::vector<Machine> machinesHere(std::span<const DetectedAccelerator> found);

struct DeviceQuestion {
  std::int64_t most = kNodeDevices;   // devices that work on one copy of the model, at most
  std::optional<std::int64_t> users;  // sequences to be held at once, by as many copies as it takes
  bool limits = true;                 // how far batch, context and rank go on the answer
};

// `devices` that work on one copy, and as many copies as the users take.
struct TriedCount {
  std::int64_t devices = 1, copies = 1;
  std::optional<Verdict> verdict;
  Bytes left;       // of the deciding device; below 0 where it is short
  std::string why;  // it is not the answer; empty for the answer
};

struct DeviceAnswer {
  Machine machine;
  // Devices in all, and the copies of the model among them; 0 where nothing that was tried fits.
  std::int64_t devices = 0, copies = 1;
  Scenario scenario;  // of one copy; where nothing fits, with the most devices that were tried
  std::optional<Verdict> verdict;
  Bytes need, room, left;                        // of the deciding device
  std::vector<std::string> refused, unmodelled;  // as judged: it would not run; what the figures leave out
  std::vector<TriedCount> tried;                 // in the order of devices
  Limits limits;                                 // of one copy, where asked for
  std::optional<Ceiling> ceiling;                // of one copy; nothing where nothing fits
  const Price* price = nullptr;
  std::optional<double> usdPerHour;  // of all devices
  bool fits() const { return devices > 0; }
};

// Answers in the order of the machines, the same on any number of cores. A layout that the scenario spells out is
// kept: then only its number of devices is tried. Stopped: what is left has no tried counts.
std::vector<DeviceAnswer> devicesFor(const Scenario& scenario, std::span<const Machine> machines,
                                     const DeviceQuestion& question, const std::stop_token& stop = {});

// Which machines are of interest; what an accelerator does not say is not held against it.
struct MachineFilter {
  std::string vendor, segment;       // in any case; empty: all
  std::optional<Bytes> least, most;  // of memory
  std::optional<double> mostWatts;
  std::optional<int> since;  // year
  bool passes(const Machine& machine) const;
};

// What answers are put in order by.
enum class DeviceOrder : std::uint8_t {
  smallest,  // what fits first, the least memory of all devices together first
  name,
  devices,
  verdict,
  room,
  batch,
  context,
  memory,
  bandwidth,
  power,
  ceiling,
  price,
  year,
};
// "smallest", "bandwidth", …, and their list for messages.
std::optional<DeviceOrder> deviceOrder(std::string_view name);
std::vector<std::string_view> deviceOrders();
// Stable; what is not known comes last. `descending` turns the known ones around.
void putInOrder(std::vector<DeviceAnswer>& answers, DeviceOrder order, bool descending = false);

}  // namespace headroom
