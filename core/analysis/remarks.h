// What is said about an estimate beside its numbers, by every door alike.
#pragma once

#include <vector>

#include "core/estimate/estimate.h"

namespace headroom {

// Traps that people who size training by hand fall into, where this run is in one: moments in 16 bit, activations that
// outgrow all that counts by parameters, a device nearly full. At most one note of each.
std::vector<Diagnostic> pitfalls(const Scenario& scenario, const Estimate& estimate);

// Puts behind the estimate's own diagnostics what was asked for without effect (core/analysis/effects.h) and the
// pitfalls.
void addRemarks(const Scenario& scenario, Estimate& estimate);

}  // namespace headroom
