// What vLLM stops at before it counts memory: checks of its configuration, and kernels that a device lacks.
#pragma once

#include "core/estimate/estimate_context.h"

namespace headroom {

void diagnoseVllmStart(EstimateContext& context);

}  // namespace headroom
