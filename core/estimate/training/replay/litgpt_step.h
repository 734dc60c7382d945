// One training step of LitGPT's finetuning and pretraining scripts on one device, run on a tape.
#pragma once

#include "core/estimate/training/replay/transformers_step.h"

namespace headroom::training {

// The second iteration: the script's variable still holds the logits of the first.
StepAnswer replayLitGpt(Tape& tape, Shapes& shapes, const StepQuestion& question);

}  // namespace headroom::training
