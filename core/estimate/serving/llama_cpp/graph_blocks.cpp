// Sparse attention over blocks (MiniMax-M3): an indexer scores positions with keys of its own, the best score of a
// block of positions counts for the block, and a layer attends to the cells of the best blocks, which one mask per
// group of query heads says (llama.cpp src/models/minimax-m3.cpp, src/llama-kv-cache-msa.cpp, b11549). While the graph
// is laid out no position is taken yet, so it knows the least number of them, whatever the cache holds.
#include <algorithm>

#include "core/estimate/serving/llama_cpp/graph_builder.h"

namespace headroom::llama {

using F = NumberFormat;

namespace {

constexpr std::int64_t kPositions = 256;  // llama_kv_cache_msa_context::get_n_pos of an empty cache
constexpr std::int64_t kBlock = 128;      // sparse_block_size; positions of a block

}  // namespace

// It needs flash attention, and sequences with cells of their own.
bool Builder::choosesBlocks(std::size_t il) const {
  return traits_.blockSparse && run_.flash && (run_.sequences == 1 || run_.streams > 1) &&
         run_.kind(il).attention.indexerHeads > 0;
}

void Builder::makeBlockInputs() {
  bool any = false;
  for (std::size_t il = 0; il < decoderLayers(); ++il) any |= choosesBlocks(il);
  if (!any) return;
  index_.keyRows = g_.input(F::int64, {tokens_, 1, 1, 1});
  blocks_.bias = g_.input(F::fp32, {kPositions / kBlock, tokens_, 1, 1});
  blocks_.positions = g_.input(F::fp32, {kPositions, tokens_, 1, 1});
  blocks_.slots = g_.input(F::int32, {kPositions, run_.streams, 1, 1});
  blocks_.blockOfCell = g_.input(F::int32, {run_.cells, run_.streams, 1, 1});
  blocks_.mask = g_.cast(base_.mask, F::fp32);
}

// The part of a tensor that one stream has: `each` entries of a dimension.
Id Builder::streamOf(Id x, Shape ne, int dimension, std::int64_t each, std::int64_t stream) {
  const Node n = g_[x];
  const std::int64_t step = n.nb[static_cast<std::size_t>(dimension)];
  std::array<std::int64_t, 4> nb = n.nb;
  // A new dimension of one comes in where a row of blocks or positions stands for all heads.
  if (ne[1] == 1 && ne[2] > 1) nb[2] = n.nb[1];
  return g_.view(x, ne, nb[1], nb[2], nb[3], stream * each * step);
}

// Scores of the blocks, those of the nearest ones forced up.
Id Builder::scoredBlocks(Id queries, Id keys, Id bias, std::int64_t stream) {
  const std::int64_t tokens = tokens_ / run_.streams;
  const Node q = g_[queries];
  const Id mine = streamOf(queries, {q.ne[0], q.ne[1], tokens, 1}, 2, tokens, stream);
  const Node cached = g_[keys];
  const Id cells = g_.view(keys, {cached.ne[0], cached.ne[2], 1, 1}, cached.nb[2], cached.nb[2] * cached.ne[2],
                           cached.nb[2] * cached.ne[2], stream * cached.nb[3]);
  const Id slots = streamOf(blocks_.slots, {kPositions, 1, 1, 1}, 1, 1, stream);
  const Id rows = g_.getRows(cells, slots);
  Id scores = g_.mulMat(rows, g_.reshape(mine, {q.ne[0], q.ne[1] * tokens, 1, 1}));
  scores = g_.reshape(scores, {kPositions, q.ne[1], tokens, 1});
  scores = g_.inPlace(Op::add, scores, streamOf(blocks_.positions, {kPositions, 1, tokens, 1}, 1, tokens, stream));
  const Id best = g_.poolColumns(scores, kBlock);
  return g_.add(best, bias);
}

// A mask per group with all blocks closed but the chosen ones, cell by cell, and those that come later.
Id Builder::maskOfBlocks(Id chosen, Id bias, std::int64_t heads, std::int64_t stream) {
  constexpr std::int64_t kBlocks = kPositions / kBlock;
  const std::int64_t tokens = tokens_ / run_.streams, most = g_[chosen].ne[0];
  const Id closed = g_.repeat(g_.cast(g_.scale(bias), F::fp16), {kBlocks, heads, tokens, 1});
  const Id zero = g_.scale(g_.cast(chosen, F::fp32));
  Id open =
      g_.setRows(g_.reshape(closed, {1, kBlocks, heads * tokens, 1}), g_.reshape(zero, {1, most, heads * tokens, 1}),
                 g_.reshape(chosen, {most, heads * tokens, 1, 1}));
  open = g_.reshape(open, {kBlocks, heads, tokens, 1});
  open = g_.cont(g_.permute(open, 0, 2, 1, 3));
  const Id byBlock = g_.cont(g_.transpose(g_.reshape(open, {kBlocks, tokens * heads, 1, 1})));
  const Id byCell = g_.getRows(byBlock, streamOf(blocks_.blockOfCell, {run_.cells, 1, 1, 1}, 1, 1, stream));
  Id mask = g_.reshape(g_.cont(g_.transpose(byCell)), {run_.cells, tokens, heads, 1});
  const Node all = g_[blocks_.mask];
  mask = g_.inPlace(
      Op::add, mask,
      g_.view(blocks_.mask, {run_.cells, tokens, 1, 1}, all.nb[1], all.nb[3], all.nb[3], stream * all.nb[3]));
  return g_.cast(g_.reshape(mask, {run_.cells, tokens, 1, heads}), F::fp16);
}

Id Builder::blockAttention(std::size_t il, Id x, Id q, Id k, Id v) {
  const AttentionSpec& a = run_.kind(il).attention;
  const std::int64_t dim = a.indexerDim, heads = a.indexerHeads, streams = run_.streams, tokens = tokens_ / streams;
  const int at = static_cast<int>(il), backend = run_.kvOnHost ? run_.backends.host() : run_.layerBackend[il];
  Id queries = g_.mulMat(weight(il, "indexer.q_proj.weight"), x),
     keys = g_.mulMat(weight(il, "indexer.k_proj.weight"), x);
  queries = norm(g_.reshape(queries, {dim, heads, tokens_, 1}), at);
  keys = norm(g_.reshape(keys, {dim, 1, tokens_, 1}), at);
  queries = g_.rope(queries, positions_, kNone);
  keys = g_.rope(keys, positions_, kNone);
  const LayerCache index{g_.cache(run_.kv.k, {dim, run_.cells, streams, 1}, backend), kNone};
  storeKeys(index, keys, index_.keyRows);
  const Node all = g_[index.k];
  const Id cached = g_.view(index.k, {dim, 1, run_.cells, streams}, rowSize(all.type, dim), all.nb[1], all.nb[2], 0);

  if (base_.keyRotation != kNone) q = rotate(q, base_.keyRotation), k = rotate(k, base_.keyRotation);
  if (base_.valueRotation != kNone) v = rotate(v, base_.valueRotation);
  g_.expand(q);
  g_.expand(k);
  g_.expand(v);
  const LayerCache cache = cacheOf(il);
  storeKeys(cache, k, base_.keyRows);
  storeValues(cache, v, base_.valueRows);
  const Id allKeys = cachedKeys(il, cache), allValues = cachedValues(il, cache);
  const std::int64_t group = a.heads / a.kvHeads;
  Id out = kNone;
  for (std::int64_t stream = 0; stream < streams; ++stream) {
    const auto cellsOf = [&](Id held) {
      const Node n = g_[held];
      const Id mine = g_.view(held, {n.ne[0], n.ne[1], n.ne[2], 1}, n.nb[1], n.nb[2], n.nb[3], stream * n.nb[3]);
      return g_.permute(mine, 0, 3, 1, 2);
    };
    const Id mine = streamOf(q, {a.headDim, a.heads, tokens, 1}, 2, tokens, stream);
    const Id bias = streamOf(blocks_.bias, {kPositions / kBlock, 1, tokens, 1}, 1, tokens, stream);
    const Id chosen =
        g_.topRows(scoredBlocks(queries, cached, bias, stream), std::min(a.indexerTopK, kPositions) / kBlock);
    const Id mask = maskOfBlocks(chosen, bias, heads, stream);
    const Id split = g_.permute(g_.reshape(mine, {a.headDim, group, a.kvHeads, tokens}), 0, 2, 3, 1);
    Id attended = g_.flashAttention(split, cellsOf(allKeys), cellsOf(allValues), mask, kNone);
    attended = g_.permute(attended, 0, 1, 3, 2);
    if (!isContiguous(g_[attended])) attended = g_.cont(attended);
    attended = g_.reshape(attended, {a.headDim * a.heads, tokens, 1, 1});
    out = out == kNone ? attended : g_.concat(out, attended, 1);
  }
  return base_.valueRotation == kNone ? out : rotate(out, base_.valueRotation);
}

}  // namespace headroom::llama
