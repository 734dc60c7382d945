// Compare: one scenario on several devices, or several scenarios, side by side. Built only on estimate().
#pragma once

#include "core/analysis/limits.h"
#include "core/estimate/estimate.h"
#include "core/scenario/scenario.h"

namespace headroom {

// One of what is put side by side.
struct ComparedColumn {
  Scenario scenario;
  Estimate estimate;
  Limits limits;
};

// The scenario on another kind of device: as many of it as of the scenario's first, so that the layout over devices
// stays the one that was asked.
Scenario onDevice(const Scenario& scenario, const DeviceRequest& device);

// Answers the scenario, closed (see estimateInto), into a column that may be used again and again.
void compareInto(const Scenario& scenario, ComparedColumn& column);

}  // namespace headroom
