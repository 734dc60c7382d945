#include "core/analysis/remarks.h"

#include <fmt/format.h>

#include "core/analysis/effects.h"
#include "core/analysis/verdict.h"
#include "core/base/format.h"
#include "core/scenario/optimizers.h"
#include "core/scenario/settings.h"

namespace headroom {
namespace {

// Of a device's memory, as rules of thumb would have training stay below it.
constexpr double kRuleOfThumbShare = 0.70;

double shareOf(Bytes part, Bytes whole) {
  return whole > Bytes(0) ? static_cast<double>(part.value()) / static_cast<double>(whole.value()) : 0;
}

// bf16 has 8 bits of significand, fp16 11: what is smaller beside a value than its last bit is rounded away.
void momentsInSixteenBit(const Settings& s, const RankEstimate& rank, std::vector<Diagnostic>& out) {
  const OptimizerRow& optimizer = rowOf(s.optimizer);
  const Bytes states = rank.ledger.bytes(ComponentId::optimizer_states);
  if (optimizer.states == 0 || optimizer.stateBytes > 0 || s.masterWeights || states == Bytes(0)) return;
  if (!isPlainFloat(s.optimizerStates) || info(s.optimizerStates).blockBytes != 2) return;
  out.push_back(
      {"states-in-16-bit", Severity::note,
       fmt::format("{} keeps its {} in {}, as the weights they step: small updates are rounded away. In fp32 "
                   "(precision.optimizer_states) they take {} more, and a master copy "
                   "(precision.master_weights) four bytes a parameter.",
                   optimizer.label, optimizer.symbol, info(s.optimizerStates).id, formatBytes(states, ByteUnit::gib)),
       "precision.optimizer_states"});
}

void activationsOverHalf(const Settings& s, const RankEstimate& rank, std::vector<Diagnostic>& out) {
  const Bytes kept = rank.ledger.bytes(ComponentId::activations) + rank.ledger.bytes(ComponentId::logits);
  const double share = shareOf(kept, rank.device);
  if (share <= 0.5 || s.training.checkpointing != Checkpointing::none) return;
  out.push_back({"activations-over-half",
                 Severity::note,
                 fmt::format("Activations and logits are {:.0f} % of the memory: they grow with batch and context and "
                             "stand in no rule of so many bytes a parameter.",
                             100 * share),
                 {}});
}

void nearlyFull(const RankEstimate& rank, std::vector<Diagnostic>& out) {
  if (!rank.capacity || !rank.verdict || *rank.verdict == Verdict::exceeds) return;
  const double share = shareOf(rank.device, *rank.capacity);
  if (share <= kRuleOfThumbShare) return;
  out.push_back({"over-70-percent",
                 Severity::note,
                 fmt::format("It takes {:.0f} % of the device. A rule of thumb keeps training below {:.0f} %, for what "
                             "fragmentation and longer samples add: here the band says how much that is.",
                             100 * share, 100 * kRuleOfThumbShare),
                 {}});
}

}  // namespace

std::vector<Diagnostic> pitfalls(const Scenario& scenario, const Estimate& estimate) {
  std::vector<Diagnostic> out;
  if (!isTraining(scenario.workload) || scenario.method != Method::detailed) return out;
  const Settings settings = settingsOf(scenario);
  const RankEstimate& rank = decidingRank(estimate);
  if (scenario.workload == Workload::full) momentsInSixteenBit(settings, rank, out);
  activationsOverHalf(settings, rank, out);
  nearlyFull(rank, out);
  return out;
}

void addRemarks(const Scenario& scenario, Estimate& estimate) {
  for (std::vector<Diagnostic> found : {withoutEffect(scenario, estimate), pitfalls(scenario, estimate)})
    for (Diagnostic& d : found) estimate.diagnostics.push_back(std::move(d));
}

}  // namespace headroom
