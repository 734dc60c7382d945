#include "core/estimate/training/replay/fused_linear_loss.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace headroom::training {
namespace {

constexpr What kChunk{"a chunk of logits", ComponentId::logits}, kLogits{"logits and loss", ComponentId::logits},
    kGradients{"gradients", ComponentId::gradients};

// Releases since which: logits are no longer widened; nor scaled into a copy; the head's gradient is summed through an
// fp32 copy of each chunk's part; it is summed in place, and one buffer serves all chunks.
constexpr int kNarrow = 500, kUnscaled = 504, kSummedWide = 602, kOneBuffer = 803;

// liger_kernel/ops/fused_linear_cross_entropy.py: a power of two of rows whose logits take what the hidden states take.
double rowsOf(double tokens, double hidden, double words) {
  const double parts = std::ceil(words / hidden);
  double rows = 1;
  while (rows < std::ceil(tokens / parts)) rows *= 2;
  return std::min(rows, tokens);
}

// One chunk after another; variables hold what the last one left until the next takes their place.
void passChunks(Tape& tape, const Var& x, const FusedHead& head) {
  const double hidden = tape.valueOf(head.hidden), tokens = x.extent().elements / hidden,
               words = tape.valueOf(head.vocabulary), rows = rowsOf(tokens, hidden, words);
  const bool casts = head.weight.width != head.compute;  // by autocast, for each product again
  const bool buffer = head.liger >= kOneBuffer && !casts && x.width() == head.compute;
  const Extent logits = tape.extent({head.vocabulary}, rows), part = tape.extent({head.hidden}, rows);
  const auto cast = [&](const Extent& extent, double width) {
    return width != head.compute ? tape.make(extent, head.compute, kChunk) : Var();
  };
  Var chunk, scaled;
  // Two chunks in a row show what any number of them takes.
  for (double i = 0; i < std::min(2.0, std::ceil(tokens / rows)); ++i) {
    if (!buffer || !chunk) {
      const Var narrow = cast(part, x.width()), matrix = cast(head.weight.extent, head.weight.width);
      chunk = tape.make(logits, head.compute, kChunk);
    }
    if (head.liger < kNarrow) {
      chunk = tape.make(logits, 4, kChunk);
      chunk = tape.make(logits, head.compute, kChunk);
    }
    if (head.liger < kUnscaled) scaled = tape.make(logits, head.compute, kChunk);
    if (!buffer) {
      Var matrix = head.weight.cast;
      if (!matrix) matrix = cast(head.weight.extent, head.weight.width);
      if (head.caches && head.weight.trains && casts) head.weight.cast = matrix;
      const Var gradient = tape.make(part, head.compute, kChunk);
    }
    if (!head.weight.trains) continue;
    if (head.liger < kSummedWide) {
      if (x.width() != head.compute) const Var wide = tape.make(logits, x.width(), kChunk);
    } else if (head.liger < kOneBuffer) {
      const Var narrow = cast(part, x.width());
      const Var product = tape.make(head.weight.extent, head.compute, kGradients);
      if (head.compute < 4) const Var wide = tape.make(head.weight.extent, 4, kGradients);
    }
  }
}

}  // namespace

Var fusedLinearLoss(Tape& tape, const Var& hiddenStates, FusedHead head) {
  Var gradient = tape.make(hiddenStates.extent(), hiddenStates.width(), kLogits);
  Var ofWeight;
  if (head.weight.trains) ofWeight = tape.make(head.weight.extent, head.weight.gradWidth, kGradients);
  {
    const Extent ids = tape.without(hiddenStates.extent(), head.hidden);
    const Var padded = tape.make(ids, 8, {"token ids"}), shifted = tape.make(ids, 8, {"token ids"});
    const Var losses = tape.make(ids, 4, kLogits), counted = tape.make(ids, 1, kLogits);
    passChunks(tape, hiddenStates, head);
  }
  Extent scalar;
  scalar.elements = scalar.count = 1;
  const Var loss = tape.make(scalar, 4, {"the loss itself"});
  if (!tape.recording()) return loss;
  Parameter* const weight = &head.weight;
  weight->sumsInPlace = true;
  return tape.custom(loss, hiddenStates, {}, [&tape, weight, gradient, ofWeight](Var incoming) mutable {
    incoming.reset();
    if (ofWeight) tape.accumulate(*weight, std::move(ofWeight));
    return std::move(gradient);
  });
}

}  // namespace headroom::training
