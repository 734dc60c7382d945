// One training step of one pipeline rank under torch's schedules, run on a tape.
#pragma once

#include "core/estimate/training/replay/distributed_step.h"

namespace headroom::training {

DistributedAnswer replayPipeline(Tape& tape, Shapes& shapes, const StepQuestion& question);

}  // namespace headroom::training
