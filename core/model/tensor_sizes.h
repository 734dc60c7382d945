// What every single tensor of a model takes in a weight format. For GGUF file types the mix decides layer by layer.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/model/model.h"

namespace headroom {

enum class ModelPart : std::uint8_t { layers, globals, vision, next_token };

struct TensorSize {
  const Tensor* tensor = nullptr;  // points into the model
  ModelPart part = ModelPart::globals;
  int layer = -1;  // of `layers` only
  std::optional<NumberFormat>
      format;   // absent where the format stores it in parts of several, or inside another tensor
  Bytes bytes;  // of all its copies
};

// Every tensor, layer by layer, then globals, vision and next-token layers. For formats other than GGUF file types the
// bytes of all but the next-token layers and buffers sum to weightBytes(); a checkpoint taken as stored may hold scales
// and tensors of its own beside these, and a GGUF file what its converter adds.
std::vector<TensorSize> tensorSizes(const Model& model, const WeightFormat& format);

}  // namespace headroom
