// Weights as a serving engine holds them on one rank after loading: sharded, in the served format, with what the engine
// adds to the checkpoint (rotary tables, latent-attention copies, paddings, the allocator's unsplit remainders).
#pragma once

#include <cstdint>
#include <string_view>

#include "core/estimate/constants.h"
#include "core/estimate/weights.h"
#include "core/scenario/settings.h"

namespace headroom {

// How latent attention keeps its up-projections W_UK and W_UV beside kv_b (vllm mla/common.py).
enum class LatentCopies : std::uint8_t {
  none,      // before latent attention had a kernel of its own (vLLM up to 0.6)
  absorbed,  // products with q_b and o in the weights' own width (0.7, V0 engine)
  separate,  // two 16-bit copies (0.8 and later)
};

struct ServedRules {
  LatentCopies latentCopies = LatentCopies::separate;
  bool rotaryTable = true;
  Amount lostBytes = 0;  // engines that print a difference of free memory: what it holds beside the tensors
  std::string_view lostSource;
  bool wideScales = false;  // experts in MXFP4 keep the fp32 scales they were loaded with beside the repacked ones
  bool head = true;         // false: an engine that only embeds drops a head of its own
  bool vision = true;       // false: a text-only server never loads the tower
  bool caching = true;      // torch's caching allocator hands out unsplit remainders
};

// Adds the component `weights`; returns the bytes added.
Bytes addServedWeights(Ledger& ledger, const Model& model, const Settings& settings, const RankPart& part,
                       const ServedRules& rules);

}  // namespace headroom
