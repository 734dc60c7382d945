// Multi-token-prediction layers: stored in the checkpoint, not counted as the model's parameters.
#pragma once

#include "core/formats/config/families/model_builder.h"

namespace headroom {

// How many of them a configuration states, or as many as the class has by itself.
std::int64_t nextTokenLayers(const Config& config, std::int64_t fallback = 0);

// num_nextn_predict_layers times the last layer, a projection of two hidden states to one and three norms; with
// `ownEmbedding` copies of the embedding and the head. (DeepSeek-V3, https://arxiv.org/abs/2412.19437 section 2.2.)
void addNextToken(ModelBuilder& builder, const Config& config, bool ownEmbedding);

}  // namespace headroom
