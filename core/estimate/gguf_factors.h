// The tensors of a GGUF file as factors: those alike in name, shape and format stand together with their layers.
#pragma once

#include <vector>

#include "core/estimate/factor.h"
#include "core/model/gguf_mix.h"

namespace headroom {

// So many equal tensors.
struct GgufTensors {
  const GgufTensor* tensor = nullptr;
  NumberFormat format = NumberFormat::fp32;
  std::int64_t layers = 0;
};

// Joins a list of them with another tensor.
void addAlike(std::vector<GgufTensors>& all, const GgufTensor& tensor, NumberFormat format);

// layers × columns × rows × matrices, and the same in bytes: whole blocks per row.
Factor ggufElements(FactorTree& tree, const GgufTensors& tensors);
Factor ggufBytes(FactorTree& tree, const GgufTensors& tensors);
// Bytes of one of them.
Factor ggufMatrix(FactorTree& tree, const GgufTensors& tensors);

// Bytes of all tensors of the model's file, as ggufTensorBytes() sums them.
Factor ggufFileBytes(FactorTree& tree, const Model& model, GgufFileType type);

}  // namespace headroom
