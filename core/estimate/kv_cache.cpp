#include "core/estimate/kv_cache.h"

#include "core/estimate/arithmetic.h"

namespace headroom {
namespace {

// Heads of a rank: tensor parallelism splits them, and no rank has less than one.
Factor headsFactor(FactorTree& tree, std::int64_t kvHeads, std::int64_t tp) {
  const Factor heads = fromModel("KV heads", d(kvHeads), Unit::heads);
  if (tp <= 1) return heads;
  return tree.product("KV heads of a rank", Unit::heads, {heads, over(asked("tensor-parallel ranks", d(tp)))},
                      Round::up);
}

// DeepSeek-V3.2: an fp8 key of the indexer with one fp32 scale per 128 (vllm/v1/attention/backends/mla/indexer.py).
Factor indexerFactor(FactorTree& tree, const AttentionSpec& a) {
  constexpr std::string_view kWhy = "vllm/v1/attention/backends/mla/indexer.py: fp8 key, one fp32 scale per 128";
  const Factor width = fromModel("index head size", d(a.indexerDim), Unit::elements);
  const Factor scales = tree.product("scales", Unit::count,
                                     {width, over(constant("elements of a block", 128, Unit::count, kWhy))}, Round::up);
  const Factor key = tree.sum(
      "bytes of the indexer's key", Unit::bytes_per_token,
      {tree.product("key", Unit::bytes, {width, constant("bytes per element", 1, Unit::bytes_per_element, kWhy)}),
       tree.product("block scales", Unit::bytes, {scales, constant("bytes of a scale", 4, Unit::bytes, kWhy)})});
  if (a.compressRatio <= 1) return key;
  return tree.product("bytes of the indexer's key per token", Unit::bytes_per_token,
                      {key, over(fromModel("tokens of an entry", d(a.compressRatio), Unit::tokens))});
}

bool scaledByHead(NumberFormat f) {
  return f == NumberFormat::fp8_token_head || f == NumberFormat::int8_token_head || f == NumberFormat::int4_token_head;
}

// Keys or values of all heads of a rank; with a scale per head where the format has one.
Factor vectors(FactorTree& tree, std::string_view symbol, const Factor& heads, const Factor& width, NumberFormat f) {
  const Factor body = tree.product(symbol, Unit::bytes_per_token, {heads, width, bytesOf(f)});
  if (!scaledByHead(f)) return body;
  const Factor scale = constant("bytes of a scale", 4, Unit::bytes, info(f).source);
  return tree.sum(symbol, Unit::bytes_per_token, {body, tree.product("scales", Unit::bytes_per_token, {heads, scale})});
}

// 8-bit latent with a scale per 128 elements, the rotary part in 16 bit.
Factor scaledLatent(FactorTree& tree, const AttentionSpec& a, std::string_view symbol) {
  constexpr std::string_view kWhy = "vllm/v1/attention/backends/mla/flashmla_sparse.py (0.11)";
  const Factor rank = fromModel("KV rank", d(a.kvLoraRank), Unit::elements);
  const Factor blocks = tree.product(
      "scales", Unit::count, {rank, over(constant("elements of a scale", 128, Unit::elements, kWhy))}, Round::up);
  return tree.sum(
      symbol, Unit::bytes_per_token,
      {tree.product("latent", Unit::bytes, {rank, constant("bytes per element", 1, Unit::bytes_per_element, kWhy)}),
       tree.product("block scales", Unit::bytes, {blocks, constant("bytes of a scale", 4, Unit::bytes, kWhy)}),
       tree.product("rotary part", Unit::bytes,
                    {fromModel("16-bit rotary width", d(a.ropeDim), Unit::elements),
                     constant("bytes per element", 2, Unit::bytes_per_element, kWhy)})});
}

Factor keysAndValues(FactorTree& tree, const AttentionSpec& a, const KvFormats& formats, std::int64_t tp) {
  constexpr std::string_view kSymbol = "bytes per token and layer";
  if (a.kind == AttentionKind::latent) {
    if (formats.k == NumberFormat::fp8_ds_mla && a.compressRatio <= 1) return scaledLatent(tree, a, kSymbol);
    const Factor latent = tree.sum("latent width", Unit::elements,
                                   {fromModel("KV rank", d(a.kvLoraRank), Unit::elements),
                                    fromModel("rotary width", d(a.ropeDim), Unit::elements)});
    if (a.compressRatio <= 1) return tree.product(kSymbol, Unit::bytes_per_token, {latent, bytesOf(formats.k)});
    const Factor entry =
        tree.product("latent width per token", Unit::elements,
                     {latent, over(fromModel("tokens of an entry", d(a.compressRatio), Unit::tokens))}, Round::up);
    return tree.product(kSymbol, Unit::bytes_per_token, {entry, bytesOf(formats.k)});
  }
  const Factor heads = headsFactor(tree, a.kvHeads, tp);
  const std::int64_t valueDim = a.valueDim > 0 ? a.valueDim : a.headDim;
  if (valueDim == a.headDim && formats.k == formats.v && !scaledByHead(formats.k))
    return tree.product(
        kSymbol, Unit::bytes_per_token,
        {heads, fromModel("head size", d(a.headDim), Unit::elements),
         constant("keys and values", 2, Unit::count, "one key and one value per head"), bytesOf(formats.k)});
  return tree.sum(kSymbol, Unit::bytes_per_token,
                  {vectors(tree, "keys", heads, fromModel("head size", d(a.headDim), Unit::elements), formats.k),
                   vectors(tree, "values", heads, fromModel("value size", d(valueDim), Unit::elements), formats.v)});
}

}  // namespace

Factor kvFactor(FactorTree& tree, const AttentionSpec& a, const KvFormats& formats, std::int64_t tp) {
  const bool caches = a.ownsCache && a.kind != AttentionKind::none && a.kind != AttentionKind::bidirectional;
  if (!caches) return fromModel("bytes per token and layer", 0, Unit::bytes_per_token);
  const Factor cache = keysAndValues(tree, a, formats, tp);
  if (a.indexerDim <= 0) return cache;
  return tree.sum("bytes per token and layer", Unit::bytes_per_token, {cache, indexerFactor(tree, a)});
}

double kvBytesPerToken(const AttentionSpec& a, const KvFormats& formats, std::int64_t tp) {
  FactorTree closed;
  return kvFactor(closed, a, formats, tp).value;
}

Factor cachedTokens(FactorTree& tree, const AttentionSpec& a, const Factor& context) {
  if (growsWithContext(a)) return context;
  return tree.smallest("tokens kept", Unit::tokens, {context, fromModel("window", d(a.window), Unit::tokens)});
}

bool growsWithContext(const AttentionSpec& a) {
  // A latent cache beside compressed entries (DeepSeek-V4) has a window too, and grows by the entries.
  const bool latent = a.kind == AttentionKind::latent && a.compressRatio == 0;
  const bool windowed =
      (latent || a.kind == AttentionKind::sliding || a.kind == AttentionKind::chunked) && a.window > 0;
  return !windowed && a.kind != AttentionKind::none && a.kind != AttentionKind::bidirectional &&
         a.kind != AttentionKind::cross;
}

}  // namespace headroom
