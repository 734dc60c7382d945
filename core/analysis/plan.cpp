#include "core/analysis/plan.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "core/analysis/communication.h"
#include "core/analysis/plan_rules.h"
#include "core/analysis/verdict.h"
#include "core/base/parallel.h"
#include "core/scenario/choices.h"

namespace headroom {
namespace {

// A layout's place in the product of the axes. The parts that a step's shapes depend on change slowest, so that a
// replayed step is asked for again right after it was made.
Layout layoutAt(const PlanAxes& axes, std::size_t index) {
  Layout l;
  const auto next = [&index](const auto& values) -> const auto& {
    const auto& value = values[index % values.size()];
    index /= values.size();
    return value;
  };
  l.data = next(axes.data);
  l.pipeline = next(axes.pipeline);
  l.sharding = next(axes.sharding);
  l.expert = next(axes.expert);
  l.checkpointing = next(axes.checkpointing);
  l.microBatch = next(axes.microBatch);
  l.context = next(axes.context);
  l.tensor = next(axes.tensor);
  l.weights = index % axes.weights.size();
  return l;
}

void lay(Scenario& s, const PlanAxes& axes, const Layout& l) {
  Parallel& p = s.parallel;
  p.tensor = l.tensor, p.pipeline = l.pipeline, p.context = l.context;
  if (l.expert > 1 || p.expert) p.expert = l.expert;
  if (const auto& format = axes.weights[l.weights]) s.precision.weights = *format;
  if (!s.devices.empty()) s.devices.front().count = l.devices();
  if (!isTraining(s.workload)) return;
  p.data = l.data;
  p.sharding = l.sharding;
  s.training.checkpointing = l.checkpointing;
  s.training.accumulation = l.accumulation;
  s.batch = l.microBatch;
}

// What one thread finds.
struct Found {
  std::vector<std::pair<std::size_t, PlannedLayout>> fit;  // with the place in the product
  std::array<std::size_t, kLayoutFaults> faults{};
  std::map<std::string, std::size_t> refused;
  std::size_t tried = 0, valid = 0, exceeds = 0, unknown = 0;
};

// Training: how much is computed twice. Serving: the share of a stage's weights that one device reads for a token,
// which every sequence waits for stage after stage.
double delayOf(const PlannedLayout& a, bool training) {
  return training ? static_cast<double>(a.layout.checkpointing) : 1.0 / static_cast<double>(a.layout.tensor);
}

// The objectives, all smaller the better: memory and communication apart, which alone are continuous.
struct Steps {
  std::int64_t devices;
  double delay, narrowness;
  auto operator<=>(const Steps&) const = default;
  bool noWorse(const Steps& o) const { return devices <= o.devices && delay <= o.delay && narrowness <= o.narrowness; }
};

class Front {
 public:
  Front(const Scenario& scenario, const PlanAxes& axes) : training_(isTraining(scenario.workload)) {
    for (const auto& format : axes.weights) {
      Scenario s = scenario;
      if (format) s.precision.weights = *format;
      narrowness_.push_back(-bitsOf(settingsOf(s).weights, *scenario.model));
    }
  }

  // The layouts that no other beats or equals at once in everything; of equals the first.
  std::vector<PlannedLayout> of(std::vector<std::pair<std::size_t, PlannedLayout>> all) const {
    std::ranges::sort(all, [&](const auto& a, const auto& b) { return key(a) < key(b); });
    // Within a group of equal steps: memory rises, so each that is kept needs less communication than all before it.
    std::vector<std::pair<Steps, PlannedLayout>> kept;
    std::optional<Steps> group;
    double least = 0;
    for (const auto& [place, one] : all) {
      const Steps steps = stepsOf(one);
      if (group == steps && one.communication >= least) continue;
      group = steps, least = one.communication;
      kept.emplace_back(steps, one);
    }
    std::vector<PlannedLayout> front;
    for (const auto& [steps, one] : kept) {
      const auto beats = [&steps = steps, &one = one](const auto& other) {
        return other.first != steps && other.first.noWorse(steps) && other.second.need <= one.need &&
               other.second.communication <= one.communication;
      };
      if (std::ranges::none_of(kept, beats)) front.push_back(one);
    }
    std::ranges::stable_sort(front, [](const PlannedLayout& a, const PlannedLayout& b) {
      return std::tuple(a.layout.devices(), a.need) < std::tuple(b.layout.devices(), b.need);
    });
    return front;
  }

