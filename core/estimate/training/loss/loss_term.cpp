#include <algorithm>
#include <cmath>

#include "core/estimate/training/run.h"

namespace headroom::training {
namespace {

constexpr std::string_view kChunk = "torchtune CEWithChunkedOutputLoss: 8 chunks upcast one at a time (0.4)";
constexpr std::string_view kHeadGradient =
    "a chunked loss accumulates the head's gradient beside each chunk's own (torch AccumulateGrad)";
constexpr double kChunks = 8;

constexpr std::string_view kFreeMemory =
    "unsloth_zoo fused_losses/cross_entropy_loss.py: fp32 logits of one chunk fill half of the free memory at most "
    "(from 2025-09; 1 GiB before, "
    "4 GiB at most from 2026-07); logits 2, their fp32 copy 4 and their gradient 2 bytes";

// Bytes of the fp32 logits of one chunk, of a loss whose chunks fill what the device has free when it is first
// computed.
double chunkByFreeMemory(const Run& r, double logits) {
  const double whole = 4 * logits;
  if (r.age.before(2025, 9)) return std::min(whole, 1.0 * kGiB);
  const bool capped = !r.age.before(2026, 7);
  double target = capped ? 4.0 * kGiB : 9e18;
  if (const auto capacity = r.rank.capacity) {
    // Gradients and states do not exist yet; one GiB is the device context.
    const Bytes later =
        r.book.at(MomentId::loss, ComponentId::gradients) + r.book.at(MomentId::loss, ComponentId::optimizer_states);
    const double free = static_cast<double>((*capacity - (r.book.total(MomentId::loss) - later)).value()) - 1.0 * kGiB;
    target = std::min(target, std::max(0.25 * kGiB, free / 2));
  }
  // A multiple of four chunks: rounded to the nearest until July 2026, up since then, where the target is their bound.
  return capped ? std::min(whole, target) : whole / std::max(1.0, 4 * std::nearbyint(whole / target / 4));
}

// Adds the loss of a framework that chunks by free memory.
void addChunkedByFreeMemory(const Run& r, double logits) {
  constexpr double kBytesPerLogit = 8;
  r.book.add(at(MomentId::loss), ComponentId::logits, "one chunk of logits, in fp32 too, and its gradient", kFreeMemory,
             {derived("logits of a chunk", chunkByFreeMemory(r, logits) / 4, Unit::elements),
              constant("bytes per logit", kBytesPerLogit, Unit::bytes_per_element)});
  if (!r.trainsWeights()) return;
  // Beside whole logits no more than an eager loss needs.
  const double room = std::max(0.0, (r.profile.loss.eager - kBytesPerLogit) * logits);
  r.book.add(
      at(MomentId::loss), ComponentId::gradients, "head gradient and a chunk's part of it", kFreeMemory,
      {derived("bytes of two head gradients",
               std::min(room, 2 * r.tensors.headElements * info(r.settings.gradients).blockBytes), Unit::bytes)});
}

double bytesPerLogit(const Run& r) {
  const LossHabit& loss = r.profile.loss;
  const bool upcasts = loss.eagerWithoutUpcast == 0 || r.model.family != "qwen";
  const double whole = upcasts ? loss.eager : loss.eagerWithoutUpcast;
  const double eager = (r.compiledLoss() ? std::min(whole, loss.eagerCompiled) : whole) +
                       (r.layout.tensor > 1 ? loss.tensorParallelExtra : 0);
  if (r.settings.loss == Loss::eager) return eager;
  // What a chunked loss was fitted to holds without compilation; chunks never need more than whole logits.
  return std::min(eager, r.settings.loss == Loss::chunked ? loss.chunked : std::min(loss.fused, loss.chunked));
}

}  // namespace

bool Run::compiledLoss() const {
  // torchtitan compiles the loss with the model since 2025-05 (torchtitan/components/loss.py).
  // Its mixture-of-experts models are no older; a version that says nothing of its age may be.
  const bool silent =
      age.year == 0 && age.torchMinor == 0 && !scenario.engineVersion.empty() && tensors.routed.elements <= 0;
  const bool old = age.before(2025, 5) || (age.torchMinor > 0 && age.torchMinor < 8) || silent;
  return settings.training.compile && profile.loss.eagerCompiled < profile.loss.eager && !old;
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
  if (r.settings.loss != Loss::eager && r.profile.lossChunksByFreeMemory && !r.age.before(2025, 8))
    return addChunkedByFreeMemory(r, logits);
  const double each = bytesPerLogit(r);
  const double vocabulary = static_cast<double>(r.model.vocabulary);
  const Factor tokens = r.tokenFactor(r.lossTokens);
  r.book.add(at(MomentId::loss), ComponentId::logits, "logits, log-softmax and their gradients", r.profile.loss.source,
             {tokens, fromModel("vocabulary", vocabulary),
              over(asked("tensor-parallel ranks", static_cast<double>(r.layout.tensor), Unit::devices)),
              constant("bytes per logit", each, Unit::bytes_per_element)});
  if (r.settings.loss != Loss::chunked || !r.profile.chunksUpcast) return;
  // Extras of a chunked loss; never more than the eager loss would need.
  const double room = std::max(0.0, (r.profile.loss.eager - each) * logits);
  const double chunk = std::min(room, 4 * logits / kChunks);
  r.book.add(at(MomentId::loss), ComponentId::logits, "one chunk in fp32", kChunk,
             {derived("bytes of a chunk of fp32 logits", chunk, Unit::bytes)});
  if (r.trainsWeights()) {
    const double gradient = std::min(room - chunk, 2 * r.tensors.headElements * info(r.settings.gradients).blockBytes);
    r.book.add(at(MomentId::loss), ComponentId::gradients, "head gradient of the chunked loss", kHeadGradient,
               {derived("bytes of two head gradients", gradient, Unit::bytes)});
  }
}

}  // namespace headroom::training
