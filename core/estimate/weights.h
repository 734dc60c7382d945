// The component `weights` of one rank.
#pragma once

#include "core/estimate/ledger.h"
#include "core/estimate/placement.h"
#include "core/model/model.h"

namespace headroom {

// The part of a model on one rank.
struct RankPart {
  std::int64_t tensorParallel = 1, expertParallel = 1;
  StageLayers layers;             // of Model::order
  bool firstStage = true, lastStage = true;
};

// Layers of `kind` among the part's layers.
std::int64_t layersOfKind(const Model& model, std::size_t kind, const StageLayers& layers);

// Adds one line per parameter group and format: elements × bytes per element (scales included). Returns the bytes added.
Bytes addWeights(Ledger& ledger, const Model& model, const WeightFormat& format, const RankPart& part);

}  // namespace headroom
