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

// Over how many ranks what is split: whole experts over `expert`, each of these over `expertTensor`; experts follow
// `tensor` where `expert` is 1, attention and embedding where theirs are 0.
struct WeightSplit {
  std::int64_t tensor = 1, expert = 1, expertTensor = 1;
  std::int64_t attention = 0, embedding = 0;

  std::int64_t ofAttention() const { return attention > 0 ? attention : tensor; }
  std::int64_t ofEmbedding() const { return embedding > 0 ? embedding : tensor; }
  std::int64_t ofExpert() const { return expert > 1 ? expertTensor : tensor; }  // of one expert's matrices
};

// What one rank of a split holds of a layer's tensor: heads and MLP width are split, key and value heads are replicated
// when there are fewer than ranks, norms, routers and latent down-projections are replicated, embedding and head are
// split by vocabulary rows padded to 64. Experts are split by width, or whole experts over ranks, or both. Vision
// tensors are replicated. layer: the kind the tensor belongs to, nullptr for globals. The first rank's (largest) share
// where it does not divide. Sources: Megatron-LM, https://arxiv.org/abs/1909.08053 section 3;
// vllm/model_executor/layers/linear.py and vocab_parallel_embedding.py (0.11).
Shard shardOf(const Tensor& tensor, const LayerKind* layer, const WeightSplit& split);

// The same with the reason of every number: the tensor's own dimensions, what splits them, and how the share is
// rounded.
struct ShardFactors {
  Factor rows, columns, copies;
};
ShardFactors shardFactors(FactorTree& tree, const Tensor& tensor, const LayerKind* layer, const WeightSplit& split);

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
