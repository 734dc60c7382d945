#include "core/estimate/training/replay/zero_step.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/estimate/training/replay/wrapped_model.h"
#include "core/estimate/training/replay/zero_buckets.h"

namespace headroom::training {
namespace {

// Buckets do not end where layers do: every layer is replayed.
StepQuestion layerByLayer(StepQuestion question) {
  question.explicitLayers = true;
  return question;
}

class ZeroStep {
 public:
  ZeroStep(Tape& tape, Shapes& shapes, const StepQuestion& question)
      : t_(tape),
        q_(layerByLayer(question)),
        model_(tape, shapes, q_, static_cast<double>(q_.model->layers()), true, true) {
    if (q_.sharding != StepSharding::zero3) buckets_ = std::make_unique<ZeroBuckets>(t_, q_, model_.parameters());
  }

  DistributedAnswer run();
  void write(StepStream& stream);

 private:
  void microBatch(bool last);
  // The root of the second moment, and without foreach or a fused kernel what is divided by it.
  void holdRoots(double elements) {
    if (q_.loop == StepLoop::fused) return;
    const Var roots = flat(elements, 4);
    if (q_.loop == StepLoop::each) const Var divided = flat(elements, 4);
  }
  Var flat(double elements, double width) {
    Extent extent;
    extent.elements = extent.count = elements;
    return t_.make(extent, width, {"optimizer step", ComponentId::workspace});
  }
  // Of the weights a rank keeps its part of each.
  void count();
  // The third stage's step, group by group (stage3.py, _prepare_fp32_grad_for_sub_group; config.py: sub_group_size):
  // gradients in one piece, in fp32, and what the optimizer makes of them.
  void holdStep() {
    constexpr double kGroup = 1e9;
    const double group = std::min(trained_, kGroup);
    Var joined = flat(group, q_.computeWidth);
    const Var gradients = flat(group, 4);
    joined.reset();
    holdRoots(group);
  }

  Tape& t_;
  const StepQuestion q_;
  WrappedModel model_;
  std::unique_ptr<ZeroBuckets> buckets_;
  double elements_ = 0, parts_ = 0, trained_ = 0, persistent_ = 0;
  std::size_t backwardAt_ = 0;
};

void ZeroStep::microBatch(bool last) {
  t_.phase(Phase::forward);
  model_.units().begin(last, true);
  if (buckets_) buckets_->begin(last);
  backwardAt_ = model_.passes([this] {
    model_.units().endBackward();
    if (buckets_) buckets_->endBackward();
  });
}

void ZeroStep::count() {
  for (const Parameter* p : model_.parameters()) {
    elements_ += p->extent.elements;
    const double part = std::ceil(p->extent.elements / q_.shardRanks);
    parts_ += part;
    if (p->trains) trained_ += part;
    if (p->extent.elements <= q_.persistence) persistent_ += p->extent.elements;
  }
}

DistributedAnswer ZeroStep::run() {
  const int micro = std::min(q_.microBatches, 3);
  count();
  Extent small;
  small.elements = small.count = buckets_ ? 0 : persistent_;
  const Var gathered = t_.make(small, q_.computeWidth, {"small weights that stay gathered", ComponentId::weights});
  for (int i = 0; i < micro; ++i) microBatch(i == micro - 1);
  DistributedAnswer answer;
  answer.kept = model_.kept();
  t_.phase(Phase::step);
  if (buckets_) {
    answer.atRest = elements_ * q_.computeWidth + buckets_->partElements() * 4;
    answer.states = buckets_->partElements() * 8;
    buckets_->step();
    return answer;
  }
  // Shards, fp32 copies, the gradients' part and the bucket.
  answer.atRest = trained_ * (q_.computeWidth + 4) + (parts_ + q_.reduceBucket) * q_.computeWidth;
  answer.states = trained_ * 8;
  if (q_.statesOnHost) return answer;
  holdStep();
  return answer;
}

// The third stage for the allocator: what is held from the start on is whole (stage3.py: flat partitions, the bucket).
void ZeroStep::write(StepStream& stream) {
  count();
  const auto whole = [](double bytes) { return static_cast<std::int64_t>(bytes); };
  for (const Parameter* p : model_.parameters())
    stream.weights.push_back(whole(std::ceil(p->extent.elements / q_.shardRanks) * q_.computeWidth));
  for (const double held : {persistent_, q_.reduceBucket, q_.statesOnHost ? 0 : trained_})
    stream.weights.push_back(whole(held * q_.computeWidth));
  if (!q_.statesOnHost) stream.weights.push_back(whole(trained_ * 4));
  for (int i = 0; i < 2 && !q_.statesOnHost; ++i) stream.states.push_back(whole(trained_ * 4));
  t_.writeTo(&stream.events);
  const int micro = std::min(q_.microBatches, 3);
  for (int i = 0; i < micro; ++i) {
    microBatch(i == micro - 1);
    if (i == 0) stream.backward = backwardAt_;
  }
  t_.phase(Phase::step);
  stream.optimizer = t_.written();
  if (q_.statesOnHost) return;
  holdStep();
}

}  // namespace

DistributedAnswer replayZero(Tape& t, Shapes& shapes, const StepQuestion& question) {
  return ZeroStep(t, shapes, question).run();
}

void writeZero(Tape& tape, Shapes& shapes, const StepQuestion& question, StepStream& stream) {
  ZeroStep(tape, shapes, question).write(stream);
}

}  // namespace headroom::training
