#include "core/estimate/training/replay/replayed_step.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "core/estimate/training/replay/distributed_step.h"
#include "core/estimate/training/replay/litgpt_step.h"
#include "core/estimate/training/replay/megatron_step.h"
#include "core/estimate/training/replay/pipeline_step.h"
#include "core/estimate/training/replay/shapes.h"
#include "core/estimate/training/replay/torchtitan_step.h"
#include "core/estimate/training/replay/torchtune_step.h"
#include "core/estimate/training/replay/transformers_step.h"
#include "core/estimate/training/replay/zero_step.h"

namespace headroom::training {
namespace {

struct Known {
  StepQuestion question;
  std::shared_ptr<const Model> model;
  ReplayedStep step;
};

constexpr std::size_t kMostKnown = 32;

// What the allocator held lately, for all threads: a stream takes milliseconds to replay.
class KnownHeld {
 public:
  std::optional<HeldBytes> find(const StepQuestion& question, const std::shared_ptr<const Model>& model,
                                std::int64_t workspace) {
    const std::scoped_lock lock(mutex_);
    for (const Entry& e : entries_)
      if (e.workspace == workspace && e.question == question && !e.model.expired() && !e.model.owner_before(model) &&
          !model.owner_before(e.model))
        return e.held;
    return std::nullopt;
  }
  void put(const StepQuestion& question, const std::shared_ptr<const Model>& model, std::int64_t workspace,
           const HeldBytes& held) {
    constexpr std::size_t kMost = 256;
    const std::scoped_lock lock(mutex_);
    Entry entry{question, model, workspace, held};
    if (entries_.size() < kMost)
      entries_.push_back(std::move(entry));
    else
      entries_[oldest_++ % kMost] = std::move(entry);
  }

 private:
  struct Entry {
    StepQuestion question;
    std::weak_ptr<const Model> model;
    std::int64_t workspace = 0;
    HeldBytes held;
  };
  std::mutex mutex_;
  std::vector<Entry> entries_;
  std::size_t oldest_ = 0;
};

StepAnswer run(Tape& tape, Shapes& shapes, const StepQuestion& question) {
  switch (question.code) {
    case StepCode::litgpt:
      return replayLitGpt(tape, shapes, question);
    case StepCode::torchtune:
      return replayTorchtune(tape, shapes, question);
    case StepCode::megatron:
      return replayMegatron(tape, shapes, question);
    case StepCode::torchtitan:
      return replayTorchtitan(tape, shapes, question);
    case StepCode::distributed: {
      const bool zero = question.sharding == StepSharding::zero1 || question.sharding == StepSharding::zero2 ||
                        question.sharding == StepSharding::zero3;
      const DistributedAnswer answer = zero                         ? replayZero(tape, shapes, question)
                                       : question.pipelineRanks > 1 ? replayPipeline(tape, shapes, question)
                                                                    : replayDistributed(tape, shapes, question);
      return {{{0, answer.kept}}};
    }
    case StepCode::transformers:
      break;
  }
  return replayTransformers(tape, shapes, question);
}

std::vector<ReplayedLine> linesOf(const std::vector<Tape::Term>& terms) {
  std::vector<ReplayedLine> lines;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const Tape::Term& t = terms[i];
    const std::string_view label = t.what.label;
    if (lines.empty() || lines.back().label != label || lines.back().component != t.what.component)
      lines.push_back({label, t.what.component, i, i, 0});
    lines.back().end = i + 1;
    lines.back().bytes += t.copies * t.extent.elements * t.width;
  }
  return lines;
}

void play(const StepQuestion& question, ReplayedStep& step) {
  thread_local Tape tape;
  tape.restart();
  Shapes shapes(tape);
  step.kept = run(tape, shapes, question).kept;
  step.dims.clear();
  for (std::size_t i = 0; i < tape.dimCount(); ++i) step.dims.push_back(shapes[static_cast<std::uint8_t>(i)]);
  for (std::size_t phase = 0; phase < kPhaseCount; ++phase) {
    std::vector<Tape::Term>& terms = step.alive[phase];
    terms.clear();
    tape.forEachAt(static_cast<Phase>(phase), [&](const Tape::Term& term) {
      if (term.copies * term.extent.elements * term.width > 0) terms.push_back(term);
    });
    std::ranges::stable_sort(terms, {}, [](const Tape::Term& t) { return std::string_view(t.what.label); });
    step.lines[phase] = linesOf(terms);
  }
}

HeldBytes hold(const StepQuestion& question, std::int64_t workspace) {
  thread_local Tape tape;
  thread_local StepStream stream;
  stream = {};
  tape.restart();
  Shapes shapes(tape);
  if (question.sharding == StepSharding::zero3)
    writeZero(tape, shapes, question, stream);
  else if (question.code == StepCode::distributed)
    writeDistributed(tape, shapes, question, stream);
  else
    writeTransformers(tape, shapes, question, stream);
  return heldBytes(stream, workspace, false);
}

// Steps that a program writes layer by layer.
bool writes(const StepQuestion& question) {
  if (question.code == StepCode::transformers) return true;
  const bool units = question.sharding == StepSharding::flat_parameters || question.sharding == StepSharding::zero3;
  return question.code == StepCode::distributed && units && question.pipelineRanks == 1;
}

thread_local WithoutAllocator* without = nullptr;

Known& knownOf(const StepQuestion& question, const std::shared_ptr<const Model>& model) {
  thread_local std::vector<Known> known;
  thread_local std::size_t oldest = 0, last = 0;
  if (last < known.size() && known[last].question == question) return known[last];
  for (std::size_t i = 0; i < known.size(); ++i)
    if (known[i].question == question) return known[last = i];
  if (known.size() < kMostKnown) {
    known.reserve(kMostKnown);
    known.emplace_back();
    oldest = known.size() - 1;
  } else {
    oldest = (oldest + 1) % kMostKnown;
  }
  Known& k = known[last = oldest];
  k.question = question, k.model = model;
  play(question, k.step);
  return k;
}

}  // namespace

WithoutAllocator::WithoutAllocator() : before_(std::exchange(without, this)) {}
WithoutAllocator::~WithoutAllocator() {
  without = before_;
}

const ReplayedStep& replayed(const StepQuestion& question, const std::shared_ptr<const Model>& model) {
  return knownOf(question, model).step;
}

std::optional<HeldBytes> replayedHeld(const StepQuestion& question, const std::shared_ptr<const Model>& model,
                                      std::int64_t workspace) {
  static KnownHeld known;
  if (!writes(question)) return {};
  if (without != nullptr) {
    without->leftOut_ = true;
    return HeldBytes();
  }
  if (const auto held = known.find(question, model, workspace)) return held;
  const HeldBytes held = hold(question, workspace);
  known.put(question, model, workspace, held);
  return held;
}

}  // namespace headroom::training
