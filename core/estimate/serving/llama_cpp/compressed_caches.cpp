// Caches of DeepSeek-V4: every layer keeps the keys of a short window, most also keys that stand for 4 or 128 tokens,
// and those of 4 tokens an indexer's key each; compressors keep the inputs of entries that are not full yet. Sequences
// have streams of their own even in a unified cache, and values are the keys (llama.cpp src/llama-kv-cache-dsv4.cpp,
// b11549).
#include <algorithm>
#include <map>

#include "core/estimate/arithmetic.h"
#include "core/estimate/serving/llama_cpp/alignment.h"
#include "core/estimate/serving/llama_cpp/terms.h"

namespace headroom::llama {
namespace {

constexpr std::string_view kSource = "llama.cpp src/llama-kv-cache-dsv4.cpp (b11549)";
constexpr std::int64_t kMultiple = 256, kSparseRatio = 4;

// Layers of one kind of compression (0: the window alone) on a backend, and one of them.
struct Group {
  const LayerKind* kind = nullptr;
  std::int64_t layers = 0;
};

std::map<std::int64_t, Group> groupsOn(const Run& run, int backend) {
  std::map<std::int64_t, Group> out;
  for (std::size_t il = 0; il < static_cast<std::size_t>(run.layers()); ++il) {
    const int at = run.kvOnHost ? run.backends.host() : run.layerBackend[il];
    if (at != backend || !run.holds(il)) continue;
    Group& group = out[run.kind(il).attention.compressRatio];
    group.kind = &run.kind(il);
    ++group.layers;
  }
  return out;
}

Factor layersOf(const Group& g) {
  return fromModel("layers", d(g.layers), Unit::layers);
}

Factor sequencesOf(const Run& run) {
  return asked("sequences", d(run.sequences), Unit::sequences);
}

}  // namespace

double addCompressedCaches(Ledger& ledger, const Settings& settings, const Run& run, int backend) {
  const Factor context = asked("cells of a sequence", d(run.cells), Unit::tokens);
  double perToken = 0;
  for (const auto& [ratio, group] : groupsOn(run, backend)) {
    const AttentionSpec& a = group.kind->attention;
    const Factor layers = layersOf(group), sequences = sequencesOf(run);
    const auto key = [&](std::string_view symbol, std::int64_t width) {
      return rowBytes(ledger, symbol, run.kv.k, fromModel("elements of a key", d(width), Unit::elements));
    };
    const Factor kept =
        settings.fullWindowCache
            ? context
            : ledger.smallest("tokens kept", Unit::tokens,
                              {context, ledger.sum("window and micro-batch", Unit::tokens,
                                                   {fromModel("window", d(a.window), Unit::tokens),
                                                    asked("micro-batch", d(run.ubatch), Unit::tokens)})});
    ledger.add(
        ComponentId::kv_cache, "keys of the window", kSource,
        {layers, filledUp(ledger, "cells of the window", kept, kMultiple, kSource), sequences, key("key", a.headDim)});
    if (ratio <= 0) continue;
    const Factor entries = ledger.product(
        "entries", Unit::tokens, {context, over(fromModel("tokens of an entry", d(ratio), Unit::tokens))}, Round::up);
    const Factor rows = filledUp(ledger, "rows", entries, kMultiple, kSource);
    const Factor bytes = key("key", a.headDim);
    ledger.add(ComponentId::kv_cache, "keys that stand for several tokens", kSource, {layers, rows, sequences, bytes});
    perToken += layers.value * bytes.value / d(ratio);
    if (ratio != kSparseRatio) continue;
    const Factor index = key("indexer's key", a.indexerDim);
    ledger.add(ComponentId::kv_cache, "keys of the indexer", kSource, {layers, rows, sequences, index});
    perToken += layers.value * index.value / d(ratio);
  }
  return perToken;
}

// Keys and scores of the tokens of an entry in the making; entries of the sparse kind overlap by one.
void addCompressorStates(Ledger& ledger, const Run& run, int backend) {
  if (run.backends.rules.old || run.nextToken) return;
  for (const auto& entry : groupsOn(run, backend)) {
    const auto ratio = entry.first;  // no binding: clang 14 lets no lambda see one
    const auto& group = entry.second;
    if (ratio <= 0) continue;
    const AttentionSpec& a = group.kind->attention;
    const Factor planes =
        ledger.product("states", Unit::count,
                       {sequencesOf(run), ledger.sum("newest and rolled back", Unit::count,
                                                     {constant("newest state", 1, Unit::count, kSource),
                                                      asked("drafted tokens", d(run.rollback), Unit::count)})});
    const auto add = [&](std::string_view label, std::int64_t width) {
      const double overlap = ratio == kSparseRatio ? 2 : 1;
      ledger.add(ComponentId::state_cache, label, kSource,
                 {layersOf(group), planes, constant("keys and scores", 2, Unit::count, kSource),
                  ledger.product("rows", Unit::rows,
                                 {constant("overlap", overlap, Unit::count, kSource),
                                  fromModel("tokens of an entry", d(ratio), Unit::rows)}),
                  ledger.product("width", Unit::elements,
                                 {constant("overlap", overlap, Unit::count, kSource),
                                  fromModel("elements of a key", d(width), Unit::elements)}),
                  bytesOf(NumberFormat::fp32)});
    };
    add("compressor state", a.headDim);
    if (ratio == kSparseRatio) add("indexer's compressor state", a.indexerDim);
  }
}

}  // namespace headroom::llama
