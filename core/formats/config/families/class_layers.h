// The rows of the class table as tensors, and what they say about a layer: its attention, its MLP, its norms.
#pragma once

#include "core/formats/config/expression.h"
#include "core/formats/config/families/layer_builder.h"
#include "core/formats/config/families/model_builder.h"

namespace headroom {

// One row: "name|shape|role|condition". A shape is dimensions parted by blanks; the role is a code of class_layers.cpp
// with "*" for a Linear's weight and "+" for a bias beside it.
struct ClassTensor {
  std::string_view name, shape, condition;
  TensorRole role = TensorRole::other;
  Group group = Group::other;
  bool linear = false, bias = false, stacked = false;
};

ClassTensor classTensor(std::string_view row);

// Adds the row's tensors where its condition holds; what is there already under the name and in the shape gets a copy.
void addClassTensor(std::vector<Tensor>& tensors, const ClassTensor& row, std::string_view prefix,
                    const ExpressionContext& context);

// The layer's entry in the configuration's list of types ("full_attention"); empty where there is none.
std::string layerType(const Config& section, const ExpressionContext& context);

// What tells two layers apart: their tensors and, where the configuration lists them, their types.
std::string layerSignature(const std::vector<Tensor>& tensors, const Config& section, const ExpressionContext& context);

// Fills in the layer's specifications from its tensors. `stack`: "encoder" or "decoder".
void describeLayer(LayerKind& kind, const Config& section, const ExpressionContext& context, std::string_view stack);

// What the tensors do not tell of the layer's state: elements of a matrix memory, convolutions that run in fp32.
void describeState(LayerKind& kind, std::int64_t elements, bool wideConvolutions);

}  // namespace headroom
