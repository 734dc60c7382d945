// Liger-Kernel's loss: head and cross entropy in one function, rows in chunks, whose gradients the forward pass makes.
#pragma once

#include "core/estimate/training/replay/tape.h"

namespace headroom::training {

struct FusedHead {
  Parameter& weight;
  std::uint8_t hidden = 0, vocabulary = 0;  // dims
  double compute = 2;                       // bytes per element of its products
  bool caches = false;                      // autocast keeps the weight's cast
  int liger = 0;                            // release: 0.8.3 is 803
};

Var fusedLinearLoss(Tape& tape, const Var& hiddenStates, FusedHead head);

}  // namespace headroom::training
