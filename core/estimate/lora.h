// Which tensors carry a low-rank adapter and how many parameters it has (LoRA, https://arxiv.org/abs/2106.09685
// section 4.1).
#pragma once

#include <cstdint>

#include "core/estimate/factor.h"
#include "core/model/model.h"
#include "core/scenario/scenario.h"

namespace headroom {

// Parameters of the pair A (rank × in) and B (out × rank) beside one in → out layer: rank × (in + out).
constexpr std::int64_t loraParameters(std::int64_t in, std::int64_t out, std::int64_t rank) {
  return rank * (in + out);
}

// True for a weight that gets an adapter: `all-linear` means every Linear of the blocks but not the head (peft
// tuners_utils.py, _maybe_include_all_linear_layers), `attention` the attention projections, else the named modules.
bool isLoraTarget(const Tensor& tensor, const Targets& targets);

// Adapter parameters of the whole model; DoRA adds one magnitude per output feature (https://arxiv.org/abs/2402.09353).
std::int64_t loraParameters(const Model& model, const Targets& targets, std::int64_t rank, bool dora = false);
Factor loraParameters(FactorTree& tree, const Model& model, const Targets& targets, std::int64_t rank, bool dora);

}  // namespace headroom
