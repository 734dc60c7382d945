// TRL's losses. Since 1.15 the head is never multiplied as a whole: trl/kernels/chunked_logprob.py goes over tiles of
// 4096 tokens × 32768 words, in backward again, and sums the gradients in fp32. DPO until then holds the logits of both
// answers (trainer/dpo_trainer.py, concatenated_forward, 0.24).
#include <algorithm>
#include <array>
#include <cmath>

#include "core/estimate/training/replay/transformers_program.h"

namespace headroom::training::transformers {
namespace {

constexpr double kTileTokens = 4096, kTileWords = 32768;  // TOKEN_CHUNK_SIZE, _CHUNKED_LOGPROB_CHUNK_SIZE
constexpr What kTile{"a tile of logits", ComponentId::logits};

}  // namespace

// One pass over the head, tile by tile. What its function holds to its end: the buffer, and of fp32 operands under
// autocast the narrow parts of the last tile. A variable's next part is made before its last one goes; backward has a
// variable for the head's part as well.
std::array<Var, 3> Program::tiles(const Var& scored, const Parameter& weight, double compute, bool backward) {
  const double rows = scored.extent().elements / t_.valueOf(hidden_), words = t_.valueOf(vocabulary_);
  const auto made = [&](double elements) {
    Extent extent;
    extent.elements = extent.count = elements;
    return t_.make(extent, compute, kTile);
  };
  std::array<Var, 3> held{made(std::min(rows, kTileTokens) * kTileWords), {}, {}};
  // Two passes in a row show what any number of them takes, and the last is the smallest.
  const double tokenTiles = std::ceil(rows / kTileTokens), wordTiles = std::ceil(words / kTileWords);
  for (double i = std::max(0.0, tokenTiles - 3); i < tokenTiles; ++i) {
    if (scored.width() != compute) held[1] = made(std::min(kTileTokens, rows - i * kTileTokens) * t_.valueOf(hidden_));
    if (weight.width == compute) continue;
    for (double j = 0; j < wordTiles; ++j) {
      Var part = made(std::min(kTileWords, words - j * kTileWords) * t_.valueOf(hidden_));
      if (backward) held[2] = std::move(part);
    }
  }
  return held;
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
  { const std::array<Var, 3> pass = tiles(scored, weight, compute, false); }
  Extent scalar;
  scalar.elements = scalar.count = 1;
  const Var loss = t_.make(scalar, 4, kScalar);
  const Extent rows = t_.without(scored.extent(), hidden_);
  const Var logSum = t_.make(rows, 4, kLogits);
  Parameter* const trained = &weight;
  const Var kept = t_.detach(scored);
  return t_.custom(loss, scored, {&kept, &logSum}, [this, trained, kept, compute](const Var&) {
    Var wide = t_.make(kept.extent(), 4, kLogits);
    Var ofWeight = trained->trains ? t_.make(trained->extent, 4, kGradients) : Var();
    const std::array<Var, 3> pass = tiles(kept, *trained, compute, true);
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
