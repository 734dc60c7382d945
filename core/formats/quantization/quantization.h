// What a configuration's quantization_config makes of a model's tensors.
#pragma once

#include "core/formats/config/config.h"
#include "core/model/model.h"

namespace headroom {

// Reads quantization_config (of the whole or of its text part; MLX: quantization) and sets Model::quantization,
// Model::layouts and every tensor's layout and format. Layers whose tensors are held differently become kinds of their
// own. Without one, all tensors get the model's dtype. Which methods are known stands in scheme.cpp; what is not known
// goes to Model::doubts, and the bits that are stated are counted.
void applyQuantization(Model& model, const Config& root);

}  // namespace headroom
