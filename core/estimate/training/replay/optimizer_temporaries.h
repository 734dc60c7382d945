// What AdamW's step takes for a moment (torch/optim, 2.13): the foreach path makes the roots of all second moments at
// once, the loop two tensors of one parameter, the fused kernel none. Of a gradient that every tensor-parallel rank has
// whole each of them clones this rank's rows (torch/distributed/tensor/placement_types.py, _replicate_to_shard), beside
// which the fused kernel alone takes nothing larger.
#pragma once

#include "core/estimate/training/replay/step_question.h"
#include "core/estimate/training/replay/wrapped_model.h"

namespace headroom::training {

inline void holdOptimizerTemporaries(Tape& tape, const StepQuestion& question, const WrappedModel::Sizes& sizes) {
  Extent extent;
  if (question.loop == StepLoop::foreach) extent.elements = extent.count = sizes.trained;
  if (question.loop == StepLoop::each) extent.elements = extent.count = 2 * sizes.largest;
  if (question.loop == StepLoop::fused) extent.elements = extent.count = sizes.takenOut;
  const Var temporary = tape.make(extent, question.stateWidth, {"optimizer step", ComponentId::workspace});
}

}  // namespace headroom::training
