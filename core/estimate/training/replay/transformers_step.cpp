#include "core/estimate/training/replay/transformers_step.h"

#include "core/estimate/training/replay/transformers_program.h"

namespace headroom::training {

StepAnswer replayTransformers(Tape& tape, Shapes& shapes, const StepQuestion& question) {
  transformers::Program program(tape, shapes, question);
  StepAnswer answer;
  program.run(answer.kept);
  return answer;
}

void writeTransformers(Tape& tape, Shapes& shapes, const StepQuestion& question, StepStream& stream) {
  transformers::Program program(tape, shapes, question);
  program.write(stream);
  tape.writeTo(nullptr);
}

}  // namespace headroom::training
