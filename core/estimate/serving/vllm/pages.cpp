#include "core/estimate/serving/vllm/pages.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/estimate/arithmetic.h"
#include "core/estimate/serving/vllm/pages_packed.h"

namespace headroom {
namespace {

using Kind = CacheType::Kind;

// Whether all layers keep the same tokens, whatever their widths: one group of all of them.
bool isUniform(const CacheTypes& types) {
  return std::ranges::all_of(types, [&](const CacheType& t) {
    return t.kind == types[0].kind && t.window == types[0].window && (t.kind != Kind::state || types.size() == 1);
  });
}

// What one stage has, as if it were the whole model.
void keepStage(CacheTypes& types) {
  CacheTypes here;
  for (CacheType t : types) {
    t.layers = t.stageLayers;
    if (t.layers > 0) here.push(t);
  }
  types = here;
}

// Tokens of an attention block: it grows by whole granules until its page holds a state; where every block keeps its
// states, by whole steps of the scan.
std::int64_t grownBlock(const CacheTypes& types, const PageRules& rules) {
  double widest = 0, state = 0;
  std::int64_t chunk = 0;
  for (const CacheType& t : types) {
    widest = std::max(widest, t.bytesPerToken());
    state = std::max(state, t.stateBytes());
    if (t.kind == Kind::state) chunk = t.chunk > 0 ? t.chunk : kScanWithoutChunk;
  }
  if (state <= 0) return rules.blockSize;
  const std::int64_t granule = rules.states == StateMode::all ? std::lcm(chunk, rules.granule) : rules.granule;
  if (widest <= 0) return rules.states == StateMode::all ? granule : rules.blockSize;
  const auto grown = static_cast<std::int64_t>(std::ceil(state / widest / d(granule))) * granule;
  return std::max(rules.blockSize, grown);
}

// One size of page for all types: of smaller pages a block gets longer, or the page is padded.
void unifyPages(PageLayout& layout, const PageRules& rules) {
  const auto own = [&](const CacheType& t) { return d(layout.block) * t.bytesPerToken(); };
  for (const CacheType& t : layout.types) layout.pageBytes = std::max({layout.pageBytes, own(t), t.stateBytes()});
  for (CacheType& t : layout.types) {
    t.blockSize = layout.block;
    if (t.kind == Kind::state || own(t) == layout.pageBytes) continue;
    const auto times = static_cast<std::int64_t>(layout.pageBytes / own(t));
    const bool divides = d(times) * own(t) == layout.pageBytes;
    layout.refused |= rules.uneven == UnevenPages::refused || (rules.uneven == UnevenPages::longer && !divides);
    if (divides) t.blockSize = layout.block * times;
  }
}

// Groups of equal size: as many layers as the smallest type has, or the largest if that pads little.
void groupLayers(PageLayout& layout, const PageRules& rules) {
  std::int64_t fewest = layout.types[0].layers, most = fewest;
  for (const CacheType& t : layout.types) fewest = std::min(fewest, t.layers), most = std::max(most, t.layers);
  layout.groupSize = d(most) < rules.largestBelow * d(fewest) ? most : fewest;
  layout.groups = layout.groupLayers = 0;
  for (CacheType& t : layout.types) {
    t.groups = ceilDiv(t.layers, layout.groupSize);
    layout.groups += t.groups;
    // A group takes every n-th layer of its type, so a stage has a share of each.
    layout.groupLayers = std::max(layout.groupLayers, ceilDiv(t.stageLayers, t.groups));
  }
}

// One group of all layers, each with a page of its own width.
void oneGroup(PageLayout& layout) {
  double perToken = 0, states = 0;
  for (CacheType& t : layout.types) {
    perToken += t.bytesPerToken() * d(t.stageLayers);
    states += t.stateBytes() * d(t.stageLayers);
    layout.groupLayers += t.stageLayers;
    layout.groupSize += t.layers;
    t.blockSize = layout.block;
  }
  if (layout.groupLayers > 0) layout.pageBytes = (perToken * d(layout.block) + states) / d(layout.groupLayers);
}

}  // namespace

PageLayout pageLayout(const Model& m, const RankPart& part, const KvFormats& formats, const PageRules& rules) {
  FactorTree closed;
  return pageLayout(closed, m, part, formats, rules);
}

PageLayout pageLayout(FactorTree& tree, const Model& m, const RankPart& part, const KvFormats& formats,
                      const PageRules& rules) {
  PageLayout layout;
  if (rules.packed && layOutPacked(layout, m, part, rules.packedBlock)) return layout;
  layout.types = cacheTypes(tree, m, part, formats, rules.habits);
  if (!rules.groupsOverStages) keepStage(layout.types);
  layout.block = grownBlock(layout.types, rules);
  layout.uniform = layout.types.empty() || isUniform(layout.types);
  if (layout.uniform) {
    oneGroup(layout);
  } else {
    unifyPages(layout, rules);
    groupLayers(layout, rules);
  }
  return layout;
}

std::int64_t PageLayout::blocksOf(const CacheType& t, std::int64_t tokens, std::int64_t prefill,
                                  const PageRules& rules) const {
  const std::int64_t size = std::max<std::int64_t>(1, t.blockSize);
  switch (t.kind) {
    case Kind::full:
      return t.groups * ceilDiv(ceilDiv(tokens, rules.contextRanks), size);
    case Kind::sliding:
      return t.groups * (ceilDiv(std::min(t.window - 1 + rules.batchesInFlight * prefill, tokens), size) + 1);
    case Kind::cross:
      return t.groups * ceilDiv(rules.encoderTokens > 0 ? rules.encoderTokens : tokens, size);
    case Kind::state:
      break;
  }
  if (rules.states == StateMode::all) return t.groups * ceilDiv(tokens, size);
  return t.groups * ((rules.states == StateMode::align ? 2 : 1) + rules.habits.draftTokens);
}

std::int64_t PageLayout::blocksOf(std::int64_t tokens, std::int64_t prefill, const PageRules& rules) const {
  if (types.empty()) return 0;
  if (uniform) return blocksOf(types[0], tokens, prefill, rules);
  if (packed && !rules.packedByGroup) {
    double bytes = 0;
    for (const CacheType& t : types) bytes += d(blocksOf(t, tokens, prefill, rules) / t.groups) * t.ownBytes;
    return static_cast<std::int64_t>(std::ceil(bytes / types[0].ownBytes));
  }
  std::int64_t blocks = 0;
  for (const CacheType& t : types) blocks += blocksOf(t, tokens, prefill, rules);
  return blocks;
}

PagePool pagePool(const PageLayout& layout, double bytes, std::int64_t longest, std::int64_t prefill,
                  const PageRules& rules) {
  PagePool pool;
  if (layout.blockBytes() <= 0) return pool;
  pool.blocks = rules.overriddenBlocks > 0
                    ? rules.overriddenBlocks
                    : static_cast<std::int64_t>(std::clamp(bytes / layout.blockBytes(), 0.0, 1e15));
  const std::int64_t need = std::max<std::int64_t>(1, layout.blocksOf(longest, prefill, rules));
  pool.concurrency = d(pool.blocks) / d(need);
  if (rules.tokensByConcurrency || layout.packed) {
    pool.tokens = static_cast<std::int64_t>(pool.concurrency * d(longest));
    return pool;
  }
  std::int64_t smallest = longest;  // a block never counts for more tokens than a sequence has
  for (const CacheType& t : layout.types)
    if (t.kind != Kind::state) smallest = std::min(smallest, t.blockSize);
  pool.tokens = pool.blocks / std::max<std::int64_t>(1, layout.groups) * smallest * rules.contextRanks;
  return pool;
}

}  // namespace headroom
