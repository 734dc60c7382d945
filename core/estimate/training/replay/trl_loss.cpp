// TRL's losses. Since 1.15 the head is never multiplied as a whole: trl/kernels/chunked_logprob.py goes over tiles of
// 4096 tokens × 32768 words, in backward again, and sums the gradients in fp32. DPO until then holds the logits of both
// answers (trainer/dpo_trainer.py, concatenated_forward, 0.24).
#include <algorithm>
#include <array>

#include "core/estimate/training/replay/transformers_program.h"

namespace headroom::training::transformers {
namespace {

constexpr double kTileTokens = 4096, kTileWords = 32768;  // TOKEN_CHUNK_SIZE, _CHUNKED_LOGPROB_CHUNK_SIZE
constexpr What kTile{"a tile of logits", ComponentId::logits};

}  // namespace

// The tiles of one pass over the head, which its function holds to its end: the buffer, and of fp32 operands under
// autocast their narrow parts.
std::array<Var, 3> Program::tiles(const Var& scored, const Parameter& weight, double compute) {
  const double rows = scored.extent().elements / t.valueOf(hidden);
  const double words = std::min(kTileWords, t.valueOf(vocabulary));
  Extent buffer, chunk, part;
  buffer.elements = buffer.count = std::min(rows, kTileTokens) * kTileWords;
  chunk.elements = chunk.count = std::min(rows, kTileTokens) * t.valueOf(hidden);
  part.elements = part.count = words * t.valueOf(hidden);
  return {t.make(buffer, compute, kTile), scored.width() != compute ? t.make(chunk, compute, kTile) : Var(),
          weight.width != compute ? t.make(part, compute, kTile) : Var()};
}

Var Program::tiledLoss(const Var& hiddenStates) {
  const double share = q_.scoredShare > 0 ? q_.scoredShare : 1 - 1 / q_.context;
  Var scored = t.apply({.extent = t.scaled(hiddenStates.extent(), share),
                        .width = hiddenStates.width(),
                        .what = kLogits,
                        .inputs = {{&hiddenStates}},
                        .saved = {}});
  Parameter& weight = head_.matrix();
  const double compute = o.autocast ? o.compute : scored.width();
  { const std::array<Var, 3> pass = tiles(scored, weight, compute); }
  Extent scalar;
  scalar.elements = scalar.count = 1;
  const Var loss = t.make(scalar, 4, kScalar);
  const Extent rows = statistic(scored, hidden);
  const Var logSum = t.make(rows, 4, kLogits);
  Parameter* const trained = &weight;
  const Var kept = t.detach(scored);
  return t.custom(loss, scored, {&kept, &logSum}, [this, trained, kept, compute](Var) {
    Var wide = t.make(kept.extent(), 4, kLogits);
    Var ofWeight = trained->trains ? t.make(trained->extent, 4, kGradients) : Var();
    const std::array<Var, 3> pass = tiles(kept, *trained, compute);
    Var narrow = wide;
    if (kept.width() < 4) narrow = t.make(kept.extent(), kept.width(), {"gradients in flight"});
    if (trained->trains) {
      Var result = ofWeight;
      if (trained->gradWidth < 4) result = t.make(trained->extent, trained->gradWidth, kGradients);
      ofWeight = std::move(result);
      trained->sumsInPlace = true;
      t.accumulate(*trained, std::move(ofWeight));
    }
    return narrow;
  });
}

// The logits of both answers as outputs in fp32: what is chosen from them and their log-sums row by row.
Var Program::pairedLoss(const Var& hiddenStates) {
  Var wide;
  {
    Var logits = logitsOf(hiddenStates);
    t.phase(Phase::loss);
    wide = o.cast(capped(std::move(logits)), 4, kLogits);
  }
  const double whole = wide.extent().elements * 4;
  const Extent rows = t.extent({n});
  const Var chosen =
      t.apply({.extent = rows, .width = 4, .what = kLogits, .inputs = {{&wide}}, .saved = {&wide}, .work = whole});
  const Var logSum =
      t.apply({.extent = rows, .width = 4, .what = kLogits, .inputs = {{&wide}}, .saved = {&wide}, .work = whole});
  const Var perToken = o.add(chosen, logSum, kLogits);
  Extent scalar;
  scalar.elements = scalar.count = 1;
  return t.apply({.extent = scalar, .width = 4, .what = kScalar, .inputs = {{&perToken}}, .saved = {}});
}

}  // namespace headroom::training::transformers
