// Whether a serving engine starts with so many ranks at all: heads and experts have to come out even.
#pragma once

#include "core/estimate/estimate_context.h"

namespace headroom {

void diagnoseGroups(EstimateContext& context);

}  // namespace headroom
