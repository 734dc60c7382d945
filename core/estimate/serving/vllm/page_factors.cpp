#include "core/estimate/serving/vllm/page_factors.h"

#include <numeric>

#include "core/estimate/arithmetic.h"
#include "core/estimate/serving/vllm/pages_packed.h"

namespace headroom {
namespace {

using Kind = CacheType::Kind;

constexpr std::string_view kBlocks = "vllm/v1/core/kv_cache_utils.py (0.11)";
constexpr std::string_view kGrown = "vllm/model_executor/models/config.py HybridAttentionMambaModelConfig (0.11)";
constexpr std::string_view kInFlight = "vllm/config/vllm.py max_in_flight_tokens (0.26)";
constexpr std::string_view kStatesKept = "vllm/v1/kv_cache_interface.py MambaSpec.max_memory_usage_bytes (0.26)";

Factor wholeBlocks(FactorTree& tree, const Factor& tokens, const Factor& size) {
  return tree.product("whole blocks", Unit::count, {tokens, over(size)}, Round::up);
}

// Tokens of a sequence on one of the ranks that share it.
Factor ownTokens(FactorTree& tree, const PageQuestion& q) {
  if (q.rules.contextRanks <= 1) return q.tokens;
  return tree.product("tokens of a rank", Unit::tokens,
                      {q.tokens, over(asked("context-parallel ranks", d(q.rules.contextRanks), Unit::devices))},
                      Round::up);
}

// Blocks grow by whole granules until a page of attention holds a recurrent state.
Factor attentionBlock(FactorTree& tree, const PageQuestion& q, const Factor& widest, const Factor& state) {
  const Factor base = constant("tokens of a block", d(q.rules.blockSize), Unit::tokens, kBlocks);
  if (state.value <= 0 || widest.value <= 0) return base;
  std::int64_t chunk = 1;
  for (const CacheType& t : q.layout.types)
    if (t.kind == Kind::state) chunk = t.chunk > 0 ? t.chunk : kScanWithoutChunk;
  const bool all = q.rules.states == StateMode::all;
  const Factor granule =
      constant("tokens it grows by", d(all ? std::lcm(chunk, q.rules.granule) : q.rules.granule), Unit::tokens, kGrown);
  const Factor steps = tree.product("steps", Unit::count, {state, over(widest), over(granule)}, Round::up);
  return tree.largest("tokens of a block", Unit::tokens,
                      {base, tree.product("tokens that hold a state", Unit::tokens, {steps, granule})});
}

struct Widest {
  Factor token, state;
};
Widest widestOf(FactorTree& tree, const PageQuestion& q) {
  FactorParts widths(tree, "bytes per token of the widest layer", Unit::bytes_per_token, Combine::largest),
      states(tree, "bytes of the largest state", Unit::bytes, Combine::largest);
  for (const CacheType& t : q.layout.types) t.kind == Kind::state ? states.add(t.state) : widths.add(t.token);
  return {widths.empty() ? fromModel("bytes per token", 0, Unit::bytes_per_token) : widths.close(),
          states.empty() ? fromModel("bytes of a state", 0, Unit::bytes) : states.close()};
}

// Tokens of a block of one type: the attention block, as many times as a page holds its layers' own.
Factor typeBlock(FactorTree& tree, const PageQuestion& q, const CacheType& t) {
  if (q.layout.packed)
    return constant("tokens of a block", d(std::max<std::int64_t>(1, t.blockSize)), Unit::tokens, kBlocks);
  const Widest widest = widestOf(tree, q);
  const Factor block = attentionBlock(tree, q, widest.token, widest.state);
  if (t.blockSize == q.layout.block) return block;
  return tree.product(
      "tokens of a block", Unit::tokens,
      {block, tree.product("times as narrow", Unit::count, {widest.token, over(t.token)}, Round::down)});
}

// The types' layers over all stages, as grouping sees them.
Factor allLayers(FactorTree& tree, const CacheType& t) {
  return t.layers == t.stageLayers ? layersFactor(tree, t)
                                   : fromModel("layers of all stages", d(t.layers), Unit::layers);
}

Factor groupSize(FactorTree& tree, const PageQuestion& q) {
  constexpr std::string_view kSymbol = "layers in a group";
  FactorParts fewest(tree, kSymbol, Unit::layers, Combine::smallest),
      most(tree, kSymbol, Unit::layers, Combine::largest);
  for (const CacheType& t : q.layout.types) fewest.add(allLayers(tree, t)), most.add(allLayers(tree, t));
  return most.value() == d(q.layout.groupSize) ? most.close() : fewest.close();
}

Factor groups(FactorTree& tree, const PageQuestion& q, const CacheType& t) {
  if (q.layout.packed && t.kind == Kind::full)
    return constant("groups", 1, Unit::count, "compressed layers share tuples of pages");
  return tree.product("groups of the layers", Unit::count,
                      {q.layout.packed ? layersFactor(tree, t) : allLayers(tree, t),
                       over(q.layout.packed ? groupLayersFactor(tree, q) : groupSize(tree, q))},
                      Round::up);
}

Factor statesKept(FactorTree& tree, const PageQuestion& q, const CacheType& t) {
  if (q.rules.states == StateMode::all) return wholeBlocks(tree, q.tokens, typeBlock(tree, q, t));
  const Factor states =
      constant("states of a sequence", q.rules.states == StateMode::align ? 2 : 1, Unit::count, kStatesKept);
  const double draft = d(q.rules.habits.draftTokens);
  return draft > 0 ? tree.sum("states kept", Unit::count, {states, asked("draft tokens", draft, Unit::tokens)})
                   : states;
}

Factor windowBlocks(FactorTree& tree, const PageQuestion& q, const CacheType& t, const Factor& size) {
  const Factor window = t.overlap == 1
                            ? fromModel("window", d(t.window), Unit::tokens)
                            : tree.product("windows", Unit::tokens,
                                           {constant("windows that overlap", d(t.overlap), Unit::count, kBlocks),
                                            fromModel("tokens of an entry", d(t.window / t.overlap), Unit::tokens)});
  const Factor one = constant("newest token", 1, Unit::tokens, "is inside the window");
  const Factor inFlight =
      q.rules.batchesInFlight == 1
          ? q.computed
          : tree.product(
                "tokens in flight", Unit::tokens,
                {constant("batches in flight", d(q.rules.batchesInFlight), Unit::count, kInFlight), q.computed});
  const Factor held = tree.smallest(
      "tokens held", Unit::tokens,
      {tree.sum("window and what is computed at once", Unit::tokens, {window, less(one), inFlight}), q.tokens});
  const Factor more = constant("a block more", 1, Unit::count, "the window starts inside a block");
  return tree.sum("blocks", Unit::count, {wholeBlocks(tree, held, size), more});
}

Factor blocksOfGroup(FactorTree& tree, const PageQuestion& q, const CacheType& t) {
  if (t.kind == Kind::state) return statesKept(tree, q, t);
  const Factor size = typeBlock(tree, q, t);
  if (t.kind == Kind::full) return wholeBlocks(tree, ownTokens(tree, q), size);
  if (t.kind == Kind::sliding) return windowBlocks(tree, q, t, size);
  const Factor encoded = q.rules.encoderTokens > 0
                             ? fromModel("tokens of the encoder's output", d(q.rules.encoderTokens), Unit::tokens)
                             : q.tokens;
  return wholeBlocks(tree, encoded, size);
}

}  // namespace

Factor tokensInBlocks(FactorTree& tree, const PageQuestion& q) {
  const Factor block = constant("tokens of a block", d(q.layout.block), Unit::tokens, kBlocks);
  return tree.product("tokens in whole blocks", Unit::tokens, {blocksOfGroup(tree, q, q.layout.types[0]), block});
}

Factor groupLayersFactor(FactorTree& tree, const PageQuestion& q) {
  constexpr std::string_view kSymbol = "layers in a group";
  const PageLayout& layout = q.layout;
  if (layout.packed) {
    // The split that pads all groups least (a search): some type's layers in equal groups, rounded up.
    for (const CacheType& t : layout.types)
      for (std::int64_t n = 1; t.kind != Kind::full && n <= t.stageLayers; ++n)
        if ((t.stageLayers + n - 1) / n == layout.groupLayers)
          return tree.product(kSymbol, Unit::layers,
                              {layersFactor(tree, t), over(constant("groups", d(n), Unit::count,
                                                                    "the split that pads all groups of layers least"))},
                              Round::up);
    return leaf(Origin::model, kSymbol, d(layout.groupLayers), Unit::layers,
                "the split that pads all groups of layers least");
  }
  if (layout.groupLayers == layout.groupSize) return groupSize(tree, q);
  FactorParts most(tree, kSymbol, Unit::layers, Combine::largest);
  for (const CacheType& t : layout.types)
    most.add(tree.product("layers of a group on this rank", Unit::layers,
                          {layersFactor(tree, t), over(groups(tree, q, t))}, Round::up));
  return most.close();
}

Factor pageFactor(FactorTree& tree, const PageQuestion& q) {
  if (q.layout.packed) return packedPage(tree, q.model, q.part);
  const Widest widest = widestOf(tree, q);
  if (widest.token.value <= 0) return widest.state;
  const Factor page =
      tree.product("bytes of a page", Unit::bytes, {attentionBlock(tree, q, widest.token, widest.state), widest.token});
  if (widest.state.value <= page.value) return page;
  return tree.largest("bytes of a page", Unit::bytes, {page, widest.state});
}

Factor blocksFactor(FactorTree& tree, const PageQuestion& q, const CacheType& t) {
  return tree.product("blocks of all groups", Unit::count, {groups(tree, q, t), blocksOfGroup(tree, q, t)});
}

}  // namespace headroom
