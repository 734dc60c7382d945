// Multi-head latent attention (DeepSeek-V2, https://arxiv.org/abs/2405.04434) and the sparse-attention indexer that
// DeepSeek-V3.2 adds to it.
#pragma once

#include "core/formats/config/families/dimensions.h"
#include "core/formats/config/families/layer_builder.h"

namespace headroom {

// Who picks the keys that a layer attends to.
enum class KeyChoice : std::uint8_t {
  all,    // nobody
  own,    // an indexer of its own
  shared  // the indexer of an earlier layer (GLM-5.2)
};

// The specification a configuration states: ranks, widths and, where the layer has one, the indexer's.
AttentionSpec latentSpec(const Config& config, const Dimensions& d, KeyChoice choice);

// Of every layer, whether it has an indexer of its own: `indexer_types`, else `index_topk_pattern` ("F", "S") or every
// `index_topk_freq`-th layer (vllm/model_executor/models/deepseek_v2.py, 0.24). Layers past the end have one.
std::vector<bool> ownIndexers(const Config& config, std::int64_t layers);

// Its tensors, bias-free but for attention_bias on the compressing projections.
void addLatentAttention(LayerBuilder& layer, std::int64_t hidden, const AttentionSpec& spec, bool bias);

}  // namespace headroom
