#include "core/estimate/training/replay/pipeline_step.h"

#include <algorithm>
#include <deque>
#include <map>
#include <utility>

#include "core/estimate/training/replay/optimizer_temporaries.h"
#include "core/estimate/training/replay/pipeline_schedule.h"
#include "core/estimate/training/replay/wrapped_model.h"

namespace headroom::training {
namespace {

constexpr What kIds{"token ids"}, kLogits{"logits and loss", ComponentId::logits},
    kReceive{"receive buffers", ComponentId::communication};

// torch/distributed/pipelining/stage.py, 2.13.
class PipelineStep {
 public:
  PipelineStep(Tape& tape, Shapes& shapes, const StepQuestion& question);
  DistributedAnswer run();

 private:
  struct Chunk {
    Chunk(Tape& tape, Shapes& shapes, const StepQuestion& question, double layers, bool first, bool last)
        : model(tape, shapes, question, layers, first, last) {}
    WrappedModel model;
    std::vector<Var> activations, gradients;  // receive buffers of all micro-batches
    struct Kept {
      Var input, output;
    };
    std::map<int, Kept> forwards;  // fwd_cache
    std::map<int, Var> losses;
  };
  void forward(Chunk& chunk, int microBatch);
  void backward(Chunk& chunk, int microBatch);
  bool firstRank() const { return q_.pipelineRank == 0; }
  bool lastRank() const { return q_.pipelineRank == q_.pipelineRanks - 1; }

  Tape& t_;
  const StepQuestion q_;
  std::deque<Chunk> chunks_;
  Var ids_, targets_, output_, sent_;
  double kept_ = 0;
};

PipelineStep::PipelineStep(Tape& tape, Shapes& shapes, const StepQuestion& question) : t_(tape), q_(question) {
  const int stages = q_.pipelineRanks * q_.chunksPerRank;
  const double layers = static_cast<double>(q_.model->layers() / stages);
  for (int i = 0; i < q_.chunksPerRank; ++i) {
    const int stage = q_.pipelineRank + i * q_.pipelineRanks;
    chunks_.emplace_back(tape, shapes, q_, layers, stage == 0, stage == stages - 1);
  }
}

void PipelineStep::forward(Chunk& c, int microBatch) {
  t_.phase(Phase::forward);
  const auto at = static_cast<std::size_t>(microBatch);
  Var input = c.model.model().first() ? ids_ : t_.leaf(c.activations[at]);
  output_ = c.model.forward(input);
  if (kept_ == 0) kept_ = c.model.kept();
  t_.phase(Phase::loss);
  c.forwards[microBatch] = {std::move(input), output_};
  if (c.model.model().last()) c.losses[microBatch] = c.model.model().loss(output_, targets_);
}

void PipelineStep::backward(Chunk& c, int microBatch) {
  t_.phase(Phase::backward);
  const Chunk::Kept kept = std::move(c.forwards[microBatch]);
  c.forwards.erase(microBatch);
  if (c.model.model().last()) {
    Extent scalar;
    scalar.elements = 1;
    t_.backward(c.losses[microBatch], t_.make(scalar, 4, kLogits));
  } else {
    t_.backward(kept.output, c.gradients[static_cast<std::size_t>(microBatch)]);
  }
  t_.sealBackward();
  c.model.units().endBackward();
  if (!c.model.model().first()) sent_ = t_.gradientOf(kept.input);
}

DistributedAnswer PipelineStep::run() {
  t_.phase(Phase::forward);
  const double all = q_.microBatches;
  const Extent tokens = t_.scaled(t_.extent({chunks_[0].model.model().tokens()}), all);
  if (firstRank()) ids_ = t_.make(tokens, 8, kIds);
  if (lastRank()) targets_ = t_.make(tokens, 8, kIds);
  // Buffers for all micro-batches at once, whether they are replayed one by one or not.
  for (Chunk& c : chunks_) {
    for (int i = 0; i < q_.microBatches; ++i) {
      const Extent hidden = c.model.model().hiddenStates();
      if (!c.model.model().first()) c.activations.push_back(t_.make(hidden, q_.computeWidth, kReceive));
      if (!c.model.model().last()) c.gradients.push_back(t_.make(hidden, q_.computeWidth, kReceive));
    }
    c.model.units().begin(false, false);
  }
  // What is sent back is held until the next gradient has been made, by the other schedules until the next action. With
  // several chunks every action is a function of its own (_perform_action), which lets go of the logits when it ends.
  const bool holdsSent = q_.schedule == PipelineSchedule::one_forward_one_backward;
  const bool holdsOutput = holdsSent || q_.schedule == PipelineSchedule::gpipe;
  for (const PipelineAction& action : pipelineActions(q_)) {
    if (!holdsSent) sent_.reset();
    if (!holdsOutput) output_.reset();
    Chunk& c = chunks_[static_cast<std::size_t>(action.chunk)];
    if (action.forward)
      forward(c, action.microBatch);
    else
      backward(c, action.microBatch);
  }
  for (Chunk& c : chunks_) c.model.units().reduceAll();

  t_.phase(Phase::step);
  output_.reset(), sent_.reset();
  DistributedAnswer answer;
  WrappedModel::Sizes sizes;
  for (Chunk& c : chunks_) {
    const WrappedModel::Sizes part = c.model.sizes();
    sizes.held += part.held, sizes.trained += part.trained, sizes.largest = std::max(sizes.largest, part.largest);
  }
  answer.atRest = sizes.held * q_.storedWidth;
  answer.states = 2 * sizes.trained * q_.stateWidth;
  answer.kept = kept_;
  holdOptimizerTemporaries(t_, q_, sizes);
  return answer;
}

}  // namespace

DistributedAnswer replayPipeline(Tape& tape, Shapes& shapes, const StepQuestion& question) {
  PipelineStep step(tape, shapes, question);
  return step.run();
}

}  // namespace headroom::training
