#include "core/estimate/serving/vllm/page_factors.h"
#include "core/estimate/arithmetic.h"

#include "core/estimate/serving/vllm/pages_packed.h"

namespace headroom {
namespace {

constexpr std::string_view kBlocks = "vllm/v1/core/kv_cache_utils.py (0.11)";

Factor blockTokens(const PageRules& rules) {
  return constant("tokens of a block", d(rules.blockSize), Unit::tokens, kBlocks);
}

// Blocks grow until a page of attention holds a recurrent state.
Factor hybridBlock(FactorTree& tree, const PageRules& rules, const Factor& widest, const Factor& state) {
  const Factor base = blockTokens(rules);
  if (state.value <= 0 || widest.value <= 0) return base;
  const Factor steps = tree.product("steps", Unit::count, {state, over(widest), over(base)}, Round::up);
  return tree.largest("tokens of a block", Unit::tokens,
                      {base, tree.product("tokens that hold a state", Unit::tokens, {steps, base})});
}

// Tokens of a block of one type: as many as its layers' pages hold.
Factor typeBlock(FactorTree& tree, const PageQuestion& q, const CacheType& t) {
  if (q.layout.packed || t.blockSize <= 0)
    return constant("tokens of a block", d(std::max<std::int64_t>(1, t.blockSize)), Unit::tokens, kBlocks);
  return tree.product("tokens of a block", Unit::tokens, {pageFactor(tree, q), over(t.token)}, Round::down);
}

Factor groups(FactorTree& tree, const PageQuestion& q, const CacheType& t) {
  if (q.layout.packed && t.kind == CacheType::Kind::full)
    return constant("groups", 1, Unit::count, "compressed layers share tuples of pages");
  return tree.product("groups of the layers", Unit::count,
                      {layersFactor(tree, t), over(groupLayersFactor(tree, q.layout))}, Round::up);
}

}  // namespace

Factor layersFactor(FactorTree& tree, const CacheType& t) {
  if (t.draftLayers == 0) return fromModel("layers", d(t.layers), Unit::layers);
  const Factor draft = fromModel("layers of the draft", d(t.draftLayers), Unit::layers);
  if (t.draftLayers == t.layers) return draft;
  return tree.sum("layers", Unit::layers,
                  {fromModel("layers of the model", d(t.layers - t.draftLayers), Unit::layers), draft});
}

Factor tokensInBlocks(FactorTree& tree, const PageQuestion& q) {
  const Factor block = blockTokens(q.rules);
  return tree.product("tokens in whole blocks", Unit::tokens,
                      {tree.product("blocks", Unit::count, {q.tokens, over(block)}, Round::up), block});
}

Factor groupLayersFactor(FactorTree& tree, const PageLayout& layout) {
  constexpr std::string_view kSymbol = "layers in a group";
  const double chosen = d(layout.groupLayers);
  if (layout.packed) {
    // The split that pads all groups least (a search): some type's layers in equal groups, rounded up.
    for (const CacheType& t : layout.types)
      for (std::int64_t n = 1; t.kind != CacheType::Kind::full && n <= t.layers; ++n)
        if ((t.layers + n - 1) / n == layout.groupLayers)
          return tree.product(kSymbol, Unit::layers,
                              {layersFactor(tree, t), over(constant("groups", d(n), Unit::count,
                                                                    "the split that pads all groups of layers least"))},
                              Round::up);
    return leaf(Origin::model, kSymbol, chosen, Unit::layers, "the split that pads all groups of layers least");
  }
  FactorParts fewest(tree, kSymbol, Unit::layers, Combine::smallest),
      most(tree, kSymbol, Unit::layers, Combine::largest);
  for (const CacheType& t : layout.types) fewest.add(layersFactor(tree, t)), most.add(layersFactor(tree, t));
  return most.value() == chosen ? most.close() : fewest.close();
}

Factor pageFactor(FactorTree& tree, const PageQuestion& q) {
  constexpr std::string_view kSymbol = "bytes of a page";
  if (q.layout.packed) return packedPage(tree, q.model, q.part);
  FactorParts widths(tree, "bytes per token of the widest layer", Unit::bytes_per_token, Combine::largest),
      states(tree, "bytes of the largest state", Unit::bytes, Combine::largest);
  for (const CacheType& t : q.layout.types)
    t.kind == CacheType::Kind::state ? states.add(t.state) : widths.add(t.token);
  if (widths.value() <= 0) return states.close();
  const Factor widest = widths.close();
  const Factor state = states.empty() ? fromModel("bytes of a state", 0, Unit::bytes) : states.close();
  return tree.product(kSymbol, Unit::bytes, {hybridBlock(tree, q.rules, widest, state), widest});
}

Factor blocksFactor(FactorTree& tree, const PageQuestion& q, const CacheType& t) {
  constexpr std::string_view kSymbol = "blocks of all groups";
  if (t.kind == CacheType::Kind::state) {
    const double all = d(q.rules.stateBlocks), draft = d(q.rules.draftTokens);
    const Factor states =
        constant("states of a sequence", all - draft, Unit::count, "MambaSpec: one, or two with prefix caching (0.22)");
    const Factor kept =
        draft > 0 ? tree.sum("states kept", Unit::count, {states, asked("draft tokens", draft, Unit::tokens)}) : states;
    return tree.product(kSymbol, Unit::count, {groups(tree, q, t), kept});
  }
  const Factor size = typeBlock(tree, q, t);
  if (t.kind == CacheType::Kind::full)
    return tree.product(kSymbol, Unit::count,
                        {groups(tree, q, t), tree.product("blocks", Unit::count, {q.tokens, over(size)}, Round::up)});
  const Factor window = t.overlap == 1
                            ? fromModel("window", d(t.window), Unit::tokens)
                            : tree.product("windows", Unit::tokens,
                                           {constant("windows that overlap", d(t.overlap), Unit::count, kBlocks),
                                            fromModel("tokens of an entry", d(t.window / t.overlap), Unit::tokens)});
  const Factor one = constant("newest token", 1, Unit::tokens, "is inside the window");
  const Factor held = tree.smallest(
      "tokens held", Unit::tokens,
      {tree.sum("window and what is computed at once", Unit::tokens, {window, less(one), q.computed}), q.tokens});
  const Factor blocks = tree.product("whole blocks", Unit::count, {held, over(size)}, Round::up);
  const Factor more = constant("a block more", 1, Unit::count, "the window starts inside a block");
  return tree.product(kSymbol, Unit::count, {groups(tree, q, t), tree.sum("blocks", Unit::count, {blocks, more})});
}

}  // namespace headroom
