// Sensitivity: what one more of something costs, with everything else as asked. Built only on estimate().
#pragma once

#include "core/estimate/estimate.h"
#include "core/scenario/scenario.h"

namespace headroom {

struct Sensitivity {
  Bytes perThousandTokens;  // + 1024 tokens of context, on the fullest device
  Bytes perSequence;        // + 1 batch, on the fullest device
};

// `now` is the scenario's own estimate; `scratch` is overwritten.
Sensitivity sensitivityOf(const Scenario& scenario, const Estimate& now, Estimate& scratch);

}  // namespace headroom
