// What SGLang stops at before it counts memory: checks of its server arguments, and kernels that a device lacks.
#pragma once

#include "core/estimate/estimate_context.h"

namespace headroom {

// chunk: tokens of a prompt at once.
void diagnoseSglangStart(EstimateContext& context, std::int64_t chunk);

}  // namespace headroom
