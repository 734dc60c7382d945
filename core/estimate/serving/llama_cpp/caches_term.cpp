// Keys, values and recurrent states as llama.cpp lays them out.
#include <algorithm>
#include <cassert>

#include "core/estimate/arithmetic.h"
#include "core/estimate/serving/llama_cpp/alignment.h"
#include "core/estimate/serving/llama_cpp/terms.h"

namespace headroom::llama {
namespace {

constexpr std::string_view kKvSource = "llama.cpp src/llama-kv-cache.cpp (2026-08)";
constexpr std::string_view kIndexSource =
    "llama.cpp src/llama-kv-cache-dsa.cpp, llama-kv-cache-msa.cpp (b11549): one key per cell and layer, and with a "
    "cache "
    "of whole heads one value";
constexpr std::string_view kStateSource = "llama.cpp src/llama-memory-recurrent.cpp, src/llama-hparams.cpp (2026-08)";
constexpr std::string_view kKeptSource =
    "ollama kvcache/causal.go: gpt-oss and Gemma 4 keep 4096 cells of a window, to go back in a prompt (0.11 to 0.24); "
    "with several sequences a window keeps one more";
constexpr std::string_view kCellSource =
    "llama.cpp src/llama-context.cpp, llama-kv-cache-iswa.cpp (2026-08): cells in multiples";
constexpr std::string_view kPaddingSource =
    "ggml/src/ggml-cuda/ggml-cuda.cu: rows of quantized tensors to 512 elements, tensors to 128 bytes";

int cacheBackend(const Run& run, std::size_t layer) {
  return run.kvOnHost ? run.backends.host() : run.layerBackend[layer];
}

// The shapes of caches, layer by layer: layers of one kind follow one another and are asked about once.
class CacheShapes {
 public:
  explicit CacheShapes(const Run& run) : run_(run) {}

  const CacheShape& of(std::size_t layer) {
    const LayerKind* const kind = &run_.kind(layer);
    const bool holds = run_.holds(layer);
    if (kind != kind_ || holds != holds_) shape_ = cacheShape(run_, layer), kind_ = kind, holds_ = holds;
    return shape_;
  }

 private:
  const Run& run_;
  const LayerKind* kind_ = nullptr;
  bool holds_ = false;
  CacheShape shape_;
};

// Layers whose caches are alike, and one of them.
struct CacheGroup {
  CacheShape shape;
  const LayerKind* kind = nullptr;
  std::int64_t layers = 0;
};

// What was asked, in cells of one stream: the factors of Run::cells and Run::windowCells.
class Cells {
 public:
  Cells(FactorTree& tree, const Settings& s, const Run& run) : tree_(tree), s_(s), run_(run) {}

  Factor whole() {
    const bool unified = s_.unifiedKv || run_.backends.rules.old;
    const Factor all = filledUp(tree_, "cells", asked(), every(), kCellSource);
    if (unified) return all;
    const Factor each = tree_.product("cells of a sequence", Unit::tokens, {all, over(sequences())}, Round::down);
    return filledUp(tree_, "cells of a stream", each, 256, kCellSource);
  }

  // The window of every sequence of a stream, and the micro-batch that is written into it.
  Factor windowed(std::int64_t window) {
    const bool unified = s_.unifiedKv || run_.backends.rules.old;
    const Factor one = run_.windowKept > 0
                           ? constant("tokens kept of a window", d(run_.windowKept), Unit::tokens, kKeptSource)
                           : fromModel("window", d(window), Unit::tokens);
    const Factor windows = unified ? tree_.product("windows", Unit::tokens, {one, sequences()}) : one;
    const Factor batch = tree_.smallest("tokens of a micro-batch", Unit::tokens,
                                        {headroom::asked("micro-batch", d(s_.prefillTokens), Unit::tokens), asked()});
    const Factor room = tree_.sum("window and micro-batch", Unit::tokens, {windows, batch});
    const bool shorter = run_.windowKept > 0 && run_.windowKept * run_.sequences < s_.context;
    return filledUp(tree_, "cells of the window",
                    shorter ? room : tree_.smallest("tokens kept", Unit::tokens, {whole(), room}), 256, kCellSource);
  }

  Factor streams() { return s_.unifiedKv || run_.backends.rules.old ? one() : sequences(); }

 private:
  static Factor one() { return constant("streams", 1, Unit::sequences, "one cache for all sequences"); }
  Factor sequences() const { return headroom::asked("sequences", d(run_.sequences), Unit::sequences); }
  std::int64_t every() const { return run_.transposed && !run_.backends.rules.evenCells ? 32 : 256; }
  Factor asked() {
    const Factor context = headroom::asked("context", d(s_.context), Unit::tokens);
    if (s_.unifiedKv) return context;
    return tree_.product("tokens of all sequences", Unit::tokens, {context, sequences()});
  }

