#include "core/estimate/serving/llama_cpp/fitted_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/base/format.h"
#include "core/estimate/arithmetic.h"
#include "core/estimate/serving/llama_cpp/laid_run.h"
#include "core/model/any_layer.h"
#include "core/scenario/engine_options.h"

namespace headroom::llama {
namespace {

constexpr std::int64_t kMostCells = std::int64_t{1} << 40;
constexpr std::int64_t kMostMargin = 1'000'000;  // MiB

bool isOff(const Scenario& s) {
  const std::string_view word = textOption(s, "fit");
  return word == "off" || word == "false" || word == "0" || word == "disabled" || !flagOption(s, "fit").value_or(true);
}

// --fit-target: MiB of each device, or one number for all of them.
std::vector<std::int64_t> marginsOf(const Scenario& s, std::size_t devices, std::int64_t usual) {
  std::vector<std::int64_t> out(devices, usual);
  std::vector<std::int64_t> said;
  if (const auto one = integerOption(s, "fit_target")) said.push_back(*one);
  for (std::string_view rest = said.empty() ? textOption(s, "fit_target") : std::string_view(); !rest.empty();) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    std::int64_t mib = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + comma, mib);
    if (error != std::errc() || end != rest.data() + comma) return out;
    said.push_back(mib);
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  for (std::size_t i = 0; i < devices && !said.empty(); ++i)
    if (said.size() == 1 || i < said.size())
      out[i] = std::clamp<std::int64_t>(said[said.size() == 1 ? 0 : i], 0, kMostMargin) * kMiB;
  return out;
}

std::int64_t bytesOf(const Ledger& ledger, ComponentId id) {
  return ledger.bytes(id).value();
}

FitMemory heldIn(const Ledger& l, const BuildRules& rules) {
  const std::int64_t states = bytesOf(l, ComponentId::state_cache) * (rules.fitDoublesStates ? 2 : 1);
  return {bytesOf(l, ComponentId::weights), bytesOf(l, ComponentId::kv_cache) + states,
          bytesOf(l, ComponentId::workspace)};
}

std::vector<FitMemory> heldOf(const Estimate& estimate, const BuildRules& rules) {
  std::vector<FitMemory> out;
  for (const RankEstimate& rank : estimate.ranks) out.push_back(heldIn(rank.ledger, rules));
  return out;
}

// Of every device that is used; empty where one is not known.
std::vector<std::int64_t> freeOf(const EstimateContext& c) {
  std::vector<std::int64_t> all, out;
  const double share = 1.0 - c.scenario.reserve.value_or(0.0);
  for (const DeviceRequest& d : c.scenario.devices) {
    const auto capacity = d.capacity();
    if (!capacity) return {};
    for (std::int64_t i = 0; i < std::min<std::int64_t>(d.count, 16); ++i)
      all.push_back(toBytes(static_cast<double>(capacity->value()) * share).value());
  }
  for (const RankEstimate& rank : c.result.ranks) {
    const auto at = static_cast<std::size_t>(std::max(0, rank.stage));
    if (at >= all.size()) return {};
    out.push_back(all[at]);
  }
  return out;
}

// Layers or tensors that somebody placed, which --fit leaves alone.
bool placesByHand(const Scenario& s) {
  const std::string_view split = textOption(s, "split_mode");
  return s.offload.gpuLayers || s.offload.expertLayers || !s.tensorSplit.empty() || split == "row" ||
         !textOption(s, "override_tensor").empty() || integerOption(s, "n_cpu_ffn").has_value();
}

// Runs of one question, laid out without being counted line by line.
class Trials {
 public:
  Trials(const EstimateContext& c, const FitQuestion& question, const Arrange& arrange)
      : asked_(c.scenario),
        scenario_(c.scenario),
        fit_(question),
        arrange_(arrange),
        unified_(c.settings.unifiedKv),
        sequences_(std::max<std::int64_t>(1, c.settings.maxSequences)) {
    ledger_.setDetail(Detail::bytes);
  }

  // The question as llama.cpp would be asked it.
  const Scenario& ask(const FitTrial& trial) {
    scenario_.context = std::max<std::int64_t>(1, unified_ ? trial.cells : trial.cells / sequences_);
    scenario_.offload.gpuLayers = asked_.offload.gpuLayers;
    scenario_.tensorSplit = asked_.tensorSplit;
    if (trial.devices.empty()) return scenario_;
    scenario_.offload.gpuLayers = layersOnDevices(trial);
    if (trial.devices.size() > 1 && layersOnDevices(trial) > 0)
      for (const FitLayers& device : trial.devices) scenario_.tensorSplit.push_back(d(device.layers));
    return scenario_;
  }

  std::vector<FitMemory> operator()(const FitTrial& trial) {
    const Scenario& asked = ask(trial);
    const Settings settings = settingsOf(asked);
    const auto overrides = overridesOf(fit_, trial);
    const LaidRun laid = layRun(asked, settings, withOverrides(overrides, arrange_), false);
    layers_ = laid.run.layers();
    std::vector<FitMemory> out;
    for (int device = 0; device < laid.run.backends.devices; ++device) {
      ledger_.clear();
      addDevice(ledger_, asked, settings, laid, device);
      out.push_back(heldIn(ledger_, laid.run.backends.rules));
    }
    return out;
  }

