// Which tensors of the model a rank holds before states are sharded over data-parallel ranks: how often, which share of
// each, and in which format. The sums of rank_tensors.h and their factors (rank_factors.h) both walk over these.
#pragma once

#include "core/estimate/placement.h"
#include "core/estimate/training/adapters/adapters.h"
#include "core/estimate/training/distribution/layout.h"
#include "core/estimate/training/frameworks/profile.h"
#include "core/model/weight_bytes.h"
#include "core/scenario/settings.h"

namespace headroom::training {

// What decides it.
struct RankScope {
  const Model& model;
  const Settings& settings;
  const FrameworkProfile& profile;
  const Layout& layout;
  const Stage& stage;
  const TrainingSettings& training;
  const AdapterPlan* adapters;  // nullptr: every weight is trained
  FusedExperts experts;

  double layers(std::size_t kind) const { return static_cast<double>(layersOfKind(model, kind, stage.part.layers)); }
  // The adapted modules of a layer kind; nullptr where there are none.
  const KindAdapters* adaptersOf(std::size_t kind) const {
    return adapters != nullptr && kind < adapters->kinds.size() ? &adapters->kinds[kind] : nullptr;
  }
};

struct HeldTensor {
  const Tensor* tensor = nullptr;
  const LayerKind* layer = nullptr;  // nullptr outside the blocks
  std::size_t kind = 0;              // of the layer
  double times = 0;  // layers of the rank that hold it; 2 for a tied embedding that the code holds twice
  Shard shard;       // what tensor and expert parallelism leave of one layer's
  double share = 1;  // expert tensor-parallel ranks that split it further
  bool routed = false;
  bool wide = false;  // in the compute dtype
  NumberFormat format = NumberFormat::bf16;
  bool asStored = false;           // as the loader has the checkpoint's own layout
  double elements = 0, bytes = 0;  // in one layer
};

// Training codes load checkpoints through Transformers 4.
constexpr Holder kTrainingHolder = Holder::transformers4;

class HeldTensors {
 public:
  static constexpr std::size_t kNoKind = ~std::size_t{0};
  static constexpr std::size_t kHead = kNoKind - 1;  // outside the blocks, and a Linear that the code quantizes as well

  explicit HeldTensors(const RankScope& scope) : scope_(scope) {
    const Settings& settings = scope.settings;
    wide_ = isPlainFloat(settings.compute) ? settings.compute : NumberFormat::bf16;
    // A plain format holds for every tensor; a quantized one leaves norms, embeddings and head in the compute dtype.
    const auto* asked = std::get_if<NumberFormat>(&settings.weights);
    if (asked != nullptr && isPlainFloat(*asked)) plain_ = asked;
    // peft.prepare_model_for_kbit_training turns what is not quantized into fp32.
    if (plain_ == nullptr && settings.training.kbitPreparation) wide_ = NumberFormat::fp32;
    plainBytes_ = info(plainFormat()).blockBytes;
    computeBytes_ = isPlainFloat(settings.compute) ? info(settings.compute).blockBytes : 2;
    expertTensor_ = scope.layout.expert > 1 ? static_cast<double>(scope.layout.expertTensor) : 1.0;
  }

  // True where every tensor is in plainFormat(); otherwise it is the format of the wide ones alone.
  bool allPlain() const { return plain_ != nullptr; }
  NumberFormat plainFormat() const { return plain_ != nullptr ? *plain_ : wide_; }

  // One tensor in `times` layers; elements of 0 for a buffer.
  HeldTensor of(const Tensor& t, const LayerKind* layer, std::size_t kind, double times) const {
    HeldTensor held;
    held.tensor = &t, held.layer = layer, held.kind = kind, held.times = times;
    if (t.buffer || times <= 0) return held;
    held.shard = shardOf(t, layer, WeightSplit{scope_.layout.tensor, scope_.layout.expert});
    held.routed = isRouted(t.role);
    held.share = held.routed ? expertTensor_ : 1.0;
    held.format = formatFor(t, kind);
    held.wide = held.format == wide_;
    const WeightLayout* layout = layoutOf(scope_.model, t, scope_.settings.weights, kTrainingHolder);
    held.asStored = !held.wide && layout != nullptr && layout->format == held.format;
    held.elements = static_cast<double>(held.shard.elements());
    if (held.share != 1.0) held.elements /= held.share;  // rarely: a division is most of what a tensor costs here
    const Shard& s = held.shard;
    const auto matrix = [&] {
      return held.asStored ? bytesFor(*layout, kTrainingHolder, s.rows, s.columns)
                           : bytesFor(held.format, s.rows, s.columns);
    };
    held.bytes = plain_ != nullptr || held.wide ? held.elements * plainBytes_
                                                : static_cast<double>((matrix() * s.copies).value()) / held.share;
    return held;
  }

