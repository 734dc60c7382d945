#include "core/estimate/serving/tensorrt_llm/kernels.h"

namespace headroom {
namespace {

using enum NumberFormat;

constexpr std::string_view kMatrix =
    "https://nvidia.github.io/TensorRT-LLM/reference/support-matrix.html and reference/precision.html: hardware, and "
    "which formats each architecture has (0.12 to 1.2)";

constexpr KernelNeed kWeights[] = {
    {.formats = {fp8, fp8_block, mxfp8}, .least = 8.9, .source = kMatrix},
    {.formats = {nvfp4}, .least = 10.0, .source = kMatrix},
    {.formats = {mxfp4}, .least = 9.0, .certain = false, .source = kMatrix},
};
constexpr KernelNeed kCaches[] = {
    {.formats = {nvfp4}, .least = 10.0, .source = kMatrix},
    {.formats = {fp8}, .least = 8.9, .certain = false, .source = kMatrix},
};
constexpr KernelNeed kAttention[] = {
    {.formats = {}, .least = 8.0, .since = "1.0", .source = kMatrix},
};

}  // namespace

const EngineKernels kTensorRtLlmKernels{
    .device = 7.0, .source = kMatrix, .weights = kWeights, .caches = kCaches, .attention = kAttention};

}  // namespace headroom
