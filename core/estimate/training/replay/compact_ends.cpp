#include <algorithm>
#include <cmath>
#include <utility>

#include "core/estimate/training/replay/compact_block.h"
#include "core/estimate/training/replay/fused_linear_loss.h"

// The compact decoder's ends: embedding, rotary tables, logits and loss.
namespace headroom::training {
namespace {

using Keep = Operators::Keep;
constexpr What kStream{"hidden states"}, kLogits{"logits and loss", ComponentId::logits}, kRotary{"rotary embedding"};

}  // namespace

Var CompactModel::embed(const Var& ids) {
  Var x = t_.apply({.extent = t_.extent({n_, hidden_}),
                    .width = q_.computeWidth,
                    .what = kStream,
                    .inputs = {{nullptr, &embedding_}},
                    .saved = {&ids}});
  x = summed(std::move(x));
  // Reentrant checkpointing needs an input with a gradient; PEFT sees to it whenever it checkpoints. What is made of a
  // view of a flat parameter that trains has one.
  return q_.inputsRequireGrad && !x.needsGrad() ? t_.leaf(x) : x;
}

Rotary CompactModel::rotary(double width) {
  const Extent extent = t_.extent({length_, headSize_});
  return {t_.make(extent, width, kRotary), t_.make(extent, width, kRotary)};
}

Var CompactModel::logits(const Var& x) {
  const Var whole = gathered(x);
  Var result = product(shared(whole), head_, kLogits);
  if (!parallel_ || q_.lossParallel) return result;
  const Extent all = t_.extent({n_, vocabulary_});
  const Var parts = t_.make(all, result.width(), kLogits);
  return t_.apply({.extent = all, .width = result.width(), .what = kLogits, .inputs = {{&result}}, .saved = {}});
}

// A fused linear cross entropy (Liger's scheme): chunks of rows, gradients made in forward.
Var CompactModel::fusedLoss(const Var& x) {
  Parameter& weight = head_.matrix();
  if (q_.liger > 0) return fusedLinearLoss(t_, x, {weight, hidden_, vocabulary_, q_.computeWidth, false, q_.liger});
  const double rowsAll = t_.valueOf(n_), pieces = std::ceil(t_.valueOf(vocabulary_) / t_.valueOf(hidden_));
  double rows = 1;
  while (rows < std::ceil(rowsAll / pieces)) rows *= 2;
  rows = std::min(rows, rowsAll);
  Var gradient = t_.make(x.extent(), x.width(), kLogits);
  Var weightGradient;
  if (weight.trains) weightGradient = t_.make(weight.extent, weight.gradWidth, {"gradients", ComponentId::gradients});
  {
    const Var losses = t_.make(t_.extent({n_}), 4, kLogits);
    Extent chunk = t_.extent({vocabulary_}, rows), part = t_.extent({hidden_}, rows);
    Var logits;
    for (double at = 0; at < std::min(rowsAll, 3 * rows); at += rows) {
      logits = t_.make(chunk, x.width(), kLogits);
      { const Var piece = t_.make(part, x.width(), kLogits); }
      if (weightGradient) const Var piece = t_.make(weight.extent, weight.gradWidth, kLogits);
    }
  }
  Extent scalar;
  scalar.elements = 1;
  const Var loss = t_.make(scalar, 4, kLogits);
  if (!t_.recording()) return loss;
  return t_.custom(loss, x, {}, [this, &weight, gradient, weightGradient](Var incoming) mutable {
    incoming.reset();
    if (weightGradient) t_.accumulate(weight, std::move(weightGradient));
    return std::move(gradient);
  });
}

Var CompactModel::upcast(const Var& logits) const {
  return o_.cast(logits, 4, kLogits);
}

Var CompactModel::loss(const Var& logits, const Var& labels) {
  Var kept = labels;
  if (q_.shiftsLabels) {  // padded by one and shifted
    const Var padded = t_.make(labels.extent(), 8, {"token ids"});
    kept = t_.make(labels.extent(), 8, {"token ids"});
  }
  const Var upcast = o_.cast(logits, 4, kLogits);
  // Transformers before 4.49 shifts the logits, which copies those of several sequences.
  const bool shifts = q_.shiftsLabels && q_.transformers < 44900 && q_.batch > 1;
  const Var wide =
      shifts ? o_.copied(o_.slice(upcast, t_.scaled(upcast.extent(), 1 - 1 / q_.context)), kLogits) : upcast;
  if (parallel_ && q_.lossParallel) return lossOfShards(wide, kept);
  const Var probabilities = o_.unary(wide, Keep::result, kLogits);
  Extent scalar;
  scalar.elements = 1;
  return t_.apply(
      {.extent = scalar, .width = 4, .what = kLogits, .inputs = {{&probabilities}}, .saved = {&probabilities, &kept}});
}

// loss_parallel (torch/distributed/tensor/parallel/loss.py, _log_softmax): maximum, shifted, exponents, sum.
// The gradient begins as zeros and meets the exponents.
Var CompactModel::lossOfShards(const Var& wide, const Var& labels) {
  Var probabilities;
  {
    const Var shifted = t_.make(wide.extent(), 4, kLogits);
    { const Var exponents = t_.make(wide.extent(), 4, kLogits); }
    probabilities = t_.apply({.extent = wide.extent(),
                              .width = 4,
                              .what = kLogits,
                              .inputs = {{&wide, nullptr, Gradient::pass}},
                              .saved = {}});
  }
  Extent scalar;
  scalar.elements = 1;
  return t_.apply({.extent = scalar,
                   .width = 4,
                   .what = kLogits,
                   .inputs = {{&probabilities}},
                   .saved = {&probabilities, &labels},
                   .work = wide.extent().elements * 4});
}

}  // namespace headroom::training