  // Calls visit(tensor, times, kNoKind or kHead) for what the rank's stage has outside the blocks.
  template <typename Visit>
  void forEachOutside(Visit&& visit) const {
    const RankPart& part = scope_.stage.part;
    for (const Tensor& t : scope_.model.globals) {
      const bool atEnd = t.role == TensorRole::head || t.role == TensorRole::norm;
      const bool tied = scope_.model.tiedHead && t.role == TensorRole::token_embedding;
      const bool tiedAgain = tied && part.lastStage && !part.firstStage;
      if (!(atEnd ? part.lastStage : part.firstStage || tiedAgain)) continue;
      const bool twice = tied && scope_.profile.untiesHead && part.firstStage && part.lastStage;
      const bool quantized = scope_.profile.quantizesHead && plain_ == nullptr && !t.bias;
      if (twice && quantized)
        visit(t, 1.0, kNoKind), visit(t, 1.0, kHead);
      else
        visit(t, twice ? 2.0 : 1.0, quantized && t.role == TensorRole::head ? kHead : kNoKind);
    }
    if (part.firstStage)
      for (const Tensor& t : scope_.model.vision) visit(t, 1.0, kNoKind);
  }

  // Calls visit(HeldTensor) for every tensor, kind by kind and then outside the blocks; buffers are left out.
  template <typename Visit>
  void forEach(Visit&& visit) const {
    for (std::size_t k = 0; k < scope_.model.kinds.size(); ++k) {
      const double layers = scope_.layers(k);
      if (layers <= 0) continue;
      for (const Tensor& t : scope_.model.kinds[k].tensors)
        if (!t.buffer) visit(of(t, &scope_.model.kinds[k], k, layers));
    }
    forEachOutside([&](const Tensor& t, double times, std::size_t kind) {
      if (!t.buffer) visit(of(t, nullptr, kind, times));
    });
  }

  // Autocast casts what is held wider than it computes; what is quantized is decoded into the compute dtype.
  bool isCast(const HeldTensor& held) const { return held.bytes > (computeBytes_ + 0.5) * held.elements; }

  // True for the tensor the head multiplies with on this stage.
  bool isHead(const Tensor& t) const {
    const bool tied = scope_.model.tiedHead && t.role == TensorRole::token_embedding;
    return t.role == TensorRole::head || (tied && scope_.stage.part.lastStage);
  }

 private:
  NumberFormat formatFor(const Tensor& t, std::size_t kind) const {
    if (plain_ != nullptr) return *plain_;
    if (const auto* asked = std::get_if<NumberFormat>(&scope_.settings.weights); kind == kHead && asked != nullptr)
      return *asked;
    if (scope_.experts == FusedExperts::wide && isRouted(t.role)) return wide_;
    const NumberFormat f = formatOf(scope_.model, t, scope_.settings.weights, kTrainingHolder);
    if (isPlainFloat(f)) return std::holds_alternative<AsStored>(scope_.settings.weights) ? f : wide_;
    const KindAdapters* adapters = scope_.adaptersOf(kind);
    const bool adapted = adapters == nullptr || (adapters->roles & bit(t.role)) != 0;
    return scope_.profile.quantizesTargetsOnly && !adapted ? wide_ : f;
  }

  const RankScope& scope_;
  NumberFormat wide_;
  const NumberFormat* plain_ = nullptr;
  double plainBytes_ = 0;  // per element of the plain format
  double computeBytes_ = 2;
  double expertTensor_ = 1;
};

}  // namespace headroom::training
