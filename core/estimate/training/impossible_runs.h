// Training jobs that no run combines: groups that do not come out even, and ways that exclude each other.
#pragma once

#include "core/estimate/estimate_context.h"

namespace headroom::training {

void diagnoseImpossible(EstimateContext& context);

}  // namespace headroom::training
