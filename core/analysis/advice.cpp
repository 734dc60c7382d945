#include "core/analysis/advice.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "core/analysis/changes.h"
#include "core/analysis/devices.h"
#include "core/base/bisect.h"
#include "core/base/format.h"
#include "core/scenario/engines.h"
#include "core/scenario/settings.h"

namespace headroom {
namespace {

constexpr double kLeastSaving = 0.01;     // of the need
constexpr double kActivationShare = 0.5;  // beyond it checkpointing is always worth a word
constexpr std::size_t kMostPairs = 2;

bool activationsDominate(const Scenario& scenario, const RankEstimate& rank) {
  return isTraining(scenario.workload) && static_cast<double>(rank.ledger.bytes(ComponentId::activations).value()) >
                                              kActivationShare * static_cast<double>(rank.device.value());
}

bool helps(const Advice& a) {
  return a.verdict && *a.verdict != Verdict::exceeds;
}

// The scenario with some changes made, and what it then comes to.
Advice made(const Scenario& scenario, Bytes need, std::initializer_list<const Change*> changes, Estimate& scratch) {
  Advice a;
  a.scenario = scenario;
  for (const Change* c : changes) {
    c->flip(a.scenario);
    a.id = c->id;
    std::string next = c->change;
    if (!a.change.empty() && !next.empty()) next.front() = static_cast<char>(std::tolower(next.front()));
    a.change += (a.change.empty() ? "" : ", and ") + next;
    a.cost += (a.cost.empty() ? "" : "; ") + c->cost;
    a.outcome = std::max(a.outcome, c->outcome);
  }
  if (changes.size() > 1) a.id = "pair";
  estimateInto(a.scenario, scratch);
  a.device = scratch.heaviest().device;
  a.saved = need - a.device;
  a.verdict = scratch.verdict();
  return a;
}

// The pairs after which it fits: those that leave the result alone first, then by what they save.
std::vector<Advice> pairsOf(const Scenario& scenario, Bytes need, const std::vector<Change>& changes,
                            Estimate& scratch) {
  std::vector<Advice> pairs;
  for (std::size_t i = 0; i < changes.size(); ++i)
    for (std::size_t j = i + 1; j < changes.size(); ++j) {
      if (changes[i].field == changes[j].field || !changes[i].advised || !changes[j].advised) continue;
      Advice a = made(scenario, need, {&changes[i], &changes[j]}, scratch);
      if (helps(a)) pairs.push_back(std::move(a));
    }
  std::ranges::stable_sort(pairs, [](const Advice& a, const Advice& b) {
    return a.outcome != b.outcome ? a.outcome < b.outcome : a.saved > b.saved;
  });
  if (pairs.size() > kMostPairs) pairs.resize(kMostPairs);
  return pairs;
}

// The way of sharding over replicas that the engine has; none where it shards by itself already.
Sharding furtherSharding(const Scenario& scenario) {
  const EngineRow& engine = rowOf(settingsOf(scenario).engine);
  if (!isTraining(scenario.workload) || scenario.parallel.sharding || engine.sharding != Sharding::none)
    return Sharding::none;
  for (const Sharding way : {Sharding::zero3, Sharding::fsdp2, Sharding::distributed_optimizer})
    if (engine.shardedBy(way)) return way;
  return Sharding::none;
}

// The least number of the same devices on which it fits, where the layout is left to the engine. Replicas that each
// keep everything need no less, so a training job that shards nothing is sharded over them.
std::optional<Advice> moreDevices(const Scenario& scenario, Bytes need, Estimate& scratch) {
  if (scenario.devices.size() != 1 || spellsLayout(scenario)) return std::nullopt;
  const DeviceRequest& d = scenario.devices.front();
  const Machine machine{d.entry, nullptr, d.memory, {}, {}};
  DeviceQuestion question;
  question.limits = false;
  Advice a;
  a.scenario = scenario;
  const Sharding further = furtherSharding(scenario);
  if (further != Sharding::none) a.scenario.parallel.sharding = further;
  const std::vector<DeviceAnswer> answers = devicesFor(a.scenario, std::array{machine}, question);
  const DeviceAnswer& answer = answers.front();
  if (!answer.fits() || answer.devices <= d.count) return std::nullopt;
  a.id = "more-devices";
  a.change = "Use " + formatCount(answer.devices) + " such devices";
  if (further != Sharding::none) a.change += ", and shard over them (" + std::string(nameOf(further)) + ")";
  a.cost = "the devices, and what they tell one another";
  a.scenario = answer.scenario;
  estimateInto(a.scenario, scratch);
  a.device = scratch.heaviest().device;
  a.saved = need - a.device;
  a.verdict = scratch.verdict();
  return a;
}

// As many layers as the devices take, for an engine that leaves the others to the host when it is told to.
std::optional<Advice> fewerLayers(const Scenario& scenario, Bytes need, Estimate& scratch) {
  if (!rowOf(settingsOf(scenario).engine).has(Feature::gpu_layers) || scenario.offload.gpuLayers) return std::nullopt;
  Advice a;
  a.scenario = scenario;
  const std::int64_t all = scenario.model->layers() + 1;  // the output counts as one (llama.cpp -ngl)
  const std::int64_t most = largestOf(1, all - 1, [&](std::int64_t layers) {
    a.scenario.offload.gpuLayers = layers;
    estimateInto(a.scenario, scratch);
    return scratch.verdict() != Verdict::exceeds;
  });
  if (most == 0) return std::nullopt;
  a.scenario.offload.gpuLayers = most;
  estimateInto(a.scenario, scratch);
  a.id = "layers-on-host";
  a.change = fmt::format("Put {} of {} layers on the device", most, all);
  a.cost = "speed: the host computes the rest";
  a.device = scratch.heaviest().device;
  a.saved = need - a.device;
  a.verdict = scratch.verdict();
  return a;
}

}  // namespace

std::string_view nameOf(Outcome outcome) {
  constexpr std::array<std::string_view, 3> kNames{"nothing", "precision", "task"};
  return kNames[static_cast<std::size_t>(outcome)];
}

std::vector<Advice> adviceOf(const Scenario& scenario, const Estimate& before, std::size_t count) {
  const Bytes need = before.heaviest().device;
  const bool wanting = before.verdict() && *before.verdict() != Verdict::fits;
  const bool dominated = activationsDominate(scenario, before.heaviest());
  std::vector<Advice> advice;
  if (!wanting && !dominated) return advice;

  Estimate scratch;
  const std::vector<Change> all = changesOf(scenario);
  std::vector<Change> changes;
  std::ranges::copy_if(all, std::back_inserter(changes), [](const Change& c) { return !c.on && c.advised; });
  for (const Change& c : changes) {
    if (!wanting && c.id != "checkpointing") continue;
    Advice a = made(scenario, need, {&c}, scratch);
    if (static_cast<double>(a.saved.value()) < kLeastSaving * static_cast<double>(need.value())) continue;
    advice.push_back(std::move(a));
  }
  if (before.verdict() == Verdict::exceeds)
    if (auto fewer = fewerLayers(scenario, need, scratch)) advice.push_back(*std::move(fewer));
  const bool single = std::ranges::any_of(advice, helps);
  if (before.verdict() == Verdict::exceeds && !single) {
    if (auto more = moreDevices(scenario, need, scratch)) advice.push_back(*std::move(more));
    for (Advice& pair : pairsOf(scenario, need, changes, scratch)) advice.push_back(std::move(pair));
  }
  std::ranges::stable_sort(advice, [&](const Advice& a, const Advice& b) {
    if (helps(a) != helps(b)) return helps(a);
    // What helps is single changes, or, where none does, all of several.
    const bool several = !single && helps(a);
    return several && a.outcome != b.outcome ? a.outcome < b.outcome : a.saved > b.saved;
  });
  if (advice.size() > count) advice.resize(count);
  return advice;
}

std::vector<SwitchPrice> switchesOf(const Scenario& scenario, const Estimate& now) {
  std::vector<SwitchPrice> list;
  Estimate scratch;
  const Bytes need = now.heaviest().device;
  for (const Change& c : changesOf(scenario)) {
    Advice other = made(scenario, need, {&c}, scratch);
    list.push_back({c.id, c.change, c.cost, c.outcome, c.on, c.on ? other.device - need : other.saved,
                    std::move(other.scenario), other.device, other.verdict});
  }
  return list;
}

}  // namespace headroom
