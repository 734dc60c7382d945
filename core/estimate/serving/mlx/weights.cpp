// Weights and adapters of MLX.
#include <array>

#include "core/estimate/arithmetic.h"
#include "core/estimate/lora.h"
#include "core/estimate/serving/mlx/terms.h"
#include "core/estimate/tensor_factors.h"
#include "core/model/weight_bytes.h"
#include "core/scenario/engine_options.h"

namespace headroom {
namespace {

constexpr std::string_view kGroups =
    "mlx/nn/layers/quantized.py: packed words, and per group of a row a scale and a bias in the model's 16 bit (0.32)";
constexpr std::string_view kConvert =
    "mlx_lm/utils.py quantize_model: every Linear, embedding and expert stack whose rows are whole groups (0.32)";
constexpr std::string_view kPlain = "mlx_lm/convert.py: what has no to_quantized keeps the model's type (0.32)";
constexpr std::string_view kAdapters = "mlx_lm/tuner/lora.py: lora_a and lora_b in fp32 (0.32)";
constexpr std::string_view kMagnitudes = "mlx_lm/tuner/dora.py: one magnitude per output (0.32)";
constexpr std::int64_t kUsualLayers = 16;  // mlx_lm/lora.py: num_layers (0.32)

// How a conversion packs a module: affine bits in groups, or a format with block scales of its own.
struct Packing {
  std::int64_t bits = 4, group = 64;
  bool affine = true;
  double perWeight() const { return static_cast<double>(bits) / 8 + (affine ? 4.0 : 1.0) / static_cast<double>(group); }
};

Packing packingOf(NumberFormat f) {
  switch (f) {
    case NumberFormat::int8:
      return {8, 64, true};
    case NumberFormat::mxfp4:
      return {4, 32, false};
    case NumberFormat::nvfp4:
      return {4, 16, false};
    case NumberFormat::mxfp8:
      return {8, 32, false};
    default:
      return {};
  }
}

// Whether a conversion packs the tensor, and how; nothing for what stays in the model's type.
std::optional<Packing> packed(const Model& m, const Tensor& t, const Packing& usual) {
  if (!mlxConverts(m, t) || t.columns % usual.group != 0) return std::nullopt;
  return mlxEightBit(m, t) ? Packing{8, 64, true} : usual;
}

Factor perWeight(FactorTree& tree, const Packing& p) {
  return tree.sum("bytes per weight", Unit::bytes_per_element,
                  {constant("packed", static_cast<double>(p.bits) / 8, Unit::bytes_per_element, kGroups),
                   tree.product("scale and bias of a group", Unit::bytes_per_element,
                                {constant("bytes of a group", p.affine ? 4 : 1, Unit::bytes, kGroups),
                                 over(constant("elements of a group", d(p.group), Unit::elements, kGroups))})});
}

// The tensors of a group that are held alike: packed as `want` says, or plain where it says nothing.
void addAlike(Ledger& ledger, const Model& m, const RankPart& part, Group group, const Packing& usual, bool isPacked,
              bool eightBit) {
  const auto chosen = [&](const Tensor& t) {
    if (t.buffer || t.group != group) return false;
    const auto p = packed(m, t, usual);
    return p.has_value() == isPacked && (!isPacked || mlxEightBit(m, t) == eightBit);
  };
  double elements = 0;
  forEachTensor(m, part, [&](const Tensor& t, const LayerKind* kind, std::int64_t layers) {
    if (!chosen(t)) return;
    elements += d(layers * shardOf(t, kind, part.split()).elements());
  });
  if (elements <= 0) return;
  const Factor count = sumOf(ledger, "elements", Unit::elements, elements, [&](FactorParts& sum) {
    forEachTensor(m, part, [&](const Tensor& t, const LayerKind* kind, std::int64_t layers) {
      if (!chosen(t)) return;
      sum.add(tensorElements(ledger, t.name, fromModel("layers", d(layers), Unit::layers),
                             shardFactors(ledger, t, kind, part.split())));
    });
  });
  if (isPacked)
    ledger.add(ComponentId::weights, weightLabel(group), kConvert,
               {count, perWeight(ledger, eightBit ? Packing{8, 64, true} : usual)});
  else
    ledger.add(ComponentId::weights, weightLabel(group), kPlain, {count, bytesOf(m.dtype)});
}

// What a checkpoint stores beside its parameters and MLX's classes hold as arrays: corrections of routers, scalars of
// layers.
void addArrays(Ledger& l, const Model& m, const RankPart& part) {
  constexpr std::string_view kArrays = "mlx_lm/models: e_score_correction_bias, layer_scalar (0.32)";
  double elements = 0;
  forEachTensor(m, part, [&](const Tensor& t, const LayerKind*, std::int64_t layers) {
    if (t.buffer) elements += d(layers * t.elements());
  });
  if (elements <= 0) return;
  l.add(ComponentId::weights, "corrections and scalars", kArrays,
        {sumOf(l, "elements", Unit::elements, elements,
               [&](FactorParts& sum) {
                 forEachTensor(m, part, [&](const Tensor& t, const LayerKind*, std::int64_t layers) {
                   if (t.buffer)
                     sum.add(l.product(t.name, Unit::elements,
                                       {fromModel("layers", d(layers), Unit::layers),
                                        fromModel("elements", d(t.elements()), Unit::elements)}));
                 });
               }),
         bytesOf(m.dtype)});
}

}  // namespace

void addMlxWeights(Ledger& l, const Model& m, const WeightFormat& format, const RankPart& part) {
  addArrays(l, m, part);
  const auto* asked = std::get_if<NumberFormat>(&format);
  if (asked == nullptr || isPlainFloat(*asked)) {
    addWeights(l, m, format, part, Holder::file);
    return;
  }
  const Packing usual = packingOf(*asked);
  for (std::size_t g = 0; g < kGroupCount; ++g) {
    const auto group = static_cast<Group>(g);
    addAlike(l, m, part, group, usual, true, false);
    addAlike(l, m, part, group, usual, true, true);
    addAlike(l, m, part, group, usual, false, false);
  }
}

void addMlxAdapters(Ledger& l, const EstimateContext& c, const RankPart& part) {
  const ServedAdapters& a = *c.scenario.lora;
  const Model& m = c.model;
  const bool dora = textOption(c.scenario, "fine_tune_type") == "dora";
  const std::int64_t trained = integerOption(c.scenario, "num_layers").value_or(kUsualLayers);
  // The last blocks of the model, as far as this stage has them; a number below one means all.
  const std::int64_t first = trained <= 0 ? 0 : std::max<std::int64_t>(0, m.layers() - trained);
  RankPart adapted = part;
  adapted.vision = false, adapted.firstStage = adapted.lastStage = false;
  adapted.layers.first = std::max(part.layers.first, first);
  if (adapted.layers.first >= adapted.layers.last) return;
  const auto takes = [&](const Tensor& t) {
    if (a.targets.kind == Targets::Kind::all_linear) return mlxAdapts(m, t);
    return mlxAdapts(m, t) && isLoraTarget(t, a.targets);
  };
  double pairs = 0, outputs = 0;
  forEachTensor(m, adapted, [&](const Tensor& t, const LayerKind*, std::int64_t layers) {
    if (!takes(t)) return;
    pairs += d(layers * t.copies) * d(t.rows + t.columns), outputs += d(layers * t.copies * t.rows);
  });
  if (pairs <= 0) return;
  const auto each = [&](FactorParts& sum, bool both) {
    forEachTensor(m, adapted, [&](const Tensor& t, const LayerKind*, std::int64_t layers) {
      if (!takes(t)) return;
      const Factor out = fromModel("out", d(t.rows)), in = fromModel("in", d(t.columns));
      const Factor width = both ? l.sum("in and out", Unit::count, {in, out}) : out;
      sum.add(l.product(
          t.name, Unit::count,
          {fromModel("layers", d(layers), Unit::layers), fromModel("copies", d(t.copies), Unit::copies), width}));
    });
  };
  const Factor slots = asked("adapters held", d(a.slots)), rank = asked("rank", d(a.rank));
  const Factor bytes = bytesOf(servedAdapterFormat(c.scenario, c.settings));
  l.add(ComponentId::adapters, "pairs of the last blocks", kAdapters,
        {slots, rank,
         sumOf(l, "inputs and outputs of all modules", Unit::count, pairs, [&](FactorParts& sum) { each(sum, true); }),
         bytes});
  if (dora)
    l.add(ComponentId::adapters, "magnitudes", kMagnitudes,
          {slots, sumOf(l, "outputs of all modules", Unit::count, outputs, [&](FactorParts& sum) { each(sum, false); }),
           bytes});
}

}  // namespace headroom
