// One training step of one rank under DeepSpeed's ZeRO, run on a tape.
#pragma once

#include "core/estimate/training/replay/distributed_step.h"

namespace headroom::training {

// `question`: sharding zero1, zero2 or zero3, computeWidth of the weights, states in fp32.
DistributedAnswer replayZero(Tape& tape, Shapes& shapes, const StepQuestion& question);

// The same step for the allocator (the third stage).
void writeZero(Tape& tape, Shapes& shapes, const StepQuestion& question, StepStream& stream);

}  // namespace headroom::training
