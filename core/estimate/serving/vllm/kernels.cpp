#include "core/estimate/serving/vllm/kernels.h"

namespace headroom {
namespace {

using enum NumberFormat;

constexpr std::string_view kQuantization =
    "vllm/model_executor/layers/quantization: get_min_capability (0.6 to 0.33); Marlin on Turing PR 29901";

constexpr KernelNeed kWeights[] = {
    {.formats = {fp8, fp8_block, int4}, .least = 8.0, .before = "0.14", .source = kQuantization},
    {.formats = {fp8, fp8_block, int4}, .least = 7.5, .since = "0.14", .source = kQuantization},
    {.formats = {nvfp4}, .least = 10.0, .before = "0.9", .source = kQuantization},
    {.formats = {nvfp4}, .least = 8.0, .since = "0.9", .before = "0.14", .source = kQuantization},
    {.formats = {nvfp4}, .least = 7.5, .since = "0.14", .source = kQuantization},
    {.formats = {mxfp4}, .least = 8.0, .source = kQuantization},
    {.formats = {mxfp8, awq_int4, int8}, .least = 7.5, .source = kQuantization},
    {.formats = {nf4, nf4_dq, fp4, bnb_int8},
     .since = "0.28",
     .certain = false,
     .source = "bitsandbytes became a plugin: PR 43529 (2026-08-09)"},
    {.formats = {q4_0,  q4_1,  q5_0,    q5_1,   q8_0,  q8_1,    q2_k,  q3_k,   q4_k,   q5_k,  q6_k, q8_k,
                 iq1_s, iq1_m, iq2_xxs, iq2_xs, iq2_s, iq3_xxs, iq3_s, iq4_nl, iq4_xs, tq1_0, tq2_0},
     .since = "0.24",
     .certain = false,
     .source = "GGUF became a plugin: PR 39612 (2026-06-12)"},
};

constexpr std::string_view kLatent =
    "vllm/v1/attention/backends/mla: supported_kv_cache_dtypes, supports_compute_capability (0.14.1 to 0.33)";
constexpr std::string_view kPlain =
    "vllm/v1/attention/backends/{flash_attn,flashinfer,triton_attn}.py: supports_kv_cache_dtype, "
    "supports_compute_capability (0.14.1 to 0.33)";
constexpr std::string_view kNvfp4 =
    "vllm/v1/attention/backends/flashinfer.py: nvfp4 not yet (0.20.2), trtllm-gen alone (0.22.1 to 0.28), "
    "_nvfp4_kv_on_fa2 (0.33)";
constexpr std::string_view kWords = "vllm/config/cache.py CacheDType: the word came with PR 38378, int4 with PR 40835";

constexpr KernelNeed kCaches[] = {
    {.formats = {fp8},
     .layers = KernelsOf::latent,
     .before = "0.10",
     .source = "vllm/v1/attention/backends/mla: \"with FP8 KV cache not yet supported\" (0.8.5, 0.9.2)"},
    {.formats = {fp8}, .layers = KernelsOf::latent, .least = 9.0, .since = "0.10", .before = "0.20", .source = kLatent},
    {.formats = {fp8}, .layers = KernelsOf::latent, .least = 8.9, .since = "0.20", .source = kLatent},
    {.formats = {fp8}, .layers = KernelsOf::plain, .least = 7.5, .since = "0.11", .before = "0.24", .source = kPlain},
    {.formats = {fp8}, .layers = KernelsOf::plain, .least = 8.0, .since = "0.24", .source = kPlain},
    {.formats = {fp8_token_head, int8_token_head}, .before = "0.20", .source = kWords},
    {.formats = {int4_token_head}, .before = "0.25", .source = kWords},
    {.formats = {fp8_token_head, int8_token_head, int4_token_head}, .layers = KernelsOf::latent, .source = kLatent},
    {.formats = {fp8_token_head, int8_token_head, int4_token_head}, .layers = KernelsOf::sparse, .source = kLatent},
    {.formats = {fp8_token_head}, .least = 8.9, .source = kPlain},
    {.formats = {nvfp4},
     .layers = KernelsOf::latent,
     .source = "vllm/config/vllm.py: nvfp4 is not for latent attention (0.33)"},
    {.formats = {nvfp4}, .before = "0.21", .source = kNvfp4},
    {.formats = {nvfp4}, .least = 10.0, .beyond = 12.0, .since = "0.21", .before = "0.29", .source = kNvfp4},
    {.formats = {nvfp4}, .least = 8.0, .since = "0.29", .source = kNvfp4},
    {.formats = {fp8_ds_mla}, .layers = KernelsOf::plain, .source = kLatent},
};

constexpr KernelNeed kAttention[] = {
    {.formats = {}, .layers = KernelsOf::sparse, .least = 9.0, .beyond = 12.0, .before = "0.21", .source = kLatent},
    {.formats = {}, .layers = KernelsOf::sparse, .least = 9.0, .since = "0.21", .source = kLatent},
    // The first engine ran Volta by XFormers; whether Triton still compiles for it differs by what is installed.
    {.formats = {}, .least = 7.5, .since = "0.11", .certain = false, .source = kPlain},
};

}  // namespace

const EngineKernels kVllmKernels{
    .device = 7.0,
    .source = "docs.vllm.ai installation/gpu: compute capability 7.0 or higher (0.8.5)",
    .weights = kWeights,
    .caches = kCaches,
    .attention = kAttention,
};

}  // namespace headroom
