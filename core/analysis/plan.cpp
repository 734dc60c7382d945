#include "core/analysis/plan.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "core/analysis/communication.h"
#include "core/analysis/plan_rules.h"
#include "core/analysis/verdict.h"
#include "core/base/parallel.h"
#include "core/estimate/bounded_estimate.h"
#include "core/scenario/choices.h"

namespace headroom {
namespace {

// A layout's place in the product of the axes: which value it takes of each.
struct Place {
  std::size_t data = 0, pipeline = 0, sharding = 0, expert = 0, checkpointing = 0, microBatch = 0;
  std::size_t context = 0, tensor = 0, weights = 0;
};

Layout layoutAt(const PlanAxes& axes, const Place& p) {
  Layout l;
  l.data = axes.data[p.data], l.pipeline = axes.pipeline[p.pipeline], l.sharding = axes.sharding[p.sharding];
  l.expert = axes.expert[p.expert], l.checkpointing = axes.checkpointing[p.checkpointing];
  l.microBatch = axes.microBatch[p.microBatch];
  l.context = axes.context[p.context], l.tensor = axes.tensor[p.tensor], l.weights = p.weights;
  return l;
}

// Its number among all layouts; of equal ones the first is kept.
std::size_t numberOf(const PlanAxes& axes, const Place& p) {
  const std::pair<std::size_t, std::size_t> digits[] = {{p.weights, axes.weights.size()},
                                                        {p.tensor, axes.tensor.size()},
                                                        {p.context, axes.context.size()},
                                                        {p.microBatch, axes.microBatch.size()},
                                                        {p.checkpointing, axes.checkpointing.size()},
                                                        {p.expert, axes.expert.size()},
                                                        {p.sharding, axes.sharding.size()},
                                                        {p.pipeline, axes.pipeline.size()},
                                                        {p.data, axes.data.size()}};
  std::size_t number = 0;
  for (const auto& [digit, base] : digits) number = number * base + digit;
  return number;
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

// A layout that fits.
struct Fitting {
  std::size_t place = 0;  // in the product
  PlannedLayout one;
  bool bounded = false;  // it may need more than that, though it fits
};

void judge(Fitting& fitting, const Estimate& estimate, Verdict verdict, bool bounded) {
  const RankEstimate& rank = decidingRank(estimate);
  PlannedLayout& one = fitting.one;
  one.verdict = verdict;
  one.need = rank.device, one.left = rank.headroom.value_or(Bytes(0));
  one.allModelled = estimate.unmodelled.empty();
  fitting.bounded = bounded;
}

// What one thread finds.
struct Found {
  std::vector<Fitting> fit;
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
  std::vector<PlannedLayout> of(std::vector<Fitting> all) const {
    std::ranges::sort(all, [&](const auto& a, const auto& b) { return key(a) < key(b); });
    // Within a group of equal steps: memory rises, so each that is kept needs less communication than all before it.
    std::vector<std::pair<Steps, PlannedLayout>> kept;
    std::optional<Steps> group;
    double least = 0;
    for (const Fitting& fitting : all) {
      const PlannedLayout& one = fitting.one;
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

  // Whether it is beaten at once in everything, though it may need more than is known of it.
  bool beaten(const Fitting& fitting, const Fitting& by) const {
    return by.one.need < fitting.one.need && by.one.communication <= fitting.one.communication &&
           stepsOf(by.one).noWorse(stepsOf(fitting.one));
  }

 private:
  Steps stepsOf(const PlannedLayout& one) const {
    return {one.layout.devices(), delayOf(one, training_), narrowness_[one.layout.weights]};
  }
  std::tuple<Steps, Bytes, double, std::size_t> key(const Fitting& f) const {
    return {stepsOf(f.one), f.one.need, f.one.communication, f.place};
  }

  bool training_;
  std::vector<double> narrowness_;
};

// Bytes that neither recomputation nor the size of a pass changes: by themselves more than the device has room for,
// with a tenth more for what is gathered of them on the way.
bool statesExceed(const RankEstimate& rank) {
  if (!rank.usable) return false;
  double bytes = 0;
  for (const ComponentId id : {ComponentId::weights, ComponentId::master_weights, ComponentId::optimizer_states})
    bytes += static_cast<double>(rank.ledger.bytes(id).value());
  return bytes > 1.1 * static_cast<double>(rank.usable->value());
}

// What is known of a layout whose recomputation and micro-batch are still open.
struct Sibling {
  bool hopeless = false;         // its states alone exceed
  std::int64_t exceedsFrom = 0;  // with this many micro-batches a smaller pass exceeded; 0: none did
};

// Tries the layouts of one number of replicas, one split of the sequence, one of the layers and one format. Those are
// the parts that a step's shapes depend on; the innermost loops ask for few steps again and again, which are
// remembered.
class Planner {
 public:
  Planner(const Scenario& scenario, const PlanAxes& axes)
      : axes_(axes), rules_(scenario, axes), communication_(communicationModel(scenario, axes)) {
    for (std::size_t i = 0; i < axes.microBatch.size(); ++i) rising_.push_back(i);
    std::ranges::stable_sort(rising_, {}, [&](std::size_t i) { return axes.microBatch[i]; });
  }

  std::size_t groups() const {
    return axes_.data.size() * axes_.context.size() * axes_.tensor.size() * axes_.weights.size();
  }

  void tryGroup(std::size_t group, Scenario& scratch, Estimate& estimate, Found& found,
                const std::stop_token& stop) const {
    Place p;
    const auto next = [&group](std::size_t size) {
      const std::size_t digit = group % size;
      group /= size;
      return digit;
    };
    p.data = next(axes_.data.size()), p.context = next(axes_.context.size());
    p.tensor = next(axes_.tensor.size()), p.weights = group;
    std::vector<Sibling> siblings(axes_.expert.size() * axes_.sharding.size() * axes_.pipeline.size());
    for (p.checkpointing = 0; p.checkpointing < axes_.checkpointing.size(); ++p.checkpointing) {
      for (Sibling& s : siblings) s.exceedsFrom = 0;
      for (const std::size_t microBatch : rising_) {
        p.microBatch = microBatch;
        std::size_t at = 0;
        for (p.expert = 0; p.expert < axes_.expert.size(); ++p.expert)
          for (p.sharding = 0; p.sharding < axes_.sharding.size(); ++p.sharding)
            for (p.pipeline = 0; p.pipeline < axes_.pipeline.size(); ++p.pipeline, ++at) {
              if (stop.stop_requested()) return;
              tryOut(p, siblings[at], scratch, estimate, found);
            }
      }
    }
  }

 private:
  void tryOut(const Place& place, Sibling& sibling, Scenario& scratch, Estimate& estimate, Found& found) const {
    ++found.tried;
    Layout layout = layoutAt(axes_, place);
    if (const LayoutFault fault = rules_.check(layout); fault != LayoutFault::none) {
      ++found.faults[static_cast<std::size_t>(fault)];
      return;
    }
    // A larger pass never needs less, but a step of one pass alone has no gradients of an earlier one.
    const bool larger = sibling.exceedsFrom > 0 && (layout.accumulation > 1 || sibling.exceedsFrom == 1);
    if (sibling.hopeless || larger) {
      ++found.valid, ++found.exceeds;
      return;
    }
    lay(scratch, axes_, layout);
    const bool bounded = estimateBounded(scratch, estimate);
    if (!estimate.refused.empty()) {
      ++found.refused[estimate.refused.front()];
      return;
    }
    const std::optional<Verdict> verdict = estimate.verdict();
    if (!verdict) return void(++found.unknown);
    ++found.valid;
    if (*verdict == Verdict::exceeds) {
      ++found.exceeds;
      sibling.exceedsFrom = layout.accumulation;
      sibling.hopeless = statesExceed(decidingRank(estimate));
      return;
    }
    Fitting& fitting = found.fit.emplace_back();
    fitting.place = numberOf(axes_, place);
    fitting.one.layout = layout;
    fitting.one.communication = communicationOf(communication_, layout);
    judge(fitting, estimate, *verdict, bounded);
  }

  const PlanAxes& axes_;
  LayoutRules rules_;
  CommunicationModel communication_;
  std::vector<std::size_t> rising_;  // the micro-batches, the smallest first
};

// The layouts with what they need in truth, without those that are beaten whatever that is: the least first, so that
// few have to be asked.
std::vector<Fitting> settled(const Scenario& scenario, const PlanAxes& axes, const Front& front,
                             std::vector<Fitting> all, const std::stop_token& stop) {
  constexpr std::size_t kAtOnce = 32;
  if (std::ranges::none_of(all, &Fitting::bounded)) return all;
  std::ranges::sort(all, [](const Fitting& a, const Fitting& b) {
    return std::tie(a.one.need, a.place) < std::tie(b.one.need, b.place);
  });
  std::vector<Fitting> known;
  for (std::size_t next = 0; next < all.size() && !stop.stop_requested();) {
    const std::size_t first = known.size();
    for (; next < all.size() && known.size() < first + kAtOnce; ++next) {
      const auto beats = [&](const Fitting& by) { return front.beaten(all[next], by); };
      const auto end = known.begin() + static_cast<std::ptrdiff_t>(first);
      if (std::none_of(known.begin(), end, beats)) known.push_back(all[next]);
    }
    const auto makeWork = [&] {
      return [&, scratch = scenario, estimate = Estimate()](std::size_t i) mutable {
        Fitting& fitting = known[first + i];
        if (!fitting.bounded) return;
        lay(scratch, axes, fitting.one.layout);
        estimateInto(scratch, estimate);
        judge(fitting, estimate, estimate.verdict().value_or(fitting.one.verdict), false);
      };
    };
    onAllCores(known.size() - first, makeWork, stop);
  }
  return known;
}

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
  std::vector<Found> found(planner.groups());
  const auto makeWork = [&] {
    return [&, scratch = scenario, estimate = Estimate()](std::size_t group) mutable {
      planner.tryGroup(group, scratch, estimate, found[group], stop);
    };
  };
  onAllCores(planner.groups(), makeWork, stop);

  Plan plan;
  Found sum;
  for (Found& f : found) {
    for (std::size_t i = 0; i < kLayoutFaults; ++i) sum.faults[i] += f.faults[i];
    for (const auto& [why, n] : f.refused) sum.refused[why] += n;
    sum.tried += f.tried, sum.valid += f.valid, sum.exceeds += f.exceeds, sum.unknown += f.unknown;
    std::ranges::move(f.fit, std::back_inserter(sum.fit));
  }
  plan.tried = sum.tried, plan.valid = sum.valid, plan.fit = sum.fit.size();
  plan.stopped = sum.tried < axes.layouts() || stop.stop_requested();
  addReasons(plan, sum);
  const Front front(scenario, axes);
  plan.layouts = front.of(settled(scenario, axes, front, std::move(sum.fit), stop));
  return plan;
}

}  // namespace headroom
