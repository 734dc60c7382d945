#include "core/estimate/training/replay/distributed_step.h"

#include <algorithm>
#include <utility>

#include "core/estimate/training/replay/optimizer_temporaries.h"
#include "core/estimate/training/replay/wrapped_model.h"

namespace headroom::training {
namespace {

constexpr What kIds{"token ids"}, kLogits{"logits and loss", ComponentId::logits};

class DistributedStep {
 public:
  DistributedStep(Tape& tape, Shapes& shapes, const StepQuestion& question)
      : t_(tape), q_(question), model_(tape, shapes, q_, static_cast<double>(question.model->layers()), true, true) {}

  DistributedAnswer run();

 private:
  void microBatch(bool last);
  void optimizerStep();

  Tape& t_;
  const StepQuestion q_;
  WrappedModel model_;
  DistributedAnswer answer_;
};

void DistributedStep::microBatch(bool last) {
  t_.phase(Phase::forward);
  model_.units().begin(last, last || q_.reducesEvery);
  if (q_.sharding == StepSharding::data_parallel)
    for (Parameter* p : model_.parameters()) p->streams = q_.bucketViews && (last || q_.reducesEvery);
  const Extent tokens = t_.extent({model_.model().tokens()});
  const Var ids = t_.make(tokens, 8, kIds), labels = t_.make(tokens, 8, kIds);
  Var logits = model_.forward(ids);
  Var loss;
  if (q_.fusedLoss) {
    loss = std::move(logits);
  } else {
    t_.phase(Phase::loss);
    loss = model_.model().loss(logits, labels);
    logits.reset();
  }
  t_.phase(Phase::backward);
  Extent scalar;
  scalar.elements = 1;
  t_.backward(loss, t_.make(scalar, 4, kLogits));
  t_.sealBackward();
  model_.units().endBackward();
}

void DistributedStep::optimizerStep() {
  t_.phase(Phase::step);
  const WrappedModel::Sizes sizes = model_.sizes();
  const double width = q_.storedWidth;
  answer_.atRest = sizes.held * width + (q_.sharding == StepSharding::data_parallel ? sizes.trained * width : 0);
  answer_.states = 2 * sizes.trained * q_.stateWidth;
  answer_.kept = model_.kept();
  holdOptimizerTemporaries(t_, q_, sizes);
}

DistributedAnswer DistributedStep::run() {
  // The second micro-batch finds what the first left, and so do all after it; the last differs in what it reduces.
  const int count = std::min(q_.microBatches, 3);
  for (int i = 0; i < count; ++i) microBatch(i == count - 1);
  optimizerStep();
  return answer_;
}

}  // namespace

DistributedAnswer replayDistributed(Tape& tape, Shapes& shapes, const StepQuestion& question) {
  DistributedStep step(tape, shapes, question);
  return step.run();
}

}  // namespace headroom::training
