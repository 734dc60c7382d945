// Nothing is ignored in silence: what was asked for and changes nothing is found by asking again without it.
#pragma once

#include <vector>

#include "core/estimate/estimate.h"

namespace headroom {

// A diagnostic for every key that was asked for, is not the default, changes no number of the estimate, and that no
// diagnostic of the estimate names already. One estimate per key that was asked for.
std::vector<Diagnostic> withoutEffect(const Scenario& scenario, const Estimate& estimate);

// True where two estimates agree in every number they state: components with their bands, moments, capacities, pools.
bool sameNumbers(const Estimate& a, const Estimate& b);

}  // namespace headroom
