#include "core/estimate/training/replay/transformers_step.h"

#include "core/estimate/training/replay/transformers_program.h"

namespace headroom::training {

StepAnswer replayTransformers(Tape& tape, Shapes& shapes, const StepQuestion& question) {
  transformers::Program program(tape, shapes, question);
  StepAnswer answer;
  program.run(answer.kept);
  return answer;
}

}  // namespace headroom::training
