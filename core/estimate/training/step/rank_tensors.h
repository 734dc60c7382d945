// What one rank holds of the model before states are sharded over data-parallel ranks: weights by group and format,
// trained elements, optimizer states by the optimizer's own rules. Plain sums, in one pass; rank_factors.h opens them.
#pragma once

#include <array>

#include "core/estimate/training/step/held_tensors.h"

namespace headroom::training {

struct HeldSum {
  double elements = 0, bytes = 0;
};

// Dense tensors and routed experts are sharded over different groups of devices, so they are summed apart.
struct StateSum {
  double elements = 0;    // trained elements
  double stateBytes = 0;  // optimizer states
};

struct RankTensors {
  // Per group: tensors in the compute dtype, then tensors in the asked format.
  std::array<std::array<HeldSum, 2>, kGroupCount> weights{};
  HeldSum routed;  // routed experts' weights
  StateSum trained, trainedRouted;
  double layerElements = 0;  // of the largest layer, dense part and routed part
  double layerBytes = 0;     // the same as it is stored
  double rootElements = 0;   // embeddings, head, final norm
  double headElements = 0;
  double embeddingElements = 0;
  double largestMatrix = 0;        // elements of the largest matrix of a block
  double routedLayerElements = 0;  // of the largest layer's routed experts, where they are quantized
  double quantizedElements = 0;    // elements held in a format narrower than the compute dtype
  double castElements = 0;         // elements of the blocks' Linear weights that autocast would cast
  double castHeadElements = 0;     // the same of the head, which may be the embedding

  double weightBytes() const;
  double weightElements() const;
};

RankTensors rankTensorsOf(const RankScope& scope);

}  // namespace headroom::training
