// Savings: what a change of the scenario takes off the fullest device, or adds to it. Built only on estimate(), whose
// figures are what is needed and are cut off at no capacity.
#pragma once

#include <span>

#include "core/estimate/estimate.h"
#include "core/scenario/scenario.h"

namespace headroom {

// Device bytes of the fullest device with the change, less what they are now; below 0 where it saves. `scratch` is
// overwritten.
Bytes changeBy(const Estimate& now, const Scenario& changed, Estimate& scratch);

// What a switch has to say, from the changes that its other values would make.
struct SwitchSaving {
  Bytes saved;    // by the present value against the neediest other one; 0 where none needs more
  Bytes further;  // that the best other value would save; 0 where none needs less
};
SwitchSaving switchSaving(std::span<const Bytes> changes);

}  // namespace headroom
