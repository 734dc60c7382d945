// Caches as mlx_lm/models/cache.py allocates them.
#include <algorithm>

#include "core/estimate/arithmetic.h"
#include "core/estimate/kv_cache.h"
#include "core/estimate/serving/common/cache_types.h"
#include "core/estimate/serving/common/serving_ranks.h"
#include "core/estimate/serving/mlx/terms.h"
#include "core/model/any_layer.h"
#include "core/scenario/engine_options.h"

namespace headroom {
namespace {

constexpr std::string_view kGrowing =
    "mlx_lm/models/cache.py KVCache: room for so many tokens of each arriving piece, in steps of 256 (0.32)";
constexpr std::string_view kRotating =
    "mlx_lm/models/cache.py RotatingKVCache: the tokens seen, then steps of 256 up to the window (0.32)";
constexpr std::string_view kChunked = "mlx_lm/models/cache.py ChunkedKVCache: the chunk and the piece at work (0.32)";
constexpr std::string_view kQuantized =
    "mlx_lm/models/cache.py QuantizedKVCache: packed words with a 16-bit scale and bias per group (0.32)";
constexpr std::string_view kStates =
    "mlx_lm/models (gated_delta.py, ssm.py, lfm2.py): what the convolution keeps in the model's type, states in fp32 "
    "(0.32)";
constexpr std::string_view kIndexer = "mlx_lm/models/deepseek_v32.py: a second KVCache for the indexer's keys (0.32)";
constexpr std::int64_t kStep = 256;    // KVCache.step
constexpr std::int64_t kStart = 5000;  // mlx_lm/generate.py DEFAULT_QUANTIZED_KV_START
constexpr std::int64_t kGroup = 64;    // mlx_lm/generate.py --kv-group-size

// What a run asks of its caches.
struct Run {
  std::int64_t tokens = 0;  // in the end
  std::int64_t read = 0;    // of the prompt, in pieces; its last token goes through alone
  std::int64_t piece = 2048;
  std::int64_t bits = 0, group = kGroup;  // of a quantized cache; 0 bits: none
  std::int64_t most = 0;                  // --max-kv-size
};

Run runOf(const EstimateContext& c) {
  const Settings& s = c.settings;
  Run run;
  run.tokens = std::max<std::int64_t>(1, s.context);
  const std::int64_t generated =
      std::clamp<std::int64_t>(integerOption(c.scenario, "max_tokens").value_or(0), 0, run.tokens - 1);
  run.read = std::max<std::int64_t>(0, run.tokens - generated - 1);
  run.piece = std::max<std::int64_t>(1, s.prefillTokens);
  run.most = std::max<std::int64_t>(0, integerOption(c.scenario, "max_kv_size").value_or(0));
  run.group = std::max<std::int64_t>(1, integerOption(c.scenario, "kv_group_size").value_or(kGroup));
  const NumberFormat word = s.kvCache.k;
  const std::int64_t said = word == NumberFormat::int4 ? 4 : word == NumberFormat::int8 ? 8 : 0;
  run.bits = std::clamp<std::int64_t>(integerOption(c.scenario, "kv_bits").value_or(said), 0, 8);
  return run;
}

std::int64_t startOf(const EstimateContext& c) {
  return integerOption(c.scenario, "quantized_kv_start").value_or(kStart);
}

Factor stepsOf(FactorTree& tree, std::string_view symbol, const Factor& tokens) {
  const Factor step = constant("tokens of a step", d(kStep), Unit::tokens, kGrowing);
  return tree.product(symbol, Unit::tokens,
                      {tree.product("steps", Unit::count, {tokens, over(step)}, Round::up), step});
}

// Rows of a cache that grows. Pieces that are whole steps leave one rounding in the end; others are rounded each.
Factor growingRows(FactorTree& tree, const Run& run) {
  const Factor tokens = asked("tokens", d(run.tokens), Unit::tokens);
  if (run.piece % kStep == 0 || run.read <= run.piece) return stepsOf(tree, "tokens there is room for", tokens);
  const std::int64_t whole = (run.read - 1) / run.piece;
  const Factor prompt = tree.sum(
      "room after the prompt", Unit::tokens,
      {tree.product("pieces before", Unit::tokens,
                    {asked("pieces", d(whole)), asked("tokens of a piece", d(run.piece), Unit::tokens)}),
       stepsOf(tree, "room for the last piece", asked("its tokens", d(run.read - whole * run.piece), Unit::tokens))});
  // What is generated finds room behind the prompt, and then by whole steps.
  const Factor beyond = tree.sum("tokens beyond", Unit::tokens, {tokens, less(prompt)});
  return beyond.value > 0 ? tree.sum("tokens there is room for", Unit::tokens,
                                     {prompt, stepsOf(tree, "room for what is generated", beyond)})
                          : prompt;
}

// Rows of a rotating cache after the prompt and what is generated; `reading`: the most while the prompt passes.
struct Rotating {
  std::int64_t rows = 0, reading = 0;
};
Rotating rotatingRows(const Run& run, std::int64_t window) {
  Rotating out;
  const std::int64_t last = run.read == 0 ? 0 : (run.read - 1) % run.piece + 1;
  const std::int64_t before = run.read - last;
  out.rows = std::min(before, window - 1) + last;
  out.reading = before > 0 ? std::min(before, window - 1) + run.piece : out.rows;
  if (before > 0 && before <= run.piece) out.reading = std::max(before, out.rows);
  const std::int64_t alone = run.tokens - run.read;
  if (out.rows >= window)
    out.rows = window;
  else
    out.rows = std::min(window, out.rows + ceilDiv(alone, kStep) * kStep);
  out.reading = std::max(out.reading, out.rows);
  return out;
}

// Bytes of a token: the indexer's keys in the cache's type, and quantized keys and values with their groups.
Factor tokenBytes(FactorTree& tree, const AttentionSpec& attention, const Settings& s, const Run& run, bool quantized,
                  std::int64_t tp) {
  AttentionSpec rest = attention;
  rest.indexerDim = 0;
  const NumberFormat plain = isPlainFloat(s.kvCache.k) ? s.kvCache.k : s.compute;
  const NumberFormat values = isPlainFloat(s.kvCache.v) ? s.kvCache.v : s.compute;
  const Factor wide = kvFactor(tree, rest, {plain, values}, tp);
  Factor out = wide;
  if (quantized) {
    const Factor elements = tree.product("elements", Unit::elements, {wide, over(bytesOf(plain))});
    out = tree.product(
        "bytes per token and layer", Unit::bytes_per_token,
        {elements, tree.sum("bytes per element", Unit::bytes_per_element,
                            {tree.product("packed", Unit::bytes_per_element,
                                          {asked("bits", d(run.bits)),
                                           over(constant("bits of a byte", 8, Unit::count, kQuantized))}),
                             tree.product("scale and bias", Unit::bytes_per_element,
                                          {constant("bytes of a group", 4, Unit::bytes, kQuantized),
                                           over(asked("elements of a group", d(run.group), Unit::elements))})})});
  }
  if (attention.indexerDim <= 0) return out;
  return tree.sum(
      "bytes per token and layer", Unit::bytes_per_token,
      {out, tree.product("indexer's key", Unit::bytes_per_token,
                         {fromModel("index head size", d(attention.indexerDim), Unit::elements),
                          constant("bytes per element", bytesPerElement(plain), Unit::bytes_per_element, kIndexer)})});
}

}  // namespace

MlxCaches addMlxCaches(Ledger& l, const EstimateContext& c, const RankPart& part) {
  const Settings& s = c.settings;
  const Model& m = c.model;
  const Run run = runOf(c);
  const Factor sequences = sequencesFactor(l, s);
  const bool early = run.bits > 0 && run.tokens <= startOf(c);
  // Whether the class makes its caches itself, so that --max-kv-size has no say.
  const bool own = m.mlx.ownCaches || m.mlx.rotates || hasStates(m);
  MlxCaches out;
  out.shortOfStart = early;
  for (std::size_t k = 0; k < m.kinds.size(); ++k) {
    const LayerKind& kind = m.kinds[k];
    const std::int64_t count = layersOfKind(m, k, part.layers);
    if (count == 0 || kind.encoder) continue;
    const Factor layers = fromModel("layers", d(count), Unit::layers);
    if (kind.state.kind != StateKind::none) {
      const auto wide = static_cast<std::int64_t>(bytesPerElement(s.compute));
      l.add(ComponentId::state_cache, "recurrent states", kStates,
            {layers, stateFactor(l, kind.state, part.tensorParallel, {wide, 4, 4, false, 4, kStates}), sequences});
    }
    const AttentionSpec& a = kind.attention;
    if (a.kind == AttentionKind::none || a.kind == AttentionKind::cross || !a.ownsCache) continue;
    const bool chunked = a.kind == AttentionKind::chunked && m.mlx.rotates;
    const bool windowed = a.kind == AttentionKind::sliding && a.window > 0 && m.mlx.rotates && !a.windowIsMask;
    const std::int64_t window = windowed ? a.window : !own ? run.most : 0;
    const bool quantized = run.bits > 0 && !early && window == 0 && !chunked;
    out.refused |= run.bits > 0 && !early && window > 0;
    const Factor each = tokenBytes(l, a, s, run, quantized, part.tensorParallel);
    if (each.value <= 0) continue;
    if (chunked) {
      const Factor most =
          l.sum("chunk and piece", Unit::tokens,
                {fromModel("chunk", d(a.window), Unit::tokens), asked("piece", d(run.piece), Unit::tokens)});
      l.add(ComponentId::kv_cache, "keys and values of the chunk", kChunked,
            {layers, each, l.smallest("tokens kept", Unit::tokens, {growingRows(l, run), most}), sequences});
    } else if (window > 0) {
      const Rotating rows = rotatingRows(run, window);
      const Factor held = l.smallest(
          "tokens kept", Unit::tokens,
          {windowed ? fromModel("window", d(window), Unit::tokens) : asked("max_kv_size", d(window), Unit::tokens),
           asked("tokens there is room for", d(rows.rows), Unit::tokens)});
      l.add(ComponentId::kv_cache, "keys and values inside the window", kRotating, {layers, each, held, sequences});
      if (rows.reading > rows.rows)
        l.add(ComponentId::activations, "windows while the prompt is read", kRotating,
              {layers, each, asked("tokens beyond the window", d(rows.reading - rows.rows), Unit::tokens), sequences});
    } else {
      out.perToken += each.value * d(count);
      l.add(ComponentId::kv_cache, quantized ? "quantized keys and values" : "keys and values",
            quantized ? kQuantized : kGrowing, {layers, each, growingRows(l, run), sequences});
    }
  }
  // Finished prompts whose caches a server keeps (mlx_lm/server.py LRUPromptCache).
  if (const auto kept = integerOption(c.scenario, "prompt_cache_size").value_or(0); kept > 0) {
    constexpr std::string_view kKept = "mlx_lm/server.py --prompt-cache-size: caches of finished requests (0.32)";
    const Factor one = l.product("cache of one sequence", Unit::bytes,
                                 {l.linesOf(ComponentId::kv_cache, l, "bytes of all layers"), over(sequences)});
    l.add(ComponentId::kv_cache, "caches of finished prompts", kKept, {one, asked("prompts kept", d(kept))});
  }
  return out;
}

}  // namespace headroom
