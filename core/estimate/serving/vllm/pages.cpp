#include "core/estimate/serving/vllm/pages.h"

#include <algorithm>
#include <cmath>

#include "core/estimate/arithmetic.h"
#include "core/estimate/kv_cache.h"
#include "core/estimate/serving/vllm/pages_packed.h"

namespace headroom {
namespace {

void merge(PageLayout& layout, const CacheType& type) {
  for (CacheType& t : layout.types)
    if (t.kind == type.kind && t.bytesPerToken() == type.bytesPerToken() && t.window == type.window &&
        t.stateBytes() == type.stateBytes()) {
      t.layers += type.layers;
      t.draftLayers += type.draftLayers;
      return;
    }
  layout.types.push(type);
}

// The cache type of a layer's keys and values; no bytes where it has none of its own.
CacheType keysAndValues(FactorTree& tree, const AttentionSpec& a, const RankPart& part, const KvFormats& formats,
                        const PageRules& rules) {
  CacheType type;
  if (a.kind == AttentionKind::none || a.kind == AttentionKind::bidirectional || a.kind == AttentionKind::cross)
    return type;
  type.token = kvFactor(tree, a, formats, part.tensorParallel);
  const bool windowed = a.kind == AttentionKind::sliding && a.window > 0 && rules.windowsApart;
  type.kind = windowed ? CacheType::Kind::sliding : CacheType::Kind::full;
  type.window = windowed ? a.window : 0;
  return type;
}

void collect(FactorTree& tree, PageLayout& layout, const Model& m, const RankPart& part, const KvFormats& formats,
             const PageRules& rules, bool draft = false) {
  for (std::size_t k = 0; k < m.kinds.size(); ++k) {
    const LayerKind& kind = m.kinds[k];
    CacheType type;
    type.layers = layersOfKind(m, k, part.layers);
    if (type.layers == 0 || kind.encoder) continue;
    type.draftLayers = draft ? type.layers : 0;
    if (kind.state.kind != StateKind::none) {
      type.kind = CacheType::Kind::state;
      type.state = stateFactor(tree, kind.state, part.tensorParallel, rules.draftTokens);
      if (type.stateBytes() > 0) merge(layout, type);
    }
    CacheType cache = keysAndValues(tree, kind.attention, part, formats, rules);
    cache.layers = type.layers;
    cache.draftLayers = type.draftLayers;
    if (cache.bytesPerToken() > 0) merge(layout, cache);
  }
}

void collectDraft(FactorTree& tree, PageLayout& layout, const RankPart& part, const KvFormats& formats,
                  const PageRules& rules) {
  const DraftLayers& draft = rules.draft;
  if (!part.lastStage || draft.layers == 0) return;
  if (draft.model != nullptr)
    return collect(tree, layout, *draft.model, draftPart(*draft.model, part), formats, rules, true);
  CacheType cache = keysAndValues(tree, *draft.like, part, formats, rules);
  cache.layers = cache.draftLayers = draft.layers;
  if (cache.bytesPerToken() > 0) merge(layout, cache);
}

// Every layer caches the whole context: one group of all layers, whatever their widths.
void layOutUniform(PageLayout& layout, const PageRules& rules) {
  double perToken = 0;
  for (CacheType& t : layout.types) {
    perToken += t.bytesPerToken() * static_cast<double>(t.layers);
    layout.groupLayers += t.layers;
    t.blockSize = rules.blockSize;
  }
  if (layout.groupLayers > 0)
    layout.pageBytes = perToken * static_cast<double>(rules.blockSize) / static_cast<double>(layout.groupLayers);
}

// Page sizes are made equal by growing blocks: of attention until one holds a state, of narrow layers until they
// match the widest.
void layOutHybrid(PageLayout& layout, const PageRules& rules) {
  double widest = 0, state = 0;
  std::int64_t fewest = 0, most = 0;
  for (const CacheType& t : layout.types) {
    widest = std::max(widest, t.bytesPerToken());
    state = std::max(state, t.stateBytes());
    fewest = fewest == 0 ? t.layers : std::min(fewest, t.layers);
    most = std::max(most, t.layers);
  }
  const auto base = static_cast<double>(rules.blockSize);
  double blockSize = base;
  if (state > 0 && widest > 0) blockSize = std::max(base, std::ceil(state / widest / base) * base);
  layout.pageBytes = widest > 0 ? blockSize * widest : state;
  // kv_cache_utils.py: the smallest type sets the group, unless the types differ by less than a quarter.
  layout.groupLayers = static_cast<double>(most) < 1.25 * static_cast<double>(fewest) ? most : fewest;
  layout.groups = 0;
  for (CacheType& t : layout.types) {
    t.groups = ceilDiv(t.layers, layout.groupLayers);
    layout.groups += t.groups;
    t.blockSize = t.bytesPerToken() > 0 ? static_cast<std::int64_t>(layout.pageBytes / t.bytesPerToken()) : 0;
  }
}

}  // namespace

Factor stateFactor(FactorTree& tree, const StateSpec& s, std::int64_t tp, std::int64_t draftTokens) {
  constexpr std::string_view kFormats = "vllm/model_executor/layers/mamba/mamba_utils.py: 16 bit unless fp32 is asked";
  const auto number = [](std::int64_t v) { return static_cast<double>(v); };
  FactorParts both(tree, "bytes per sequence and layer", Unit::bytes);
  if (s.convKernel > 0 && s.convChannels > 0) {
    const Factor kernel = fromModel("kernel", number(s.convKernel), Unit::tokens);
    const Factor one = constant("newest input", 1, Unit::tokens, "is not kept");
    const Factor inputs = draftTokens > 0
                              ? tree.sum("inputs kept", Unit::tokens,
                                         {kernel, less(one), asked("draft tokens", number(draftTokens), Unit::tokens)})
                              : tree.sum("inputs kept", Unit::tokens, {kernel, less(one)});
    both.add(tree.product("short convolution", Unit::bytes,
                          {fromModel("channels", number(s.convChannels), Unit::elements), inputs,
                           constant("bytes per element", 2, Unit::bytes_per_element, kFormats)}));
  }
  both.add(tree.product("recurrent state", Unit::bytes,
                        {fromModel("state elements", number(s.stateElements), Unit::elements),
                         constant("bytes per element", s.fp32State ? 4 : 2, Unit::bytes_per_element, kFormats)}));
  const Factor whole = both.close();
  if (tp <= 1) return whole;
  return tree.product("bytes per sequence and layer of a rank", Unit::bytes,
                      {whole, over(asked("tensor-parallel ranks", number(tp), Unit::devices))});
}

PageLayout pageLayout(const Model& m, const RankPart& part, const KvFormats& formats, const PageRules& rules) {
  FactorTree closed;
  return pageLayout(closed, m, part, formats, rules);
}

PageLayout pageLayout(FactorTree& tree, const Model& m, const RankPart& part, const KvFormats& formats,
                      const PageRules& rules) {
  PageLayout layout;
  if (rules.packed && layOutPacked(layout, m, part)) return layout;
  collect(tree, layout, m, part, formats, rules);
  collectDraft(tree, layout, part, formats, rules);
  layout.uniform =
      std::ranges::all_of(layout.types, [](const CacheType& t) { return t.kind == CacheType::Kind::full; });
  layout.uniform ? layOutUniform(layout, rules) : layOutHybrid(layout, rules);
  return layout;
}

std::int64_t PageLayout::blocksOf(const CacheType& t, std::int64_t tokens, std::int64_t prefill,
                                  const PageRules& rules) const {
  if (t.kind == CacheType::Kind::state) return t.groups * rules.stateBlocks;
  const std::int64_t size = std::max<std::int64_t>(1, t.blockSize);
  if (t.kind == CacheType::Kind::full) return t.groups * ceilDiv(tokens, size);
  return t.groups * (ceilDiv(std::min(t.window - 1 + prefill, tokens), size) + 1);
}

std::int64_t PageLayout::blocksOf(std::int64_t tokens, std::int64_t prefill, const PageRules& rules) const {
  if (uniform) return ceilDiv(tokens, rules.blockSize);
  if (packed && !rules.packedByTuple) {
    double bytes = 0;
    for (const CacheType& t : types)
      bytes += static_cast<double>(blocksOf(t, tokens, prefill, rules) / t.groups) * t.ownBytes;
    return static_cast<std::int64_t>(std::ceil(bytes / types[0].ownBytes));
  }
  std::int64_t blocks = 0;
  for (const CacheType& t : types) blocks += blocksOf(t, tokens, prefill, rules);
  return blocks;
}

std::int64_t PageLayout::tokensOf(double pool, std::int64_t longest, std::int64_t prefill,
                                  const PageRules& rules) const {
  if (blockBytes() <= 0 || pool <= 0) return 0;
  const auto blocks = static_cast<std::int64_t>(std::min(pool / blockBytes(), 1e15));
  if (uniform) return blocks * rules.blockSize;
  std::int64_t smallest = longest;  // a block never counts for more tokens than a sequence has
  for (const CacheType& t : types)
    if (t.blockSize > 0) smallest = std::min(smallest, t.blockSize);
  if (!rules.tokensByConcurrency && !packed) return blocks / std::max<std::int64_t>(1, groups) * smallest;
  const std::int64_t need = std::max<std::int64_t>(1, blocksOf(longest, prefill, rules));
  return static_cast<std::int64_t>(static_cast<double>(blocks) / static_cast<double>(need) *
                                   static_cast<double>(longest));
}

}  // namespace headroom
