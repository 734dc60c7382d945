#include <algorithm>

#include "core/estimate/training/run.h"

namespace headroom::training {
namespace {

constexpr std::string_view kChunk = "torchtune CEWithChunkedOutputLoss: 8 chunks upcast one at a time (0.4)";
constexpr std::string_view kHeadGradient = "a chunked loss accumulates the head's gradient beside each chunk's own (torch AccumulateGrad)";
constexpr double kChunks = 8;

double bytesPerLogit(const Run& r) {
  const LossHabit& loss = r.profile.loss;
  const bool upcasts = loss.eagerWithoutUpcast == 0 || r.model.family != "qwen";
  const double whole = upcasts ? loss.eager : loss.eagerWithoutUpcast;
  const double eager = (r.compiledLoss() ? std::min(whole, loss.eagerCompiled) : whole) + (r.layout.tensor > 1 ? loss.tensorParallelExtra : 0);
  if (r.settings.loss == Loss::eager) return eager;
  // What a chunked loss was fitted to holds without compilation; chunks never need more than whole logits.
  return std::min(eager, r.settings.loss == Loss::chunked ? loss.chunked : std::min(loss.fused, loss.chunked));
}

}  // namespace

bool Run::compiledLoss() const {
  // torchtitan compiles the loss with the model since 2025-05 (torchtitan/components/loss.py).
  const bool old = age.before(2025, 5) || (age.torchMinor > 0 && age.torchMinor < 8) || (age.year == 0 && age.torchMinor == 0 && !scenario.engineVersion.empty());
  return scenario.training.compile && profile.loss.eagerCompiled < profile.loss.eager && !old;
}

double Run::logits() const {
  if (!stage.part.lastStage) return 0;
  if (model.encoderOnly && !profile.encoderHasVocabularyLoss) return 0;
  // Vocabulary-parallel loss: each tensor-parallel rank holds a part of every row.
  return lossTokens * static_cast<double>(model.vocabulary) / static_cast<double>(layout.tensor);
}

void addLoss(const Run& r) {
  const double logits = r.logits();
  if (logits <= 0) return;
  const double each = bytesPerLogit(r);
  const double vocabulary = static_cast<double>(r.model.vocabulary);
  const Factor tokens = r.tokenFactor(r.lossTokens);
  r.book.add(at(MomentId::loss), ComponentId::logits, "logits, log-softmax and their gradients", r.profile.loss.source,
             {tokens, fromModel("vocabulary", vocabulary), over(asked("tensor-parallel ranks", static_cast<double>(r.layout.tensor), Unit::devices)),
              constant("bytes per logit", each, Unit::bytes_per_element)});
  if (r.settings.loss != Loss::chunked || !r.profile.chunksUpcast) return;
  // Extras of a chunked loss; never more than the eager loss would need.
  const double room = std::max(0.0, (r.profile.loss.eager - each) * logits);
  const double chunk = std::min(room, 4 * logits / kChunks);
  r.book.add(at(MomentId::loss), ComponentId::logits, "one chunk in fp32", kChunk, {derived("bytes of a chunk of fp32 logits", chunk, Unit::bytes)});
  if (r.trainsWeights()) {
    const double gradient = std::min(room - chunk, 2 * r.tensors.headElements * info(r.settings.gradients).blockBytes);
    r.book.add(at(MomentId::loss), ComponentId::gradients, "head gradient of the chunked loss", kHeadGradient,
               {derived("bytes of two head gradients", gradient, Unit::bytes)});
  }
}

}  // namespace headroom::training
