// What a plan tries where nobody says.
#include <algorithm>

#include "core/analysis/plan.h"
#include "core/model/any_layer.h"
#include "core/scenario/choices.h"
#include "core/scenario/engines.h"
#include "core/scenario/settings.h"

namespace headroom {
namespace {

std::vector<std::int64_t> divisors(std::int64_t n, std::int64_t most) {
  constexpr std::int64_t kMostTried = 4096;
  std::vector<std::int64_t> list;
  for (std::int64_t i = 1; i <= std::min({n, most, kMostTried}); ++i)
    if (n % i == 0) list.push_back(i);
  return list;
}

// What was spelled out is kept.
template <typename T>
std::vector<T> kept(const std::optional<T>& asked, std::vector<T> otherwise) {
  return asked ? std::vector<T>{*asked} : std::move(otherwise);
}

}  // namespace

std::size_t PlanAxes::layouts() const {
  std::size_t n = 1;
  for (const std::size_t size : {tensor.size(), pipeline.size(), context.size(), expert.size(), data.size(),
                                 microBatch.size(), sharding.size(), checkpointing.size(), weights.size()})
    n *= size;
  return n;
}

PlanAxes planAxes(const Scenario& s, std::optional<std::int64_t> globalBatch) {
  const Settings now = settingsOf(s);
  const EngineRow& engine = rowOf(now.engine);
  const Parallel& p = s.parallel;
  const bool training = isTraining(s.workload);
  PlanAxes axes;
  axes.globalBatch = globalBatch;
  axes.fleet = std::max<std::int64_t>(1, deviceCount(s));
  const auto ways = [&](const std::optional<std::int64_t>& asked, bool has, std::int64_t most) {
    return kept(asked, has ? divisors(axes.fleet, most) : std::vector<std::int64_t>{1});
  };
  axes.tensor = ways(p.tensor, engine.has(Feature::tensor), kNodeDevices);
  axes.pipeline = ways(p.pipeline, engine.has(Feature::pipeline) || engine.devices == DevicesImply::layers, axes.fleet);
  axes.context = ways(p.context, training && engine.has(Feature::context), axes.fleet);
  axes.data = training ? ways(p.data, true, axes.fleet) : std::vector<std::int64_t>{1};
  const bool experts = hasExperts(*s.model);
  axes.expert = ways(p.expert, experts && engine.has(Feature::expert), axes.fleet);
  axes.weights = {std::nullopt};
  if (!training) {
    axes.microBatch = {now.batch};
    axes.sharding = {now.parallel.sharding};
    axes.checkpointing = {now.training.checkpointing};
    return axes;
  }
  axes.microBatch = {1, 2, 4, 8};
  if (s.batch) axes.microBatch = {*s.batch};
  axes.checkpointing =
      kept(s.training.checkpointing, {Checkpointing::none, Checkpointing::selective, Checkpointing::full});
  axes.sharding = {Sharding::none};
  for (const Sharding way : {Sharding::zero1, Sharding::zero2, Sharding::zero3, Sharding::fsdp, Sharding::fsdp2,
                             Sharding::distributed_optimizer})
    if (engine.shardedBy(way)) axes.sharding.push_back(way);
  axes.sharding = kept(p.sharding, std::move(axes.sharding));
  return axes;
}

}  // namespace headroom
