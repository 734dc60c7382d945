// One training step on one rank of FSDP1, FSDP2, DDP or tensor parallelism, run on a tape.
#pragma once

#include "core/estimate/training/replay/shapes.h"
#include "core/estimate/training/replay/step_question.h"
#include "core/estimate/training/replay/step_stream.h"
#include "core/estimate/training/replay/tape.h"

namespace headroom::training {

struct DistributedAnswer {
  double atRest = 0;  // bytes of weights (and buckets) between steps, without optimizer states
  double states = 0;  // bytes of AdamW's states
  double kept = 0;    // growth from the beginning of one block to that of the next
};

DistributedAnswer replayDistributed(Tape& tape, Shapes& shapes, const StepQuestion& question);

// The same step for the allocator, on the streams that it uses (flat parameters, full sharding, replicas).
void writeDistributed(Tape& tape, Shapes& shapes, const StepQuestion& question, StepStream& stream);

}  // namespace headroom::training
