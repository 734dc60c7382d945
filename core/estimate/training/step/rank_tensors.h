// What one rank holds of the model before states are sharded over data-parallel ranks: weights by group and format,
// trained elements, optimizer states by the optimizer's own rules.
#pragma once

#include <array>

#include "core/estimate/training/adapters/adapters.h"
#include "core/estimate/training/distribution/layout.h"
#include "core/estimate/training/frameworks/profile.h"
#include "core/scenario/settings.h"

namespace headroom::training {

struct TensorSum {
  double elements = 0, bytes = 0;
};

// Dense tensors and routed experts are sharded over different groups of devices, so they are summed apart.
struct StateSum {
  double elements = 0;    // trained elements
  double stateBytes = 0;  // optimizer states
};

struct RankTensors {
  // Per group: tensors in the compute dtype, then tensors in the asked format.
  std::array<std::array<TensorSum, 2>, kGroupCount> weights{};
  TensorSum routed;  // routed experts' weights
  StateSum trained, trainedRouted;
  double layerElements = 0;  // of the largest layer, dense part and routed part
  double layerBytes = 0;     // the same as it is stored
  double rootElements = 0;   // embeddings, head, final norm
  double headElements = 0;
  double embeddingElements = 0;
  double largestMatrix = 0;        // elements of the largest matrix of a block
  double routedLayerElements = 0;  // of the largest layer's routed experts, where they are quantized
  double quantizedElements = 0;    // elements held in a format narrower than the compute dtype
  double castElements = 0;         // elements of Linear weights, which autocast would cast
  double adapterElements = 0;

  double weightBytes() const;
  double weightElements() const;
};

RankTensors rankTensorsOf(const Model& model, const Settings& settings, const FrameworkProfile& profile,
                          const Layout& layout, const Stage& stage, const AdapterPlan* adapters, double rank,
                          FusedExperts experts);

// Optimizer state bytes of `copies` tensors of rows × columns.
double stateBytes(const Settings& settings, const Tensor& tensor, double rows, double columns, double copies);

}  // namespace headroom::training
