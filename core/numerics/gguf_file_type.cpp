#include "core/numerics/gguf_file_type.h"

#include <algorithm>
#include <cctype>

namespace headroom {
namespace {

using T = GgufFileType;
using N = NumberFormat;
// llama_ftype_get_default_type, llama.cpp src/llama-quant.cpp (2026-08).
constexpr GgufFileTypeInfo kTypes[] = {
    {T::F32, "F32", N::fp32},           {T::F16, "F16", N::fp16},
    {T::BF16, "BF16", N::bf16},         {T::Q8_0, "Q8_0", N::q8_0},
    {T::Q6_K, "Q6_K", N::q6_k},         {T::Q5_K_M, "Q5_K_M", N::q5_k},
    {T::Q5_K_S, "Q5_K_S", N::q5_k},     {T::Q5_1, "Q5_1", N::q5_1},
    {T::Q5_0, "Q5_0", N::q5_0},         {T::Q4_K_M, "Q4_K_M", N::q4_k},
    {T::Q4_K_S, "Q4_K_S", N::q4_k},     {T::Q4_1, "Q4_1", N::q4_1},
    {T::Q4_0, "Q4_0", N::q4_0},         {T::IQ4_NL, "IQ4_NL", N::iq4_nl},
    {T::IQ4_XS, "IQ4_XS", N::iq4_xs},   {T::MXFP4_MOE, "MXFP4_MOE", N::ggml_mxfp4},
    {T::NVFP4, "NVFP4", N::ggml_nvfp4}, {T::Q3_K_L, "Q3_K_L", N::q3_k},
    {T::Q3_K_M, "Q3_K_M", N::q3_k},     {T::Q3_K_S, "Q3_K_S", N::q3_k},
    {T::IQ3_M, "IQ3_M", N::iq3_s},      {T::IQ3_S, "IQ3_S", N::iq3_s},
    {T::IQ3_XS, "IQ3_XS", N::iq3_s},    {T::IQ3_XXS, "IQ3_XXS", N::iq3_xxs},
    {T::Q2_K, "Q2_K", N::q2_k},         {T::Q2_K_S, "Q2_K_S", N::q2_k},
    {T::IQ2_M, "IQ2_M", N::iq2_s},      {T::IQ2_S, "IQ2_S", N::iq2_xs},
    {T::IQ2_XS, "IQ2_XS", N::iq2_xs},   {T::IQ2_XXS, "IQ2_XXS", N::iq2_xxs},
    {T::Q2_0, "Q2_0", N::q2_0},         {T::TQ2_0, "TQ2_0", N::tq2_0},
    {T::TQ1_0, "TQ1_0", N::tq1_0},      {T::IQ1_M, "IQ1_M", N::iq1_m},
    {T::IQ1_S, "IQ1_S", N::iq1_s},      {T::Q1_0, "Q1_0", N::q1_0},
};

bool sameIgnoringCase(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) {
    return std::toupper(static_cast<unsigned char>(x)) == std::toupper(static_cast<unsigned char>(y));
  });
}

}  // namespace

std::span<const GgufFileTypeInfo> allGgufFileTypes() {
  return kTypes;
}

const GgufFileTypeInfo& info(GgufFileType type) {
  return *std::ranges::find(kTypes, type, &GgufFileTypeInfo::type);
}

std::optional<GgufFileType> ggufFileType(std::string_view name) {
  for (const GgufFileTypeInfo& t : kTypes)
    if (sameIgnoringCase(t.name, name)) return t.type;
  return std::nullopt;
}

}  // namespace headroom
