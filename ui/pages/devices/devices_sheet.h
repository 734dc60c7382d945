// The table of what runs a scenario: a row per machine.
#pragma once

#include <span>

#include "core/analysis/devices.h"
#include "ui/document/snapshot.h"
#include "ui/tables/sheet.h"

namespace headroom::ui {

enum class DevicesColumn : int {
  pin,
  device,
  count,
  fit,
  left,
  users,
  context,
  memory,
  bandwidth,
  ceiling,
  power,
  price,
  year,
};

// Whether a machine stands among the pinned ones.
bool isPinned(const DeviceAnswer& answer, const Snapshot& snapshot);
DeviceRequest pinOf(const DeviceAnswer& answer);

Sheet devicesSheet(std::span<const DeviceAnswer> answers, const DeviceQuestion& question, const Snapshot& snapshot);

// "Smallest: 1 × RTX 4090 24 GB · cheapest: 1 × L4, 0.53 $ an hour (2026-08)"
// `brief`: without what is left.
QString devicesSentence(std::span<const DeviceAnswer> answers, const Snapshot& snapshot);

}  // namespace headroom::ui
