#include "core/estimate/estimate.h"

#include <algorithm>
#include <array>

#include "core/estimate/chosen_settings.h"
#include "core/estimate/estimate_context.h"
#include "core/scenario/calibration.h"
#include "core/scenario/engines.h"

namespace headroom {
namespace {

// A result within a tenth of what is usable is called tight (DESIGN 3.2).
constexpr double kTightShare = 0.9;

const DeviceRequest* deviceOf(const Scenario& scenario, const RankEstimate& rank) {
  for (const DeviceRequest& d : scenario.devices)
    if (d.accelerator == rank.accelerator) return &d;
  return scenario.devices.empty() ? nullptr : &scenario.devices.front();
}

// Where sums of this size stand they may have met the end of a 64-bit count: what is said is then a lower bound.
constexpr Bytes kCountable(std::int64_t{1} << 60);

void sumUp(const Scenario& scenario, RankEstimate& rank) {
  const Ledger& l = rank.ledger;
  rank.device = l.total();
  if (rank.device >= kCountable) rank.releasable = Bytes(0);
  rank.reserved = rank.device - l.bytes(ComponentId::runtime);
  rank.allocated = rank.reserved - l.bytes(ComponentId::fragmentation);
  if (rank.device >= kCountable) rank.allocated = std::max(rank.allocated, Bytes(0));
  rank.low = rank.high = Bytes(0);
  for (std::size_t i = 0; i < kComponentCount; ++i) {
    rank.low += l.low(static_cast<ComponentId>(i));
    rank.high += l.high(static_cast<ComponentId>(i));
  }
  rank.capacity.reset(), rank.usable.reset(), rank.verdict.reset();
  const DeviceRequest* device = deviceOf(scenario, rank);
  if (device != nullptr) rank.capacity = device->capacity();
  if (!rank.capacity) return;
  const double reserve = scenario.reserve.value_or(0.0);
  rank.usable = toBytes(static_cast<double>(rank.capacity->value()) * (1.0 - reserve));
  if (rank.poolLeft) {
    // An engine takes its claim whatever is asked; only what a reserve leaves of the device can be less than that.
    const Bytes claimLeaves = rank.device + *rank.poolLeft;
    rank.usable = reserve > 0 ? std::min(*rank.usable, claimLeaves) : claimLeaves;
  }
  rank.headroom = *rank.usable - rank.device;
  const bool tight =
      static_cast<double>(rank.device.value()) > kTightShare * static_cast<double>(rank.usable->value()) ||
      rank.high > *rank.usable;
  // Before an allocation fails, torch returns every cached block in which nothing lives.
  const bool exceeds = *rank.headroom + rank.releasable < Bytes(0);
  rank.reserved -= std::min(rank.releasable, std::max(Bytes(0), rank.device - *rank.capacity));
  rank.verdict = exceeds ? Verdict::exceeds : tight ? Verdict::tight : Verdict::fits;
}

void diagnoseCalibration(EstimateContext& context) {
  const Calibration* c = context.scenario.calibration.get();
  if (c == nullptr) return;
  if (context.calibration != nullptr)
    context.note("calibrated", "Figures are " + c->label + "; the difference to the prediction at that run is kept.");
  else
    context.warn("calibration-set-aside", "What is " + c->label + " holds for " + c->model + " served by " +
                                              std::string(nameOf(c->engine)) + " and is set aside here.");
}

void diagnoseDevices(EstimateContext& context) {
  for (const DeviceRequest& d : context.scenario.devices) {
    if (d.accelerator.empty() || d.memory) continue;
    if (d.entry == nullptr)
      context.warn("unknown-accelerator", unknownAccelerator(d.accelerator));
    else if (d.entry->capacity().assumed)
      context.note("assumed-capacity", "What a process can allocate on " + d.entry->name +
                                           " is not on record; it is taken as " +
                                           std::string(d.entry->capacity().basis) + ".");
    if (d.entry != nullptr && !d.entry->raisedBy.empty())
      context.note("unified-memory", d.entry->name +
                                         " shares its memory with the processor; the share a process may "
                                         "use by default is counted, and " +
                                         d.entry->raisedBy + " raises it.");
  }
}

// How each engine accounts for memory, in the order of the enumeration.
using Account = void (*)(EstimateContext&);
constexpr Account kAccounts[] = {
    estimateTransformers,
    estimateVllm,
    estimateSglang,
    estimateLlamaCpp,
    estimateMlx,
    estimateOllama,
    estimateTensorRtLlm,
    estimateTraining /* pytorch */,
    estimateTraining /* deepspeed */,
    estimateTraining /* fsdp */,
    estimateTraining /* megatron */,
    estimateTraining /* unsloth */,
};

}  // namespace

std::string_view nameOf(Severity severity) {
  constexpr std::array<std::string_view, 5> kNames{"note", "assumed", "ignored", "warning", "error"};
  return kNames[static_cast<std::size_t>(severity)];
}

std::string_view nameOf(Verdict verdict) {
  constexpr std::array<std::string_view, 3> kNames{"fits", "tight", "exceeds"};
  return kNames[static_cast<std::size_t>(verdict)];
}

RankEstimate& EstimateContext::addRank() {
  RankEstimate& rank = result.ranks.emplace_back();
  rank.ledger.setDetail(result.detail);
  if (!scenario.devices.empty()) rank.accelerator = scenario.devices.front().accelerator;
  return rank;
}

std::optional<Verdict> Estimate::verdict() const {
  if (!refused.empty()) return Verdict::exceeds;
  std::optional<Verdict> worst;
  bool unknown = false;
  for (const RankEstimate& r : ranks) {
    unknown |= !r.verdict;
    if (r.verdict && (!worst || *r.verdict > *worst)) worst = r.verdict;
  }
  return unknown && worst != Verdict::exceeds ? std::nullopt : worst;
}

void estimateInto(const Scenario& scenario, Estimate& result, Detail detail) noexcept {
  result.detail = detail;
  result.ranks.clear();
  result.host.clear();
  result.host.setDetail(detail);
  result.pool = {};
  result.diagnostics.clear();
  result.unmodelled = scenario.unmodelled;
  result.refused.clear();
  result.kvBytesPerToken = 0;
  result.parameters = scenario.model->parameters;
  result.activeParameters = scenario.model->activeParameters;
  result.trainableParameters = Parameters(0);
  result.weightBytes = Bytes(0);

  const Settings settings = settingsOf(scenario);
  EstimateContext context{scenario, *scenario.model, settings, result, calibrationInForce(scenario)};
  for (const std::string& doubt : scenario.model->doubts) context.warn("model-doubtful", doubt);
  if (!scenario.model->doubts.empty()) context.unmodelled("what of the model's description is not known");
  for (const std::string& note : scenario.model->notes) context.note("model-assumed", note);
  for (const std::string& note : scenario.notes) context.note("scenario", note);
  for (const std::string& what : scenario.unmodelled)
    context.warn("unmodelled", "Not counted, though memory depends on it: " + what + ".");
  if (settings.weightsAssumed)
    context.about("precision.weights", "weights-assumed", Severity::assumed,
                  "Neither the scenario nor the configuration says in which format the weights are; bf16 is assumed.");
  diagnoseCalibration(context);
  diagnoseDevices(context);
  diagnoseKeys(context);

  if (scenario.method != Method::detailed)
    estimateByRule(context);
  else
    kAccounts[static_cast<std::size_t>(settings.engine)](context);

  if (result.ranks.empty()) context.addRank();
  for (RankEstimate& rank : result.ranks) {
    sumUp(scenario, rank);
    if (rank.verdict && !result.refused.empty()) rank.verdict = Verdict::exceeds;
  }
  if (std::ranges::any_of(result.ranks, [](const RankEstimate& r) { return r.device >= kCountable; }))
    context.about({}, "saturated", Severity::error,
                  "The question is beyond what bytes are counted in: sums have met the largest number, and the "
                  "answer is a lower bound.");
  if (result.ranks.size() > 1)
    std::ranges::stable_sort(result.ranks, std::ranges::greater{}, [](const RankEstimate& r) { return r.device; });
}

std::vector<ChosenSetting> chosenSettings(const Scenario& scenario) {
  std::vector<ChosenSetting> chosen;
  if (scenario.method != Method::detailed || !scenario.model) return chosen;
  const Settings settings = settingsOf(scenario);
  if (!rowOf(settings.engine).has(Feature::gpu_layers)) return chosen;
  Estimate scratch;
  EstimateContext context{scenario, *scenario.model, settings, scratch, calibrationInForce(scenario), &chosen};
  kAccounts[static_cast<std::size_t>(settings.engine)](context);
  return chosen;
}

std::int64_t contextAsRun(const Scenario& scenario, const Settings& settings) {
  if (scenario.context || !rowOf(settings.engine).contextIsModelMaximum) return settings.context;
  const std::vector<ChosenSetting> chosen = chosenSettings(scenario);
  const auto at = std::ranges::find(chosen, "context", &ChosenSetting::key);
  const auto* const tokens = at != chosen.end() ? std::get_if<std::int64_t>(&at->value) : nullptr;
  return tokens != nullptr ? *tokens : settings.context;
}

Settings settingsAsRun(const Scenario& scenario, std::vector<Setting>& reasons, std::vector<ChosenSetting>& chosen) {
  const Settings settings = settingsOf(scenario, &reasons);
  chosen = chosenSettings(scenario);
  for (const ChosenSetting& c : chosen) {
    const auto at = std::ranges::find(reasons, c.key, &Setting::key);
    if (at == reasons.end() || at->origin == SettingOrigin::asked) continue;
    if (const auto* text = std::get_if<std::string>(&c.value))
      at->value = std::string_view(*text);
    else if (const auto* flag = std::get_if<bool>(&c.value))
      at->value = *flag;
    else
      at->value = std::get<std::int64_t>(c.value);
    at->origin = SettingOrigin::engine;
    at->why = c.why;
  }
  return settings;
}

Estimate estimate(const Scenario& scenario) noexcept {
  Estimate result;
  estimateInto(scenario, result, Detail::open);
  return result;
}

}  // namespace headroom
