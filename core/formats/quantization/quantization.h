// What a configuration's quantization_config makes of a model's tensors.
#pragma once

#include "core/formats/config/config.h"
#include "core/model/model.h"

namespace headroom {

// Reads quantization_config (of the whole or of its text part) and sets Model::quantization and every Tensor::stored.
// Layers whose tensors are stored differently become kinds of their own. Without one, all tensors get the model's
// dtype. Schemes: fp8, fbgemm_fp8, awq, gptq, auto-round, bitsandbytes, compressed-tensors, modelopt, mxfp4
// (transformers 4.57, utils/quantization_config.py). An unknown scheme is noted and the dtype kept.
void applyQuantization(Model& model, const Config& root);

}  // namespace headroom
