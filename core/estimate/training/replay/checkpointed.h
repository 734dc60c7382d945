// A recomputed part of a forward pass (torch/utils/checkpoint.py, 2.13).
#pragma once

#include <functional>

#include "core/estimate/training/replay/tape.h"

namespace headroom::training {

// Runs `body` without recording and again in backward (its second argument tells which). Reentrant: CheckpointFunction
// holds the gradient and the recomputed result while it runs backward.
Var checkpointed(Tape& tape, const Var& x, bool reentrant, std::function<Var(const Var&, bool)> body);

}  // namespace headroom::training
