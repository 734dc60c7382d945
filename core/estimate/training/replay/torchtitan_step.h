// One training step of torchtitan's Llama 3 on one device without sharding, run on a tape.
#pragma once

#include "core/estimate/training/replay/transformers_step.h"

namespace headroom::training {

StepAnswer replayTorchtitan(Tape& tape, Shapes& shapes, const StepQuestion& question);

}  // namespace headroom::training
