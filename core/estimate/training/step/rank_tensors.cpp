#include "core/estimate/training/step/rank_tensors.h"

#include <algorithm>

#include "core/model/weight_bytes.h"

namespace headroom::training {
namespace {

bool isRouted(TensorRole role) {
  return role == TensorRole::expert_gate || role == TensorRole::expert_up || role == TensorRole::expert_gate_up ||
         role == TensorRole::expert_down;
}

class Walk {
 public:
  Walk(const Model& model, const Settings& settings, const FrameworkProfile& profile, const Layout& layout,
       const AdapterPlan* adapters, FusedExperts experts)
      : model_(model), settings_(settings), profile_(profile), layout_(layout), adapters_(adapters), experts_(experts) {
    wide_ = isPlainFloat(settings.compute) ? settings.compute : NumberFormat::bf16;
    // A plain format holds for every tensor; a quantized one leaves norms, embeddings and head in the compute dtype.
    const auto* asked = std::get_if<NumberFormat>(&settings.weights);
    if (asked != nullptr && isPlainFloat(*asked)) plain_ = asked;
    plainBytes_ = info(plain_ != nullptr ? *plain_ : wide_).blockBytes;
    expertTensor_ = layout.expert > 1 ? static_cast<double>(layout.expertTensor) : 1.0;
  }

  RankTensors out;

  // Enters `layers` layers' worth of one tensor; returns elements and bytes of one of them.
  TensorSum count(const Tensor& t, const LayerKind* layer, std::size_t kind, double layers) {
    if (t.buffer || layers <= 0) return {};
    const Shard s = shardOf(t, layer, layout_.tensor, layout_.expert);
    const bool routed = isRouted(t.role);
    const double share = routed ? expertTensor_ : 1.0;
    const NumberFormat format = formatFor(t, kind);
    TensorSum one;
    one.elements = static_cast<double>(s.elements());
    if (share != 1.0) one.elements /= share;  // rarely: a division is most of what a tensor costs here
    one.bytes = plain_ != nullptr || format == wide_
                    ? one.elements * plainBytes_
                    : static_cast<double>((bytesFor(format, s.rows, s.columns) * s.copies).value()) / share;
    TensorSum& sum = routed ? out.routed : out.weights[static_cast<std::size_t>(t.group)][format == wide_ ? 0 : 1];
    sum.elements += layers * one.elements, sum.bytes += layers * one.bytes;
    if (plain_ == nullptr && format != wide_) out.quantizedElements += layers * one.elements;
    if (t.linear) out.castElements += layers * one.elements;
    if (layer != nullptr && t.columns > 1)
      out.largestMatrix = std::max(out.largestMatrix, static_cast<double>(s.rows * s.columns) / share);
    if (adapters_ == nullptr) {
      StateSum& state = routed ? out.trainedRouted : out.trained;
      state.elements += layers * one.elements;
      state.stateBytes += layers * stateBytes(settings_, t, static_cast<double>(s.rows), static_cast<double>(s.columns),
                                              static_cast<double>(s.copies) / share);
    }
    return one;
  }

 private:
  NumberFormat formatFor(const Tensor& t, std::size_t kind) const {
    if (plain_ != nullptr) return *plain_;
    if (experts_ == FusedExperts::wide && isRouted(t.role)) return wide_;
    const NumberFormat f = formatOf(model_, t, settings_.weights);
    if (isPlainFloat(f)) return std::holds_alternative<AsStored>(settings_.weights) ? f : wide_;
    const bool adapted =
        adapters_ == nullptr || kind >= adapters_->kinds.size() || (adapters_->kinds[kind].roles & bit(t.role)) != 0;
    return profile_.quantizesTargetsOnly && !adapted ? wide_ : f;
  }

  const Model& model_;
  const Settings& settings_;
  const FrameworkProfile& profile_;
  const Layout& layout_;
  const AdapterPlan* adapters_;
  FusedExperts experts_;
  NumberFormat wide_;
  const NumberFormat* plain_ = nullptr;
  double plainBytes_ = 0;  // per element of the plain format
  double expertTensor_ = 1;
};

void countGlobals(Walk& walk, const Model& model, const FrameworkProfile& profile, const Stage& stage) {
  constexpr std::size_t kNoKind = ~std::size_t{0};
  for (const Tensor& t : model.globals) {
    const bool atEnd = t.role == TensorRole::head || t.role == TensorRole::norm;
    const bool embedding = t.role == TensorRole::token_embedding;
    const bool tiedAgain = model.tiedHead && embedding && stage.part.lastStage && !stage.part.firstStage;
    if (!(atEnd ? stage.part.lastStage : stage.part.firstStage || tiedAgain)) continue;
    double times = 1;
    if (embedding && model.tiedHead && profile.untiesHead && stage.part.firstStage && stage.part.lastStage) times = 2;
    const double elements = walk.count(t, nullptr, kNoKind, times).elements;
    walk.out.rootElements += elements * times;
    if (embedding) walk.out.embeddingElements += elements;
    if (t.role == TensorRole::head || (embedding && model.tiedHead && stage.part.lastStage))
      walk.out.headElements = elements;
  }
  if (stage.part.firstStage)
    for (const Tensor& t : model.vision) walk.out.rootElements += walk.count(t, nullptr, kNoKind, 1).elements;
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

RankTensors rankTensorsOf(const Model& model, const Settings& settings, const FrameworkProfile& profile,
                          const Layout& layout, const Stage& stage, const AdapterPlan* adapters, double rank,
                          FusedExperts experts) {
  Walk walk(model, settings, profile, layout, adapters, experts);
  for (std::size_t k = 0; k < model.kinds.size(); ++k) {
    const double layers = static_cast<double>(layersOfKind(model, k, stage.part.layers));
    if (layers <= 0) continue;
    TensorSum layer;
    double routed = 0;
    for (const Tensor& t : model.kinds[k].tensors) {
      const TensorSum one = walk.count(t, &model.kinds[k], k, layers);
      if (isRouted(t.role)) routed += one.elements;
      layer.elements += one.elements, layer.bytes += one.bytes;
      if (adapters != nullptr && k < adapters->kinds.size() && (adapters->kinds[k].roles & bit(t.role)) != 0) {
        // A of a column-parallel matrix is whole, its B is split; row-parallel the other way round.
        const Shard s = shardOf(t, &model.kinds[k], layout.tensor, layout.expert);
        const double whole = static_cast<double>(t.copies) * static_cast<double>(t.rows + t.columns);
        const double part = static_cast<double>(s.copies) * static_cast<double>(s.rows + s.columns);
        if (whole > 0) walk.out.adapterElements += layers * rank * (part - whole);
      }
    }
    if (adapters != nullptr && k < adapters->kinds.size())
      walk.out.adapterElements += layers * adapters->kinds[k].parameters;
    walk.out.layerElements = std::max(walk.out.layerElements, layer.elements);
    walk.out.layerBytes = std::max(walk.out.layerBytes, layer.bytes);
    if (experts == FusedExperts::quantized)
      walk.out.routedLayerElements = std::max(walk.out.routedLayerElements, routed);
  }
  countGlobals(walk, model, profile, stage);
  walk.out.adapterElements = std::max(0.0, walk.out.adapterElements);
  if (adapters != nullptr) walk.out.trained.elements = walk.out.adapterElements;
  return walk.out;
}

}  // namespace headroom::training
