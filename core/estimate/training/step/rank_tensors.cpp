#include "core/estimate/training/step/rank_tensors.h"

#include <algorithm>

#include "core/estimate/training/optimizers/state_rule.h"

namespace headroom::training {
namespace {

class Summing {
 public:
  explicit Summing(const RankScope& scope)
      : scope_(scope),
        held_(scope),
        uniform_(statesAreUniform(scope.settings)),
        rule_(stateRuleOf(scope.settings, {}, 0)) {}

  RankTensors out;

  void addLayers(std::size_t kind) {
    const double layers = scope_.layers(kind);
    if (layers <= 0) return;
    const LayerKind& layer = scope_.model.kinds[kind];
    HeldSum one;
    double routed = 0;
    for (const Tensor& t : layer.tensors) {
      const HeldTensor held = add(t, &layer, kind, layers);
      if (held.routed) routed += held.elements;
      one.elements += held.elements, one.bytes += held.bytes;
    }
    out.layerElements = std::max(out.layerElements, one.elements);
    out.layerBytes = std::max(out.layerBytes, one.bytes);
    if (scope_.experts == FusedExperts::quantized) out.routedLayerElements = std::max(out.routedLayerElements, routed);
  }

  void addOutside() {
    held_.forEachOutside([&](const Tensor& t, double times, std::size_t kind) {
      const double elements = add(t, nullptr, kind, times).elements;
      out.rootElements += elements * times;
      if (t.role == TensorRole::token_embedding) out.embeddingElements += elements;
      if (held_.isHead(t)) out.headElements = elements;
    });
  }

 private:
  HeldTensor add(const Tensor& t, const LayerKind* layer, std::size_t kind, double times) {
    const HeldTensor held = held_.of(t, layer, kind, times);
    if (held.elements <= 0) return held;
    HeldSum& sum = held.routed ? out.routed : out.weights[static_cast<std::size_t>(t.group)][held.wide ? 0 : 1];
    sum.elements += times * held.elements, sum.bytes += times * held.bytes;
    if (!held_.allPlain() && !held.wide) out.quantizedElements += times * held.elements;
    if (held_.isCast(held)) {
      if (layer != nullptr && t.linear) out.castElements += times * held.elements;
      if (layer == nullptr && held_.isHead(t)) out.castHeadElements = held.elements;
    }
    const double rows = static_cast<double>(held.shard.rows), columns = static_cast<double>(held.shard.columns);
    if (layer != nullptr && t.columns > 1) out.largestMatrix = std::max(out.largestMatrix, rows * columns / held.share);
    if (scope_.adapters == nullptr) {
      StateSum& state = held.routed ? out.trainedRouted : out.trained;
      if (!uniform_) rule_ = stateRuleOf(scope_.settings, shapeOf(t), rows * columns);
      state.elements += times * held.elements;
      state.stateBytes += times * rule_.bytes(rows, columns, static_cast<double>(held.shard.copies) / held.share);
    }
    return held;
  }

  const RankScope& scope_;
  HeldTensors held_;
  bool uniform_;    // one rule holds for every tensor
  StateRule rule_;  // of the last one
};

// Adapters of the rank's layers: A of a column-parallel matrix is whole, its B is split; row-parallel the other way
// round.
double adapterElements(const RankScope& scope) {
  const double rank = static_cast<double>(scope.training.rank);
  double sum = 0;
  for (std::size_t k = 0; k < scope.model.kinds.size(); ++k) {
    const KindAdapters* adapters = scope.adaptersOf(k);
    const double layers = scope.layers(k);
    if (adapters == nullptr || layers <= 0) continue;
    sum += layers * adapters->parameters;
    if (scope.layout.tensor <= 1 && scope.layout.expert <= 1) continue;
    const LayerKind& layer = scope.model.kinds[k];
    for (const AdapterPair& pair : adaptersOf(scope.model, layer, scope.training, scope.adapters->rule)) {
      const Tensor& t = *pair.tensor;
      const double part = static_cast<double>(pair.numerator) / static_cast<double>(pair.denominator);
      const auto elements = [&](std::int64_t copies, std::int64_t rows, std::int64_t columns) {
        const double in = pair.ownsA ? static_cast<double>(columns) : 0.0;
        return static_cast<double>(copies) * (in + static_cast<double>(rows) * part);
      };
      const Shard s = shardOf(t, &layer, WeightSplit{scope.layout.tensor, scope.layout.expert});
      sum += layers * rank * (elements(s.copies, s.rows, s.columns) - elements(t.copies, t.rows, t.columns));
    }
  }
  // Trained copies count in elements of the adapters' format, as rank_factors.cpp opens them.
  const AdapterPlan& plan = *scope.adapters;
  if (scope.stage.part.lastStage) sum += plan.headParameters + plan.savedParameters * plan.savedFormat;
  if (scope.stage.part.firstStage) sum += plan.savedEmbedding * plan.savedFormat;
  return std::max(0.0, sum);
}

}  // namespace

double RankTensors::weightBytes() const {
  double sum = routed.bytes;
  for (const auto& group : weights) sum += group[0].bytes + group[1].bytes;
  return sum;
}

double RankTensors::weightElements() const {
  double sum = routed.elements;
  for (const auto& group : weights) sum += group[0].elements + group[1].elements;
  return sum;
}

RankTensors rankTensorsOf(const RankScope& scope) {
  Summing summing(scope);
  for (std::size_t k = 0; k < scope.model.kinds.size(); ++k) summing.addLayers(k);
  summing.addOutside();
  if (scope.adapters != nullptr) summing.out.trained.elements = adapterElements(scope);
  return summing.out;
}

}  // namespace headroom::training
