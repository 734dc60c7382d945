#include "core/estimate/serving/transformers/kernels.h"

namespace headroom {
namespace {

using enum NumberFormat;

// Where a quantizer writes tensors out in bf16 instead, what they take is not known here.
constexpr KernelNeed kWeights[] = {
    {.formats = {fp8_block},
     .least = 8.9,
     .before = "5.0",
     .source = "transformers quantizers/quantizer_finegrained_fp8.py: refuses (4.51 to 4.57)"},
    {.formats = {fp8_block},
     .least = 8.9,
     .since = "5.0",
     .certain = false,
     .source = "transformers quantizers/quantizer_finegrained_fp8.py: writes them out in bf16 (5.24)"},
    {.formats = {mxfp4},
     .least = 7.5,
     .certain = false,
     .source = "transformers quantizers/quantizer_mxfp4.py: writes them out in bf16 (4.57, 5.24)"},
};

}  // namespace

const EngineKernels kTransformersKernels{
    .device = 0, .source = "torch runs them all", .weights = kWeights, .caches = {}};

}  // namespace headroom
