// Speculative decoding: what proposes tokens lies beside the model, with weights and a cache of its own.
#pragma once

#include "core/estimate/estimate_context.h"
#include "core/estimate/serving/common/served_weights.h"
#include "core/estimate/weights.h"

namespace headroom {

// The draft's layers as far as a cache is concerned: those of its model, or so many like the served model's last
// attention layer. Nothing for n-grams.
struct DraftLayers {
  const Model* model = nullptr;         // a draft model of its own
  const AttentionSpec* like = nullptr;  // else: layers like this one
  std::int64_t layers = 0;
};
DraftLayers draftLayers(const Scenario& scenario);

// The whole draft model on one rank: it shares the tensor-parallel ranks, not the pipeline's stages.
RankPart draftPart(const Model& draft, const RankPart& part);

// Adds the draft's weights to the component `weights`: a draft model's own, the checkpoint's next-token layers, or for
// an EAGLE head without a model one layer and the projection that joins embedding and hidden state.
Bytes addDraftWeights(EstimateContext& context, Ledger& ledger, const RankPart& part, const ServedRules& rules);

// What cannot be known about the draft, once per estimate.
void diagnoseDraft(EstimateContext& context);

// Engines that run the draft model as a second one of its own (llama.cpp, Transformers): estimates it alone and adds
// what it takes, component by component, to the ranks and the host.
void addDraftRun(EstimateContext& context, void (*engine)(EstimateContext&));

}  // namespace headroom
