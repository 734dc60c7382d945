// GGUF file types: names for a mix of ggml tensor types over a model's tensors ("Q4_K_M"). The mix itself, which
// depends on every tensor's role, layer and shape, is core/model/gguf_mix.h.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/numerics/number_format.h"

namespace headroom {

// general.file_type of a GGUF header (llama.h, LLAMA_FTYPE_*, llama.cpp of 2026-08).
enum class GgufFileType : std::int16_t {
  F32 = 0,
  F16 = 1,
  Q4_0 = 2,
  Q4_1 = 3,
  Q8_0 = 7,
  Q5_0 = 8,
  Q5_1 = 9,
  Q2_K = 10,
  Q3_K_S = 11,
  Q3_K_M = 12,
  Q3_K_L = 13,
  Q4_K_S = 14,
  Q4_K_M = 15,
  Q5_K_S = 16,
  Q5_K_M = 17,
  Q6_K = 18,
  IQ2_XXS = 19,
  IQ2_XS = 20,
  Q2_K_S = 21,
  IQ3_XS = 22,
  IQ3_XXS = 23,
  IQ1_S = 24,
  IQ4_NL = 25,
  IQ3_S = 26,
  IQ3_M = 27,
  IQ2_S = 28,
  IQ2_M = 29,
  IQ4_XS = 30,
  IQ1_M = 31,
  BF16 = 32,
  TQ1_0 = 36,
  TQ2_0 = 37,
  MXFP4_MOE = 38,
  NVFP4 = 39,
  Q1_0 = 40,
  Q2_0 = 41,
};

struct GgufFileTypeInfo {
  GgufFileType type;
  std::string_view name;       // "Q4_K_M"
  NumberFormat defaultFormat;  // what a tensor gets where no rule says otherwise (llama-quant.cpp)
};

std::span<const GgufFileTypeInfo> allGgufFileTypes();
const GgufFileTypeInfo& info(GgufFileType type);

// The file type with this name, case-insensitive ("q4_k_m", "MXFP4"); nothing for an unknown one.
std::optional<GgufFileType> ggufFileType(std::string_view name);

}  // namespace headroom
