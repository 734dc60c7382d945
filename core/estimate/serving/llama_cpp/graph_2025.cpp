// What llama.cpp's graphs of 2025-02 do differently: fp32 masks that flash attention converts on the device, one cache
// for all layers, copies of fused projections, gate and product as two steps (ggerganov/llama.cpp, src/llama.cpp,
// c392e50).
#include "core/estimate/serving/llama_cpp/graph_builder.h"

namespace headroom::llama {

using F = NumberFormat;

Builder::CacheInputs Builder::oldCacheInputs() {
  CacheInputs in;
  constexpr std::int64_t kMaskRows = 64;  // GGML_KQ_MASK_PAD
  const std::int64_t rows = (tokens_ + kMaskRows - 1) / kMaskRows * kMaskRows;
  in.mask = g_.input(F::fp32, {run_.cells, rows, 1, 1});
  if (run_.flash) {
    const Id half = g_.like(Op::copy, in.mask);
    g_[half].type = F::fp16;
    g_[half].nb = {2, 2 * run_.cells, 2 * run_.cells * rows, 2 * run_.cells * rows};
    in.mask = half;
  }
  return in;
}

Id Builder::oldAttend(std::size_t il, Id q, Id k, Id v) {
  const AttentionSpec& a = run_.kind(il).attention;
  g_.expand(q);
  g_.expand(k);
  g_.expand(v);
  const LayerCache cache = cacheOf(il);
  const Node keys = g_[cache.k], values = g_[cache.v];
  const std::int64_t kRow = keys.ne[0], vRow = values.ne[0], cells = run_.cells;
  const std::int64_t heads = a.kind == AttentionKind::latent ? a.heads : a.kvHeads;
  const std::int64_t kBytes = rowSize(keys.type, kRow * tokens_), vBytes = rowSize(values.type, vRow * tokens_);
  g_.expand(g_.copy(k, g_.view(cache.k, {kRow * tokens_, 1, 1, 1}, kBytes, kBytes, kBytes, 0)));
  if (run_.flash) {
    g_.expand(g_.copy(v, g_.view(cache.v, {vRow * tokens_, 1, 1, 1}, vBytes, vBytes, vBytes, 0)));
  } else {
    const std::int64_t column = rowSize(values.type, cells);
    const Id into = g_.view(cache.v, {tokens_, vRow, 1, 1}, column, column * vRow, column * vRow, 0);
    g_.expand(g_.copy(g_.transpose(v), into));
  }
  const Id qp = g_.permute(q, 0, 2, 1, 3);
  const std::int64_t head = kRow / heads;
  const Id kv = g_.view(cache.k, {head, cells, heads, 1}, rowSize(keys.type, kRow), rowSize(keys.type, head),
                        rowSize(keys.type, kRow) * cells, 0);
  const bool window = run_.kind(il).attention.window > 0 && window_.mask != kNone;
  const Id mask = window ? window_.mask : base_.mask;
  Id out;
  if (run_.flash) {
    const Id vv = g_.view(cache.v, {a.valueDim, cells, heads, 1}, rowSize(values.type, vRow),
                          rowSize(values.type, a.valueDim), rowSize(values.type, a.valueDim) * heads, 0);
    const Id attended = g_.flashAttention(qp, kv, vv, mask, kNone);
    out = g_.reshape(attended, {a.valueDim * a.heads, tokens_, 1, 1});
  } else {
    Id kq = g_.mulMat(kv, qp);
    if (traits_.cappedAttention) kq = g_.scale(g_.unary(g_.scale(kq)));
    kq = g_.softMax(kq, mask);
    const std::int64_t column = rowSize(values.type, cells);
    const Id vv =
        g_.view(cache.v, {cells, a.valueDim, heads, 1}, column, column * a.valueDim, column * a.valueDim * heads, 0);
    const Id merged = g_.permute(g_.mulMat(vv, kq), 0, 2, 1, 3);
    out = g_.cont(merged, {a.valueDim * a.heads, tokens_, 1, 1});
    if (run_.kvOnHost) g_[out].backend = static_cast<std::int8_t>(run_.backends.host());
  }
  g_.expand(out);
  return out;
}

// Projections in 2025-02: values stay two-dimensional, parts of a fused one are copied out.
Id Builder::oldAttention(std::size_t il, Id x) {
  const AttentionSpec& a = run_.kind(il).attention;
  const std::int64_t d = a.headDim;
  Id q, k, v;
  if (const Id fused = weight(il, "attn_qkv.weight"); fused != kNone) {
    const Id qkv = addBias(il, "attn_qkv.bias", g_.mulMat(fused, x));
    const std::int64_t row = g_[qkv].nb[1];
    const auto part = [&](std::int64_t width, std::int64_t from) {
      return g_.cont(g_.view(qkv, {width, tokens_, 1, 1}, row, row * tokens_, row * tokens_, rowSize(F::fp32, from)));
    };
    q = part(d * a.heads, 0);
    k = part(d * a.kvHeads, d * a.heads);
    v = part(d * a.kvHeads, d * (a.heads + a.kvHeads));
  } else {
    q = project(il, "attn_q.weight", "attn_q.bias", x);
    k = project(il, "attn_k.weight", "attn_k.bias", x);
    v = project(il, "attn_v.weight", "attn_v.bias", x);
  }
  q = g_.reshape(q, {d, a.heads, tokens_, 1});
  k = g_.reshape(k, {d, a.kvHeads, tokens_, 1});
  if (a.qkNorm) q = norm(q, static_cast<int>(il)), k = norm(k, static_cast<int>(il));
  if (ropeIn(il)) {
    const Id factors = ropeFactors(il);
    q = g_.rope(q, positions_, factors);
    k = g_.rope(k, positions_, factors);
  }
  if (traits_.scaledQuery) q = g_.scale(q);
  return project(il, "attn_output.weight", "attn_output.bias", oldAttend(il, q, k, v));
}

Id Builder::oldLatentAttention(std::size_t il, Id x) {
  const AttentionSpec& a = run_.kind(il).attention;
  const int at = static_cast<int>(il);
  const std::int64_t keyDim = a.nopeDim + a.ropeDim;
  const Id q = weight(il, "attn_q_a.weight") == kNone
                   ? g_.mulMat(weight(il, "attn_q.weight"), x)
                   : g_.mulMat(weight(il, "attn_q_b.weight"), norm(g_.mulMat(weight(il, "attn_q_a.weight"), x), at));
  const std::int64_t head = rowSize(F::fp32, keyDim), row = head * a.heads;
  const Id nope = g_.view(q, {a.nopeDim, a.heads, tokens_, 1}, head, row, row * tokens_, 0);
  Id rotary = g_.view(q, {a.ropeDim, a.heads, tokens_, 1}, head, row, row * tokens_, rowSize(F::fp32, a.nopeDim));
  const Id down = g_.mulMat(weight(il, "attn_kv_a_mqa.weight"), x);
  const std::int64_t downRow = g_[down].nb[1];
  Id latent = g_.cont(g_.view(down, {a.kvLoraRank, tokens_, 1, 1}, downRow, downRow * tokens_, downRow * tokens_, 0));
  Id keyRotary =
      g_.view(down, {a.ropeDim, 1, tokens_, 1}, downRow, downRow, downRow * tokens_, rowSize(F::fp32, a.kvLoraRank));
  latent = norm(latent, at);
  const Id kv = g_.mulMat(weight(il, "attn_kv_b.weight"), latent);
  const std::int64_t kvHead = rowSize(F::fp32, a.nopeDim + a.valueDim), kvRow = kvHead * a.heads,
                     width = a.valueDim * a.heads;
  const Id keyNope = g_.view(kv, {a.nopeDim, a.heads, tokens_, 1}, kvHead, kvRow, kvRow * tokens_, 0);
  Id value = g_.cont(
      g_.view(kv, {a.valueDim, a.heads, tokens_, 1}, kvHead, kvRow, kvRow * tokens_, rowSize(F::fp32, a.nopeDim)));
  value = g_.view(value, {width, tokens_, 1, 1}, rowSize(F::fp32, width), rowSize(F::fp32, width) * tokens_,
                  rowSize(F::fp32, width) * tokens_, 0);
  rotary = g_.rope(g_.cont(rotary), positions_, kNone);
  keyRotary = g_.rope(g_.cont(keyRotary), positions_, kNone);
  const Id query = g_.concat(nope, rotary, 0);
  const Id key = g_.concat(keyNope, g_.repeat(keyRotary, g_[rotary].ne), 0);
  return g_.mulMat(weight(il, "attn_output.weight"), oldAttend(il, query, key, value));
}

// State copied and masked cell by cell; one sequence is reserved whatever is asked.
Id Builder::oldState(Id cache, std::int64_t size) {
  Id states = g_.reshape(cache, {size, run_.sequences, 1, 1});
  states = g_.mul(g_.getRows(states, stateCopy_), stateExtra_);
  const std::int64_t row = rowSize(F::fp32, size), rest = size * (run_.sequences - 1), bytes = rest * typeSize(F::fp32);
  g_.expand(g_.copy(g_.view(states, {rest, 1, 1, 1}, bytes, bytes, bytes, row),
                    g_.view(cache, {rest, 1, 1, 1}, bytes, bytes, bytes, row)));
  return g_.view(states, {size, 1, 1, 1}, row, row, row, 0);
}

Id Builder::oldMamba(std::size_t il, Id x) {
  const StateSpec& s = run_.kind(il).state;
  const std::int64_t inner = s.inner, state = s.stateSize, kept = s.convKernel - 1;
  const int backend = run_.kvOnHost ? run_.backends.host() : run_.layerBackend[il];
  const StateShape shape = stateShape(run_.kind(il));
  const Id convCache = g_.cache(F::fp32, {shape.convolution, run_.sequences, 1, 1}, backend);
  const Id stateCache = g_.cache(F::fp32, {shape.state, run_.sequences, 1, 1}, backend);
  const Id conv = g_.reshape(oldState(convCache, shape.convolution), {kept, inner, 1, 1});
  const Id cells = g_.reshape(oldState(stateCache, shape.state), {state, inner, 1, 1});
  const Id both = g_.mulMat(weight(il, "ssm_in.weight"), g_.reshape(x, {g_[x].ne[0], tokens_, 1, 1}));
  const std::int64_t row = g_[both].nb[1];
  Id in = g_.view(both, {inner, tokens_, 1, 1}, row, row * tokens_, row * tokens_, 0);
  const Id z = g_.view(both, {inner, tokens_, 1, 1}, row, row * tokens_, row * tokens_, rowSize(F::fp32, inner));
  const Id convolved = g_.concat(conv, g_.transpose(in), 0);
  const Node c = g_[convolved];
  const std::int64_t flat = rowSize(F::fp32, shape.convolution);
  g_.expand(g_.copy(g_.view(convolved, {kept, inner, 1, 1}, c.nb[1], c.nb[2], c.nb[2], tokens_ * c.nb[0]),
                    g_.view(convCache, {shape.convolution, 1, 1, 1}, flat, flat, flat, 0)));
  in = g_.unary(addBias(il, "ssm_conv1d.bias", g_.ssmConv(convolved, weight(il, "ssm_conv1d.weight"))));
  const Id projected = g_.mulMat(weight(il, "ssm_x.weight"), in);
  const Node p = g_[projected];
  const std::int64_t rank = p.ne[0] - 2 * state;
  const auto part = [&](std::int64_t width, std::int64_t from) {
    return g_.view(projected, {width, tokens_, 1, 1}, p.nb[1], p.nb[1] * tokens_, p.nb[1] * tokens_,
                   rowSize(F::fp32, from));
  };
  Id dt = part(rank, 0), inMatrix = part(state, rank), outMatrix = part(state, rank + state);
  if (run_.kind(il).state.innerNorms) {
    const int at = static_cast<int>(il);
    dt = norm(dt, at), inMatrix = norm(inMatrix, at), outMatrix = norm(outMatrix, at);
  }
  dt = addBias(il, "ssm_dt.bias", g_.mulMat(weight(il, "ssm_dt.weight"), dt));
  const Id scanned = g_.ssmScan(cells, in, dt, weight(il, "ssm_a"), inMatrix, outMatrix);
  const Node v = g_[in];
  const std::int64_t bytes = rowSize(F::fp32, shape.state);
  g_.expand(g_.copy(g_.view(scanned, {shape.state, 1, 1, 1}, bytes, bytes, bytes, v.nb[3]),
                    g_.view(stateCache, {shape.state, 1, 1, 1}, bytes, bytes, bytes, 0)));
  Id y = g_.view(scanned, {inner, tokens_, 1, 1}, v.nb[1], v.nb[2], v.nb[2], 0);
  y = g_.add(y, g_.mul(in, weight(il, "ssm_d")));
  y = g_.mul(y, g_.unary(g_.cont(z)));
  y = g_.mulMat(weight(il, "ssm_out.weight"), y);
  return g_.reshape(y, {g_[y].ne[0], tokens_, 1, 1});
}

// Activation and product as two steps; a fused projection's halves are copied out first.
Id Builder::oldGate(Id gate, Id up) {
  return g_.mul(g_.unary(gate), up);
}

Id Builder::oldFusedGate(Id both) {
  const Node n = g_[both];
  const std::int64_t half = n.ne[0] / 2;
  const auto part = [&](std::int64_t from) {
    return g_.cont(
        g_.view(both, {half, n.ne[1], 1, 1}, n.nb[1], n.nb[1] * n.ne[1], n.nb[1] * n.ne[1], rowSize(F::fp32, from)));
  };
  const Id gate = part(0), up = part(half);
  return g_.mul(g_.unary(gate), up);
}

}  // namespace headroom::llama
