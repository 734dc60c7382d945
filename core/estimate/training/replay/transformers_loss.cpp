// The loss and the step (transformers/loss/loss_utils.py, trainer.py, optimization.py; torch/optim, 2.13).
#include <algorithm>
#include <utility>

#include "core/estimate/training/replay/fused_linear_loss.h"
#include "core/estimate/training/replay/single_tensor_step.h"
#include "core/estimate/training/replay/transformers_program.h"
#include "core/model/classifier.h"

namespace headroom::training::transformers {

// A stream in fp32 is narrowed to the head's format (Mamba).
Var Program::logitsOf(const Var& hiddenStates) {
  const bool narrows = m_.layer(0).wideResidual;
  return linear(narrows ? o_.cast(hiddenStates, head_.matrix().width, kLogits) : hiddenStates, head_, kLogits);
}

Var Program::capped(Var logits) {
  if (labelsOf(m_) > 0) return logits;
  if (m_.scalesLogits) logits = o_.unary(logits, Keep::nothing, kLogits);
  if (m_.logitSoftCap <= 0) return logits;
  logits = o_.unary(logits, Keep::nothing, kLogits);
  logits = o_.unary(logits, Keep::result, kLogits);
  return o_.unary(logits, Keep::nothing, kLogits);
}

// ForCausalLMLoss (4.57–5.24); before 4.49 it shifts the logits and copies them.
Var Program::crossEntropy(const Var& logits) {
  const Var upcast = o_.cast(logits, 4, kLogits);
  Var wide = upcast;
  if (q_.transformers < 44900 && q_.batch > 1)
    wide = o_.copied(o_.slice(upcast, t_.scaled(upcast.extent(), 1 - 1 / q_.context)), kLogits);
  const Var probabilities = o_.unary(wide, Keep::result, kLogits);
  Extent scalar;
  scalar.elements = 1;
  return t_.apply({.extent = scalar,
                   .width = 4,
                   .what = kScalar,
                   .inputs = {{&probabilities}},
                   .saved = {&probabilities, &labels_}});
}

// Liger's forward of the class. Before 0.5.10 it shifts the hidden states, which copies those of several sequences.
Var Program::fusedLoss(const Var& hiddenStates) {
  constexpr int kPadsLabels = 510;
  Var scored = hiddenStates;
  if (q_.liger < kPadsLabels) {
    scored = o_.slice(scored, t_.scaled(scored.extent(), 1 - 1 / q_.context));
    if (q_.batch > 1) scored = o_.copied(scored, kLogits);
  }
  const double compute = o_.autocast ? o_.compute : scored.width();
  return fusedLinearLoss(t_, scored, {head_.matrix(), hidden_, vocabulary_, compute, o_.autocast, q_.liger});
}

// The final norm's result stays a local of the model's forward.
Var Program::loss(Var hiddenStates) {
  if (q_.loss == StepLoss::tiled) return tiledLoss(hiddenStates);
  if (q_.loss == StepLoss::paired) return pairedLoss(hiddenStates);
  if (q_.loss == StepLoss::fused) return fusedLoss(hiddenStates);
  if (q_.loss == StepLoss::scored) return scoredLoss(std::move(hiddenStates));
  Var logits = logitsOf(hiddenStates);
  t_.phase(Phase::loss);
  logits = capped(std::move(logits));
  if (q_.rebindsLogits) logits = o_.cast(logits, 4, kLogits);
  Var loss = crossEntropy(logits);
  cache_.clear();
  if (q_.metricRows > 0) measured(logits);
  return loss;
}

// embedding_dense_backward sums rows of one token ten at a time in fp32 before it adds them up
// (aten/native/cuda/EmbeddingBackwardKernel.cu); a few tokens it adds directly.
double Program::embeddingSums() const {
  constexpr double kDirectly = 3072, kRowsPerPart = 10;
  const double tokens = t_.valueOf(n_);
  if (tokens <= kDirectly) return 0;
  return (tokens / kRowsPerPart + std::min(tokens, t_.valueOf(vocabulary_))) * t_.valueOf(hidden_) * 4;
}

void Program::dropCasts() {
  forEachParameter([](Parameter& p) { p.cast.reset(); });
}

void Program::run(std::vector<std::pair<std::size_t, double>>& kept) {
  build(false);
  if (q_.gradientsThere) presentGradients();
  microBatch(kept);
  t_.phase(Phase::step);
  optimizerStep();
}

// Token ids to hidden states.
Var Program::embedded() {
  const Var inputIds = t_.make(t_.extent({n_}), 8, {"token ids"});
  Var x = t_.apply({.extent = perToken(hidden_),
                    .width = q_.embeddingWidth,
                    .what = kStream,
                    .inputs = {{nullptr, &embedding_}},
                    .saved = {&inputIds},
                    .inner = {embeddingSums(), 0}});
  if (m_.scalesEmbedding) x = o_.unary(x, Keep::nothing, kStream);
  if (positions_.extent.elements > 0) {
    const Var at = t_.apply({.extent = t_.extent({q_.transformers >= 50000 ? n_ : length_, hidden_}),
                             .width = q_.embeddingWidth,
                             .what = kStream,
                             .inputs = {{nullptr, &positions_}},
                             .saved = {}});
    x = o_.add(x, at, kStream);
  }
  if (embeddingNorm_.exists) x = normed(x, embeddingNorm_, m_.layer(0));
  x = dropped(x, q_.embeddingDropout);
  return x;
}

// What every layer reads: the rotary tables and the masks.
void Program::makeTables(double width) {
  const auto attends = [](const LayerKind& k) { return k.attention.kind != AttentionKind::none; };
  const auto first = std::ranges::find_if(m_.kinds, attends);
  const AttentionSpec& a = first != m_.kinds.end() ? first->attention : m_.layer(0).attention;
  if (const std::int64_t turning = a.kind == AttentionKind::latent ? a.ropeDim : a.rotaryDim; turning > 0) {
    const std::uint8_t head = modelDim("rotary size", turning);
    const double format = a.wideRotary ? 4 : width;
    cos_ = t_.make(t_.extent({length_, head}), format, kRotary);
    sin_ = t_.make(t_.extent({length_, head}), format, kRotary);
  }
  const bool windowed = std::ranges::any_of(m_.kinds, [&](const LayerKind& k) {
    return k.attention.window > 0 && static_cast<double>(k.attention.window) <= q_.context;
  });
  if (windowed && q_.attention == AttentionPath::sdpa && q_.ownAttention == OwnAttention::none)
    mask_ = t_.make(t_.extent({batch_, length_, length_}), q_.transformers < 44800 ? width : 1, {"attention masks"});
  if (q_.ownAttention != OwnAttention::none)
    mask_ = t_.make(t_.extent({batch_, length_, length_}), q_.ownAttention == OwnAttention::bias_added ? 1 : width,
                    {"attention masks"});
  else if (m_.alibi)
    mask_ = t_.make(t_.extent({batch_, modelDim("heads", a.heads), length_, length_}), o_.autocast ? o_.compute : width,
                    {"attention masks"});
  else if (q_.attention == AttentionPath::eager)
    mask_ = t_.make(t_.extent({batch_, length_, length_}), width, {"attention masks"});
}

// The first release whose blocks of BLOOM, MPT and GPT-J return their scores unasked.
constexpr int kGivesScores = 45400;

void Program::microBatch(std::vector<std::pair<std::size_t, double>>& kept) {
  t_.phase(Phase::forward);
  const Extent ids = t_.extent({n_});
  const Var attend = t_.make(ids, 8, {"token ids"});
  labels_ = t_.make(ids, 8, {"token ids"});
  Var x = embedded();
  if (!x.needsGrad() && q_.inputsRequireGrad) x = t_.leaf(x);
  Var inputsEmbeds = x;  // a local of the model's forward
  makeTables(x.width());
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    Layer& layer = layers_[i];
    if (q_.outputsStates) states_.emplace_back(x, i > 0 ? layers_[i - 1].times : 1);
    if (layer.times > 1) t_.openUnit(layer.times);
    const double before = t_.alive();
    {
      Var next = q_.checkpointing ? checkpointed(x, layer) : block(x, layer);  // the loop holds the layer's input
      // Of the layers of a kind the last one but one, which has nothing of the model's beginning or end.
      const auto kind = static_cast<std::size_t>(layer.kind - m_.kinds.data());
      const double bytes = q_.checkpointing ? perToken(hidden_).elements * next.width() : t_.alive() - before;
      const auto known = std::ranges::find(kept, kind, &std::pair<std::size_t, double>::first);
      if (known == kept.end())
        kept.emplace_back(kind, bytes);
      else if (i + 1 < layers_.size())
        known->second = bytes;
      x = std::move(next);
    }
    heldScores_ = q_.transformers >= kGivesScores ? std::move(givenScores_) : Var();
    givenScores_.reset();
    if (layer.times > 1) t_.closeUnit();
    if (i == 2 && layers_[1].times > 1) t_.seal();
  }
  x = normed(x, finalNorm_, m_.layer(0));
  inputsEmbeds.reset(), heldScores_.reset();
  if (q_.outputsStates) states_.emplace_back(x, 1);
  if (!q_.checkpointing) cos_.reset(), sin_.reset(), mask_.reset();
  Var result = loss(std::move(x));
  if (q_.loss == StepLoss::tiled && q_.referencePass) dropCasts(), referencePass();  // autocast's context has ended
  if (q_.loss == StepLoss::fused) labels_.reset();                                   // nothing of it is kept
  dropCasts();
  t_.phase(Phase::backward);
  backwardAt_ = t_.written();
  Extent scalar;
  scalar.elements = 1;
  Var one = t_.make(scalar, 4, kScalar);
  t_.backward(result, std::move(one));
  result.reset();
}

// torch/optim: _multi_tensor_adamw makes the roots of all second moments at once; fused kernels and momentum work in
// place. Adafactor.step: the update and its square; of 16-bit weights the gradient and the weight in fp32 as well.
void Program::optimizerStep() {
  double all = 0, largest = 0;
  OneByOne loop;
  forEachParameter([&](const Parameter& p) {
    if (!p.trains) return;
    all += p.extent.elements * p.times * p.stateShare;
    largest = std::max(largest, p.extent.elements / p.pieces);
    loop.add(p);
  });
  double bytes = stepTemporaries(q_, all, loop);
  if (q_.optimizer == StepOptimizer::adafactor) bytes = (q_.weightWidth < 4 ? 4 : 2) * largest * 4;
  if (bytes <= 0) return;
  Extent extent;
  extent.elements = extent.count = bytes;
  const Var temporary = t_.make(extent, 1, {"optimizer step", ComponentId::workspace});
}

}  // namespace headroom::training::transformers
