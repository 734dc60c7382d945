// What llama.cpp's graph of an architecture does beyond the common decoder layer, as far as memory is concerned
// (llama.cpp src/models/*.cpp, 2026-08). The names that llama.cpp has for architectures (general.architecture) are
// asked for in traits.cpp and nowhere else.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/model/gguf_tensors.h"

namespace headroom::llama {

enum class RopeRule : std::uint8_t { all, none, window_layers, not_every_nth };
// The order in which a parallel block's results are summed.
enum class ParallelOrder : std::uint8_t { residual_then_attention, attention_then_residual, attention_plus_mlp };
enum class Gating : std::uint8_t { softmax, sigmoid, softmax_of_chosen };

struct Traits {
  bool known = false;             // the graph's source was read; otherwise it is taken as a common decoder
  bool compressedCaches = false;  // a window's keys, and keys that stand for several tokens (DeepSeek-V4)
  bool blockSparse = false;       // attention to the blocks of positions that an indexer scores highest (MiniMax-M3)
  bool rollsBack = false;         // recurrent states can go back to an earlier token
  bool mixedInputs = true;        // tokens and embeddings may stand in one micro-batch (builds that have such batches)
  bool scaledEmbedding = false;
  bool scaledTokens = false;  // in such batches the rows of tokens only, by a factor per row (Gemma)
  bool scaledQuery = false;
  bool scaledResidual = false;
  bool scaledLogits = false;
  bool cappedLogits = false;
  bool cappedAttention = false;
  bool preNorms = true;
  bool postNorms = false;
  bool normBeforeHeads = false;  // query and key norms run over all heads at once
  bool bareQkNorm = false;       // query and key norms without weights, after the rotation (Llama 4)
  bool valueNorm = false;        // values are normalised without weights (Gemma 3n, Gemma 4)
  bool perLayerInput = false;    // layers read embeddings of their own (Gemma 3n, Gemma 4)
  bool copies = false;           // of the hidden state are stacked and mixed (Gemma 3n)
  bool spreadHeads = true;       // key heads of a delta net are repeated before its kernel (Qwen3-Next)
  bool temperature = false;      // queries of layers without rotation are scaled by an input (Llama 4)
  bool residualFirst = false;    // residual + layer instead of layer + residual
  bool residualFirstMlp = false;
  bool lateRows = false;        // rows that give no output are dropped after the last layer, not inside it
  bool hiddenKept = false;      // the last hidden state is an output of its own (next-token heads read it)
  bool keptBeforeNorm = false;  // that state and those rows are taken before the final norm
  bool window = false;          // two caches: one for sliding-window layers
  bool windowIn2025 = false;    // a mask of its own for them in builds of 2025-02 already
  bool parallelNorms = false;   // the MLP of a parallel block has a norm of its own over the same residual (GPT-NeoX)
  bool embeddingFirst = false;  // the scaled embedding is computed before the layers' inputs are laid out (Granite)
  bool embeddingNorm = false;   // a norm follows the embedding (BLOOM)
  bool sigmoidAsQuotient = false;  // the shared experts' gate is written as silu(x) / x (Qwen2-MoE)
  bool clampSwiglu = false;
  bool relu2 = false;
  RopeRule rope = RopeRule::all;
  int ropeStep = 4;
  Gating gating = Gating::softmax;
  bool normalizeWeights = false;
  bool scaleWeights = false;
  bool weightBeforeExperts = false;
  bool mergedExperts = false;     // gates and up-projections of experts are one tensor
  bool mergeableExperts = false;  // and can be, where a file was laid out so
  std::int64_t expertGroups = 1, groupsUsed = 1;
  std::int64_t positionsPerToken = 1;
  std::int64_t deepStack = 0;  // layers that add image features of their own; inputs are wider by as many embeddings
  ParallelOrder parallelOrder = ParallelOrder::residual_then_attention;
};

Traits traitsOf(const Model& model, const GgufInventory& inventory);

}  // namespace headroom::llama
