// What transformers keeps of a recurrent layer for one sequence.
#pragma once

#include "core/estimate/factor.h"
#include "core/model/layer.h"

namespace headroom {

// Bytes per sequence and layer. `elementBytes`: of the compute format. Unlike an engine's kernels the classes keep
// every column of the short convolution, and their plain torch paths the recurrent state in fp32.
Factor transformersStateFactor(FactorTree& tree, const StateSpec& state, double elementBytes,
                               std::int64_t tensorParallel);

}  // namespace headroom
