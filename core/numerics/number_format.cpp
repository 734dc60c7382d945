#include "core/numerics/number_format.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cctype>
#include <cmath>
#include <string>

namespace headroom {
namespace {

constexpr std::string_view kIeee = "IEEE 754-2019, binary interchange formats";
constexpr std::string_view kBf16 = "https://cloud.google.com/tpu/docs/bfloat16";
constexpr std::string_view kFp8 = "FP8 formats for deep learning, https://arxiv.org/abs/2209.05433";
constexpr std::string_view kQlora = "QLoRA, https://arxiv.org/abs/2305.14314 section 3";
constexpr std::string_view kAwq =
    "AWQ, https://arxiv.org/abs/2306.00978; group size 128 as in its released checkpoints";
constexpr std::string_view kGptq =
    "GPTQ, https://arxiv.org/abs/2210.17323; group size 128 as in its released checkpoints";
constexpr std::string_view kBnb8 = "LLM.int8(), https://arxiv.org/abs/2208.07339 section 3.2";
constexpr std::string_view kMx = "OCP Microscaling Formats (MX) v1.0, section 5";
constexpr std::string_view kNvfp4 =
    "NVIDIA NVFP4: 16 elements share one e4m3 scale, "
    "https://developer.nvidia.com/blog/introducing-nvfp4-for-efficient-and-accurate-low-precision-inference/";
constexpr std::string_view kTokenHead =
    "vllm/v1/kv_cache_interface.py AttentionSpec.page_size_bytes: one fp32 per token and head (0.22)";
constexpr std::string_view kLatent =
    "vllm/v1/kv_cache_interface.py MLAAttentionSpec: 656 bytes a token, of rank 512 and rotary width 64 (0.11)";
constexpr std::string_view kTwos = "two's complement integers";
constexpr std::string_view kGgml = "ggml block layouts, ggml/src/ggml-common.h (ggml 0.20.2)";

using F = NumberFormat;
// In the order of the enumeration, so that info() is an index.
constexpr std::array<FormatInfo, kNumberFormatCount> kFormats{{
    {F::fp64, "fp64", "fp64", 8, 1, kIeee},
    {F::fp32, "fp32", "fp32", 4, 1, kIeee},
    {F::fp16, "fp16", "fp16", 2, 1, kIeee},
    {F::bf16, "bf16", "bf16", 2, 1, kBf16},
    {F::fp8, "fp8", "fp8 (e4m3)", 1, 1, kFp8},
    {F::fp8_block, "fp8-block", "fp8, 128 × 128 blocks", 1, 1,
     "DeepSeek-V3, https://arxiv.org/abs/2412.19437 section 3.3"},
    {F::int64, "int64", "int64", 8, 1, kTwos},
    {F::int32, "int32", "int32", 4, 1, kTwos},
    {F::int16, "int16", "int16", 2, 1, kTwos},
    {F::int8, "int8", "int8", 1, 1, kTwos},
    {F::int4, "int4", "int4", 1, 2, kTwos},
    {F::boolean, "bool", "bool", 1, 1, kTwos},
    {F::nf4, "nf4", "NF4", 36, 64, kQlora},
    {F::nf4_dq, "nf4-dq", "NF4, double quantized", 32 + 1 + 4.0 / 256, 64, kQlora},
    {F::fp4, "fp4", "fp4 (bitsandbytes)", 36, 64, kQlora},
    {F::awq_int4, "awq-int4", "AWQ int4", 64 + 2 + 0.5, 128, kAwq},
    {F::gptq_int4, "gptq-int4", "GPTQ int4", 64 + 2, 128, kGptq},
    {F::gptq_int8, "gptq-int8", "GPTQ int8", 128 + 2, 128, kGptq},
    {F::bnb_int8, "bnb-int8", "LLM.int8()", 1, 1, kBnb8},
    {F::mxfp4, "mxfp4", "MXFP4", 17, 32, kMx},
    {F::mxfp8, "mxfp8", "MXFP8", 33, 32, kMx},
    {F::nvfp4, "nvfp4", "NVFP4", 9, 16, kNvfp4},
    {F::fp8_token_head, "fp8_per_token_head", "fp8, a scale per token and head", 1, 1, kTokenHead},
    {F::int8_token_head, "int8_per_token_head", "int8, a scale per token and head", 1, 1, kTokenHead},
    {F::int4_token_head, "int4_per_token_head", "int4, a scale per token and head", 1, 2, kTokenHead},
    {F::fp8_ds_mla, "fp8_ds_mla", "fp8 latent, 16-bit rotary part", 1, 1, kLatent},
    {F::q4_0, "q4_0", "Q4_0", 18, 32, kGgml},
    {F::q4_1, "q4_1", "Q4_1", 20, 32, kGgml},
    {F::q5_0, "q5_0", "Q5_0", 22, 32, kGgml},
    {F::q5_1, "q5_1", "Q5_1", 24, 32, kGgml},
    {F::q8_0, "q8_0", "Q8_0", 34, 32, kGgml},
    {F::q8_1, "q8_1", "Q8_1", 36, 32, kGgml},
    {F::q2_k, "q2_k", "Q2_K", 84, 256, kGgml},
    {F::q3_k, "q3_k", "Q3_K", 110, 256, kGgml},
    {F::q4_k, "q4_k", "Q4_K", 144, 256, kGgml},
    {F::q5_k, "q5_k", "Q5_K", 176, 256, kGgml},
    {F::q6_k, "q6_k", "Q6_K", 210, 256, kGgml},
    {F::q8_k, "q8_k", "Q8_K", 292, 256, kGgml},
    {F::iq1_s, "iq1_s", "IQ1_S", 50, 256, kGgml},
    {F::iq1_m, "iq1_m", "IQ1_M", 56, 256, kGgml},
    {F::iq2_xxs, "iq2_xxs", "IQ2_XXS", 66, 256, kGgml},
    {F::iq2_xs, "iq2_xs", "IQ2_XS", 74, 256, kGgml},
    {F::iq2_s, "iq2_s", "IQ2_S", 82, 256, kGgml},
    {F::iq3_xxs, "iq3_xxs", "IQ3_XXS", 98, 256, kGgml},
    {F::iq3_s, "iq3_s", "IQ3_S", 110, 256, kGgml},
    {F::iq4_nl, "iq4_nl", "IQ4_NL", 18, 32, kGgml},
    {F::iq4_xs, "iq4_xs", "IQ4_XS", 136, 256, kGgml},
    {F::tq1_0, "tq1_0", "TQ1_0", 54, 256, kGgml},
    {F::tq2_0, "tq2_0", "TQ2_0", 66, 256, kGgml},
    {F::ggml_mxfp4, "ggml-mxfp4", "MXFP4 (ggml)", 17, 32, kGgml},
    {F::ggml_nvfp4, "ggml-nvfp4", "NVFP4 (ggml)", 36, 64, kGgml},
    {F::q1_0, "q1_0", "Q1_0", 18, 128, kGgml},
    {F::q2_0, "q2_0", "Q2_0", 18, 64, kGgml},
}};

struct Alias {
  std::string_view name;
  NumberFormat format;
};
// Spellings of torch, safetensors headers, vLLM and llama.cpp, in lower case.
constexpr Alias kAliases[] = {{"f64", F::fp64},
                              {"float64", F::fp64},
                              {"f32", F::fp32},
                              {"float32", F::fp32},
                              {"float", F::fp32},
                              {"f16", F::fp16},
                              {"float16", F::fp16},
                              {"half", F::fp16},
                              {"bfloat16", F::bf16},
                              {"f8_e4m3", F::fp8},
                              {"f8_e5m2", F::fp8},
                              {"float8_e4m3fn", F::fp8},
                              {"float8_e5m2", F::fp8},
                              {"fp8_e4m3", F::fp8},
                              {"fp8_e5m2", F::fp8},
                              {"fp8-e4m3", F::fp8},
                              {"fp8-per-tensor", F::fp8},
                              {"fp8_block", F::fp8_block},
                              {"i64", F::int64},
                              {"i32", F::int32},
                              {"i16", F::int16},
                              {"i8", F::int8},
                              {"u8", F::int8},
                              {"uint8", F::int8},
                              {"u64", F::int64},
                              {"u32", F::int32},
                              {"u16", F::int16},
                              {"f8_e8m0", F::int8},
                              {"boolean", F::boolean},
                              {"nf4_dq", F::nf4_dq},
                              {"awq", F::awq_int4},
                              {"gptq", F::gptq_int4},
                              {"llm.int8", F::bnb_int8},
                              {"bnb-nf4", F::nf4},
                              {"bnb-nf4-dq", F::nf4_dq},
                              {"bnb-fp4", F::fp4},
                              {"w8a8-int8", F::int8}};

std::string folded(std::string_view name) {
  std::string lower;
  for (char c : name.substr(0, 32)) lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (lower.starts_with("torch.")) lower.erase(0, 6);
  return lower;
}

constexpr std::int64_t blocks(std::int64_t n, std::int64_t block) {
  return n / block + (n % block != 0);
}

}  // namespace

const FormatInfo& info(NumberFormat format) {
  const FormatInfo& found = kFormats[static_cast<std::size_t>(format)];
  assert(found.format == format);
  return found;
}

std::span<const FormatInfo> allNumberFormats() {
  return kFormats;
}

double bytesPerElement(NumberFormat format) {
  const FormatInfo& f = info(format);
  return f.blockBytes / f.blockElements;
}

Bytes bytesFor(NumberFormat format, std::int64_t rows, std::int64_t columns) {
  const FormatInfo& f = info(format);
  const double r = static_cast<double>(rows), c = static_cast<double>(columns);
  const double body = r * static_cast<double>(blocks(columns, f.blockElements)) * f.blockBytes;
  switch (format) {
    case NumberFormat::fp8_block:  // one fp32 scale per 128 × 128 tile
      return toBytes(body + 4.0 * static_cast<double>(blocks(rows, 128)) * static_cast<double>(blocks(columns, 128)));
    case NumberFormat::bnb_int8:  // one fp32 absmax per output row
      return toBytes(body + 4.0 * r);
    case NumberFormat::nf4:
    case NumberFormat::fp4:
    case NumberFormat::nf4_dq: {
      // bitsandbytes packs a matrix as one row: two elements a byte, an absmax for 64 of them (functional.py
      // quantize_4bit, 0.45): in fp32, or in 8 bit with one fp32 for 256 of those.
      const double scales = std::ceil(r * c / 64);
      return toBytes(std::ceil(r * c / 2) +
                     (format == NumberFormat::nf4_dq ? scales + 4.0 * std::ceil(scales / 256) : 4.0 * scales));
    }
    case NumberFormat::awq_int4:
    case NumberFormat::gptq_int4:
    case NumberFormat::gptq_int8: {
      // The last group of a row is as short as the row: its scale is whole, its weights are not padded.
      const double weights = format == NumberFormat::gptq_int8 ? 1.0 : 0.5;
      const double scale = f.blockBytes - weights * f.blockElements;
      return toBytes(r * c * weights + r * static_cast<double>(blocks(columns, f.blockElements)) * scale);
    }
    default:
      return toBytes(body);
  }
}

std::optional<NumberFormat> numberFormat(std::string_view name) {
  const std::string lower = folded(name);
  for (const FormatInfo& f : kFormats)
    if (f.id == lower) return f.format;
  for (const Alias& a : kAliases)
    if (a.name == lower) return a.format;
  return std::nullopt;
}

bool isPlainFloat(NumberFormat format) {
  return format <= NumberFormat::bf16;
}

}  // namespace headroom
