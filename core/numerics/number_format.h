// Number formats: how many bytes N elements take, with the scales and zero points the format cannot do without.
// GGUF file types (Q4_K_M …) are mixes of formats over tensors, not formats: core/numerics/gguf_file_type.h.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/base/quantity.h"

namespace headroom {

enum class NumberFormat : std::uint8_t {
  fp64,
  fp32,
  fp16,
  bf16,
  fp8,        // e4m3, one fp32 scale per tensor or output channel (scheme decides)
  fp8_block,  // e4m3 with one fp32 scale per 128 × 128 block (DeepSeek-V3, arXiv 2412.19437 §3.3)
  int64,
  int32,
  int16,
  int8,
  int4,
  boolean,
  nf4,        // 4 bit + one fp32 absmax per 64 (QLoRA, arXiv 2305.14314 §3)
  nf4_dq,     // absmax itself in 8 bit per 256 plus fp32: 0.5158 bytes per element
  fp4,        // bitsandbytes fp4, as nf4
  awq_int4,   // 4 bit, group 128: fp16 scale and 4-bit zero point per group
  gptq_int4,  // 4 bit, group 128: fp16 scale per group (symmetric, as Marlin keeps it)
  gptq_int8,  // 8 bit, group 128
  bnb_int8,   // LLM.int8(): one fp32 per output row
  mxfp4,      // 4 bit + one e8m0 scale per 32 (OCP MX 1.0)
  mxfp8,      // 8 bit + one e8m0 scale per 32
  nvfp4,      // 4 bit + one e4m3 scale per 16
  // formats of caches alone
  fp8_token_head,   // one fp32 scale beside every head's vector of a token
  int8_token_head,  // the same
  int4_token_head,  // the same
  fp8_ds_mla,       // latent attention: 8-bit latent with an fp32 scale per 128, 16-bit rotary part
  // ggml tensor types: block formats of llama.cpp (ggml-common.h)
  q4_0,
  q4_1,
  q5_0,
  q5_1,
  q8_0,
  q8_1,
  q2_k,
  q3_k,
  q4_k,
  q5_k,
  q6_k,
  q8_k,
  iq1_s,
  iq1_m,
  iq2_xxs,
  iq2_xs,
  iq2_s,
  iq3_xxs,
  iq3_s,
  iq4_nl,
  iq4_xs,
  tq1_0,
  tq2_0,
  ggml_mxfp4,
  ggml_nvfp4,
  q1_0,
  q2_0,
};
constexpr std::size_t kNumberFormatCount = static_cast<std::size_t>(NumberFormat::q2_0) + 1;

// Storage of a format: `blockElements` consecutive elements of a row take `blockBytes`; a row is whole blocks.
// Per-row, per-tile and per-tensor scales come on top (bytesFor).
struct FormatInfo {
  NumberFormat format;
  std::string_view id;     // scenario spelling: "bf16", "nf4-dq", "q8_0"
  std::string_view label;  // "bf16", "NF4, double quantized"
  double blockBytes;       // exact; fractional only for nf4-dq's shared second-level scale
  std::int32_t blockElements;
  std::string_view source;
};

const FormatInfo& info(NumberFormat format);
std::span<const FormatInfo> allNumberFormats();

// Average bytes of one element in a large matrix, scales included: bf16 2, nf4 0.5625, q8_0 1.0625.
double bytesPerElement(NumberFormat format);

// Exact bytes of a rows × columns matrix (columns are contiguous): whole blocks per row plus row, tile and tensor
// scales.
Bytes bytesFor(NumberFormat format, std::int64_t rows, std::int64_t columns);

// The format with this spelling or a framework's alias ("f16", "float16", "torch.bfloat16", "F8_E4M3", "BF16"),
// case-insensitive; nothing for an unknown name.
std::optional<NumberFormat> numberFormat(std::string_view name);

// True for the plain float formats a tensor can be computed in (fp32, fp16, bf16, fp64).
bool isPlainFloat(NumberFormat format);

// True for formats in which engines keep keys and values and nothing else.
constexpr bool isCacheFormat(NumberFormat format) {
  return format >= NumberFormat::fp8_token_head && format <= NumberFormat::fp8_ds_mla;
}

// True for ggml's block formats (q4_0, q6_k, iq2_xs, …), which GGUF files hold.
constexpr bool isGgmlBlock(NumberFormat format) {
  return format >= NumberFormat::q4_0;
}

}  // namespace headroom
