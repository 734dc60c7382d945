// One training step of Hugging Face Transformers' model classes under its Trainer, run on a tape.
#pragma once

#include "core/estimate/training/replay/shapes.h"
#include "core/estimate/training/replay/step_question.h"
#include "core/estimate/training/replay/tape.h"

namespace headroom::training {

struct StepAnswer {
  double kept = 0;  // bytes that one layer (of the middle) leaves alive after its forward
  double parametersTrained = 0;
};

StepAnswer replayTransformers(Tape& tape, Shapes& shapes, const StepQuestion& question);

}  // namespace headroom::training
