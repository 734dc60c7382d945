// The passes of one rank of Megatron-Core whose layers are its own modules (the local specification, not
// TransformerEngine's), run on a tape.
#pragma once

#include "core/estimate/training/replay/transformers_step.h"

namespace headroom::training {

StepAnswer replayMegatron(Tape& tape, Shapes& shapes, const StepQuestion& question);

}  // namespace headroom::training
