// GGUF file types: which ggml tensor type each tensor of a model gets ("Q4_K_M" is a mix, not a format).
// Rules restated from llama.cpp src/llama-quant.cpp (2026-08), without an importance matrix.
#pragma once

#include <vector>

#include "core/model/gguf_tensors.h"
#include "core/numerics/weight_format.h"

namespace headroom {

// One tensor of the file with its type. `layer` is -1 for globals.
struct GgufStored {
  const GgufTensor* tensor = nullptr;  // points into the inventory
  int layer = -1;
  NumberFormat format = NumberFormat::fp32;
  Bytes bytes;
};

// Every tensor of the file, layer by layer after the globals.
std::vector<GgufStored> ggufMix(const GgufInventory& inventory, GgufFileType type);

// The same with each tensor in the format its source stores.
std::vector<GgufStored> ggufAsStored(const GgufInventory& inventory);

// Bytes of all tensor data of the model's GGUF file (header and padding left out). latentHalves: see ggufInventory.
Bytes ggufTensorBytes(const Model& model, GgufFileType type, bool latentHalves = true);

// The file type that stands for a number format ("bf16": BF16, "q4_0": Q4_0); nothing where llama.cpp has none.
std::optional<GgufFileType> ggufFileTypeOf(NumberFormat format);

}  // namespace headroom
