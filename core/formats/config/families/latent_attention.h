// Multi-head latent attention (DeepSeek-V2, https://arxiv.org/abs/2405.04434) and the sparse-attention indexer that
// DeepSeek-V3.2 adds to it.
#pragma once

#include "core/formats/config/families/dimensions.h"
#include "core/formats/config/families/layer_builder.h"

namespace headroom {

// The specification a configuration states: ranks, widths and, where `indexer`, the indexer's.
AttentionSpec latentSpec(const Config& config, const Dimensions& d, bool indexer);

// Its tensors, bias-free but for attention_bias on the compressing projections.
void addLatentAttention(LayerBuilder& layer, std::int64_t hidden, const AttentionSpec& spec, bool bias);

}  // namespace headroom
