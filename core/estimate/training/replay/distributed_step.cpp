#include "core/estimate/training/replay/distributed_step.h"

#include <algorithm>
#include <utility>

#include "core/estimate/training/replay/optimizer_temporaries.h"
#include "core/estimate/training/replay/wrapped_model.h"

namespace headroom::training {
namespace {

class DistributedStep {
 public:
  DistributedStep(Tape& tape, Shapes& shapes, const StepQuestion& question)
      : t_(tape), q_(question), model_(tape, shapes, q_, static_cast<double>(question.model->layers()), true, true) {}

  DistributedAnswer run();
  void write(StepStream& stream);

 private:
  void microBatch(bool last);
  void optimizerStep();

  Tape& t_;
  const StepQuestion q_;
  WrappedModel model_;
  DistributedAnswer answer_;
  std::size_t backwardAt_ = 0;
};

void DistributedStep::microBatch(bool last) {
  t_.phase(Phase::forward);
  model_.units().begin(last, last || q_.reducesEvery);
  if (q_.sharding == StepSharding::data_parallel)
    for (Parameter* p : model_.parameters()) p->streams = q_.bucketViews && (last || q_.reducesEvery);
  backwardAt_ = model_.passes([this] {
    t_.sealBackward();
    model_.units().endBackward();
  });
}

void DistributedStep::optimizerStep() {
  t_.phase(Phase::step);
  const WrappedModel::Sizes sizes = model_.sizes();
  const double width = q_.storedWidth;
  answer_.atRest = sizes.held * width + (q_.sharding == StepSharding::data_parallel ? sizes.trained * width : 0);
  answer_.states = 2 * sizes.trained * q_.stateWidth;
  answer_.kept = model_.kept();
  if (!q_.statesOnHost) holdOptimizerTemporaries(t_, q_, sizes);
}

DistributedAnswer DistributedStep::run() {
  // The second micro-batch finds what the first left, and so do all after it; the last differs in what it reduces.
  const int count = std::min(q_.microBatches, 3);
  for (int i = 0; i < count; ++i) microBatch(i == count - 1);
  optimizerStep();
  return answer_;
}

// Every layer by itself, for the allocator; what is left goes with the step.
void DistributedStep::write(StepStream& stream) {
  const bool flat = q_.sharding == StepSharding::flat_parameters;
  if (flat) model_.load(stream.loading);
  double all = 0;
  for (const Parameter* p : model_.parameters()) all += p->lying(q_.computeWidth);
  const double share = model_.sizes().held / all;
  const auto whole = [](double bytes) { return static_cast<std::int64_t>(bytes); };
  std::vector<double> trained;
  for (const Parameter* p : model_.parameters()) {
    const double elements = p->lying(q_.computeWidth) * share;
    if (!flat) stream.weights.push_back(whole(elements * q_.storedWidth));
    if (p->packed) stream.weights.push_back(whole(p->extent.elements * q_.scaleWidth));  // on every rank
    if (!p->trains || q_.statesOnHost) continue;
    trained.push_back(elements);
    for (int i = 0; i < 2; ++i) stream.states.push_back(whole(elements * q_.stateWidth));
  }
  if (q_.sharding == StepSharding::data_parallel)
    stream.weights.push_back(whole(model_.sizes().trained * q_.storedWidth));
  t_.writeTo(&stream.events);
  const int count = std::min(q_.microBatches, 3);
  for (int i = 0; i < count; ++i) {
    microBatch(i == count - 1);
    if (i == 0) stream.backward = backwardAt_;
  }
  t_.phase(Phase::step);
  stream.optimizer = t_.written();
  if (q_.loop != StepLoop::foreach) return;
  std::vector<Var> roots;
  for (const double elements : trained) {
    Extent extent;
    extent.elements = extent.count = elements;
    roots.push_back(t_.make(extent, q_.stateWidth, {"optimizer step", ComponentId::workspace}));
  }
}

}  // namespace

void writeDistributed(Tape& tape, Shapes& shapes, const StepQuestion& question, StepStream& stream) {
  StepQuestion layerByLayer = question;
  layerByLayer.explicitLayers = true;
  DistributedStep step(tape, shapes, layerByLayer);
  step.write(stream);
}

DistributedAnswer replayDistributed(Tape& tape, Shapes& shapes, const StepQuestion& question) {
  DistributedStep step(tape, shapes, question);
  return step.run();
}

}  // namespace headroom::training
