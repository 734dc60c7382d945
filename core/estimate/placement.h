// Placement: which part of the model one rank holds under tensor, expert and pipeline parallelism.
// Data parallelism and ZeRO/FSDP sharding split what a rank holds further; training/ does that.
#pragma once

#include <cstdint>

#include "core/estimate/factor.h"
#include "core/model/model.h"

namespace headroom {

// The share of one tensor on a tensor-parallel rank: rows × columns × copies.
struct Shard {
  std::int64_t rows = 0, columns = 0, copies = 0;
  std::int64_t elements() const { return rows * columns * copies; }
};

// What one tensor-parallel rank of `tensorParallel` holds of a layer's tensor: heads and MLP width are split, key and
// value heads are replicated when there are fewer than ranks, norms, routers and latent down-projections are
// replicated, embedding and head are split by vocabulary rows padded to 64. Experts are split by width, or whole
// experts over `expertParallel` ranks when that is above 1. Vision tensors are replicated. layer: the kind the tensor
// belongs to, nullptr for globals. The first rank's (largest) share where it does not divide. Sources: Megatron-LM,
// https://arxiv.org/abs/1909.08053 section 3; vllm/model_executor/layers/linear.py and vocab_parallel_embedding.py
// (0.11).
Shard shardOf(const Tensor& tensor, const LayerKind* layer, std::int64_t tensorParallel, std::int64_t expertParallel);

// The same with the reason of every number: the tensor's own dimensions, what splits them, and how the share is
// rounded.
struct ShardFactors {
  Factor rows, columns, copies;
};
ShardFactors shardFactors(FactorTree& tree, const Tensor& tensor, const LayerKind* layer, std::int64_t tensorParallel,
                          std::int64_t expertParallel);

// Rows of an embedding or head on one rank of so many, filled up to whole multiples of 64 first (vLLM
// vocab_parallel_embedding.py DEFAULT_VOCAB_PADDING_SIZE, 0.11).
std::int64_t paddedVocabulary(std::int64_t rows, std::int64_t tensorParallel);
Factor paddedVocabulary(FactorTree& tree, const Factor& rows, std::int64_t tensorParallel);

// Layers [first, last) of pipeline stage `stage` of `stages`; the remainder goes to the later stages but the last, as
// vLLM does (vllm/distributed/utils.py get_pp_indices, 0.11).
struct StageLayers {
  std::int64_t first = 0, last = 0;
  std::int64_t count() const { return last - first; }
};
StageLayers stageLayers(std::int64_t layers, std::int64_t stages, std::int64_t stage);

}  // namespace headroom
