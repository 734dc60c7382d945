// vLLM's KV pool: layers of one cache type form groups of equal size, every block holds one page per layer of a group,
// and what a pool of bytes can hold follows from that (vllm/v1/core/kv_cache_utils.py).
#pragma once

#include <cstdint>

#include "core/base/inline_vector.h"
#include "core/estimate/serving/common/served_draft.h"
#include "core/estimate/weights.h"
#include "core/scenario/settings.h"

namespace headroom {

struct PageRules {
  std::int64_t blockSize = 16;      // tokens, before it grows to hold a recurrent state
  bool windowsApart = true;         // sliding layers have groups of their own (hybrid cache manager, 0.9 and later)
  bool tokensByConcurrency = true;  // printed tokens = sequences of the full length × that length (0.22 and later)
  std::int64_t stateBlocks = 1;     // blocks of state a sequence holds: 2 with prefix caching aligned to blocks
  bool packed = false;              // compressed latent layers share tuples of pages (DeepSeek-V4)
  bool packedByTuple = true;        // a sequence's need counts whole tuples, not its layers' own pages
  std::int64_t draftTokens = 0;     // proposed per step: short convolutions keep that many inputs more
  DraftLayers draft = {};           // on the last stage: layers of a draft, in the same pool
};

// Layers of one rank that share a page size and a rule for how long tokens stay.
struct CacheType {
  enum class Kind : std::uint8_t { full, sliding, state } kind = Kind::full;
  std::int64_t layers = 0;
  std::int64_t draftLayers = 0;                                 // of them, those of a draft
  Factor token = fromModel("bytes per token and layer", 0);     // of one layer on one rank
  Factor state = fromModel("bytes per sequence and layer", 0);  // of one layer, one sequence and one rank
  std::int64_t window = 0;
  std::int64_t overlap = 1;  // windows that a layer keeps (DeepSeek-V4's partial sums)
  std::int64_t groups = 1;
  std::int64_t blockSize = 16;
  double ownBytes = 0;  // packed layouts: of one page in every layer of the type

  double bytesPerToken() const { return token.value; }
  double stateBytes() const { return state.value; }
};

struct PageLayout {
  InlineVector<CacheType, 8> types;
  double pageBytes = 0;          // one layer's part of a block
  std::int64_t groupLayers = 0;  // layers in a group: a block is groupLayers pages
  std::int64_t groups = 1;       // of all types
  bool uniform = true;           // one type, full attention: a token is a token
  bool packed = false;           // a page holds one of each size the full-attention layers have

  double blockBytes() const { return pageBytes * static_cast<double>(groupLayers); }
  // Blocks one sequence of `tokens` needs of a type; `prefill` tokens are computed at once.
  std::int64_t blocksOf(const CacheType& type, std::int64_t tokens, std::int64_t prefill, const PageRules& rules) const;
  std::int64_t blocksOf(std::int64_t tokens, std::int64_t prefill, const PageRules& rules) const;
  // Tokens the engine prints for a pool of this many bytes; `longest` is max_model_len.
  std::int64_t tokensOf(double pool, std::int64_t longest, std::int64_t prefill, const PageRules& rules) const;
};

// Bytes of one recurrent layer's state for one sequence on one tensor-parallel rank: short-convolution inputs in 16
// bit, the recurrent state in 16 or 32 bit (vllm/model_executor/layers/mamba/mamba_utils.py, 0.18).
Factor stateFactor(FactorTree& tree, const StateSpec& state, std::int64_t tensorParallel, std::int64_t draftTokens = 0);

// Chunked local attention counts as full: its hybrid allocation is off by default (vllm/config/vllm.py, 0.11).
PageLayout pageLayout(FactorTree& tree, const Model& model, const RankPart& part, const KvFormats& formats,
                      const PageRules& rules);
PageLayout pageLayout(const Model& model, const RankPart& part, const KvFormats& formats, const PageRules& rules);

}  // namespace headroom
