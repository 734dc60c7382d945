// How many elements of one token a layer holds at its widest moment of a forward pass without gradients.
#pragma once

#include "core/estimate/factor.h"
#include "core/model/model.h"

namespace headroom {

// Residual and its norm, with the widest of queries, keys, values and output; gate, up and product of an MLP; and the
// same of a token's experts with their inputs and outputs. `why`: where the engine's code says so.
Factor widestLayer(FactorTree& tree, const LayerKind& kind, std::int64_t hidden, std::int64_t tensorParallel,
                   std::string_view why);

}  // namespace headroom
