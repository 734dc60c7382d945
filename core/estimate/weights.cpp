#include "core/estimate/weights.h"

#include <array>

#include "core/estimate/tensor_factors.h"
#include "core/model/weight_bytes.h"

namespace headroom {
namespace {

constexpr std::string_view kSource =
    "tensor shapes of the model's Hugging Face implementation (transformers 4.57); bytes per element of the format";

constexpr std::array<std::string_view, kGroupCount> kLabels{
    "token embedding", "attention layers", "MLP layers", "experts", "norms", "state layers", "head", "vision", "other"};

}  // namespace

std::string_view weightLabel(Group group) {
  return kLabels[static_cast<std::size_t>(group)];
}

std::int64_t layersOfKind(const Model& model, std::size_t kind, const StageLayers& layers) {
  if (layers.count() == model.layers()) return model.kinds[kind].count;
  std::int64_t n = 0;
  for (std::int64_t i = layers.first; i < layers.last; ++i) n += model.order[static_cast<std::size_t>(i)] == kind;
  return n;
}

Bytes addWeights(Ledger& ledger, const Model& model, const WeightFormat& format, const RankPart& part, Holder holder) {
  // Per group, tensors in the model's own dtype and tensors in the asked format stand in lines of their own.
  std::array<std::array<TensorSum, 2>, kGroupCount> sums{};
  const NumberFormat plain = model.dtype;
  forEachTensor(model, part, [&](const Tensor& t, const LayerKind* layer, std::int64_t layerCount) {
    if (t.buffer) return;
    const double layers = static_cast<double>(layerCount);
    const Shard s = shardOf(t, layer, part.split());
    const NumberFormat f = formatOf(model, t, format, holder);
    sums[static_cast<std::size_t>(t.group)][f == plain ? 0 : 1].add(
        f, layers * static_cast<double>(s.elements()),
        layers * static_cast<double>((partBytes(model, t, format, s.rows, s.columns, holder) * s.copies).value()));
  });

  Bytes added;
  for (std::size_t g = 0; g < kGroupCount; ++g)
    for (std::size_t own = 0; own < 2; ++own)
      added += addTensors(
          ledger, ComponentId::weights, kLabels[g], kSource, sums[g][own], [&](FactorParts& parts, bool elements) {
            forEachTensor(model, part, [&](const Tensor& t, const LayerKind* layer, std::int64_t layerCount) {
              if (t.buffer || static_cast<std::size_t>(t.group) != g ||
                  (formatOf(model, t, format, holder) == plain) != (own == 0))
                return;
              const Factor layers = fromModel("layers", static_cast<double>(layerCount), Unit::layers);
              const ShardFactors s = shardFactors(ledger, t, layer, part.split());
              parts.add(elements ? tensorElements(ledger, t.name, layers, s)
                                 : tensorBytes(ledger, t.name, layers, s.copies,
                                               partBytes(ledger, model, t, format, s.rows, s.columns, holder)));
            });
          });
  return added;
}

}  // namespace headroom
