#include "core/analysis/limits.h"

#include <algorithm>

#include "core/analysis/verdict.h"
#include "core/estimate/bounded_estimate.h"
#include "core/open/scenario_json.h"
#include "core/scenario/engines.h"
#include "core/scenario/settings.h"

namespace headroom {
namespace {

// One scenario asked again and again with a knob turned; the Estimate is reused, so a search allocates once.
class Search {
 public:
  Search(const Scenario& scenario, Host host) : scenario_(scenario), host_(host) {
    if (host_ == Host::empty) return;
    estimateBounded(scenario_, result_);
    onDevices_ = weightsOnDevices();
  }

  Scenario& scenario() { return scenario_; }

  // The largest value in [1, most] that fits; 0 where 1 does not, nothing where `most` does or no capacity is known.
  template <typename Turn>
  std::optional<std::int64_t> largest(std::int64_t most, Turn turn) {
    const auto ask = [&](std::int64_t value) {
      turn(scenario_, value);
      estimateBounded(scenario_, result_);
      return answered(value);
    };
    Asked good = ask(1);
    if (!good.fits) return 0;
    if (!std::ranges::any_of(result_.ranks, [](const RankEstimate& r) { return r.verdict.has_value(); }))
      return std::nullopt;
    Asked bad = ask(2);
    while (bad.fits) {
      if (bad.value == most) return std::nullopt;
      const std::int64_t next = std::min(std::max(2 * bad.value, beyond(good, bad)), most);
      good = bad;
      bad = ask(next);
    }
    // Where the line between both ends says; where that did not halve what is between them, in the middle.
    for (bool halved = true; bad.value - good.value > 1;) {
      const std::int64_t between = bad.value - good.value;
      const Asked one = ask(halved ? crossing(good, bad) : good.value + between / 2);
      (one.fits ? good : bad) = one;
      halved = 2 * (bad.value - good.value) <= between;
    }
    return good.value;
  }

 private:
  struct Asked {
    std::int64_t value = 0;
    bool fits = false;
    std::optional<double> left;  // bytes, on the device that has the least
  };

  Asked answered(std::int64_t value) const {
    // What an engine moves to the host to make room is not what fits.
    const bool stays =
        weightsLeftToHost(result_) == Bytes(0) || (host_ == Host::as_asked && weightsOnDevices() >= onDevices_);
    Asked asked{value, stays, {}};
    for (const RankEstimate& r : result_.ranks) {
      if (r.verdict == Verdict::exceeds) asked.fits = false;
      if (!r.headroom) continue;
      const auto left = static_cast<double>(r.headroom->value());
      asked.left = std::min(left, asked.left.value_or(left));
    }
    return asked;
  }

  // The host's own say nothing: a mapped file is there whole, whatever of it is used.
  Bytes weightsOnDevices() const {
    Bytes sum;
    for (const RankEstimate& r : result_.ranks) sum += r.ledger.bytes(ComponentId::weights);
    return sum;
  }

  // Memory grows nearly in proportion: a little more than where the line through two values ends. 0: there is no line.
  static std::int64_t beyond(const Asked& a, const Asked& b) {
    constexpr double kFarthest = 256, kMore = 1.02;
    if (!a.left || !b.left || *b.left >= *a.left) return 0;
    const double more = *b.left * static_cast<double>(b.value - a.value) / (*a.left - *b.left);
    const auto value = static_cast<double>(b.value);
    return static_cast<std::int64_t>(std::min(value + kMore * more, kFarthest * value)) + 1;
  }

  static std::int64_t crossing(const Asked& good, const Asked& bad) {
    const std::int64_t between = bad.value - good.value;
    if (!good.left || !bad.left || *good.left < 0 || *bad.left >= 0) return good.value + between / 2;
    const double share = *good.left / (*good.left - *bad.left);
    return good.value +
           std::clamp<std::int64_t>(static_cast<std::int64_t>(share * static_cast<double>(between)), 1, between - 1);
  }

  Scenario scenario_;
  Estimate result_;
  Host host_;
  Bytes onDevices_;  // as asked
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

std::optional<std::int64_t> largest(const Scenario& scenario, Knob knob, Host host) {
  const bool adapters = scenario.workload == Workload::lora || scenario.workload == Workload::qlora;
  if (!hasCapacity(scenario) || (knob == Knob::rank && !adapters)) return std::nullopt;
  return Search(scenario, host).largest(mostOf(knob), [knob](Scenario& s, std::int64_t n) { turn(s, knob, n); });
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
