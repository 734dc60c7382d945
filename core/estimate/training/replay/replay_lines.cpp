#include <algorithm>
#include <cmath>

#include "core/estimate/training/allocator/library_workspace.h"
#include "core/estimate/training/replay/replay.h"
#include "core/estimate/training/replay/replayed_step.h"

namespace headroom::training {
namespace {

constexpr std::string_view kSource =
    "the step replayed operator by operator with the variables that the code holds and what autograd keeps (torch "
    "2.13; checked against traces of the code itself)";

constexpr std::string_view kPassesAlone =
    "forward and backward replayed operator by operator as on one device (torch 2.13; checked against traces of the "
    "code itself)";

Factor widthOf(double bytes) {
  return constant("bytes per element", bytes, Unit::bytes_per_element,
                  bytes == 4   ? "fp32"
                  : bytes == 2 ? "16 bit"
                  : bytes == 1 ? "8 bit or a mask"
                               : "64-bit integers");
}

// Tensors of one extent and format.
Factor bytesOfTerm(FactorTree& tree, const ReplayedStep& step, const Tape::Term& term, std::string_view symbol) {
  Product product(tree, symbol, Unit::bytes);
  product.times(constant("tensors", term.copies, Unit::copies, kSource));
  for (const std::uint8_t dim : term.extent.dims)
    if (dim != 0) product.times(step.dims[dim]);
  if (term.extent.count != 1) product.times(constant("times its extent", term.extent.count, Unit::ratio, kSource));
  return product.times(widthOf(term.width)).close();
}

Moments momentOf(Phase phase) {
  switch (phase) {
    case Phase::rest:
    case Phase::forward:
      return at(MomentId::forward);
    case Phase::loss:
      return at(MomentId::loss);
    case Phase::backward:
      return kBackward;
    case Phase::step:
      return at(MomentId::step);
  }
  return at(MomentId::forward);
}

}  // namespace

namespace {

// The lines of the phases for which when(phase) says at which moments they are alive; a phase of no moment is left out,
// and so are logits where they are counted elsewhere.
template <typename When>
void addPhases(const Run& r, const ReplayedStep& step, std::string_view source, bool logits, When when) {
  FactorTree& tree = r.rank.ledger;
  for (std::size_t phase = 1; phase < kPhaseCount; ++phase) {
    const Moments moments = when(static_cast<Phase>(phase));
    if (moments == 0) continue;
    for (const ReplayedLine& line : step.lines[phase]) {
      if (!logits && line.component == ComponentId::logits) continue;
      Factor all = summed(line.label, line.bytes, Unit::bytes);
      if (tree.open()) {
        FactorParts sum(tree, line.label, Unit::bytes);
        for (std::size_t i = line.first; i < line.end; ++i)
          sum.add(bytesOfTerm(tree, step, step.alive[phase][i], line.label));
        all = sum.close();
      }
      r.book.add(moments, line.component, line.label, source, {all});
    }
  }
  for (const auto& [kind, bytes] : step.kept)
    r.rank.savedActivations.push(
        {r.model.kinds[kind].label, layersOfKind(r.model, kind, r.stage.part.layers), toBytes(bytes)});
}

}  // namespace

void addReplayedStep(const Run& r, const StepQuestion& question) {
  addPhases(r, replayed(question, r.scenario.model), kSource, true, momentOf);
}

// Without gradients a backward pass is heaviest where it begins; what the gradients add is there when it ends.
void addReplayedPasses(const Run& r, const StepQuestion& question) {
  addPhases(r, replayed(question, r.scenario.model), kPassesAlone, !question.withoutLogits, [](Phase phase) {
    if (phase == Phase::step) return Moments{0};
    return phase == Phase::backward ? at(MomentId::backward_start) : momentOf(phase);
  });
}

std::optional<double> replayedCache(const Run& r, const StepQuestion& question) {
  const auto workspace = static_cast<std::int64_t>(productWorkspace(r.device()));
  const std::optional<HeldBytes> held = replayedHeld(question, r.scenario.model, workspace);
  if (!held) return {};
  return std::max(0.0, held->reserved - held->alive);
}

}  // namespace headroom::training
