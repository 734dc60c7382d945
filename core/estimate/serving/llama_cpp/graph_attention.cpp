#include <algorithm>

#include "core/estimate/serving/llama_cpp/graph_builder.h"

namespace headroom::llama {

using F = NumberFormat;

namespace {

bool isBlockFormat(F type) {
  return info(type).blockElements > 1;
}

}  // namespace

std::int64_t Builder::widestValue() const {
  std::int64_t widest = 0;
  for (std::size_t il = 0; il < static_cast<std::size_t>(run_.layers()); ++il)
    widest = std::max(widest, cacheShape(run_, il).vRow);
  return widest;
}

// Row indices, mask and, for quantized caches, the rotation that spreads outliers (llama-kv-cache.cpp, build_input_*).
Builder::CacheInputs Builder::makeCacheInputs(bool window) {
  CacheInputs in;
  const std::int64_t cells = window ? run_.windowCells : run_.cells;
  std::int64_t keyHead = 0, valueHead = 0;
  bool latent = false;
  for (const LayerKind& kind : run_.model->kinds) {
    if (kind.attention.kind == AttentionKind::none || run_.windowed(kind) != window) continue;
    latent = kind.attention.kind == AttentionKind::latent && run_.latentHalves;
    const std::int64_t k = latent ? kind.attention.kvLoraRank + kind.attention.ropeDim
                           : kind.attention.kind == AttentionKind::latent
                               ? kind.attention.nopeDim + kind.attention.ropeDim
                               : kind.attention.headDim;
    keyHead = keyHead == 0 || keyHead == k ? k : -1;
    valueHead = valueHead == 0 || valueHead == kind.attention.valueDim ? kind.attention.valueDim : -1;
  }
  in.keyRows = given(F::int64, {tokens_, 1, 1, 1});
  if (!latent) in.valueRows = given(F::int64, {run_.transposed ? tokens_ * widestValue() : tokens_, 1, 1, 1});
  const bool narrowed = run_.flash && run_.backends.rules.wideMasks;
  in.mask = given(run_.flash && !narrowed ? F::fp16 : F::fp32, {cells, tokens_ / run_.streams, 1, run_.streams});
  if (narrowed) in.mask = g_.cast(in.mask, F::fp16);
  if (!run_.backends.rules.rotatesCaches || latent) return in;
  if (isBlockFormat(run_.kv.k) && keyHead > 0 && keyHead % 64 == 0) {
    std::int64_t n = 64;
    while (keyHead % (n * 2) == 0) n *= 2;
    in.keyRotation = g_.input(F::fp32, {n, n, 1, 1});
  }
  if (isBlockFormat(run_.kv.v) && valueHead > 0 && valueHead % 64 == 0)
    in.valueRotation = g_.input(F::fp32, {64, 64, 1, 1});
  return in;
}

Builder::LayerCache Builder::cacheOf(std::size_t il) {
  std::size_t owner = il;
  // A layer without a cache reads that of the last layer of its sort that has one.
  if (!run_.kind(il).attention.ownsCache)
    for (std::size_t i = il; i-- > 0;)
      if (run_.kind(i).attention.ownsCache && run_.windowed(run_.kind(i)) == run_.windowed(run_.kind(il))) {
        owner = i;
        break;
      }
  LayerCache& cache = caches_[owner];
  if (cache.k != kNone) return cache;
  const CacheShape s = cacheShape(run_, owner);
  const int backend = run_.kvOnHost ? run_.backends.host() : run_.layerBackend[owner];
  const std::int64_t valueRow = run_.transposed && s.vRow > 0 ? widestValue() : s.vRow;
  cache.k = g_.cache(run_.kv.k, {s.kRow, s.cells, s.streams, 1}, backend);
  if (valueRow > 0) cache.v = g_.cache(run_.kv.v, {valueRow, s.cells, s.streams, 1}, backend);
  return cache;
}

Id Builder::rotate(Id x, Id rotation) {
  const std::int64_t n = g_[rotation].ne[0];
  const Shape shape = g_[x].ne;
  const Shape flat{n, g_[x].elements() / n, 1, 1};
  Id y = isContiguous(g_[x]) ? g_.reshape(x, flat) : g_.cont(x, flat);
  y = g_.mulMat(rotation, y);
  return g_.reshape(y, shape);
}

void Builder::storeKeys(const LayerCache& cache, Id k, Id rows) {
  const Node cur = g_[k];
  const Id flat =
      g_.view(k, {cur.ne[0] * cur.ne[1], cur.ne[2], 1, 1}, cur.nb[2], cur.nb[2] * cur.ne[2], cur.nb[2] * cur.ne[2], 0);
  const Node all = g_[cache.k];
  const Id into = all.ne[2] > 1 ? g_.reshape(cache.k, {all.ne[0], all.ne[1] * all.ne[2], 1, 1}) : cache.k;
  g_.expand(g_.setRows(into, flat, rows));
}

void Builder::storeValues(const LayerCache& cache, Id v, Id rows) {
  const Node cur = g_[v];
  const Node all = g_[cache.v];
  const std::int64_t width = cur.ne[0] * cur.ne[1];
  if (!run_.transposed) {
    const Id flat = g_.view(v, {width, cur.ne[2], 1, 1}, cur.nb[2], cur.nb[2] * cur.ne[2], cur.nb[2] * cur.ne[2], 0);
    const Id into = all.ne[2] > 1 ? g_.reshape(cache.v, {all.ne[0], all.ne[1] * all.ne[2], 1, 1}) : cache.v;
    g_.expand(g_.setRows(into, flat, rows));
    return;
  }
  // Transposed values are stored element by element.
  Id flat = rowSize(cur.type, width) == cur.nb[2] ? g_.reshape(v, {width, cur.ne[2], 1, 1})
                                                  : g_.cont(v, {width, cur.ne[2], 1, 1});
  if (width < all.ne[0]) flat = g_.pad(flat, all.ne[0] - width);
  const Id into = g_.reshape(cache.v, {1, all.elements(), 1, 1});
  g_.expand(g_.setRows(into, g_.reshape(flat, {1, g_[flat].elements(), 1, 1}), rows));
}

Id Builder::cachedKeys(std::size_t il, const LayerCache& cache) {
  const Node all = g_[cache.k];
  const AttentionSpec& a = run_.kind(il).attention;
  const std::int64_t heads = a.kind == AttentionKind::latent ? (run_.latentHalves ? 1 : a.heads) : a.kvHeads;
  if (heads <= 0) throw MissingTensor();
  return g_.view(cache.k, {all.ne[0] / heads, heads, all.ne[1], all.ne[2]}, rowSize(all.type, all.ne[0] / heads),
                 all.nb[1], all.nb[2], 0);
}

Id Builder::cachedValues(std::size_t il, const LayerCache& cache) {
  const Node all = g_[cache.v];
  const AttentionSpec& a = run_.kind(il).attention;
  const std::int64_t heads = a.kind == AttentionKind::latent ? a.heads : a.kvHeads;
  const std::int64_t head = a.valueDim, cells = all.ne[1];
  if (!run_.transposed)
    return g_.view(cache.v, {head, heads, cells, all.ne[2]}, rowSize(all.type, head), all.nb[1], all.nb[2], 0);
  return g_.view(cache.v, {cells, heads, head, all.ne[2]}, rowSize(all.type, cells * head), rowSize(all.type, cells),
                 rowSize(all.type, cells * all.ne[0]), 0);
}

bool Builder::ropeIn(std::size_t il) const {
  switch (traits_.rope) {
    case RopeRule::all:
      return true;
    case RopeRule::none:
      return false;
    case RopeRule::window_layers:
      return run_.kind(il).attention.window > 0 || !traits_.window;
    case RopeRule::not_every_nth:
      return (static_cast<int>(il) + 1) % traits_.ropeStep != 0;
  }
  return true;
}

Id Builder::ropeFactors(std::size_t il) {
  Id factors = global("rope_freqs.weight");
  if (factors == kNone) factors = global(run_.cells > 4096 ? "rope_factors_long.weight" : "rope_factors_short.weight");
  if (factors != kNone) g_[factors].homeBackend = run_.layerBackend[il];
  return factors;
}

Id Builder::softmaxAttention(std::size_t il, Id q, Id k, Id v, Id mask, Id sinks, Id valueUp) {
  Id kq = g_.mulMat(k, q);
  if (traits_.cappedAttention || run_.kind(il).attention.logitSoftCap > 0) kq = g_.scale(g_.unary(g_.scale(kq)));
  kq = g_.softMax(kq, mask, sinks);
  // Those of a latent cache are a part of its keys and never stored transposed.
  if (valueUp != kNone || !run_.transposed) v = g_.cont(g_.transpose(v));
  Id kqv = g_.mulMat(v, kq);
  if (valueUp != kNone) kqv = g_.mulMat(valueUp, kqv);
  const Id cur = g_.permute(kqv, 0, 2, 1, 3);
  const Node n = g_[cur];
  const Id out = g_.cont(cur, {n.ne[0] * n.ne[1], n.ne[2] * n.ne[3], 1, 1});
  if (run_.kvOnHost) g_[out].backend = static_cast<std::int8_t>(run_.backends.host());
  return out;
}

Id Builder::flashAttention(Id q, Id k, Id v, Id mask, Id sinks, Id valueUp) {
  Id cur = g_.flashAttention(q, k, v, mask, sinks);
  if (valueUp != kNone) {
    cur = g_.mulMat(valueUp, g_.permute(cur, 0, 2, 1, 3));
    cur = g_.cont(g_.permute(cur, 0, 2, 1, 3));
  }
  const Node n = g_[cur];
  return g_.reshape(cur, {n.ne[0] * n.ne[1], n.ne[2] * n.ne[3], 1, 1});
}

// Stores keys and values, attends over the whole cache. `latent`: values are the front part of the cached keys.
Id Builder::attend(std::size_t il, Id q, Id k, Id v, Id valueUp, bool latent) {
  const CacheInputs& in = run_.windowed(run_.kind(il)) ? window_ : base_;
  const bool owns = run_.kind(il).attention.ownsCache;
  if (in.keyRotation != kNone) {
    q = rotate(q, in.keyRotation);
    if (owns) k = rotate(k, in.keyRotation);
  }
  if (in.valueRotation != kNone && owns) v = rotate(v, in.valueRotation);
  g_.expand(q);
  if (owns) {
    g_.expand(traits_.window ? k : v);
    g_.expand(traits_.window ? v : k);
  }
  const LayerCache cache = cacheOf(il);
  if (owns) {
    storeKeys(cache, k, in.keyRows);
    if (!latent) storeValues(cache, v, in.valueRows);
  }
  const Id keys = cachedKeys(il, cache);
  const Node cached = g_[keys];
  const Id values = latent ? g_.view(keys, {g_[v].ne[0], cached.ne[1], cached.ne[2], cached.ne[3]}, cached.nb[1],
                                     cached.nb[2], cached.nb[3], 0)
                           : cachedValues(il, cache);
  const Node query = g_[q];
  const std::int64_t streams = cached.ne[3];
  const Id split = g_.view(q, {query.ne[0], query.ne[1], query.ne[2] / streams, streams}, query.nb[1], query.nb[2],
                           query.nb[3] / streams, 0);
  const Id qp = g_.permute(split, 0, 2, 1, 3), kp = g_.permute(keys, 0, 2, 1, 3), vp = g_.permute(values, 0, 2, 1, 3);
  const Id sinks = weight(il, "attn_sinks.weight"), mask = chosen_ == kNone ? in.mask : maskOfChosen(in.mask);
  Id out = run_.flash ? flashAttention(qp, kp, vp, mask, sinks, valueUp)
                      : softmaxAttention(il, qp, kp, vp, mask, sinks, valueUp);
  g_.expand(out);
  if (in.valueRotation != kNone) out = rotate(out, in.valueRotation);
  return out;
}

// A layer that reads another one's keys and values has queries only.
Id Builder::borrowingAttention(std::size_t il, Id q) {
  const AttentionSpec& a = run_.kind(il).attention;
  q = g_.reshape(q, {a.headDim, a.heads, tokens_, 1});
  if (a.qkNorm) q = norm(q, static_cast<int>(il));
  if (ropeIn(il)) q = g_.rope(q, positions_, ropeFactors(il));
  if (traits_.scaledQuery) q = g_.scale(q);
  return project(il, "attn_output.weight", "attn_output.bias", attend(il, q, kNone, kNone, kNone, false));
}

Id Builder::attention(std::size_t il, Id x) {
  const AttentionSpec& a = run_.kind(il).attention;
  const std::int64_t d = a.headDim;
  Id q, k, v;
  if (const Id fused = weight(il, "attn_qkv.weight"); fused != kNone) {
    const Id qkv = addBias(il, "attn_qkv.bias", g_.mulMat(fused, x));
    const std::int64_t head = rowSize(F::fp32, d), row = g_[qkv].nb[1];
    q = g_.view(qkv, {d, a.heads, tokens_, 1}, head, row, row * tokens_, 0);
    k = g_.view(qkv, {d, a.kvHeads, tokens_, 1}, head, row, row * tokens_, rowSize(F::fp32, d * a.heads));
    v = g_.view(qkv, {d, a.kvHeads, tokens_, 1}, head, row, row * tokens_, rowSize(F::fp32, d * (a.heads + a.kvHeads)));
  } else {
    q = project(il, "attn_q.weight", "attn_q.bias", x);
    if (!a.ownsCache) return borrowingAttention(il, q);
    k = project(il, "attn_k.weight", "attn_k.bias", x);
    v = weight(il, "attn_v.weight") == kNone ? k : project(il, "attn_v.weight", "attn_v.bias", x);
    const bool whole = a.qkNorm && traits_.normBeforeHeads;
    if (whole) q = norm(q, static_cast<int>(il)), k = norm(k, static_cast<int>(il));
    q = g_.reshape(q, {d, a.heads, tokens_, 1});
    k = g_.reshape(k, {d, a.kvHeads, tokens_, 1});
    v = g_.reshape(v, {a.valueDim, a.kvHeads, tokens_, 1});
  }
  const int at = static_cast<int>(il);
  const bool normHeads = a.qkNorm && !traits_.normBeforeHeads && !traits_.bareQkNorm;
  if (normHeads) q = norm(q, at), k = norm(k, at);
  if (traits_.valueNorm) v = g_.like(Op::rms_norm, v);
  if (ropeIn(il)) {
    const Id factors = ropeFactors(il);
    q = g_.rope(q, positions_, factors);
    k = g_.rope(k, positions_, factors);
    if (traits_.bareQkNorm) q = g_.like(Op::rms_norm, q), k = g_.like(Op::rms_norm, k);
  } else if (temperature_ != kNone) {
    q = g_.mul(q, temperature_);
  }
  if (traits_.scaledQuery) q = g_.scale(q);
  if (choosesBlocks(il)) return g_.mulMat(weight(il, "attn_output.weight"), blockAttention(il, x, q, k, v));
  return project(il, "attn_output.weight", "attn_output.bias", attend(il, q, k, v, kNone, false));
}

// Queries come with a gate of their own (Qwen3-Next).
Id Builder::gatedAttention(std::size_t il, Id x) {
  const AttentionSpec& a = run_.kind(il).attention;
  const std::int64_t d = a.headDim;
  const int at = static_cast<int>(il);
  const Id both = g_.reshape(g_.mulMat(weight(il, "attn_q.weight"), x), {2 * d, a.heads, tokens_, 1});
  const Node n = g_[both];
  Id q = g_.view(both, {d, a.heads, tokens_, 1}, n.nb[1], n.nb[2], n.nb[3], 0);
  Id gate = g_.view(both, {d, a.heads, tokens_, 1}, n.nb[1], n.nb[2], n.nb[3], d * n.nb[0]);
  Id k = g_.reshape(g_.mulMat(weight(il, "attn_k.weight"), x), {d, a.kvHeads, tokens_, 1});
  const Id v = g_.reshape(g_.mulMat(weight(il, "attn_v.weight"), x), {d, a.kvHeads, tokens_, 1});
  q = norm(q, at);
  k = norm(k, at);
  q = g_.rope(q, positions_, kNone);
  k = g_.rope(k, positions_, kNone);
  const Id out = attend(il, q, k, v, kNone, false);
  gate = g_.unary(g_.cont(gate, {d * a.heads, tokens_, 1, 1}));
  return g_.mulMat(weight(il, "attn_output.weight"), g_.mul(out, gate));
}

// Multi-head latent attention; with the up-projection absorbed into queries and output where the file has it in halves.
Id Builder::latentAttention(std::size_t il, Id x) {
  const AttentionSpec& a = run_.kind(il).attention;
  const int at = static_cast<int>(il);
  const std::int64_t keyDim = a.nopeDim + a.ropeDim;
  const Id low = weight(il, "attn_q_a.weight") == kNone ? kNone : norm(g_.mulMat(weight(il, "attn_q_a.weight"), x), at);
  if (indexes(il)) chosen_ = chooseCells(il, x, low);
  const Id q = low == kNone ? g_.mulMat(weight(il, "attn_q.weight"), x) : g_.mulMat(weight(il, "attn_q_b.weight"), low);
  const std::int64_t head = rowSize(F::fp32, keyDim), row = head * a.heads;
  Id nope = g_.view(q, {a.nopeDim, a.heads, tokens_, 1}, head, row, row * tokens_, 0);
  Id rotary = g_.view(q, {a.ropeDim, a.heads, tokens_, 1}, head, row, row * tokens_, rowSize(F::fp32, a.nopeDim));
  const Id down = g_.mulMat(weight(il, "attn_kv_a_mqa.weight"), x);
  const std::int64_t downRow = rowSize(F::fp32, a.kvLoraRank + a.ropeDim);
  Id latent = g_.view(down, {a.kvLoraRank, tokens_, 1, 1}, downRow, downRow * tokens_, downRow * tokens_, 0);
  Id keyRotary =
      g_.view(down, {a.ropeDim, 1, tokens_, 1}, downRow, downRow, downRow * tokens_, rowSize(F::fp32, a.kvLoraRank));
  rotary = g_.rope(rotary, positions_, kNone);
  keyRotary = g_.rope(keyRotary, positions_, kNone);
  latent = norm(latent, at);
  if (run_.latentHalves) {
    Id absorbed = g_.mulMat(weight(il, "attn_k_b.weight"), g_.permute(nope, 0, 2, 1, 3));
    absorbed = g_.permute(absorbed, 0, 2, 1, 3);
    const Id query = g_.concat(absorbed, rotary, 0);
    latent = g_.reshape(latent, {a.kvLoraRank, 1, tokens_, 1});
    const Id key = g_.concat(latent, keyRotary, 0);
    return g_.mulMat(weight(il, "attn_output.weight"),
                     attend(il, query, key, latent, weight(il, "attn_v_b.weight"), true));
  }
  const Id kv = g_.mulMat(weight(il, "attn_kv_b.weight"), latent);
  const std::int64_t kvHead = rowSize(F::fp32, a.nopeDim + a.valueDim), kvRow = kvHead * a.heads;
  const Id keyNope = g_.view(kv, {a.nopeDim, a.heads, tokens_, 1}, kvHead, kvRow, kvRow * tokens_, 0);
  const Id value = g_.cont(
      g_.view(kv, {a.valueDim, a.heads, tokens_, 1}, kvHead, kvRow, kvRow * tokens_, rowSize(F::fp32, a.nopeDim)));
  const Id query = g_.concat(nope, rotary, 0);
  const Id key = g_.concat(keyNope, g_.repeat(keyRotary, g_[rotary].ne), 0);
  return g_.mulMat(weight(il, "attn_output.weight"), attend(il, query, key, value, kNone, false));
}

}  // namespace headroom::llama
