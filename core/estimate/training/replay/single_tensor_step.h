// An optimizer's loop over its parameters, one at a time (torch/optim/adamw.py, _single_tensor_adamw, 2.13): of each
// the root of its second moment and that scaled, while the variable still holds what it made of the parameter before.
#pragma once

#include <algorithm>

#include "core/estimate/training/replay/step_question.h"
#include "core/estimate/training/replay/tape.h"

namespace headroom::training {

struct OneByOne {
  double most = 0;    // elements at once
  double before = 0;  // of the parameter before

  void add(const Parameter& parameter) {
    const double size = parameter.extent.elements / parameter.pieces * parameter.stateShare;
    if (parameter.pieces > 1) before = std::max(before, size);
    most = std::max(most, before + 2 * size);
    before = size;
  }
};

// Bytes that torch's own optimizers make in a step: foreach kernels of `all` trained elements at once, AdamW's loop of
// one parameter after another.
inline double stepTemporaries(const StepQuestion& q, double all, const OneByOne& loop) {
  const bool adamw = q.optimizer == StepOptimizer::adamw;
  if ((adamw || q.optimizer == StepOptimizer::foreach) && q.loop == StepLoop::foreach)
    return all * q.stateWidth * q.stepTensors;
  return adamw && q.loop == StepLoop::each ? loop.most * q.stateWidth : 0;
}

}  // namespace headroom::training
