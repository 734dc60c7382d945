#include "core/estimate/serving/sglang/kernels.h"

namespace headroom {
namespace {

using enum NumberFormat;

constexpr std::string_view kQuantization =
    "sglang/srt/layers/quantization: get_min_capability, which the loader holds the device to (0.4.6 to 0.5.23)";

constexpr KernelNeed kWeights[] = {
    {.formats = {fp8, fp8_block, mxfp4}, .least = 8.0, .source = kQuantization},
    {.formats = {mxfp8}, .least = 10.0, .source = kQuantization},
    {.formats = {nvfp4}, .least = 10.0, .before = "0.5.11", .source = kQuantization},
    {.formats = {nvfp4}, .least = 8.0, .since = "0.5.11", .source = kQuantization},
    {.formats = {awq_int4}, .least = 8.0, .since = "0.5.5", .source = kQuantization},
};

constexpr std::string_view kWords = "sglang/srt/server_args.py --kv-cache-dtype: choices (0.4.0 to 0.5.18)";
constexpr std::string_view kEightBit =
    "Triton has no fp8e4nv before compute capability 8.9; which of SGLang's attentions is taken decides";

constexpr KernelNeed kCaches[] = {
    {.formats = {nvfp4, mxfp4}, .before = "0.5.5", .source = kWords},
    {.formats = {mxfp8}, .before = "0.5.16", .source = kWords},
    {.formats = {mxfp8}, .least = 10.0, .since = "0.5.16", .source = "sglang/srt/server_args.py (0.5.18)"},
    {.formats = {nvfp4}, .least = 10.0, .since = "0.5.5", .source = "sglang/srt/server_args.py (0.5.18)"},
    {.formats = {nvfp4, mxfp4, mxfp8},
     .layers = KernelsOf::sparse,
     .source = "sglang/srt/server_args.py: sparse latent attention takes bf16 and fp8_e4m3 (0.5.5 to 0.5.18)"},
    {.formats = {fp8}, .layers = KernelsOf::latent, .least = 8.9, .certain = false, .source = kEightBit},
    {.formats = {fp8}, .layers = KernelsOf::plain, .least = 8.0, .certain = false, .source = kEightBit},
};

constexpr KernelNeed kAttention[] = {
    {.formats = {},
     .layers = KernelsOf::sparse,
     .least = 9.0,
     .certain = false,
     .source = "sglang/srt/layers/attention/nsa: FlashMLA, FA3 and TRT-LLM kernels (0.5.5)"},
};

}  // namespace

const EngineKernels kSglangKernels{
    .device = 7.5,
    .source = "sglang/srt/model_executor/model_runner.py: \"SGLang only supports sm75 and above\" (0.4.6 to 0.5.18)",
    .weights = kWeights,
    .caches = kCaches,
    .attention = kAttention,
};

}  // namespace headroom
