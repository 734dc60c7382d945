// Sparse attention (DeepSeek-V3.2 and its kin): a small attention of its own, with keys of its own in the cache, scores
// all cells; the layer attends to the best of them only (llama.cpp src/models/deepseek32.cpp, src/llama-graph.cpp,
// src/llama-kv-cache-dsa.cpp, b11549).
#include <algorithm>
#include <bit>

#include "core/estimate/serving/llama_cpp/graph_builder.h"

namespace headroom::llama {

using F = NumberFormat;

bool Builder::indexes(std::size_t il) const {
  return cacheShape(run_, il).indexRow > 0;
}

void Builder::makeIndexInputs() {
  if (traits_.blockSparse) return makeBlockInputs();
  std::int64_t width = 0;
  for (std::size_t il = 0; il < decoderLayers(); ++il) width = std::max(width, cacheShape(run_, il).indexRow);
  if (width == 0) return;
  // The Hadamard rotation is as wide as a power of two divides a key.
  const std::int64_t rotation = std::int64_t{1} << std::countr_zero(static_cast<std::uint64_t>(width));
  index_.keyRows = g_.input(F::int64, {tokens_, 1, 1, 1});
  index_.mask = g_.input(F::fp16, {run_.cells, tokens_ / run_.streams, 1, run_.streams});
  index_.keyRotation = g_.input(F::fp32, {rotation, rotation, 1, 1});
}

// Indices of the cells that each token attends to. low: the queries' low-rank form, which the indexer shares.
Id Builder::chooseCells(std::size_t il, Id x, Id low) {
  const AttentionSpec& a = run_.kind(il).attention;
  const std::int64_t dim = a.indexerDim, heads = a.indexerHeads, streams = run_.streams;
  const int backend = run_.kvOnHost ? run_.backends.host() : run_.layerBackend[il];
  const auto normBackend = static_cast<std::int8_t>(run_.layerBackend[il]);
  Id q = g_.reshape(g_.mulMat(weight(il, "indexer.attn_q_b.weight"), low), {dim, heads, tokens_, 1});
  q = g_.rope(q, positions_, kNone);
  Id k = g_.like(Op::norm, g_.mulMat(weight(il, "indexer.attn_k.weight"), x));
  if (tokens_ < 32 || run_.wholeOffload) g_[k].backend = normBackend;
  k = g_.mul(k, g_.weight(F::fp32, {dim, 1, 1, 1}, normBackend));
  k = g_.add(k, g_.weight(F::fp32, {dim, 1, 1, 1}, normBackend));
  k = g_.rope(g_.reshape(k, {dim, 1, tokens_, 1}), positions_, kNone);
  q = g_.mulMat(index_.keyRotation, q);
  k = g_.mulMat(index_.keyRotation, k);
  const LayerCache keys{g_.cache(run_.kv.k, {dim, run_.cells, streams, 1}, backend), kNone};
  storeKeys(keys, k, index_.keyRows);
  Id weights = g_.mulMat(weight(il, "indexer.proj.weight"), x);
  const Node all = g_[keys.k];
  const Id cached = g_.view(keys.k, {dim, 1, run_.cells, streams}, rowSize(all.type, dim), all.nb[1], all.nb[2], 0);
  const Node query = g_[q], w = g_[weights];
  q = g_.view(q, {dim, heads, tokens_ / streams, streams}, query.nb[1], query.nb[2], query.nb[3] / streams, 0);
  weights = g_.view(weights, {heads, tokens_ / streams, 1, streams}, w.nb[1], w.nb[2] / streams, w.nb[3] / streams, 0);
  const Id scores = g_.lightningIndexer(q, cached, g_.scale(weights), index_.mask);
  return g_.cont(g_.topRows(scores, std::min(run_.cells, a.indexerTopK)));
}

// The mask with all cells closed but the chosen ones.
Id Builder::maskOfChosen(Id mask) {
  const Node m = g_[mask], c = g_[chosen_];
  Id closed = g_.like(Op::fill, mask);
  closed = g_.view(closed, {1, m.ne[0], m.ne[1], m.ne[3]}, m.nb[0], m.nb[1], m.nb[2], 0);
  const Id rows = g_.view(chosen_, {c.ne[0], c.ne[1], c.ne[3], 1}, c.nb[1], c.nb[2], c.ne[3] * c.nb[3], 0);
  const Id zeros = g_.like(Op::fill, g_.leaf(F::fp32, {1, c.ne[0], c.ne[1], c.ne[3]}));
  const Id opened = g_.setRows(closed, zeros, rows);
  const Node o = g_[opened];
  return g_.add(g_.view(opened, {o.ne[1], o.ne[2], 1, o.ne[3]}, o.nb[2], o.nb[3], o.nb[3], 0), mask);
}

}  // namespace headroom::llama
