#include <algorithm>
#include <cmath>
#include <utility>

#include "core/estimate/training/replay/compact_block.h"

// The compact decoder's ends: embedding, rotary tables, logits and loss.
namespace headroom::training {
namespace {

using Keep = Operators::Keep;
constexpr What kStream{"hidden states"}, kLogits{"logits and loss", ComponentId::logits}, kRotary{"rotary embedding"};

}  // namespace

Var CompactModel::embed(const Var& ids) {
  Var x = t.apply({.extent = t.extent({n, hidden}),
                   .width = q_.computeWidth,
                   .what = kStream,
                   .inputs = {{nullptr, &embedding_}},
                   .saved = {&ids}});
  x = summed(std::move(x));
  // Reentrant checkpointing needs an input with a gradient; PEFT sees to it whenever it checkpoints.
  return q_.inputsRequireGrad ? t.leaf(x) : x;
}

Rotary CompactModel::rotary(double width) {
  const Extent extent = t.extent({length, headSize});
  return {t.make(extent, width, kRotary), t.make(extent, width, kRotary)};
}

Var CompactModel::logits(const Var& x) {
  const Var whole = gathered(x);
  Var result = product(shared(whole), head_, kLogits);
  if (!parallel_ || q_.lossParallel) return result;
  const Extent all = t.extent({n, vocabulary});
  const Var parts = t.make(all, result.width(), kLogits);
  return t.apply({.extent = all, .width = result.width(), .what = kLogits, .inputs = {{&result}}, .saved = {}});
}

// A fused linear cross entropy (Liger's scheme): chunks of rows, gradients made in forward.
Var CompactModel::fusedLoss(const Var& x) {
  const double rowsAll = t.valueOf(n), pieces = std::ceil(t.valueOf(vocabulary) / t.valueOf(hidden));
  double rows = 1;
  while (rows < std::ceil(rowsAll / pieces)) rows *= 2;
  rows = std::min(rows, rowsAll);
  Var gradient = t.make(x.extent(), x.width(), kLogits);
  Var weightGradient;
  if (head_.weight.trains)
    weightGradient = t.make(head_.weight.extent, head_.weight.gradWidth, {"gradients", ComponentId::gradients});
  {
    const Var losses = t.make(t.extent({n}), 4, kLogits);
    Extent chunk = t.extent({vocabulary}, rows), part = t.extent({hidden}, rows);
    Var logits;
    for (double at = 0; at < std::min(rowsAll, 3 * rows); at += rows) {
      logits = t.make(chunk, x.width(), kLogits);
      { const Var piece = t.make(part, x.width(), kLogits); }
      if (weightGradient) const Var piece = t.make(head_.weight.extent, head_.weight.gradWidth, kLogits);
    }
  }
  Extent scalar;
  scalar.elements = 1;
  const Var loss = t.make(scalar, 4, kLogits);
  if (!t.recording()) return loss;
  return t.custom(loss, x, {}, [this, gradient, weightGradient](Var incoming) mutable {
    incoming.reset();
    if (weightGradient) t.accumulate(head_.weight, std::move(weightGradient));
    return std::move(gradient);
  });
}

Var CompactModel::loss(Var logits, const Var& labels) {
  Var kept = labels;
  if (q_.shiftsLabels) {  // padded by one and shifted
    const Var padded = t.make(labels.extent(), 8, {"token ids"});
    kept = t.make(labels.extent(), 8, {"token ids"});
  }
  const Var wide = o.cast(logits, 4, kLogits);
  if (parallel_ && q_.lossParallel) return lossOfShards(wide, kept);
  const Var probabilities = o.unary(wide, Keep::result, kLogits);
  Extent scalar;
  scalar.elements = 1;
  return t.apply(
      {.extent = scalar, .width = 4, .what = kLogits, .inputs = {{&probabilities}}, .saved = {&probabilities, &kept}});
}

// loss_parallel (torch/distributed/tensor/parallel/loss.py, _log_softmax): maximum, shifted, exponents, sum.
// The gradient begins as zeros and meets the exponents.
Var CompactModel::lossOfShards(const Var& wide, const Var& labels) {
  Var probabilities;
  {
    const Var shifted = t.make(wide.extent(), 4, kLogits);
    { const Var exponents = t.make(wide.extent(), 4, kLogits); }
    probabilities = t.apply({.extent = wide.extent(),
                             .width = 4,
                             .what = kLogits,
                             .inputs = {{&wide, nullptr, Gradient::pass}},
                             .saved = {}});
  }
  Extent scalar;
  scalar.elements = 1;
  return t.apply({.extent = scalar,
                  .width = 4,
                  .what = kLogits,
                  .inputs = {{&probabilities}},
                  .saved = {&probabilities, &labels},
                  .work = wide.extent().elements * 4});
}

}  // namespace headroom::training
