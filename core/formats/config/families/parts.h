// The parts layers are made of. Each adds its tensors to a layer and fills in what the layer's specification says.
#pragma once

#include "core/formats/config/families/dimensions.h"
#include "core/formats/config/families/layer_builder.h"
#include "core/formats/config/families/names.h"

namespace headroom {

// How a norm over queries and keys is shaped.
enum class QkNorm : std::uint8_t {
  none,
  per_head_dim,  // one weight vector of headDim for all heads (Qwen3)
  whole_width,   // a vector over all heads (OLMo 2)
  per_head,      // a vector for each head (Cohere)
};

struct AttentionTraits {
  bool qkvBias = false, outputBias = false;
  QkNorm qkNorm = QkNorm::none;
  bool qkNormBias = false;
};

// q, k, v (or their fusion) and the output projection of ordinary attention, from spec's heads and widths.
void addAttention(LayerBuilder& layer, const Names& names, std::int64_t hidden, const AttentionSpec& spec,
                  const AttentionTraits& traits);

// A gated (SwiGLU, GeGLU) MLP; fused: gate and up in one tensor.
void addGatedMlp(LayerBuilder& layer, const Names& names, std::int64_t hidden, std::int64_t intermediate, bool bias,
                 bool fused, bool gelu);

// Two Linears with an activation between.
void addPlainMlp(LayerBuilder& layer, const Names& names, std::int64_t hidden, std::int64_t intermediate, bool bias,
                 bool gelu);

// The label people read: "sliding attention (4096), experts 8 of 128".
std::string labelOf(const LayerKind& kind);

}  // namespace headroom