  FactorTree& tree_;
  const Settings& s_;
  const Run& run_;
};

Factor width(FactorTree& tree, std::string_view symbol, std::string_view size, std::int64_t heads, std::int64_t each) {
  return tree.product(symbol, Unit::elements,
                      {fromModel("heads", d(heads), Unit::heads), fromModel(size, d(each), Unit::elements)});
}

// Elements of a key: CacheShape::kRow.
Factor keyWidth(FactorTree& tree, const Run& run, const LayerKind& kind) {
  const AttentionSpec& a = kind.attention;
  const Factor rotary = fromModel("rotary width", d(a.ropeDim), Unit::elements);
  if (a.kind != AttentionKind::latent) return width(tree, "elements of a key", "head size", a.kvHeads, a.headDim);
  if (run.latentHalves)
    return tree.sum("elements of a latent key", Unit::elements,
                    {fromModel("KV rank", d(a.kvLoraRank), Unit::elements), rotary});
  return tree.product(
      "elements of a key", Unit::elements,
      {fromModel("heads", d(a.heads), Unit::heads),
       tree.sum("key size", Unit::elements, {fromModel("plain width", d(a.nopeDim), Unit::elements), rotary})});
}

// Elements of a value: CacheShape::vRow. Transposed values get the widest layer's rows in every layer.
Factor valueWidth(FactorTree& tree, const Run& run, const LayerKind& kind) {
  const auto own = [&](const AttentionSpec& a) {
    if (a.kind == AttentionKind::latent && run.latentHalves)
      return fromModel("elements of a latent value", d(a.kvLoraRank), Unit::elements);
    return width(tree, "elements of a value", "value size", a.kind == AttentionKind::latent ? a.heads : a.kvHeads,
                 a.valueDim);
  };
  if (!run.transposed) return own(kind.attention);
  FactorParts widest(tree, "elements of the widest value", Unit::elements, Combine::largest);
  const LayerKind* before = nullptr;
  for (std::size_t il = 0; il < static_cast<std::size_t>(run.layers()); ++il) {
    if (cacheShape(run, il).vRow == 0 || &run.kind(il) == before) continue;
    before = &run.kind(il);
    widest.add(own(before->attention));
  }
  return widest.close();
}

// Elements of one sequence's state: StateShape.
Factor stateElements(FactorTree& tree, const LayerKind& kind) {
  const StateSpec& s = kind.state;
  const auto model = [](std::string_view symbol, std::int64_t n) { return fromModel(symbol, d(n), Unit::elements); };
  const Factor inputs = tree.sum("inputs kept", Unit::tokens,
                                 {fromModel("kernel", d(s.convKernel), Unit::tokens),
                                  less(constant("newest input", 1, Unit::tokens, "is not kept"))});
  const auto both = [&](const Factor& channels, const Factor& state) {
    return tree.sum("convolution inputs and state", Unit::elements,
                    {tree.product("convolution inputs", Unit::elements, {inputs, channels}), state});
  };
  const auto twice = [&](std::string_view symbol, std::string_view a, std::int64_t n, std::string_view b,
                         std::int64_t m) {
    return tree.product(symbol, Unit::elements,
                        {constant("both", 2, Unit::count, kStateSource), fromModel(a, d(n)), model(b, m)});
  };
  switch (s.kind) {
    case StateKind::mamba1:
      return both(
          model("inner width", s.inner),
          tree.product("state", Unit::elements, {model("state size", s.stateSize), model("inner width", s.inner)}));
    case StateKind::mamba2:
      return both(
          tree.sum("channels", Unit::elements,
                   {model("inner width", s.inner), twice("B and C", "groups", s.groups, "state size", s.stateSize)}),
          tree.product("state", Unit::elements, {model("state size", s.stateSize), model("inner width", s.inner)}));
    case StateKind::gated_delta_net: {
      const Factor inner = width(tree, "inner width", "head size", s.heads, s.headDim);
      return both(tree.sum("channels", Unit::elements,
                           {inner, twice("queries and keys", "key heads", s.keyHeads, "key size", s.keyDim)}),
                  tree.product("state", Unit::elements, {model("key size", s.keyDim), inner}));
    }
    default:
      if (s.convKernel <= 1) return model("state elements", s.stateElements);
      return both(model("channels", s.convChannels), model("state elements", s.stateElements));
  }
}

}  // namespace

double addCaches(Ledger& ledger, const Settings& settings, const Run& run, int backend) {
  if (run.file->traits.compressedCaches && !run.backends.rules.old)
    return addCompressedCaches(ledger, settings, run, backend);
  std::vector<CacheGroup> groups;
  CacheShapes shapes(run);
  for (std::size_t il = 0; il < static_cast<std::size_t>(run.layers()); ++il) {
    const CacheShape& s = shapes.of(il);
    if (!s.owns || cacheBackend(run, il) != backend) continue;
    const auto same = std::ranges::find_if(groups, [&](const CacheGroup& g) {
      return g.shape.kRow == s.kRow && g.shape.vRow == s.vRow && g.shape.cells == s.cells &&
             g.shape.indexRow == s.indexRow;
    });
    if (same == groups.end())
      groups.push_back({s, &run.kind(il), 1});
    else
      ++same->layers;
  }
  double perToken = 0;
  FactorParts padding(ledger, "bytes that row and tensor alignment add", Unit::bytes);
  for (const CacheGroup& g : groups) {
    Cells cells(ledger, settings, run);
    const bool whole = g.shape.cells == run.cells;  // a window's may be more than a short context takes
    std::int64_t window = 0;
    for (const LayerKind& kind : run.model->kinds)
      if (run.windowed(kind)) window = std::max(window, kind.attention.window);
    const Factor each = whole ? cells.whole() : cells.windowed(window), streams = cells.streams(),
                 layers = fromModel("layers", d(g.layers), Unit::layers);
    assert(each.value == d(g.shape.cells) && streams.value == d(g.shape.streams));  // what the graph was laid out for
    const Factor key = keyWidth(ledger, run, *g.kind), keyBytes = rowBytes(ledger, "key", run.kv.k, key);
    const bool values = g.shape.vRow > 0;
    const Factor value =
        values ? valueWidth(ledger, run, *g.kind) : fromModel("elements of a value", 0, Unit::elements);
    const Factor bytes = values ? ledger.sum("bytes per cell and layer, keys and values", Unit::bytes_per_token,
                                             {keyBytes, rowBytes(ledger, "value", run.kv.v, value)})
                                : keyBytes;
    ledger.add(ComponentId::kv_cache, whole ? "keys and values" : "keys and values of sliding-window layers", kKvSource,
               {layers, each, streams, bytes});
    if (whole) perToken += layers.value * bytes.value;
    const Factor index = fromModel("elements of an indexer's key", d(g.shape.indexRow), Unit::elements),
                 indexValue = fromModel("elements of an indexer's value", d(g.shape.indexValueRow), Unit::elements);
    if (g.shape.indexRow > 0) {
      const Factor indexKey = rowBytes(ledger, "indexer's key", run.kv.k, index);
      const Factor indexBytes = g.shape.indexValueRow == 0
                                    ? indexKey
                                    : ledger.sum("bytes per cell and layer of the indexer", Unit::bytes_per_token,
                                                 {indexKey, rowBytes(ledger, "indexer's value", run.kv.v, indexValue)});
      ledger.add(ComponentId::kv_cache, "keys of the indexer", kIndexSource, {layers, each, streams, indexBytes});
      perToken += layers.value * indexBytes.value;
    }
    if (backend == run.backends.host()) continue;
    const std::int64_t all = g.shape.cells * g.shape.streams;
    const Factor rows = ledger.product("cells of all streams", Unit::rows, {each, streams});
    const auto pad = [&](std::string_view symbol, NumberFormat format, const Factor& columns) {
      if (alignmentOf(format, static_cast<std::int64_t>(columns.value), all) == 0) return;
      padding.add(ledger.product(symbol, Unit::bytes, {layers, alignmentOf(ledger, format, columns, rows)}));
    };
    pad("keys", run.kv.k, key);
    if (values) pad("values", run.kv.v, value);
    if (g.shape.indexRow > 0) pad("indexer's keys", run.kv.k, index);
    if (g.shape.indexValueRow > 0) pad("indexer's values", run.kv.v, indexValue);
  }
  if (!padding.empty()) ledger.add(ComponentId::kv_cache, "alignment", kPaddingSource, {padding.close()});
  return perToken;
}

void addStates(Ledger& ledger, const Run& run, int backend) {
  if (run.file->traits.compressedCaches) return addCompressorStates(ledger, run, backend);
  struct Group {
    StateShape shape;
    const LayerKind* kind = nullptr;
    double layers = 0;
  };
  std::vector<Group> groups;
  for (std::size_t il = 0; il < static_cast<std::size_t>(run.layers()); ++il) {
    if (run.kind(il).state.kind == StateKind::none) continue;
    const StateShape s = stateShape(run.kind(il));
    if (s.state + s.convolution == 0 || !run.holds(il) || cacheBackend(run, il) != backend) continue;
    const auto same = std::ranges::find_if(
        groups, [&](const Group& g) { return g.shape.state == s.state && g.shape.convolution == s.convolution; });
    if (same == groups.end())
      groups.push_back({s, &run.kind(il), 1});
    else
      same->layers += 1;
  }
  for (const Group& g : groups) {
    const Factor elements = stateElements(ledger, *g.kind);
    assert(elements.value == d(g.shape.convolution + g.shape.state));  // what the graph was laid out for
    const Factor layers = fromModel("layers", g.layers, Unit::layers),
                 sequences = asked("sequences", d(run.sequences), Unit::sequences);
    if (run.rollback == 0)
      ledger.add(ComponentId::state_cache, "recurrent state", kStateSource,
                 {layers, sequences, elements, bytesOf(NumberFormat::fp32)});
    else
      ledger.add(ComponentId::state_cache, "recurrent states of every drafted token", kStateSource,
                 {layers, sequences,
                  ledger.sum("states", Unit::count,
                             {constant("newest state", 1, Unit::count, kStateSource),
                              asked("drafted tokens", d(run.rollback), Unit::count)}),
                  elements, bytesOf(NumberFormat::fp32)});
  }
}

}  // namespace headroom::llama
