#include "core/estimate/training/step/rank_factors.h"
#include "core/estimate/arithmetic.h"

#include <algorithm>

#include "core/estimate/tensor_factors.h"
#include "core/estimate/training/optimizers/state_rule.h"
#include "core/estimate/training/product.h"

namespace headroom::training {
namespace {

constexpr auto kAll = [](const HeldTensor&) { return true; };
const Factor kOneLayer = constant("layer", 1, Unit::layers, "counted by itself");

bool isOf(const HeldTensor& held, Group group, bool narrow) {
  return !held.routed && held.tensor->group == group && held.wide != narrow;
}

}  // namespace

template <typename Open>
Factor RankFactors::factor(std::string_view symbol, Unit unit, double value, Open&& open) const {
  if (value == 0) return none(symbol, unit);
  return tree_.open() ? open() : summed(symbol, value, unit);
}

template <typename Open>
Factor RankFactors::once(Known what, std::string_view symbol, Unit unit, double value, Open&& open) const {
  if (!tree_.open()) return factor(symbol, unit, value, open);
  std::optional<Factor>& known = known_[what];
  if (!known) known = factor(symbol, unit, value, open);
  return *known;
}

template <typename Pick, typename Measure>
Factor RankFactors::sum(std::string_view symbol, Unit unit, Pick&& pick, Measure&& measure) const {
  FactorParts parts(tree_, symbol, unit);
  held_.forEach([&](const HeldTensor& held) {
    if (pick(held)) parts.add(measure(held));
  });
  return parts.close();
}

template <typename Pick, typename Measure>
Factor RankFactors::largestLayer(std::string_view symbol, Unit unit, Pick&& pick, Measure&& measure) const {
  FactorParts largest(tree_, symbol, unit, Combine::largest);
  for (std::size_t k = 0; k < scope_.model.kinds.size(); ++k) {
    const LayerKind& layer = scope_.model.kinds[k];
    if (scope_.layers(k) <= 0) continue;
    FactorParts one(tree_, layer.label, unit);
    for (const Tensor& t : layer.tensors) {
      if (t.buffer) continue;
      const HeldTensor held = held_.of(t, &layer, k, 1);
      if (pick(held)) one.add(measure(held));
    }
    if (!one.empty()) largest.add(one.close());
  }
  return largest.close();
}

Factor RankFactors::layers(std::size_t kind) const {
  const LayerKind& layer = scope_.model.kinds[kind];
  const double here = scope_.layers(kind);
  const std::int64_t stages = scope_.layout.pipeline;
  const Factor all = fromModel("layers", layer.count, Unit::layers);
  if (stages == 1 || !tree_.open()) return fromModel("layers", here, Unit::layers);
  // Of several kinds the stage has what the model's order of layers gives it.
  if (scope_.model.kinds.size() > 1)
    return leaf(Origin::model, "layers of this stage", here, Unit::layers, "counted in the model's order of layers");
  const bool more = here * d(stages) > d(layer.count);
  return tree_.product("layers of this stage", Unit::layers,
                       {all, over(asked("pipeline stages", d(stages), Unit::devices))},
                       more                                ? Round::up
                       : here * d(stages) < d(layer.count) ? Round::down
                                                           : Round::none);
}

Factor RankFactors::allLayers() const {
  double all = 0;
  for (std::size_t k = 0; k < scope_.model.kinds.size(); ++k) all += scope_.layers(k);
  return factor("layers", Unit::layers, all, [&] {
    FactorParts parts(tree_, "layers", Unit::layers);
    for (std::size_t k = 0; k < scope_.model.kinds.size(); ++k)
      if (scope_.layers(k) > 0) parts.add(layers(k));
    return parts.close();
  });
}

Factor RankFactors::times(const HeldTensor& held) const {
  if (held.layer == nullptr)
    return constant("held twice", held.times, Unit::copies, "the code gives a tied head a matrix of its own");
  return layers(held.kind);
}

ShardFactors RankFactors::shard(const HeldTensor& held) const {
  ShardFactors s =
      shardFactors(tree_, *held.tensor, held.layer, WeightSplit{scope_.layout.tensor, scope_.layout.expert});
  if (held.share != 1)
    s.copies = tree_.product("experts' share of a rank", Unit::copies,
                             {s.copies, over(asked("expert tensor-parallel ranks", held.share, Unit::devices))});
  return s;
}

Factor RankFactors::elementsOf(const HeldTensor& held, const Factor& times) const {
  return tensorElements(tree_, held.tensor->name, times, shard(held));
}

Factor RankFactors::bytesOf(const HeldTensor& held, const Factor& times) const {
  const ShardFactors s = shard(held);
  const Factor matrix = held.asStored ? partBytes(tree_, scope_.model, *held.tensor, scope_.settings.weights, s.rows,
                                                  s.columns, kTrainingHolder)
                                      : matrixBytes(tree_, held.format, s.rows, s.columns);
  return tensorBytes(tree_, held.tensor->name, times, s.copies, matrix);
}

Factor RankFactors::statesOf(const HeldTensor& held) const {
  const ShardFactors s = shard(held);
  const StateRule rule =
      stateRuleOf(scope_.settings, shapeOf(*held.tensor), d(held.shard.rows) * d(held.shard.columns));
  Product product(tree_, held.tensor->name, Unit::bytes);
  product.times(times(held)).times(s.copies).times(rule.statesFactor());
  if (rule.factored)
    product.times(tree_.sum("rows and columns", Unit::elements, {s.rows, s.columns}));
  else
    product.times(s.rows).times(s.columns);
  return product.times(rule.eachFactor(tree_)).close();
}

std::optional<NumberFormat> RankFactors::formatOf(bool narrow) const {
  if (narrow && !held_.allPlain()) return std::nullopt;
  return held_.plainFormat();
}

Factor RankFactors::groupElements(Group group, bool narrow) const {
  const HeldSum& all = sums_.weights[static_cast<std::size_t>(group)][narrow ? 1 : 0];
  return factor("elements", Unit::elements, all.elements, [&] {
    return sum(
        "elements", Unit::elements, [&](const HeldTensor& h) { return isOf(h, group, narrow); },
        [&](const HeldTensor& h) { return elementsOf(h, times(h)); });
  });
}

Factor RankFactors::groupBytes(Group group, bool narrow) const {
  const HeldSum& all = sums_.weights[static_cast<std::size_t>(group)][narrow ? 1 : 0];
  return factor("bytes of the tensors", Unit::bytes, all.bytes, [&] {
    return sum(
        "bytes of the tensors", Unit::bytes, [&](const HeldTensor& h) { return isOf(h, group, narrow); },
        [&](const HeldTensor& h) { return bytesOf(h, times(h)); });
  });
}

Factor RankFactors::routedElements() const {
  return once(routed_elements, "elements of routed experts", Unit::elements, sums_.routed.elements, [&] {
    return sum(
        "elements of routed experts", Unit::elements, [](const HeldTensor& h) { return h.routed; },
        [&](const HeldTensor& h) { return elementsOf(h, times(h)); });
  });
}

Factor RankFactors::routedBytes() const {
  return once(routed_bytes, "bytes of routed experts", Unit::bytes, sums_.routed.bytes, [&] {
    return sum(
        "bytes of routed experts", Unit::bytes, [](const HeldTensor& h) { return h.routed; },
        [&](const HeldTensor& h) { return bytesOf(h, times(h)); });
  });
}

Factor RankFactors::weightElements() const {
  return once(weight_elements, "elements of the weights", Unit::elements, sums_.weightElements(), [&] {
    return sum("elements of the weights", Unit::elements, kAll,
               [&](const HeldTensor& h) { return elementsOf(h, times(h)); });
  });
}

Factor RankFactors::weightBytes() const {
  return once(weight_bytes, "bytes of the weights", Unit::bytes, sums_.weightBytes(), [&] {
    return sum("bytes of the weights", Unit::bytes, kAll, [&](const HeldTensor& h) { return bytesOf(h, times(h)); });
  });
}

Factor RankFactors::castElements() const {
  constexpr std::string_view kSymbol = "elements of the blocks' Linear weights";
  return factor(kSymbol, Unit::elements, sums_.castElements, [&] {
    return sum(
        kSymbol, Unit::elements,
        [&](const HeldTensor& h) { return h.layer != nullptr && h.tensor->linear && held_.isCast(h); },
        [&](const HeldTensor& h) { return elementsOf(h, times(h)); });
  });
}

Factor RankFactors::castHeadElements() const {
  return sums_.castHeadElements > 0 ? headElements() : none("head elements", Unit::elements);
}

Factor RankFactors::trained() const {
  constexpr std::string_view kSymbol = "trained parameters";
  return once(trained_dense, kSymbol, Unit::parameters, sums_.trained.elements, [&] {
    if (scope_.adapters != nullptr) return adapters();
    return sum(
        kSymbol, Unit::parameters, [](const HeldTensor& h) { return !h.routed; },
        [&](const HeldTensor& h) { return elementsOf(h, times(h)); });
  });
}

Factor RankFactors::trainedRouted() const {
  constexpr std::string_view kSymbol = "trained parameters of experts";
  return once(trained_routed, kSymbol, Unit::parameters, sums_.trainedRouted.elements, [&] {
    return sum(
        kSymbol, Unit::parameters, [](const HeldTensor& h) { return h.routed; },
        [&](const HeldTensor& h) { return elementsOf(h, times(h)); });
  });
}

Factor RankFactors::stateBytes() const {
  return factor("bytes of the states", Unit::bytes, sums_.trained.stateBytes, [&] {
    return sum(
        "bytes of the states", Unit::bytes, [](const HeldTensor& h) { return !h.routed; },
        [&](const HeldTensor& h) { return statesOf(h); });
  });
}

Factor RankFactors::stateBytesRouted() const {
  return factor("bytes of the experts' states", Unit::bytes, sums_.trainedRouted.stateBytes, [&] {
    return sum(
        "bytes of the experts' states", Unit::bytes, [](const HeldTensor& h) { return h.routed; },
        [&](const HeldTensor& h) { return statesOf(h); });
  });
}

Factor RankFactors::layerElements() const {
  return once(layer_elements, "elements of the largest block", Unit::elements, sums_.layerElements, [&] {
    return largestLayer("elements of the largest block", Unit::elements, kAll,
                        [&](const HeldTensor& h) { return elementsOf(h, kOneLayer); });
  });
}

Factor RankFactors::layerBytes() const {
  return once(layer_bytes, "bytes of the largest block", Unit::bytes, sums_.layerBytes, [&] {
    return largestLayer("bytes of the largest block", Unit::bytes, kAll,
                        [&](const HeldTensor& h) { return bytesOf(h, kOneLayer); });
  });
}

Factor RankFactors::routedLayerElements() const {
  constexpr std::string_view kSymbol = "elements of a layer's routed experts";
  return factor(kSymbol, Unit::elements, sums_.routedLayerElements, [&] {
    return largestLayer(
        kSymbol, Unit::elements, [](const HeldTensor& h) { return h.routed; },
        [&](const HeldTensor& h) { return elementsOf(h, kOneLayer); });
  });
}

Factor RankFactors::rootElements() const {
  return factor("elements outside the blocks", Unit::elements, sums_.rootElements, [&] {
    return sum(
        "elements outside the blocks", Unit::elements, [](const HeldTensor& h) { return h.layer == nullptr; },
        [&](const HeldTensor& h) { return elementsOf(h, times(h)); });
  });
}

Factor RankFactors::headElements() const {
  return once(head_elements, "head elements", Unit::elements, sums_.headElements, [&] {
    const Tensor* head = nullptr;
    held_.forEachOutside([&](const Tensor& t, double, std::size_t) {
      if (held_.isHead(t) && !t.buffer) head = &t;
    });
    Factor elements = elementsOf(held_.of(*head, nullptr, HeldTensors::kNoKind, 1), kOneLayer);
    elements.symbol = "head elements";  // as a closed tree, which meets no tensor, calls it
    return elements;
  });
}

Factor RankFactors::largestMatrix() const {
  return once(largest_matrix, "elements of the largest matrix", Unit::elements, sums_.largestMatrix, [&] {
    FactorParts largest(tree_, "elements of the largest matrix", Unit::elements, Combine::largest);
    held_.forEach([&](const HeldTensor& h) {
      if (h.layer == nullptr || h.tensor->columns <= 1) return;
      const ShardFactors s = shard(h);
      Product one(tree_, h.tensor->name, Unit::elements);
      largest.add(one.times(s.rows).times(s.columns).sharedBy("expert tensor-parallel ranks", h.share).close());
    });
    return largest.close();
  });
}

Factor RankFactors::largestTensor() const {
  const double outside = std::max(sums_.headElements, sums_.embeddingElements);
  return factor("elements of the largest matrix", Unit::elements, std::max(sums_.largestMatrix, outside), [&] {
    FactorParts largest(tree_, "elements of the largest tensor", Unit::elements, Combine::largest);
    if (sums_.largestMatrix > 0) largest.add(largestMatrix());
    if (sums_.headElements > 0) largest.add(headElements());
    if (sums_.embeddingElements > 0)
      largest.add(sum(
          "embedding elements", Unit::elements,
          [](const HeldTensor& h) { return h.tensor->role == TensorRole::token_embedding; },
          [&](const HeldTensor& h) { return elementsOf(h, kOneLayer); }));
    return largest.close();
  });
}

// An adapter has its matrix's own share of a rank; of a part of a fused matrix B is that part of the rank's rows.
void RankFactors::addAdapters(FactorParts& sum, std::size_t kind) const {
  const LayerKind& layer = scope_.model.kinds[kind];
  const Layout& layout = scope_.layout;
  const Factor rank = asked("rank", d(scope_.training.rank));
  const Factor count = layers(kind);
  const bool parallel = layout.tensor > 1 || layout.expert > 1;
  for (const AdapterPair& pair : adaptersOf(scope_.model, layer, scope_.training, scope_.adapters->rule)) {
    const Tensor& t = *pair.tensor;
    const ShardFactors all = shardFactors(tree_, t, nullptr, WeightSplit{});
    const ShardFactors s = parallel ? shardFactors(tree_, t, &layer, WeightSplit{layout.tensor, layout.expert}) : all;
    const auto partOf = [&](const Factor& rows) {
      if (pair.numerator == pair.denominator) return rows;
      return tree_.product("rows of its part", Unit::rows,
                           {rows, fromModel("heads or halves of the part", d(pair.numerator)),
                            over(fromModel("heads or halves of the matrix", d(pair.denominator)))});
    };
    const Factor out = partOf(s.rows);
    FactorParts widths(tree_, "inputs and outputs", Unit::elements);
    if (pair.ownsA) widths.add(s.columns);
    widths.add(out);
    const std::string_view symbol = pair.part.empty() ? std::string_view(t.name) : pair.part;
    if (out.value > 0 || pair.ownsA)
      sum.add(Product(tree_, symbol, Unit::parameters)
                  .times(count)
                  .times(s.copies)
                  .times(rank)
                  .times(widths.close())
                  .close());
    if (scope_.training.dora && out.value > 0)
      sum.add(Product(tree_, "magnitudes", Unit::parameters)
                  .times(count)
                  .times(all.copies)
                  .times(partOf(all.rows))
                  .close());
  }
}

Factor RankFactors::adapters() const {
  FactorParts sum(tree_, "trained parameters", Unit::parameters);
  for (std::size_t k = 0; k < scope_.model.kinds.size(); ++k)
    if (scope_.adaptersOf(k) != nullptr && scope_.layers(k) > 0) addAdapters(sum, k);
  const AdapterPlan& plan = *scope_.adapters;
  // peft/utils/other.py, ModulesToSaveWrapper: a deep copy, which keeps its format where adapters are made fp32.
  const auto saved = [&](std::string_view symbol) {
    const Factor vocabulary = fromModel("vocabulary", d(scope_.model.vocabulary), Unit::elements);
    const Factor hidden = fromModel("hidden size", d(scope_.model.hidden), Unit::elements);
    if (plan.savedFormat == 1) return tree_.product(symbol, Unit::parameters, {vocabulary, hidden});
    return tree_.product(symbol, Unit::parameters,
                         {vocabulary, hidden,
                          constant("its format over the adapters'", plan.savedFormat, Unit::ratio,
                                   "peft: ModulesToSaveWrapper keeps the model's format")});
  };
  if (scope_.stage.part.lastStage && (plan.head || plan.savesHead)) {
    const Factor vocabulary = fromModel("vocabulary", d(scope_.model.vocabulary), Unit::elements);
    const Factor hidden = fromModel("hidden size", d(scope_.model.hidden), Unit::elements);
    if (plan.head)
      sum.add(tree_.product("adapter of the head", Unit::parameters,
                            {asked("rank", d(scope_.training.rank)),
                             tree_.sum("inputs and outputs", Unit::elements, {vocabulary, hidden})}));
    if (plan.head && scope_.training.dora) sum.add(vocabulary);
    if (plan.savesHead) sum.add(saved("trained copy of the head"));
  }
  if (scope_.stage.part.firstStage && plan.savesEmbedding) sum.add(saved("trained copy of the embedding"));
  return sum.close();
}

}  // namespace headroom::training
