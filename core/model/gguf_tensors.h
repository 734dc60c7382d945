// The tensors of a GGUF file as llama.cpp's converter writes them from a checkpoint: fused, split and transposed ones,
// key and value halves of latent attention, experts stacked into one tensor, rope factors it adds.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "core/model/model.h"

namespace headroom {

// What a tensor is to the quantization mix (llama.cpp src/llama-quant.cpp, tensor_category, 2026-08).
enum class GgufCategory : std::uint8_t {
  other,
  token_embd,
  output,
  attn_q,
  attn_k,
  attn_v,
  attn_qkv,
  attn_kv_b,
  attn_output,
  ffn_up,
  ffn_gate,
  ffn_down
};

struct GgufTensor {
  std::string_view name;             // without "blk.N.": "attn_q.weight"; a literal
  std::array<std::int64_t, 3> ne{};  // ne[0] is contiguous; unused dimensions are 1
  GgufCategory category = GgufCategory::other;
  bool quantizable = false;                  // false: fp32 in every file type
  NumberFormat stored = NumberFormat::fp16;  // as the source file stores it
  std::int32_t from =
      -1;  // index of the checkpoint's tensor in its layer (or Model::globals); −1: made by the converter
  std::int64_t elements() const { return ne[0] * ne[1] * ne[2]; }
};

// One kind of block and its tensors in the order in which the quantizer meets them (by name).
struct GgufBlock {
  std::size_t kind = 0;    // index of Model::kinds
  bool nextToken = false;  // a multi-token-prediction block that the converter keeps as a last layer
  std::vector<GgufTensor> tensors;
  const GgufTensor* find(std::string_view name) const;
};

struct GgufInventory {
  std::string_view architecture;  // general.architecture: "llama"; empty where llama.cpp has none for the family
  std::vector<GgufBlock> blocks;
  std::vector<std::uint8_t> order;  // index of blocks, layer by layer
  std::vector<GgufTensor> globals;  // token_embd, output_norm, output, rope factors, …
  bool tied = false;                // no output.weight: the embedding serves as head
  std::int64_t experts = 0;
  std::int64_t gqa = 1;   // query heads per key head of the first layer; 0 where it has no attention
  bool seventyB = false;  // llama.cpp's model type 70B, which the mix knows by its layer count

  std::int64_t layers() const { return static_cast<std::int64_t>(order.size()); }
  const GgufBlock& block(std::size_t layer) const { return blocks[order[layer]]; }
  const GgufTensor* global(std::string_view name) const;
};

// latentHalves: latent attention's kv_b is stored as k_b and v_b (converters since 2025-04); otherwise whole.
// nextToken: with the next-token blocks that llama.cpp can draft with, where the model has any.
GgufInventory ggufInventory(const Model& model, bool latentHalves = true, bool nextToken = false);

// llama.cpp's architecture name of a Hugging Face model_type ("qwen3_moe": "qwen3moe"); empty for an unknown one.
std::string_view ggufArchitecture(std::string_view family);

}  // namespace headroom
