#include "core/estimate/training/replay/zero_step.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/estimate/training/replay/wrapped_model.h"
#include "core/estimate/training/replay/zero_buckets.h"

namespace headroom::training {
namespace {

constexpr What kIds{"token ids"}, kLogits{"logits and loss", ComponentId::logits};

// Buckets do not end where layers do: every layer is replayed.
StepQuestion layerByLayer(StepQuestion question) {
  question.explicitLayers = true;
  return question;
}

}  // namespace

DistributedAnswer replayZero(Tape& t, Shapes& shapes, const StepQuestion& question) {
  const StepQuestion q = layerByLayer(question);
  WrappedModel model(t, shapes, q, static_cast<double>(q.model->layers()), true, true);
  const bool third = q.sharding == StepSharding::zero3;
  std::unique_ptr<ZeroBuckets> buckets;
  if (!third) buckets = std::make_unique<ZeroBuckets>(t, q, model.parameters());
  Extent scalar;
  scalar.elements = 1;
  const int count = std::min(q.microBatches, 3);
  for (int i = 0; i < count; ++i) {
    t.phase(Phase::forward);
    model.units().begin(i == count - 1, true);
    if (buckets) buckets->begin(i == count - 1);
    const Extent tokens = t.extent({model.model().tokens()});
    const Var ids = t.make(tokens, 8, kIds), labels = t.make(tokens, 8, kIds);
    Var logits = model.forward(ids);
    Var loss;
    if (q.fusedLoss) {
      loss = std::move(logits);
    } else {
      t.phase(Phase::loss);
      loss = model.model().loss(logits, labels);
      logits.reset();
    }
    t.phase(Phase::backward);
    t.backward(loss, t.make(scalar, 4, kLogits));
    model.units().endBackward();
    if (buckets) buckets->endBackward();
  }
  DistributedAnswer answer;
  answer.kept = model.kept();
  double elements = 0, parts = 0, trained = 0, persistent = 0;
  for (const Parameter* p : model.parameters()) {
    elements += p->extent.elements;
    const double part = std::ceil(p->extent.elements / q.shardRanks);
    parts += part;
    if (p->trains) trained += part;
    if (p->extent.elements <= q.persistence) persistent += p->extent.elements;
  }
  t.phase(Phase::step);
  if (buckets) {
    answer.atRest = elements * q.computeWidth + buckets->partElements() * 4;
    answer.states = buckets->partElements() * 8;
    buckets->step();
    return answer;
  }
  // Shards, fp32 copies, the gradients' part and the bucket; small parameters stay gathered.
  answer.atRest = trained * (q.computeWidth + 4) + (parts + q.reduceBucket + persistent) * q.computeWidth;
  answer.states = trained * 8;
  const auto flat = [&](double width) {
    Extent extent;
    extent.elements = extent.count = trained;
    return t.make(extent, width, {"optimizer step", ComponentId::workspace});
  };
  const Var gradients = flat(4);
  if (q.loop == StepLoop::foreach) const Var roots = flat(4);
  return answer;
}

}  // namespace headroom::training
