// One training step of torchtune's recipes for one device, run on a tape.
#pragma once

#include "core/estimate/training/replay/transformers_step.h"

namespace headroom::training {

StepAnswer replayTorchtune(Tape& tape, Shapes& shapes, const StepQuestion& question);

}  // namespace headroom::training
