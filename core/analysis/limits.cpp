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

std::int64_t mostOf(Knob knob) {
  return knob == Knob::batch ? kMaxBatch : knob == Knob::context ? kMaxContext : kMaxRank;
}

void turn(Scenario& s, Knob knob, std::int64_t value) {
  (knob == Knob::batch ? s.batch : knob == Knob::context ? s.context : s.training.rank) = value;
}

std::optional<std::int64_t> largest(const Scenario& scenario, Knob knob) {
  const bool adapters = scenario.workload == Workload::lora || scenario.workload == Workload::qlora;
  if (!hasCapacity(scenario) || (knob == Knob::rank && !adapters)) return std::nullopt;
  return Search(scenario).largest(mostOf(knob), [knob](Scenario& s, std::int64_t n) { turn(s, knob, n); });
}

std::optional<std::int64_t> largestBatch(const Scenario& scenario) {
  return largest(scenario, Knob::batch);
}

std::optional<std::int64_t> largestContext(const Scenario& scenario) {
  return largest(scenario, Knob::context);
}

std::optional<std::int64_t> largestRank(const Scenario& scenario) {
  return largest(scenario, Knob::rank);
}

namespace {

// A scheduler with a pool never runs more sequences at once than it was started for.
std::optional<std::int64_t> scheduled(const Scenario& scenario, std::optional<std::int64_t> batch) {
  const Settings settings = settingsOf(scenario);
  return hasPool(settings) && batch ? std::min(*batch, settings.maxSequences) : batch;
}

}  // namespace

std::optional<std::int64_t> largestSequences(const Scenario& scenario) {
  if (scenario.workload != Workload::inference) return std::nullopt;
  return scheduled(scenario, largestBatch(scenario));
}

Limits limitsOf(const Scenario& scenario) {
  Limits limits;
  limits.batch = largestBatch(scenario);
  limits.context = largestContext(scenario);
  limits.rank = largestRank(scenario);
  if (scenario.workload == Workload::inference) limits.sequences = scheduled(scenario, limits.batch);
  return limits;
}

}  // namespace headroom
