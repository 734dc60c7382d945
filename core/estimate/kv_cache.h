// The KV cache as the attention kinds define it. Engines add their own cells, pages and paddings on top.
#pragma once

#include <cstdint>

#include "core/estimate/factor.h"
#include "core/model/model.h"
#include "core/scenario/scenario.h"

namespace headroom {

// Bytes one layer of this kind stores per token on one tensor-parallel rank, as a factor that opens down to heads, head
// size and format: KV heads × (key size + value size); latent attention kv_lora_rank + rope once, never split
// (DeepSeek-V2, https://arxiv.org/abs/2405.04434 eq. 9); block scales included, and the sparse-attention indexer's key
// (index_dim + one fp32 per 128) as well; nothing for layers without a cache of their own.
Factor kvFactor(FactorTree& tree, const AttentionSpec& attention, const KvFormats& formats,
                std::int64_t tensorParallel);
double kvBytesPerToken(const AttentionSpec& attention, const KvFormats& formats, std::int64_t tensorParallel);

// Tokens a layer keeps of a context: the whole, or its window or chunk.
Factor cachedTokens(FactorTree& tree, const AttentionSpec& attention, const Factor& context);

// True for layers whose cache grows with the context (their bytes are part of kv_bytes_per_token).
bool growsWithContext(const AttentionSpec& attention);

}  // namespace headroom
