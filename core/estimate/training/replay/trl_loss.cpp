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
  const double rows = scored.extent().elements / t_.valueOf(hidden_);
  const double words = std::min(kTileWords, t_.valueOf(vocabulary_));
  Extent buffer, chunk, part;
  buffer.elements = buffer.count = std::min(rows, kTileTokens) * kTileWords;
  chunk.elements = chunk.count = std::min(rows, kTileTokens) * t_.valueOf(hidden_);
  part.elements = part.count = words * t_.valueOf(hidden_);
  return {t_.make(buffer, compute, kTile), scored.width() != compute ? t_.make(chunk, compute, kTile) : Var(),
          weight.width != compute ? t_.make(part, compute, kTile) : Var()};
}

Var Program::tiledLoss(const Var& hiddenStates) {
  const double share = q_.scoredShare > 0 ? q_.scoredShare : 1 - 1 / q_.context;
  Var scored = t_.apply({.extent = t_.scaled(hiddenStates.extent(), share),
                         .width = hiddenStates.width(),
                         .what = kLogits,
                         .inputs = {{&hiddenStates}},
                         .saved = {}});
  Parameter& weight = head_.matrix();
  const double compute = o_.autocast ? o_.compute : scored.width();
  { const std::array<Var, 3> pass = tiles(scored, weight, compute); }
  Extent scalar;
  scalar.elements = scalar.count = 1;
  const Var loss = t_.make(scalar, 4, kScalar);
  const Extent rows = statistic(scored, hidden_);
  const Var logSum = t_.make(rows, 4, kLogits);
  Parameter* const trained = &weight;
  const Var kept = t_.detach(scored);
  return t_.custom(loss, scored, {&kept, &logSum}, [this, trained, kept, compute](const Var&) {
    Var wide = t_.make(kept.extent(), 4, kLogits);
    Var ofWeight = trained->trains ? t_.make(trained->extent, 4, kGradients) : Var();
    const std::array<Var, 3> pass = tiles(kept, *trained, compute);
    Var narrow = wide;
    if (kept.width() < 4) narrow = t_.make(kept.extent(), kept.width(), {"gradients in flight"});
    if (trained->trains) {
      Var result = ofWeight;
      if (trained->gradWidth < 4) result = t_.make(trained->extent, trained->gradWidth, kGradients);
      ofWeight = std::move(result);
      trained->sumsInPlace = true;
      t_.accumulate(*trained, std::move(ofWeight));
    }
    return narrow;
  });
}

// The logits of both answers as outputs in fp32: what is chosen from them and their log-sums row by row.
Var Program::pairedLoss(const Var& hiddenStates) {
  Var wide;
  {
    Var logits = logitsOf(hiddenStates);
    t_.phase(Phase::loss);
    wide = o_.cast(capped(std::move(logits)), 4, kLogits);
  }
  const double whole = wide.extent().elements * 4;
  const Extent rows = t_.extent({n_});
  const Var chosen =
      t_.apply({.extent = rows, .width = 4, .what = kLogits, .inputs = {{&wide}}, .saved = {&wide}, .work = whole});
  const Var logSum =
      t_.apply({.extent = rows, .width = 4, .what = kLogits, .inputs = {{&wide}}, .saved = {&wide}, .work = whole});
  const Var perToken = o_.add(chosen, logSum, kLogits);
  Extent scalar;
  scalar.elements = scalar.count = 1;
  return t_.apply({.extent = scalar, .width = 4, .what = kScalar, .inputs = {{&perToken}}, .saved = {}});
}

}  // namespace headroom::training::transformers
