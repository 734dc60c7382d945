#include "core/analysis/effects.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/model/weight_bytes.h"
#include "core/open/asked_keys.h"
#include "core/scenario/engines.h"
#include "core/scenario/settings.h"

namespace headroom {
namespace {

bool sameLedger(const Ledger& a, const Ledger& b) {
  for (std::size_t i = 0; i < kComponentCount; ++i) {
    const auto id = static_cast<ComponentId>(i);
    if (a.bytes(id) != b.bytes(id) || a.low(id) != b.low(id) || a.high(id) != b.high(id)) return false;
  }
  return true;
}

bool sameMoments(const RankEstimate& a, const RankEstimate& b) {
  return std::ranges::equal(a.moments, b.moments,
                            [](const Moment& x, const Moment& y) { return x.name == y.name && x.bytes == y.bytes; });
}

// The same at the peak; other moments may differ.
bool sameRank(const RankEstimate& a, const RankEstimate& b) {
  const auto sameSaved = [](const SavedActivations& x, const SavedActivations& y) {
    return x.layers == y.layers && x.count == y.count && x.bytesPerLayer == y.bytesPerLayer;
  };
  return a.label == b.label && a.stage == b.stage && a.devices == b.devices && a.accelerator == b.accelerator &&
         a.capacity == b.capacity && a.usable == b.usable && a.claimed == b.claimed && a.headroom == b.headroom &&
         a.verdict == b.verdict && a.peakMoment == b.peakMoment && sameLedger(a.ledger, b.ledger) &&
         std::ranges::equal(a.savedActivations, b.savedActivations, sameSaved);
}

// The value a key has among the settings, where it is one.
const Setting* settingNamed(const std::vector<Setting>& settings, std::string_view key) {
  const auto at = std::ranges::find(settings, key, &Setting::key);
  return at == settings.end() ? nullptr : &*at;
}

// What stands in the scenario is compared by what it says.
template <typename T>
bool samePointed(const SettingValue& a, const SettingValue& b) {
  const auto* x = std::get_if<const T*>(&a);
  const auto* y = std::get_if<const T*>(&b);
  return x != nullptr && y != nullptr && **x == **y;
}

bool sameValue(const SettingValue& a, const SettingValue& b) {
  return samePointed<Targets>(a, b) || samePointed<std::vector<std::string>>(a, b) ||
         samePointed<std::vector<double>>(a, b) || samePointed<std::vector<AskedOption>>(a, b) || a == b;
}

// All settings of a scenario and of the one without a key, written down where somebody asks.
class Compared {
 public:
  explicit Compared(const Scenario& scenario) : scenario_(scenario) {}

  // True where saying the key says no more than its default would.
  bool isDefault(std::string_view key, const Scenario& without) {
    if (with_.empty()) listed(scenario_, with_);
    listed(without, without_);
    const Setting* a = settingNamed(with_, key);
    const Setting* b = settingNamed(without_, key);
    return a != nullptr && b != nullptr && sameValue(a->value, b->value);
  }

 private:
  static void listed(const Scenario& scenario, std::vector<Setting>& out) {
    constexpr std::size_t kAboutAll = 192;
    out.reserve(kAboutAll);
    settingsOf(scenario, &out);
  }

  const Scenario& scenario_;
  std::vector<Setting> with_, without_;
};

// What an estimate need not be made for: without the device nobody knows its capacity, and what serves by itself
// trains nothing.
bool surelyDiffers(const Estimate& estimate, const Scenario& without) {
  if (without.devices.empty() &&
      std::ranges::any_of(estimate.ranks, [](const RankEstimate& r) { return r.capacity.has_value(); }))
    return true;
  return estimate.trainableParameters > Parameters(0) && !isTraining(without.workload) && !without.engine &&
         without.method == Method::detailed;
}

// As many devices as the layout takes say no more than the layout.
bool saysTheLayout(const Scenario& scenario, std::string_view key) {
  return key == "devices.count" && deviceCount(scenario) == settingsOf(scenario).parallel.ranks();
}

// Why a format that was asked for is nowhere: schemes leave some weights wide, and a model may have no others.
std::string reachesNoWeight(const Model& model, const WeightFormat& format) {
  const auto* const number = std::get_if<NumberFormat>(&format);
  if (number == nullptr || isPlainFloat(*number) || weightBytes(model, *number) != weightBytes(model, model.dtype))
    return {};
  return fmt::format("{} is a format of routed experts, of which the model has none, so all weights are taken in {}",
                     info(*number).id, info(model.dtype).id);
}

std::string reasonOf(const Scenario& scenario, const Estimate& estimate, std::string_view key) {
  if (scenario.method != Method::detailed)
    return fmt::format("the method {} has no term for it", nameOf(scenario.method));
  if (key == "reserve" && !estimate.heaviest().capacity) return "no capacity is known that a share could be kept of";
  const Settings settings = settingsOf(scenario);
  if (key == "precision.weights")
    if (std::string why = reachesNoWeight(*scenario.model, settings.weights); !why.empty()) return why;
  return fmt::format("what {} takes for this model and workload is the same without it", rowOf(settings.engine).label);
}

}  // namespace

bool sameAtPeak(const Estimate& a, const Estimate& b) {
  return a.parameters == b.parameters && a.activeParameters == b.activeParameters &&
         a.trainableParameters == b.trainableParameters && a.weightBytes == b.weightBytes &&
         a.kvBytesPerToken == b.kvBytesPerToken && a.pool.kvBytes == b.pool.kvBytes &&
         a.pool.kvTokens == b.pool.kvTokens && a.pool.maxConcurrency == b.pool.maxConcurrency &&
         sameLedger(a.host, b.host) && a.unmodelled == b.unmodelled && std::ranges::equal(a.ranks, b.ranks, sameRank);
}

bool sameNumbers(const Estimate& a, const Estimate& b) {
  return sameAtPeak(a, b) && std::ranges::equal(a.ranks, b.ranks, sameMoments);
}

std::vector<Diagnostic> withoutEffect(const Scenario& scenario, const Estimate& estimate) {
  std::vector<Diagnostic> out;
  Compared settings(scenario);
  const bool dear = rowOf(settingsOf(scenario).engine).replaysGraph;
  Estimate other;
  forEachAskedKey(scenario, [&](std::string_view key, const Scenario& without) {
    const auto names = [key](const Diagnostic& d) { return d.key == key; };
    if (std::ranges::any_of(estimate.diagnostics, names) || std::ranges::any_of(out, names)) return;
    // Parts of an object that is set aside whole are set aside with it.
    const std::string_view holder = key.substr(0, key.find('.'));
    if (std::ranges::any_of(estimate.diagnostics, [holder](const Diagnostic& d) { return d.key == holder; })) return;
    if (surelyDiffers(estimate, without)) return;
    // Most keys have an effect, and an estimate says so sooner than all settings with their reasons; a graph does not.
    if (dear && settings.isDefault(key, without)) return;
    estimateInto(without, other);
    if (!sameAtPeak(estimate, other)) return;
    if ((!dear && settings.isDefault(key, without)) || saysTheLayout(scenario, key)) return;
    if (sameNumbers(estimate, other))
      out.push_back({"no-effect", Severity::ignored,
                     fmt::format("{} changes nothing here: {}.", key, reasonOf(scenario, estimate, key)),
                     std::string(key)});
    else
      out.push_back(
          {"no-effect-at-peak", Severity::note,
           fmt::format("{} changes what is held at other moments alone: the peak is the same without it.", key),
           std::string(key)});
  });
  return out;
}

}  // namespace headroom