 private:
  Steps stepsOf(const PlannedLayout& one) const {
    return {one.layout.devices(), delayOf(one, training_), narrowness_[one.layout.weights]};
  }
  std::tuple<Steps, Bytes, double, std::size_t> key(const std::pair<std::size_t, PlannedLayout>& one) const {
    return {stepsOf(one.second), one.second.need, one.second.communication, one.first};
  }

  bool training_;
  std::vector<double> narrowness_;
};

class Planner {
 public:
  Planner(const Scenario& scenario, const PlanAxes& axes)
      : axes_(axes), rules_(scenario, axes), communication_(communicationModel(scenario, axes)) {}

  void tryOut(std::size_t index, Scenario& scratch, Estimate& estimate, Found& found) const {
    ++found.tried;
    Layout layout = layoutAt(axes_, index);
    if (const LayoutFault fault = rules_.check(layout); fault != LayoutFault::none) {
      ++found.faults[static_cast<std::size_t>(fault)];
      return;
    }
    lay(scratch, axes_, layout);
    estimateInto(scratch, estimate);
    if (!estimate.refused.empty()) {
      ++found.refused[estimate.refused.front()];
      return;
    }
    const std::optional<Verdict> verdict = estimate.verdict();
    if (!verdict) return void(++found.unknown);
    ++found.valid;
    if (*verdict == Verdict::exceeds) return void(++found.exceeds);
    const RankEstimate& rank = decidingRank(estimate);
    found.fit.push_back(
        {index,
         {layout, *verdict, rank.device, rank.headroom.value_or(Bytes(0)), communicationOf(communication_, layout)}});
  }

 private:
  const PlanAxes& axes_;
  LayoutRules rules_;
  CommunicationModel communication_;
};

void addReasons(Plan& plan, const Found& sum) {
  const auto add = [&](std::string why, std::size_t n) {
    if (n > 0) plan.left.push_back({std::move(why), n});
  };
  for (std::size_t i = 1; i < kLayoutFaults; ++i) add(std::string(wordsOf(static_cast<LayoutFault>(i))), sum.faults[i]);
  for (const auto& [why, n] : sum.refused) add("would not run: " + why, n);
  add("does not fit", sum.exceeds);
  add("no capacity is known", sum.unknown);
  std::ranges::stable_sort(plan.left, std::ranges::greater{}, &Plan::Reason::layouts);
}

}  // namespace

Scenario laidOut(const Scenario& scenario, const PlanAxes& axes, const Layout& layout) {
  Scenario s = scenario;
  lay(s, axes, layout);
  return s;
}

Plan planFor(const Scenario& scenario, const PlanAxes& axes, const std::stop_token& stop) {
  const Planner planner(scenario, axes);
  // Runs of neighbours, which ask for the same steps, go to one thread.
  constexpr std::size_t kRun = 256;
  const std::size_t all = axes.layouts(), runs = (all + kRun - 1) / kRun;
  std::vector<Found> found(runs);
  const auto makeWork = [&] {
    return [&, scratch = scenario, estimate = Estimate()](std::size_t run) mutable {
      const std::size_t end = std::min(all, (run + 1) * kRun);
      for (std::size_t i = run * kRun; i < end && !stop.stop_requested(); ++i)
        planner.tryOut(i, scratch, estimate, found[run]);
    };
  };
  onAllCores(runs, makeWork, stop);

  Plan plan;
  Found sum;
  for (Found& f : found) {
    for (std::size_t i = 0; i < kLayoutFaults; ++i) sum.faults[i] += f.faults[i];
    for (const auto& [why, n] : f.refused) sum.refused[why] += n;
    sum.tried += f.tried, sum.valid += f.valid, sum.exceeds += f.exceeds, sum.unknown += f.unknown;
    std::ranges::move(f.fit, std::back_inserter(sum.fit));
  }
  plan.tried = sum.tried, plan.valid = sum.valid, plan.fit = sum.fit.size();
  plan.stopped = sum.tried < all;
  addReasons(plan, sum);
  plan.layouts = Front(scenario, axes).of(std::move(sum.fit));
  return plan;
}

}  // namespace headroom
