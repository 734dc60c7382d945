#include "core/analysis/limits.h"

#include <algorithm>

#include "core/estimate/estimate.h"
#include "core/open/scenario_json.h"
#include "core/scenario/engines.h"
#include "core/scenario/settings.h"

namespace headroom {
namespace {

// One scenario asked again and again with a knob turned; the Estimate is reused, so a search allocates once.
class Search {
 public:
  explicit Search(const Scenario& scenario) : scenario_(scenario) {}

  Scenario& scenario() { return scenario_; }

  // The largest value in [1, most] that fits; 0 where 1 does not, nothing where `most` does or no capacity is known.
  template <typename Turn>
  std::optional<std::int64_t> largest(std::int64_t most, Turn turn) {
    const auto fits = [&](std::int64_t value) {
      turn(scenario_, value);
      estimateInto(scenario_, result_);
      return std::ranges::all_of(result_.ranks, [](const RankEstimate& r) { return r.verdict != Verdict::exceeds; });
    };
    if (!fits(1)) return 0;
    if (!std::ranges::any_of(result_.ranks, [](const RankEstimate& r) { return r.verdict.has_value(); }))
      return std::nullopt;
    std::int64_t good = 1, bad = 2;
    while (fits(bad)) {
      if (bad == most) return std::nullopt;
      good = bad;
      bad = std::min(bad * 2, most);
    }
    while (bad - good > 1) {
      const std::int64_t middle = good + (bad - good) / 2;
      (fits(middle) ? good : bad) = middle;
    }
    return good;
  }

 private:
  Scenario scenario_;
  Estimate result_;
};

bool hasCapacity(const Scenario& s) {
  return std::ranges::any_of(s.devices, [](const DeviceRequest& d) { return d.memory || d.entry != nullptr; });
}

bool hasPool(const Settings& s) {
  return rowOf(s.engine).has(Feature::claim);
}

}  // namespace

std::optional<std::int64_t> largestBatch(const Scenario& scenario) {
  if (!hasCapacity(scenario)) return std::nullopt;
  return Search(scenario).largest(kMaxBatch, [](Scenario& s, std::int64_t n) { s.batch = n; });
}

std::optional<std::int64_t> largestContext(const Scenario& scenario) {
  if (!hasCapacity(scenario)) return std::nullopt;
  return Search(scenario).largest(kMaxContext, [](Scenario& s, std::int64_t n) { s.context = n; });
}

std::optional<std::int64_t> largestRank(const Scenario& scenario) {
  const bool adapters = scenario.workload == Workload::lora || scenario.workload == Workload::qlora;
  if (!adapters || !hasCapacity(scenario)) return std::nullopt;
  return Search(scenario).largest(kMaxRank, [](Scenario& s, std::int64_t n) { s.training.rank = n; });
}

Limits limitsOf(const Scenario& scenario) {
  Limits limits;
  limits.batch = largestBatch(scenario);
  limits.context = largestContext(scenario);
  limits.rank = largestRank(scenario);
  if (scenario.workload == Workload::inference) {
    const Settings settings = settingsOf(scenario);
    limits.sequences = limits.batch;
    // A scheduler with a pool never runs more sequences at once than it was started for.
    if (hasPool(settings) && limits.batch) limits.sequences = std::min(*limits.batch, settings.maxSequences);
  }
  return limits;
}

}  // namespace headroom
