#include "core/estimate/serving/common/layer_width.h"

#include <algorithm>

#include "core/estimate/arithmetic.h"

namespace headroom {
namespace {

// Elements that tensor parallelism divides.
Factor ofRank(FactorTree& tree, std::string_view symbol, const Factor& whole, std::int64_t tp) {
  if (tp <= 1) return whole;
  return tree.product(symbol, Unit::elements, {whole, over(asked("tensor-parallel ranks", d(tp), Unit::devices))},
                      Round::up);
}

Factor attentionWidth(FactorTree& tree, const AttentionSpec& a, std::string_view why) {
  const Factor two = constant("tensors", 2, Unit::count, why),
               size = fromModel("head size", d(a.headDim), Unit::elements);
  return tree.sum(
      "queries, keys, values and output", Unit::elements,
      {tree.product("queries and output", Unit::elements, {two, fromModel("heads", d(a.heads), Unit::heads), size}),
       tree.product("keys and values", Unit::elements, {two, fromModel("KV heads", d(a.kvHeads), Unit::heads), size})});
}

}  // namespace

Factor widestLayer(FactorTree& tree, const LayerKind& k, std::int64_t hidden, std::int64_t tp, std::string_view why) {
  const Factor wide = fromModel("hidden", d(hidden), Unit::elements);
  const Factor three = constant("gate, up and product", 3, Unit::count, why);
  const Factor attention = ofRank(tree, "attention of a rank", attentionWidth(tree, k.attention, why), tp);
  const Factor dense = ofRank(
      tree, "MLP of a rank",
      tree.product("MLP", Unit::elements, {three, fromModel("width", d(k.mlp.intermediate), Unit::elements)}), tp);
  const Factor inside = ofRank(tree, "one expert of a rank",
                               tree.product("one expert", Unit::elements,
                                            {three, fromModel("width", d(k.mlp.expertIntermediate), Unit::elements)}),
                               tp);
  const Factor experts =
      tree.product("experts of a token", Unit::elements,
                   {fromModel("experts of a token", d(k.mlp.expertsPerToken), Unit::experts),
                    tree.sum("one expert with input and output", Unit::elements, {inside, wide, wide})});
  return tree.sum(
      "elements of a token", Unit::elements,
      {tree.product("residual and its norm", Unit::elements, {constant("tensors", 2, Unit::count, why), wide}),
       tree.largest("widest part", Unit::elements, {attention, dense, experts})});
}

}  // namespace headroom
