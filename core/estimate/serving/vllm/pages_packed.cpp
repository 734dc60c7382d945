#include "core/estimate/serving/vllm/pages_packed.h"

#include <algorithm>

namespace headroom {
namespace {

constexpr std::int64_t kBlock = 256;       // tokens of a block of compressed entries
constexpr std::int64_t kWindowBlock = 64;  // tokens of a block of the window
constexpr std::int64_t kAlignment = 576;   // bytes; FlashMLA's

constexpr std::int64_t ceilDiv(std::int64_t a, std::int64_t b) {
  return a / b + (a % b != 0);
}
constexpr std::int64_t aligned(std::int64_t bytes) {
  return ceilDiv(bytes, kAlignment) * kAlignment;
}

// Layers that pool as many tokens into one entry.
struct Compressed {
  const AttentionSpec* attention = nullptr;
  std::int64_t layers = 0;
  bool indexed() const { return attention->indexerDim > 0; }
  std::int64_t overlap() const { return indexed() ? 2 : 1; }  // windows of the sparse kind overlap
  // One entry: 8-bit part, 16-bit rotary part and eight bytes of scales.
  static std::int64_t entryBytes(const AttentionSpec& a) { return a.kvLoraRank + 2 * a.ropeDim + 8; }
  std::int64_t pageBytes() const {
    return aligned(std::max<std::int64_t>(1, kBlock / attention->compressRatio) * entryBytes(*attention));
  }
  std::int64_t indexBytes() const {
    const std::int64_t key = attention->indexerDim + 4 * ceilDiv(attention->indexerDim, 128);
    return aligned(std::max<std::int64_t>(1, kBlock / attention->compressRatio) * key);
  }
  // Tokens whose partial sums (values and scores, in fp32) make one page.
  std::int64_t stateBlock() const { return indexed() ? 4 : 8; }
  std::int64_t stateBytes(std::int64_t width) const { return aligned(stateBlock() * 2 * overlap() * width * 4); }
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

}  // namespace

bool layOutPacked(PageLayout& layout, const Model& m, const RankPart& part) {
  Kinds kinds;
  const AttentionSpec* windowed = nullptr;
  std::int64_t windowLayers = 0;
  for (std::size_t k = 0; k < m.kinds.size(); ++k) {
    const AttentionSpec& a = m.kinds[k].attention;
    const std::int64_t layers = layersOfKind(m, k, part.layers);
    if (layers == 0 || a.window <= 0) continue;
    windowed = &a, windowLayers += layers;
    if (a.compressRatio <= 0) continue;
    Compressed* known = std::find_if(
        kinds.begin(), kinds.end(), [&](const Compressed& c) { return c.attention->compressRatio == a.compressRatio; });
    if (known != kinds.end())
      known->layers += layers;
    else if (kinds.size() < kinds.capacity())
      kinds.push({&a, layers});
  }
  if (kinds.empty()) return false;

  Sizes sizes;
  double perToken = 0, own = 0;
  for (const Compressed& c : kinds) {
    const auto entry = static_cast<double>(Compressed::entryBytes(*c.attention));
    const double index = c.indexed() ? static_cast<double>(c.attention->indexerDim + 4) : 0;
    perToken += static_cast<double>(c.layers) * (entry + index) / static_cast<double>(c.attention->compressRatio);
    sizes.add(c.pageBytes(), c.layers);
    own += static_cast<double>(c.layers * c.pageBytes());
    if (!c.indexed()) continue;
    sizes.add(c.indexBytes(), c.layers);
    own += static_cast<double>(c.layers * c.indexBytes());
  }
  CacheType full;
  full.layers = 1, full.bytesPerToken = perToken, full.blockSize = kBlock, full.ownBytes = own;
  layout.types.push(full);

  CacheType window;
  window.kind = CacheType::Kind::sliding;
  window.layers = windowLayers, window.window = windowed->window, window.blockSize = kWindowBlock;
  window.ownBytes =
      static_cast<double>(windowLayers * sizes.fitting(aligned(kWindowBlock * Compressed::entryBytes(*windowed))));
  layout.types.push(window);
  for (const Compressed& c : kinds) {
    CacheType state;
    state.kind = CacheType::Kind::sliding;
    state.layers = c.layers, state.window = c.overlap() * c.attention->compressRatio, state.blockSize = c.stateBlock();
    std::int64_t bytes = sizes.fitting(c.stateBytes(c.attention->headDim));
    if (c.indexed()) bytes += sizes.fitting(c.stateBytes(c.attention->indexerDim));
    state.ownBytes = static_cast<double>(c.layers * bytes);
    layout.types.push(state);
  }

  const std::int64_t tuples = tuplesOf(sizes.most(), layout.types.begin() + 1, layout.types.end());
  layout.packed = true;
  layout.uniform = false;
  layout.pageBytes = static_cast<double>(sizes.sum());
  layout.groupLayers = tuples;
  layout.groups = 0;
  for (CacheType& t : layout.types) {
    t.groups = t.kind == CacheType::Kind::full ? 1 : ceilDiv(t.layers, tuples);
    layout.groups += t.groups;
  }
  return true;
}

}  // namespace headroom
