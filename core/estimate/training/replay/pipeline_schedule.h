// The order in which a pipeline rank runs its micro-batches (torch/distributed/pipelining/schedules.py, 2.13).
#pragma once

#include <vector>

#include "core/estimate/training/replay/step_question.h"

namespace headroom::training {

struct PipelineAction {
  bool forward = true;
  int chunk = 0;       // of the model, on this rank
  int microBatch = 0;  // of that chunk
};

std::vector<PipelineAction> pipelineActions(const StepQuestion& question);

}  // namespace headroom::training
