#include <algorithm>
#include <cmath>

#include "core/estimate/training/loss/own_loss.h"
#include "core/estimate/training/run.h"
#include "core/model/classifier.h"

namespace headroom::training {
namespace {

constexpr std::string_view kCompiledChunk =
    "torchtune/training/_compile.py, compile_loss: the cross entropy of a chunk is one compiled function (0.3 to 0.4)";
constexpr std::string_view kChunk = "torchtune CEWithChunkedOutputLoss: 8 chunks upcast one at a time (0.4)";
constexpr std::string_view kHeadGradient =
    "a chunked loss accumulates the head's gradient beside each chunk's own (torch AccumulateGrad)";
constexpr double kChunks = 8;
constexpr std::string_view kHeldLogits =
    "transformers 4.46 to 4.48, loss/loss_utils.py: the upcast is shifted and copied while forward() holds the logits";

constexpr std::string_view kFreeMemory =
    "unsloth_zoo fused_losses/cross_entropy_loss.py: fp32 logits of one chunk fill half of the free memory at most "
    "(from 2025-09; 1 GiB before, "
    "4 GiB at most from 2026-07); logits 2, their fp32 copy 4 and their gradient 2 bytes";

// Bytes per logit of one way to compute the loss, down to its tensors where they add up to it.
Factor perLogit(const Run& r, const Amount& bytes) {
  const LossHabit& loss = r.profile.loss;
  constexpr std::string_view kSymbol = "bytes per logit";
  if (bytes.fitted() != ConstantId::none) return fitted(kSymbol, bytes.fitted(), Unit::bytes_per_element);
  for (const LogitTensors* tensors : {&loss.tensors, &loss.leanTensors}) {
    double all = 0;
    for (const LogitTensor& t : *tensors) all += t.bytes;
    if (all != bytes || bytes == 0) continue;
    FactorParts sum(r.rank.ledger, kSymbol, Unit::bytes_per_element);
    for (const LogitTensor& t : *tensors)
      if (t.bytes > 0) sum.add(constant(t.name, t.bytes, Unit::bytes_per_element, loss.source));
    return sum.close();
  }
  return constant(kSymbol, bytes, Unit::bytes_per_element, loss.source);
}

// Whether the head makes fp32 logits: in full precision, or turned to fp32 before training with k bits (peft
// prepare_model_for_kbit_training; not where shards must be of one format).
bool wideHead(const Run& r) {
  const bool prepared = r.tensors.quantizedElements > 0 && r.settings.training.kbitPreparation;
  return r.element >= 4 || (prepared && !r.layout.shardsWeights());
}

// The loss over whole logits.
Factor eagerBytes(const Run& r) {
  const LossHabit& loss = r.profile.loss;
  // Autocast computes a log-softmax in fp32; code beside a checkpoint was measured as it ran.
  const bool narrow = loss.eagerWithoutUpcast > 0 && narrowLoss(r.model, r.settings.packages) &&
                      (r.model.narrowLogits || wideHead(r) || !r.settings.training.autocast);
  Amount whole = narrow ? loss.eagerWithoutUpcast : loss.eager;
  if (narrow && wideHead(r) && !r.model.narrowLogits) whole = 2 * loss.eagerWithoutUpcast;
  if (r.compiledLoss() && loss.eagerCompiled < whole) whole = loss.eagerCompiled;
  if (loss.eagerWithoutUpcast > 0 && !wideHead(r) && holdsLogits(r.model, r.settings.packages))
    return r.rank.ledger.sum(
        "bytes per logit", Unit::bytes_per_element,
        {perLogit(r, whole), constant("logits that the class holds", 2, Unit::bytes_per_element, kHeldLogits)});
  if (r.layout.tensor == 1 || loss.splitVocabulary <= 0) return perLogit(r, whole);
  return r.rank.ledger.sum("bytes per logit", Unit::bytes_per_element,
                           {perLogit(r, whole), constant("of a split vocabulary", loss.splitVocabulary,
                                                         Unit::bytes_per_element, loss.source)});
}

Factor bytesPerLogit(const Run& r) {
  const LossHabit& loss = r.profile.loss;
  const Factor eager = eagerBytes(r);
  if (r.settings.loss == Loss::eager) return eager;
  // Chunks never need more than whole logits.
  const bool chunked = r.settings.loss == Loss::chunked || loss.chunked < loss.fused;
  const Amount lean = chunked ? loss.chunked : loss.fused;
  Factor least = perLogit(r, lean);
  if (chunked && loss.chunkedEager > 0 && !r.settings.training.compile)
    least = r.rank.ledger.sum("bytes per logit", Unit::bytes_per_element,
                              {least, constant("log-softmax of all chunks in fp32", loss.chunkedEager,
                                               Unit::bytes_per_element, loss.source)});
  return r.rank.ledger.smallest("bytes per logit", Unit::bytes_per_element, {eager, least});
}

// Bytes by which whole logits exceed so many bytes of each.
Factor roomBeside(const Run& r, const Factor& each, const Factor& logits) {
  FactorTree& tree = r.rank.ledger;
  const Factor room = tree.product(
      "bytes that whole logits have more", Unit::bytes,
      {tree.sum("bytes per logit more", Unit::bytes_per_element, {perLogit(r, r.profile.loss.eager), less(each)}),
       logits});
  return room.value >= 0 ? room : none("bytes that whole logits have more", Unit::bytes);
}

// The gradient of the head and a chunk's own part of it, at most `room`.
Factor twoHeadGradients(const Run& r, const Factor& room) {
  if (room.value <= 0 || r.tensors.headElements <= 0) return none("bytes of two head gradients", Unit::bytes);
  FactorTree& tree = r.rank.ledger;
  const Factor two = tree.product("two head gradients", Unit::bytes,
                                  {constant("gradients", 2, Unit::copies, kHeadGradient), r.factors.headElements(),
                                   bytesOf(r.settings.gradients, "bytes per gradient")});
  return tree.smallest("bytes of two head gradients", Unit::bytes, {room, two});
}

constexpr Factor gibibytes(std::string_view symbol, double count, std::string_view why) {
  return constant(symbol, count * static_cast<double>(kGiB), Unit::bytes, why);
}

// Bytes of the fp32 logits that a chunk may have, of a loss whose chunks fill what the device has free when it is first
// computed; nothing where that is not known and no bound holds.
std::optional<Factor> chunkTarget(const Run& r, bool capped) {
  FactorTree& tree = r.rank.ledger;
  const Factor most = gibibytes("most", 4, kFreeMemory);
  if (!r.rank.capacity) return capped ? std::optional(most) : std::nullopt;
  // Gradients and states do not exist yet; one GiB is the device context.
  const Factor alive =
      sumOfLines(r.rank.ledger, "allocated before the loss, without gradients and states", [&](std::size_t i) {
        const ComponentId component = r.rank.ledger.lines()[i].component;
        return (r.book.when(i) & at(MomentId::loss)) != 0 && component != ComponentId::gradients &&
               component != ComponentId::optimizer_states;
      });
  const Factor free =
      tree.sum("free", Unit::bytes, {r.capacity(), less(alive), less(gibibytes("device context", 1, kFreeMemory))});
  const Factor half =
      tree.product("half of what is free", Unit::bytes, {free, over(constant("parts", 2, Unit::count, kFreeMemory))});
  const Factor target =
      tree.largest("bytes of a chunk in fp32", Unit::bytes, {gibibytes("least", 0.25, kFreeMemory), half});
  return capped ? tree.smallest("bytes of a chunk in fp32", Unit::bytes, {most, target}) : target;
}

Factor chunkByFreeMemory(const Run& r, const Factor& logits) {
  FactorTree& tree = r.rank.ledger;
  const Factor whole = tree.product("logits in fp32", Unit::bytes, {logits, bytesOf(NumberFormat::fp32)});
  if (r.age.before(2025, 9))
    return tree.smallest("bytes of a chunk in fp32", Unit::bytes, {whole, gibibytes("most", 1, kFreeMemory)});
  const bool capped = !r.age.before(2026, 7);
  const std::optional<Factor> target = chunkTarget(r, capped);
  if (!target) return whole;
  // A multiple of four chunks: rounded to the nearest until July 2026, up since then, where the target is their bound.
  if (capped) return tree.smallest("bytes of a chunk in fp32", Unit::bytes, {whole, *target});
  const Factor four = constant("chunks of a group", 4, Unit::count, kFreeMemory);
  const Factor groups =
      tree.product("groups of chunks", Unit::count, {whole, over(*target), over(four)}, Round::nearest);
  const Factor chunks = tree.largest("chunks", Unit::count,
                                     {constant("least", 1, Unit::count, kFreeMemory),
                                      tree.product("chunks of all groups", Unit::count, {four, groups})});
  return tree.product("bytes of a chunk in fp32", Unit::bytes, {whole, over(chunks)});
}

// Adds the loss of a framework that chunks by free memory.
void addChunkedByFreeMemory(const Run& r, const Factor& logits) {
  FactorTree& tree = r.rank.ledger;
  const auto each = [](std::string_view symbol, double bytes) {
    return constant(symbol, bytes, Unit::bytes_per_element, kFreeMemory);
  };
  const Factor perLogit =
      tree.sum("bytes per logit", Unit::bytes_per_element,
               {each("logits in 16 bit", 2), each("their copy in fp32", 4), each("their gradient in 16 bit", 2)});
  const Factor chunk = tree.product("logits of a chunk", Unit::elements,
                                    {chunkByFreeMemory(r, logits), over(bytesOf(NumberFormat::fp32))});
  // Beside whole logits no more than an eager loss needs.
  const Factor room = roomBeside(r, perLogit, logits);
  r.book.add(at(MomentId::loss), ComponentId::logits, "one chunk of logits, in fp32 too, and its gradient", kFreeMemory,
             {chunk, perLogit});
  if (r.trainsWeights())
    r.book.add(at(MomentId::loss), ComponentId::gradients, "head gradient and a chunk's part of it", kFreeMemory,
               {twoHeadGradients(r, room)});
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

Factor Run::logits() const {
  const bool whole = stage.part.lastStage && (!model.encoderOnly || profile.encoderHasVocabularyLoss);
  if (!whole) return none("logits", Unit::elements);
  // Vocabulary-parallel loss: each tensor-parallel rank holds a part of every row.
  return Product(rank.ledger, "logits", Unit::elements)
      .times(lossRows)
      .times(labelsOf(model) > 0 ? fromModel("labels", static_cast<double>(labelsOf(model)))
                                 : fromModel("vocabulary", static_cast<double>(model.vocabulary)))
      .sharedBy("tensor-parallel ranks", static_cast<double>(layout.tensor))
      .close();
}

void addLoss(const Run& r) {
  const Factor logits = r.logits();
  if (logits.value <= 0) return;
  if (r.settings.loss != Loss::eager && r.profile.lossChunksByFreeMemory && !r.age.before(2025, 8))
    return addChunkedByFreeMemory(r, logits);
  const Factor each = bytesPerLogit(r);
  r.book.add(at(MomentId::loss), ComponentId::logits, "logits, log-softmax and their gradients", r.profile.loss.source,
             {logits, each});
  if (r.settings.loss != Loss::chunked || !r.profile.chunksUpcast) return;
  // Extras of a chunked loss; never more than the eager loss would need.
  FactorTree& tree = r.rank.ledger;
  const Factor room = roomBeside(r, each, logits);
  const Factor chunk =
      tree.product("a chunk of logits in fp32", Unit::bytes,
                   {logits, bytesOf(NumberFormat::fp32), over(constant("chunks", kChunks, Unit::count, kChunk))});
  // Compiled, the upcast is a part of the kernels: what backward makes of a chunk is its gradient in 16 bit.
  const bool fuses = r.settings.training.compile && r.element == 2;
  const Factor gradient = tree.product("gradient of a chunk", Unit::bytes,
                                       {logits, r.compute, over(constant("chunks", kChunks, Unit::count, kChunk))});
  const Factor upcast =
      tree.smallest("bytes beside the logits of all chunks", Unit::bytes, {room, fuses ? gradient : chunk});
  r.book.add(at(MomentId::loss), ComponentId::logits, fuses ? "gradient of one chunk" : "one chunk in fp32",
             fuses ? kCompiledChunk : kChunk, {upcast});
  if (r.trainsWeights())
    r.book.add(at(MomentId::loss), ComponentId::gradients, "head gradient of the chunked loss", kHeadGradient,
               {twoHeadGradients(r, tree.sum("bytes left", Unit::bytes, {room, less(upcast)}))});
}

}  // namespace headroom::training
