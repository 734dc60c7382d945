// The moments of generation in Hugging Face transformers and what each one holds beside weights and cache.
#pragma once

#include "core/estimate/estimate.h"
#include "core/estimate/weights.h"
#include "core/scenario/settings.h"

namespace headroom {

// Fills rank.moments ("prefill: attention", "prefill: MLP", "prefill: logits", "decode"), and puts the lines of the
// largest into rank.ledger (components `activations` and `logits`) with their bands. cacheLayer: bytes of the largest
// layer's cache, which a dynamic cache copies when it grows. Weights and caches must be in the ledger already.
void addPeakMoment(RankEstimate& rank, const Model& model, const Settings& settings, const RankPart& part,
                   const Factor& sequences, const Factor& cacheLayer);

}  // namespace headroom
