// How mlx-lm's classes build a model's modules and caches, as far as memory goes by it: which modules its conversion
// quantizes, what a class or a recipe asks for single ones, and which of them take adapters.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/model/tensor.h"

namespace headroom {

struct Model;

// What a class of mlx_lm/models decides by itself; the table of classes is core/formats/config/mlx_classes.cpp.
struct MlxTraits {
  bool arrayRouter = false;         // the router is a plain array, no module
  bool eightBitRouter = false;      // its quant_predicate asks for eight bits in groups of 64
  bool eightBitSharedGate = false;  // the shared expert's gate likewise
  bool keepsLatentUp = false;       // kv_b_proj stays one Linear instead of two stacks by head
  bool plainExpertNames = false;    // the experts' matrices are fc1 and fc2
  bool ownCaches = false;           // make_cache: --max-kv-size has no effect
  bool rotates = false;             // windowed layers have rotating caches; else they keep everything
};

// Modules with a to_quantized: Linears, embeddings and expert stacks, routers where their class makes a Linear of them.
bool mlxConverts(const Model& model, const Tensor& tensor);
bool mlxEightBit(const Model& model, const Tensor& tensor);
// Modules that mlx_lm.lora puts adapters beside where no keys are named (tuner/utils.py linear_to_lora_layers, 0.32).
bool mlxAdapts(const Model& model, const Tensor& tensor);

// Bits of a recipe of mlx_lm.convert --quant-predicate ("mixed_4_6"); none for a name that is not known.
struct MlxRecipe {
  std::string_view name;
  int low = 4, high = 6;
};
const MlxRecipe* mlxRecipe(std::string_view name);
// Whether a recipe gives the module of this layer its high bits.
bool mlxTakesHighBits(const Model& model, const Tensor& tensor, std::size_t layer);

}  // namespace headroom
