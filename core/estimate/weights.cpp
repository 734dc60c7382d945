#include "core/estimate/weights.h"

#include <array>

#include "core/model/weight_bytes.h"

namespace headroom {
namespace {

constexpr std::string_view kSource =
    "tensor shapes of the model's Hugging Face implementation (transformers 4.57); bytes per element of the format";

struct Sum {
  double elements = 0, bytes = 0;
};

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

Bytes addWeights(Ledger& ledger, const Model& model, const WeightFormat& format, const RankPart& part) {
  // Per group, tensors in the model's own dtype and tensors in the asked format stand in lines of their own.
  std::array<std::array<Sum, 2>, kGroupCount> sums{};
  const NumberFormat plain = model.dtype;
  const auto count = [&](const Tensor& t, const LayerKind* layer, std::int64_t layerCount) {
    if (t.buffer) return;
    const double layers = static_cast<double>(layerCount);
    const Shard s = shardOf(t, layer, part.tensorParallel, part.expertParallel);
    const NumberFormat f = formatOf(model, t, format);
    Sum& sum = sums[static_cast<std::size_t>(t.group)][f == plain ? 0 : 1];
    sum.elements += layers * static_cast<double>(s.elements());
    sum.bytes += layers * static_cast<double>((partBytes(model, t, format, s.rows, s.columns) * s.copies).value());
  };
  forEachTensor(model, part, count);

  Bytes added;
  for (std::size_t g = 0; g < kGroupCount; ++g)
    for (const Sum& sum : sums[g])
      if (sum.elements > 0)
        added += ledger.add(ComponentId::weights, kLabels[g], kSource,
                            {fromModel("elements", sum.elements, Unit::elements),
                             derived("bytes per element", sum.bytes / sum.elements, Unit::bytes_per_element)});
  return added;
}

}  // namespace headroom
