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

// concatenated_forward: the log-probabilities of both answers. Accelerate turns the outputs of an autocast forward pass
// into fp32, the hidden states among them; the narrow ones are there until that is done.
Var Program::answersOf(const Var& hiddenStates) {
  Var logits = logitsOf(hiddenStates);
  t_.phase(Phase::loss);
  logits = capped(std::move(logits));
  std::vector<Var> converted;
  if (q_.autocast) {
    logits = [&] {
      Var wide = o_.cast(logits, 4, kLogits);
      for (const auto& [state, times] : states_)
        converted.push_back(t_.make(t_.scaled(state.extent(), times), 4, kStream));
      return wide;
    }();
    forgetStates();
  }
  Var words;
  if (q_.learnsChosen) words = chosenLoss(logits);
  Var perToken = scoresOf(logits);
  if (words) perToken = o_.add(perToken, words, kLogits);
  { const Var mean = t_.make(t_.scaled(logits.extent(), q_.scoredShare / 2), logits.width(), kLogits); }
  forgetStates();
  return perToken;
}

// cross_entropy_loss of ORPOTrainer.concatenated_forward (0.24; trl/experimental/orpo, 1.16): the chosen half's logits,
// shifted and copied, in their own format.
Var Program::chosenLoss(const Var& logits) {
  const Var chosen = o_.slice(logits, t_.scaled(logits.extent(), 0.5));
  const Var scored = o_.copied(o_.slice(chosen, t_.scaled(chosen.extent(), 1 - 1 / q_.context)), kLogits);
  const Var logs = o_.unary(scored, Keep::result, kLogits);
  Extent scalar;
  scalar.elements = 1;
  return t_.apply({.extent = scalar, .width = 4, .what = kScalar, .inputs = {{&logs}}, .saved = {&logs}});
}

// selective_log_softmax (trainer/utils.py): of fp32 logits what is chosen and the log-sums, of narrow ones each
// sequence's log-softmax.
Var Program::scoresOf(const Var& logits) {
  Extent scalar;
  scalar.elements = 1;
  Var perToken;
  if (logits.width() == 4) {
    const double whole = logits.extent().elements * 4;
    const Extent rows = t_.without(logits.extent(), vocabulary_);
    const Var chosen = t_.apply(
        {.extent = rows, .width = 4, .what = kLogits, .inputs = {{&logits}}, .saved = {&logits}, .work = whole});
    const Var logSum = t_.apply(
        {.extent = rows, .width = 4, .what = kLogits, .inputs = {{&logits}}, .saved = {&logits}, .work = whole});
    perToken = o_.add(chosen, logSum, kLogits);
  } else {
    const Extent row = t_.scaled(logits.extent(), 1 / q_.batch),
                 rows = t_.scaled(t_.without(logits.extent(), vocabulary_), 1 / q_.batch);
    const Var sequences = o_.split(logits);
    Var soft;
    for (double i = 0; i < q_.batch; ++i) {
      soft = o_.unary(t_.view(sequences, row), Keep::result, kLogits);
      const Var chosen = t_.apply({.extent = rows,
                                   .width = soft.width(),
                                   .what = kLogits,
                                   .inputs = {{&soft}},
                                   .saved = {},
                                   .work = row.elements * soft.width()});
      perToken = perToken
                     ? t_.apply({.extent = scalar,
                                 .width = 4,
                                 .what = kScalar,
                                 .inputs = {{&perToken, nullptr, Gradient::pass}, {&chosen, nullptr, Gradient::pass}},
                                 .saved = {}})
                     : chosen;
    }
  }
  return perToken;
}

// GRPOTrainer (until 1.14), _get_per_token_logps_and_entropies: logits of the completions and of the token before them
// (logits_to_keep), over the temperature.
Var Program::scoredLoss(Var hiddenStates) {
  const double kept = q_.scoredShare + 1 / q_.context;
  Var logits = logitsOf(o_.slice(hiddenStates, t_.scaled(hiddenStates.extent(), std::min(kept, 1.0))));
  hiddenStates.reset();  // the model has returned
  t_.phase(Phase::loss);
  logits = capped(std::move(logits));
  if (q_.autocast) logits = o_.cast(logits, 4, kLogits);  // Accelerate's convert_outputs_to_fp32
  cache_.clear();
  dropCasts();
  logits = o_.unary(o_.slice(logits, t_.scaled(logits.extent(), q_.scoredShare / kept)), Keep::nothing, kLogits);
  const Var scores = scoresOf(logits);
  measured(logits);
  Extent scalar;
  scalar.elements = scalar.count = 1;
  return t_.apply({.extent = scalar, .width = 4, .what = kScalar, .inputs = {{&scores}}, .saved = {}});
}

void Program::forgetStates() {
  t_.dropWhole(true);
  states_.clear();
  t_.dropWhole(false);
}

// compute_ref_log_probs: the base without its adapters, or another model of its kind.
void Program::referencePass() {
  const bool recorded = t_.recording();
  t_.record(false);
  withoutAdapters_ = true, o_.caches = false;
  const std::array<Var, 3> tables{cos_, sin_, mask_};  // a recomputation will read them
  Var x = embedded();
  const Var inputsEmbeds = x;  // a local of the model's forward
  makeTables(x.width());
  for (Layer& layer : layers_) {
    if (q_.outputsStates) states_.emplace_back(x, 1);
    x = block(std::move(x), layer);
    // Of a layer that stands for several, what the others leave.
    if (q_.outputsStates && layer.times > 1)
      states_.emplace_back(t_.make(t_.scaled(x.extent(), layer.times - 1), x.width(), kStream), 1);
  }
  x = normed(x, finalNorm_, m_.layer(0));
  if (q_.outputsStates) states_.emplace_back(x, 1);
  cos_ = tables[0], sin_ = tables[1], mask_ = tables[2];
  if (q_.loss == StepLoss::tiled) {
    const Var scored = t_.make(t_.scaled(x.extent(), q_.scoredShare), x.width(), kLogits);
    x.reset();
    const std::array<Var, 3> pass = tiles(scored, head_.matrix(), o_.autocast ? o_.compute : scored.width(), false);
  } else {
    const Var answers = answersOf(x);
  }
  withoutAdapters_ = false, o_.caches = true;
  t_.record(recorded);
}

// DPOTrainer (until 1.14): the policy's answers, then the reference's.
Var Program::pairedLoss(const Var& hiddenStates) {
  const Var answers = answersOf(hiddenStates);
  dropCasts();  // autocast's context has ended
  if (q_.referencePass) referencePass();
  Extent scalar;
  scalar.elements = scalar.count = 1;
  return t_.apply({.extent = scalar, .width = 4, .what = kScalar, .inputs = {{&answers}}, .saved = {}});
}

// entropy_from_logits, part by part: log-probabilities, probabilities and their product.
void Program::measured(const Var& logits) {
  const double rows = std::min(q_.metricRows, t_.valueOf(n_));
  const Extent part = t_.scaled(t_.extent({vocabulary_}), rows);
  const double width = q_.autocast ? 4 : logits.width();
  const Var outputs = q_.autocast ? o_.cast(t_.detach(logits), 4, kLogits) : Var();
  const Var logs = t_.make(part, width, kLogits), chances = t_.make(part, width, kLogits),
            products = t_.make(part, width, kLogits);
}

}  // namespace headroom::training::transformers
