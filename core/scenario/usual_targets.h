// The modules that a training code gives adapters to where a scenario names none.
#pragma once

#include "core/model/model.h"
#include "core/scenario/training_codes.h"

namespace headroom {

// Nothing where the code does not say, or the model has no such projections. Lives as long as the program.
const Targets* targetsOf(const TrainingCodeRow* code, const Model& model);

}  // namespace headroom
