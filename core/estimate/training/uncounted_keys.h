// Keys of a step that not every account of it reads.
#pragma once

#include <optional>

#include "core/estimate/estimate_context.h"
#include "core/estimate/training/replay/step_question.h"

namespace headroom::training {

// How a stage's step was accounted for: by the replay of a program, by formulas, or by formulas around replayed passes.
struct StepAccount {
  std::optional<StepCode> step, passes;
};

// Each such key that was asked for, has its place in the job and is not what the training code does by itself is not
// counted. Says so, and takes the verdict's plainness.
void sayUncounted(EstimateContext& context, const StepAccount& account);

}  // namespace headroom::training
