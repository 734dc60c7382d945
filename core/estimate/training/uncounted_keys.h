// Keys of a step that the replayed programs alone read.
#pragma once

#include "core/estimate/estimate_context.h"

namespace headroom::training {

// Of a step that the closed forms account for: each such key that was asked for, has its place in the job and is not
// what the training code does by itself is not counted. Says so, and takes the verdict's plainness.
void sayUncounted(EstimateContext& context);

}  // namespace headroom::training
