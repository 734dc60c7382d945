// What Gemma 3n and Gemma 4 share: an embedding for every layer.
#pragma once

#include "core/formats/config/families/model_builder.h"

namespace headroom {

struct PerLayerInput {
  std::int64_t width = 0;  // 0: the model has none
  std::int64_t vocabulary = 0;
};

// The table of all layers, its projection from the hidden state and their norm.
void addPerLayerEmbedding(ModelBuilder& builder, const std::string& root, const PerLayerInput& input,
                          const Dimensions& d);

// The gate and projection inside one layer.
void addPerLayerInput(LayerBuilder& layer, const PerLayerInput& input, std::int64_t hidden);

}  // namespace headroom
