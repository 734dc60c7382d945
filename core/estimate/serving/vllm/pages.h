// vLLM's KV pool, planned in the engine's own steps: specifications per layer (cache_types.h) → one size of page →
// groups of equal size → blocks → tokens and concurrency (vllm/v1/core/kv_cache_utils.py).
#pragma once

#include <cstdint>

#include "core/estimate/serving/vllm/page_rules.h"

namespace headroom {

struct PageLayout {
  CacheTypes types;
  double pageBytes = 0;          // one layer's part of a block
  std::int64_t groupLayers = 0;  // layers of this rank in a group: a block is as many pages
  std::int64_t groupSize = 0;    // layers in a group, over all stages
  std::int64_t groups = 1;       // of all types
  std::int64_t block = 16;       // tokens of an attention block, grown to hold a state
  bool uniform = true;           // one type, or types that keep the same tokens: one group
  bool packed = false;           // a page holds one of each size the full-attention layers have
  double packedBytes = 0;        // of a packed block that is not as many pages as the group has layers
  bool refused = false;          // the release cannot lay such layers out

  double blockBytes() const { return packedBytes > 0 ? packedBytes : pageBytes * static_cast<double>(groupLayers); }
  // Blocks one sequence of `tokens` needs of a type; `prefill` tokens are computed at once.
  std::int64_t blocksOf(const CacheType& type, std::int64_t tokens, std::int64_t prefill, const PageRules& rules) const;
  std::int64_t blocksOf(std::int64_t tokens, std::int64_t prefill, const PageRules& rules) const;
};

PageLayout pageLayout(FactorTree& tree, const Model& model, const RankPart& part, const KvFormats& formats,
                      const PageRules& rules);
PageLayout pageLayout(const Model& model, const RankPart& part, const KvFormats& formats, const PageRules& rules);

// What a pool of bytes holds; `longest` is max_model_len, `prefill` max_num_batched_tokens.
struct PagePool {
  std::int64_t blocks = 0;
  double concurrency = 0;   // sequences of the full length
  std::int64_t tokens = 0;  // as the engine prints them
};
PagePool pagePool(const PageLayout& layout, double bytes, std::int64_t longest, std::int64_t prefill,
                  const PageRules& rules);

}  // namespace headroom