  std::int64_t layers() const { return layers_; }  // of the model, known after a trial

  static std::shared_ptr<const TensorOverrides> overridesOf(const FitQuestion& question, const FitTrial& trial) {
    std::vector<PartedLayer> parted = partedLayers(question, trial);
    if (parted.empty()) return nullptr;
    return std::make_shared<const TensorOverrides>(std::move(parted), static_cast<int>(question.free.size()));
  }

  static Arrange withOverrides(const std::shared_ptr<const TensorOverrides>& overrides, const Arrange& own) {
    return [overrides, own](Run& run) {
      if (overrides != nullptr) run.overrides = overrides, run.backends.copies = 1;
      if (own) own(run);
    };
  }

 private:
  const Scenario& asked_;
  Scenario scenario_;
  const FitQuestion& fit_;
  const Arrange& arrange_;
  bool unified_;
  std::int64_t sequences_, layers_ = 0;
  Ledger ledger_;
};

}  // namespace

Arrange FittedRun::arranged(const Arrange& own) const {
  return overrides == nullptr ? own : Trials::withOverrides(overrides, own);
}

FittedRun fittedRun(const EstimateContext& c, const Arrange& arrange, std::int64_t margin) {
  FittedRun out;
  const Scenario& s = c.scenario;
  if (s.devices.empty() || isOff(s) || textOption(s, "split_mode") == "tensor") return out;
  const BuildRules rules = rulesOf(s.engineVersion, c.settings.version);
  FitQuestion q;
  q.free = freeOf(c);
  if (!rules.fits || q.free.empty()) return out;
  q.margins = marginsOf(s, q.free.size(), margin);
  const std::vector<FitMemory> asked = heldOf(c.result, rules);
  bool within = true;
  for (std::size_t i = 0; i < asked.size(); ++i) within &= asked[i].total() + q.margins[i] <= q.free[i];
  if (within) return out;
  q.experts = hasExperts(c.model);
  const std::int64_t sequences = std::max<std::int64_t>(1, c.settings.maxSequences);
  q.cells = c.settings.unifiedKv ? c.settings.context : c.settings.context * sequences;
  q.cellsAsked = s.context.has_value();
  q.leastCells = std::min(integerOption(s, "fit_ctx").value_or(q.leastCells), kMostCells);
  if (rules.fitPerSequence && !c.settings.unifiedKv && sequences <= 256)
    q.leastCells *= sequences, q.evenCells *= sequences;
  q.placed = placesByHand(s);
  q.interpolates = rules.fitInterpolates, q.firstAlone = rules.fitFirstAlone, q.outputIsLayer = rules.outputIsLayer;
  Trials trials(c, q, arrange);
  const std::vector<FitMemory> alone = trials({q.cells, {}, false});
  q.layers = trials.layers();
  // A draft model of its own lies beside it whatever becomes of the layers.
  for (std::size_t i = 0; i < asked.size() && i < alone.size(); ++i) q.free[i] -= asked[i].total() - alone[i].total();
  const FitAnswer answer = fitRun(q, [&](const FitTrial& trial) { return trials(trial); });
  out.step = answer.step;
  out.askedCells = q.cells, out.cells = answer.trial.cells;
  out.layers = out.onDevices = q.layers + 1;
  if (out.step == FitStep::parted || out.cells != out.askedCells) out.question = trials.ask(answer.trial);
  if (answer.trial.devices.empty()) return out;
  out.onDevices = layersOnDevices(answer.trial);
  out.overrides = Trials::overridesOf(q, answer.trial);
  const int host = static_cast<int>(q.free.size());
  for (const PartedLayer& p : partedLayers(q, answer.trial))
    out.expertLayers += p.layer < q.layers && p.backend == host ? 1 : 0;
  return out;
}

void reportFit(EstimateContext& c, const FittedRun& fitted, std::string_view engine) {
  if (fitted.question && fitted.cells != fitted.askedCells) {
    const std::int64_t tokens = *fitted.question->context;
    const std::string why = fmt::format("Nobody asked for a context: {} shortens it from {} to {} tokens (--fit).",
                                        engine, formatCount(c.settings.context), formatCount(tokens));
    c.about("context", "context-shortened", Severity::note, why);
    c.choose("context", tokens, why);
  }
  const std::int64_t host = fitted.layers - fitted.onDevices;
  if (fitted.step != FitStep::parted || (host == 0 && fitted.expertLayers == 0)) return;
  const std::string why =
      fitted.expertLayers == 0
          ? fmt::format("{} leaves {} of {} layers on the host by itself (--fit).", engine, host, fitted.layers)
      : host == 0 ? fmt::format("{} leaves experts of {} of {} layers on the host by itself (--fit).", engine,
                                fitted.expertLayers, fitted.layers - 1)
                  : fmt::format("{} leaves {} of {} layers on the host by itself, and experts of {} more (--fit).",
                                engine, host, fitted.layers, fitted.expertLayers);
  c.about("offload.gpu_layers", "layers-on-host", Severity::note, why);
  if (host > 0) c.choose("offload.gpu_layers", fitted.onDevices, why);
  if (fitted.expertLayers > 0) c.choose("offload.experts", fmt::format("of {} layers", fitted.expertLayers), why);
}

}  // namespace headroom::llama
