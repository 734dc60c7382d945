// The component `weights` of one rank.
#pragma once

#include "core/estimate/ledger.h"
#include "core/estimate/placement.h"
#include "core/model/model.h"

namespace headroom {

// The part of a model on one rank.
struct RankPart {
  std::int64_t tensorParallel = 1, expertParallel = 1;
  StageLayers layers;  // of Model::order
  bool firstStage = true, lastStage = true;
  bool vision = true;                                         // the engine loads the tower with the model
  std::int64_t expertTensor = 1;                              // of expertParallel > 1: ranks that split each expert
  std::int64_t attentionParallel = 0, embeddingParallel = 0;  // 0: as tensorParallel

  WeightSplit split() const {
    return {tensorParallel, expertParallel, expertTensor, attentionParallel, embeddingParallel};
  }
};

// Layers of `kind` among the part's layers.
std::int64_t layersOfKind(const Model& model, std::size_t kind, const StageLayers& layers);

// Calls visit(tensor, kind or nullptr, layers) for every tensor of the part, whole and unsharded: `layers` says in how
// many of the part's layers it occurs (1 for embeddings, head and vision tower). Buffers are visited too.
template <typename Visit>
void forEachTensor(const Model& model, const RankPart& part, Visit&& visit) {
  for (std::size_t k = 0; k < model.kinds.size(); ++k) {
    const std::int64_t layers = layersOfKind(model, k, part.layers);
    if (layers == 0) continue;
    for (const Tensor& t : model.kinds[k].tensors) visit(t, &model.kinds[k], layers);
  }
  for (const Tensor& t : model.globals) {
    const bool head = t.role == TensorRole::head || t.role == TensorRole::norm;
    const bool tiedAgain =
        model.tiedHead && t.role == TensorRole::token_embedding && part.lastStage && !part.firstStage;
    if (head ? part.lastStage : part.firstStage || tiedAgain)
      visit(t, static_cast<const LayerKind*>(nullptr), std::int64_t{1});
  }
  if (part.firstStage && part.vision)
    for (const Tensor& t : model.vision) visit(t, static_cast<const LayerKind*>(nullptr), std::int64_t{1});
}

// What the lines of the parameter groups are called: "attention layers", "experts", …
std::string_view weightLabel(Group group);

// Adds one line per parameter group and format: elements × bytes per element, or the tensors' bytes where blocks or
// scales make them more. `holder` counts where a checkpoint is taken as stored. Returns the bytes added.
Bytes addWeights(Ledger& ledger, const Model& model, const WeightFormat& format, const RankPart& part,
                 Holder holder = Holder::file);

}  // namespace headroom
