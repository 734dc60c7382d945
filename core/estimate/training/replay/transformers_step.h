// One training step of Hugging Face Transformers' model classes under its Trainer, run on a tape.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "core/estimate/training/replay/shapes.h"
#include "core/estimate/training/replay/step_question.h"
#include "core/estimate/training/replay/step_stream.h"
#include "core/estimate/training/replay/tape.h"

namespace headroom::training {

// Bytes that one layer of a kind leaves alive after its forward pass, one pair per kind of layer.
struct StepAnswer {
  std::vector<std::pair<std::size_t, double>> kept;
};

StepAnswer replayTransformers(Tape& tape, Shapes& shapes, const StepQuestion& question);
// The same step layer by layer, for the allocator.
void writeTransformers(Tape& tape, Shapes& shapes, const StepQuestion& question, StepStream& stream);

}  // namespace headroom::training
