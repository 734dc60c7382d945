#include "core/estimate/serving/vllm/pages_packed.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "core/estimate/arithmetic.h"

namespace headroom {
namespace {

constexpr std::int64_t kBlock = 256;       // tokens of a block of compressed entries
constexpr std::int64_t kWindowBlock = 64;  // tokens of a block of the window
constexpr std::int64_t kAlignment = 576;   // bytes; FlashMLA's

constexpr std::string_view kSource = "vllm/models/deepseek_v4 (0.20): pages of compressed entries";

template <typename Numbers>
typename Numbers::Value aligned(const Numbers& n, const typename Numbers::Value& bytes) {
  const auto step = n.leaf(Origin::constant, "bytes of a step", kAlignment, Unit::bytes, kSource);
  return n.times("aligned", Unit::bytes, n.wholes("steps", Unit::count, bytes, step), step);
}
std::int64_t aligned(std::int64_t bytes) {
  return aligned(PlainNumbers{}, bytes);
}

// One entry: 8-bit part, 16-bit rotary part and eight bytes of scales.
template <typename Numbers>
typename Numbers::Value entryBytes(const Numbers& n, const AttentionSpec& a) {
  const auto rotary =
      n.times("16-bit rotary part", Unit::bytes, n.leaf(Origin::model, "rotary width", a.ropeDim, Unit::elements),
              n.leaf(Origin::constant, "bytes per element", 2, Unit::bytes_per_element, kSource));
  return n.plus(
      "bytes of an entry", Unit::bytes,
      n.plus("both parts", Unit::bytes, n.leaf(Origin::model, "8-bit part", a.kvLoraRank, Unit::bytes), rotary),
      n.leaf(Origin::constant, "scales", 8, Unit::bytes, kSource));
}

// An fp8 key of the indexer with an fp32 scale per 128.
template <typename Numbers>
typename Numbers::Value indexEntryBytes(const Numbers& n, const AttentionSpec& a) {
  const auto width = n.leaf(Origin::model, "index head size", a.indexerDim, Unit::elements);
  const auto scales = n.times("scales", Unit::bytes,
                              n.wholes("blocks", Unit::count, width,
                                       n.leaf(Origin::constant, "elements of a block", 128, Unit::elements, kSource)),
                              n.leaf(Origin::constant, "bytes of a scale", 4, Unit::bytes, kSource));
  return n.plus("bytes of an index entry", Unit::bytes, width, scales);
}

// A page: the compressed entries of a block of tokens.
template <typename Numbers>
typename Numbers::Value page(const Numbers& n, const AttentionSpec& a, const typename Numbers::Value& entry) {
  const auto one = n.leaf(Origin::constant, "entry", 1, Unit::count, "a page holds at least one");
  const auto entries = a.compressRatio > kBlock
                           ? one
                           : n.share("entries of a block", Unit::count,
                                     n.leaf(Origin::constant, "tokens of a block", kBlock, Unit::tokens, kSource),
                                     n.leaf(Origin::model, "tokens of an entry", a.compressRatio, Unit::tokens));
  return aligned(n, n.times("entries", Unit::bytes, entries, entry));
}

// Layers that pool as many tokens into one entry.
struct Compressed {
  const AttentionSpec* attention = nullptr;
  std::int64_t layers = 0;
  bool indexed() const { return attention->indexerDim > 0; }
  std::int64_t overlap() const { return indexed() ? 2 : 1; }  // windows of the sparse kind overlap
  static std::int64_t entryBytes(const AttentionSpec& a) { return headroom::entryBytes(PlainNumbers{}, a); }
  std::int64_t pageBytes() const { return page(PlainNumbers{}, *attention, entryBytes(*attention)); }
  std::int64_t indexBytes() const {
    return page(PlainNumbers{}, *attention, indexEntryBytes(PlainNumbers{}, *attention));
  }
  // Tokens whose partial sums (values and scores, in fp32) make one page.
  std::int64_t stateBlock() const { return indexed() ? 4 : 8; }
  std::int64_t stateBytes(std::int64_t width) const { return statePage(PlainNumbers{}, "width", width); }
  template <typename Numbers>
  typename Numbers::Value statePage(const Numbers& n, std::string_view symbol, std::int64_t width) const {
    const auto sums = n.leaf(Origin::constant, "fp32 sums of a token, values and scores", 8 * overlap(),
                             Unit::bytes_per_element, kSource);
    const auto token =
        n.times("bytes of a token", Unit::bytes_per_token, n.leaf(Origin::model, symbol, width, Unit::elements), sums);
    return aligned(n,
                   n.times("sums of a block", Unit::bytes,
                           n.leaf(Origin::constant, "tokens of a block", stateBlock(), Unit::tokens, kSource), token));
  }
};

using Kinds = InlineVector<Compressed, 4>;

struct Sizes {
  struct Page {
    std::int64_t bytes, layers;  // layers that have a page of this size
  };
  InlineVector<Page, 8> counts;
  void add(std::int64_t bytes, std::int64_t layers) {
    for (auto& [size, count] : counts)
      if (size == bytes) return void(count += layers);
    counts.push({bytes, layers});
  }
  std::int64_t sum() const {
    std::int64_t bytes = 0;
    for (const auto& [size, count] : counts) bytes += size;
    return bytes;
  }
  std::int64_t most() const {
    std::int64_t layers = 0;
    for (const auto& [size, count] : counts) layers = std::max(layers, count);
    return layers;
  }
  std::int64_t layersOf(std::int64_t bytes) const {
    for (const auto& [size, count] : counts)
      if (size == bytes) return count;
    return 0;
  }
  // The smallest page that holds so many bytes.
  std::int64_t fitting(std::int64_t bytes) const {
    std::int64_t best = 0;
    for (const auto& [size, count] : counts)
      if (size >= bytes && (best == 0 || size < best)) best = size;
    return best == 0 ? bytes : best;
  }
};

// The tuples per group that pad all groups least; of equals the largest.
std::int64_t tuplesOf(std::int64_t full, const CacheType* first, const CacheType* last) {
  std::int64_t most = full, best = full, least = -1;
  for (const CacheType* t = first; t != last; ++t) most = std::max(most, t->layers);
  for (std::int64_t d = full; d <= most; ++d) {
    std::int64_t padding = (d - full % d) % d;
    for (const CacheType* t = first; t != last; ++t) padding += (d - t->layers % d) % d;
    if (least < 0 || padding <= least) least = padding, best = d;
  }
  return best;
}

struct Packed {
  Kinds kinds;
  const AttentionSpec* windowed = nullptr;
  std::int64_t windowLayers = 0;
};

Packed kindsOf(const Model& m, const RankPart& part) {
  Packed p;
  for (std::size_t k = 0; k < m.kinds.size(); ++k) {
    const AttentionSpec& a = m.kinds[k].attention;
    const std::int64_t layers = layersOfKind(m, k, part.layers);
    if (layers == 0 || a.window <= 0) continue;
    p.windowed = &a, p.windowLayers += layers;
    if (a.compressRatio <= 0) continue;
    Compressed* known = std::find_if(p.kinds.begin(), p.kinds.end(), [&](const Compressed& c) {
      return c.attention->compressRatio == a.compressRatio;
    });
    if (known != p.kinds.end())
      known->layers += layers;
    else if (p.kinds.size() < p.kinds.capacity())
      p.kinds.push({&a, layers});
  }
  return p;
}

Sizes sizesOf(const Kinds& kinds) {
  Sizes sizes;
  for (const Compressed& c : kinds) {
    sizes.add(c.pageBytes(), c.layers);
    if (c.indexed()) sizes.add(c.indexBytes(), c.layers);
  }
  return sizes;
}

// Calls visit(group, layers, page) for every kind of page of every group: of the compressed entries, of the window, and
// of each kind's partial sums. A type is split into as many groups as keep it below `tuples` layers.
template <typename Numbers, typename Visit>
void eachPage(const Numbers& n, const Packed& p, std::int64_t tuples, const Visit& visit) {
  const auto layers = [&](std::int64_t of) { return n.leaf(Origin::model, "layers", of, Unit::layers); };
  const auto share = [&](std::int64_t of) {
    const std::int64_t groups = ceilDiv(of, tuples);
    return n.wholes(
        "layers of a group", Unit::layers, layers(of),
        n.leaf(Origin::constant, "groups", groups, Unit::count, "the split that pads all groups of layers least"));
  };
  int group = 0;
  for (const Compressed& c : p.kinds) {
    visit(group, layers(c.layers), page(n, *c.attention, entryBytes(n, *c.attention)));
    if (c.indexed()) visit(group, layers(c.layers), page(n, *c.attention, indexEntryBytes(n, *c.attention)));
  }
  ++group;
  const auto window = n.leaf(Origin::constant, "tokens of a block", kWindowBlock, Unit::tokens, kSource);
  visit(group, share(p.windowLayers), aligned(n, n.times("entries", Unit::bytes, window, entryBytes(n, *p.windowed))));
  for (const Compressed& c : p.kinds) {
    ++group;
    visit(group, share(c.layers), c.statePage(n, "head size", c.attention->headDim));
    if (c.indexed()) visit(group, share(c.layers), c.statePage(n, "index head size", c.attention->indexerDim));
  }
}

constexpr std::size_t kMostGroups = 6;  // of entries, of the window, and one of sums for each kind

// Of each size, the pages that the group with most of them has; every page is as large as one of the entries'.
Sizes fullestOf(const Packed& p, const Sizes& sizes, std::int64_t tuples) {
  Sizes groups[kMostGroups], most = sizes;
  eachPage(PlainNumbers{}, p, tuples, [&](int group, std::int64_t layers, std::int64_t bytes) {
    groups[group].add(sizes.fitting(bytes), layers);
  });
  for (auto& [size, count] : most.counts)
    for (const Sizes& g : groups) count = std::max(count, g.layersOf(size));
  return most;
}

double blockBytes(const Packed& p, const Sizes& sizes, std::int64_t tuples, PackedBlock how) {
  std::int64_t groups[kMostGroups] = {}, sum = 0;
  if (how == PackedBlock::sizes) {
    for (const auto& [size, count] : fullestOf(p, sizes, tuples).counts) sum += size * count;
    return static_cast<double>(sum);
  }
  eachPage(PlainNumbers{}, p, tuples,
           [&](int group, std::int64_t layers, std::int64_t bytes) { groups[group] += layers * bytes; });
  return static_cast<double>(*std::max_element(std::begin(groups), std::end(groups)));
}

}  // namespace

bool layOutPacked(PageLayout& layout, const Model& m, const RankPart& part, PackedBlock block) {
  const Packed found = kindsOf(m, part);
  const auto& [kinds, windowed, windowLayers] = found;
  if (kinds.empty()) return false;

  const Sizes sizes = sizesOf(kinds);
  double perToken = 0, own = 0;
  for (const Compressed& c : kinds) {
    const auto entry = static_cast<double>(Compressed::entryBytes(*c.attention));
    const double index = c.indexed() ? static_cast<double>(c.attention->indexerDim + 4) : 0;
    perToken += static_cast<double>(c.layers) * (entry + index) / static_cast<double>(c.attention->compressRatio);
    own += static_cast<double>(c.layers * c.pageBytes());
    if (!c.indexed()) continue;
    own += static_cast<double>(c.layers * c.indexBytes());
  }
  CacheType full;
  // A figure beside the ledger: a packed layout's lines are blocks × pages.
  full.layers = full.stageLayers = 1, full.token = summed("bytes per token", perToken, Unit::bytes_per_token),
  full.blockSize = kBlock, full.ownBytes = own;
  layout.types.push(full);

  CacheType window;
  window.kind = CacheType::Kind::sliding;
  window.layers = window.stageLayers = windowLayers, window.window = windowed->window, window.blockSize = kWindowBlock;
  window.ownBytes =
      static_cast<double>(windowLayers * sizes.fitting(aligned(kWindowBlock * Compressed::entryBytes(*windowed))));
  layout.types.push(window);
  for (const Compressed& c : kinds) {
    CacheType state;
    state.kind = CacheType::Kind::sliding;
    state.layers = state.stageLayers = c.layers, state.window = c.overlap() * c.attention->compressRatio,
    state.overlap = c.overlap(), state.blockSize = c.stateBlock();
    std::int64_t bytes = sizes.fitting(c.stateBytes(c.attention->headDim));
    if (c.indexed()) bytes += sizes.fitting(c.stateBytes(c.attention->indexerDim));
    state.ownBytes = static_cast<double>(c.layers * bytes);
    layout.types.push(state);
  }

  const std::int64_t tuples = tuplesOf(sizes.most(), layout.types.begin() + 1, layout.types.end());
  layout.packed = true;
  layout.uniform = false;
  layout.pageBytes = static_cast<double>(sizes.sum());
  layout.groupLayers = layout.groupSize = tuples;
  if (block != PackedBlock::tuples) layout.packedBytes = blockBytes(found, sizes, tuples, block);
  layout.groups = 0;
  for (CacheType& t : layout.types) {
    t.groups = t.kind == CacheType::Kind::full ? 1 : ceilDiv(t.layers, tuples);
    layout.groups += t.groups;
  }
  return true;
}

Factor packedPage(FactorTree& tree, const Model& m, const RankPart& part) {
  const OpenedNumbers n{tree};
  FactorParts sum(tree, "bytes of a page", Unit::bytes);
  InlineVector<std::int64_t, 8> known;
  const auto add = [&](const Factor& bytes) {  // layers with pages of one size share it
    const std::int64_t size = OpenedNumbers::of(bytes);
    if (std::find(known.begin(), known.end(), size) != known.end()) return;
    known.push(size);
    sum.add(bytes);
  };
  for (const Compressed& c : kindsOf(m, part).kinds) {
    add(page(n, *c.attention, entryBytes(n, *c.attention)));
    if (c.indexed()) add(page(n, *c.attention, indexEntryBytes(n, *c.attention)));
  }
  return sum.close();
}

Factor packedBlock(FactorTree& tree, const Model& m, const RankPart& part, PackedBlock how) {
  const Packed p = kindsOf(m, part);
  const Sizes sizes = sizesOf(p.kinds);
  PageLayout layout;
  layOutPacked(layout, m, part, how);
  const OpenedNumbers n{tree};
  if (how == PackedBlock::sizes) {
    const Sizes most = fullestOf(p, sizes, layout.groupLayers);
    Sizes seen;
    FactorParts sum(tree, "bytes of a block", Unit::bytes);
    eachPage(n, p, layout.groupLayers, [&](int group, const Factor&, const Factor& page) {
      const std::int64_t bytes = OpenedNumbers::of(page);
      if (group > 0 || seen.layersOf(bytes) > 0) return;
      seen.add(bytes, 1);
      sum.add(tree.product("pages of a size", Unit::bytes,
                           {leaf(Origin::model, "layers with such pages in the group with most",
                                 static_cast<double>(most.layersOf(bytes)), Unit::layers, kSource),
                            page}));
    });
    return sum.close();
  }
  std::vector<std::vector<Factor>> groups(kMostGroups);
  eachPage(n, p, layout.groupLayers, [&](int group, const Factor& layers, const Factor& page) {
    groups[static_cast<std::size_t>(group)].push_back(tree.product("pages of a kind", Unit::bytes, {layers, page}));
  });
  FactorParts largest(tree, "bytes of a block", Unit::bytes, Combine::largest);
  for (const std::vector<Factor>& pages : groups) {
    if (pages.empty()) continue;
    FactorParts sum(tree, "pages of a group", Unit::bytes);
    for (const Factor& f : pages) sum.add(f);
    largest.add(sum.close());
  }
  return largest.close();
}

}  // namespace headroom
