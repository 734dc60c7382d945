// What the layers of a stage keep of one micro-batch, summed over their kinds: line by line, and the largest block.
#pragma once

#include "core/estimate/training/run.h"

namespace headroom::training {

struct KeptSum {
  std::array<Factor, kKeptCount> perToken;  // bytes per token of all layers
  Factor perLayer;                          // bytes of all layers, whatever the tokens
  double perTokenBytes = 0;                 // the sum of perToken
};

struct StageActivations {
  KeptSum whole;      // without checkpointing
  KeptSum selective;  // with selective checkpointing, where that is asked for
  Factor block;       // the largest block, bytes per token
  Factor gradients;   // gradients alive at once in a block's backward, bytes per token
  Factor hidden;      // one hidden state, bytes per token
};

// `checkpointed` is the share of the layers that keep their input alone, taken evenly over the kinds. Enters what a
// layer of each kind keeps into the rank.
StageActivations stageActivations(const Run& run, Checkpointing checkpointing, double checkpointed);

}  // namespace headroom::training
