// The peak of vLLM's profile run: the larger of one forward pass over the batched tokens and one sampler run over
// full-vocabulary logits, or of the vision encoder where there is one.
#pragma once

#include "core/estimate/ledger.h"
#include "core/estimate/serving/common/serving_device.h"
#include "core/estimate/weights.h"
#include "core/scenario/settings.h"

namespace headroom {

struct ProfileRun {
  std::int64_t tokens = 8192;      // max_num_batched_tokens
  std::int64_t sequences = 256;    // max_num_seqs
  bool sampler = true;             // last pipeline stage, and not the V0 engine with chunked prefill
  bool encoder = true;             // first pipeline stage
  const Images* images = nullptr;  // what a request may hold, where the scenario says so
};

// Tokens of the context the largest image takes; 0 for a model without a vision tower. images: nullptr where the
// scenario says nothing.
double imageTokens(const Model& model, const Images* images);

// Adds the component `activations` with its band; returns its bytes.
Bytes addVllmActivations(Ledger& ledger, const Model& model, const Settings& settings, const RankPart& part,
                         const ServingDevice& device, const ProfileRun& run);

}  // namespace headroom
