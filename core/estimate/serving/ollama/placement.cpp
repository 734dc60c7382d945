#include "core/estimate/serving/ollama/placement.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "core/base/bisect.h"
#include "core/estimate/serving/llama_cpp/fitted_run.h"
#include "core/estimate/serving/ollama/predicted_graph.h"
#include "core/estimate/serving/ollama/releases.h"
#include "core/model/weight_bytes.h"
#include "core/scenario/engine_options.h"

namespace headroom::ollama {
namespace {

constexpr double kMi = static_cast<double>(kMiB);
// ml/device.go MinimumMemory; since 0.30 llama-server's --fit keeps 1 GiB free.
constexpr std::int64_t kLeastFree = 457 * kMiB, kFitFree = 1024 * kMiB;

std::vector<std::int64_t> capacities(const Scenario& s) {
  std::vector<std::int64_t> out;
  for (const DeviceRequest& d : s.devices)
    for (std::int64_t i = 0; i < std::min<std::int64_t>(d.count, 16); ++i)
      out.push_back(d.capacity() ? d.capacity()->value() : -1);
  return out;
}

class Fit {
 public:
  Fit(const EstimateContext& c, const Scenario& inner, const Runner& runner, bool predicts)
      : question_(inner), rooms_(capacities(inner)), layers_(c.model.layers()), runner_(runner), predicts_(predicts) {
    const std::int64_t overhead = integerOption(c.scenario, "ollama_gpu_overhead").value_or(0);
    const std::int64_t kept = runsLlamaServer(c.settings.version) ? kFitFree : kLeastFree;
    for (std::int64_t& room : rooms_)
      if (room >= 0) room = std::max<std::int64_t>(0, room - overhead - kept);
    question_.calibration.reset();
  }

  bool known() const {
    return !rooms_.empty() && std::ranges::none_of(rooms_, [](std::int64_t room) { return room < 0; });
  }

  // Asks of one device alone, or again of all.
  void onlyOn(std::vector<double> split) { question_.tensorSplit = std::move(split); }
  // The roomiest device, by itself.
  std::vector<double> roomiest() const {
    std::vector<double> split(rooms_.size(), 0);
    if (!rooms_.empty()) split[static_cast<std::size_t>(std::ranges::max_element(rooms_) - rooms_.begin())] = 1;
    return split;
  }
  std::size_t devices() const { return rooms_.size(); }

  bool with(const Offload& offload) {
    question_.offload = offload;
    const Settings settings = settingsOf(question_);
    Estimate scratch;
    EstimateContext inner{question_, *question_.model, settings, scratch, nullptr};
    answer(inner, runner_);
    if (predicts_) return predictedFits(inner, !offload.gpuLayers);
    for (std::size_t i = 0; i < scratch.ranks.size() && i < rooms_.size(); ++i)
      if (scratch.ranks[i].ledger.total() > Bytes(rooms_[i])) return false;
    return true;
  }

 private:
  // llm/server.go llamaServer.Load (0.13): layers, a layer to spare and the larger of both predictions on every device.
  bool predictedFits(const EstimateContext& inner, bool whole) {
    const Estimate& e = inner.result;
    const auto held = [](const Ledger& l) { return layerBytes(l); };
    double all = held(e.host);
    for (const RankEstimate& rank : e.ranks) all += held(rank.ledger);
    const double spare = all / static_cast<double>(std::max<std::int64_t>(1, layers_));
    const PredictedGraph graph = predictGraph(inner, runner_.architecture);
    const double most = whole ? graph.whole : std::max(graph.whole, graph.partial);
    for (std::size_t i = 0; i < e.ranks.size() && i < rooms_.size(); ++i)
      if (held(e.ranks[i].ledger) + spare + most > static_cast<double>(rooms_[i])) return false;
    return true;
  }

  Scenario question_;
  std::vector<std::int64_t> rooms_;
  std::int64_t layers_ = 0;
  const Runner& runner_;
  bool predicts_ = false;
};

// llm/llama_server.go, PredictServerVRAM (0.30): the file and a cache of 16 bit.
double predictedBytes(const EstimateContext& c, const Scenario& inner) {
  std::int64_t heads = 0, all = 1;
  for (const LayerKind& k : c.model.kinds) {
    if (k.attention.kvHeads > 0) heads = heads == 0 ? k.attention.kvHeads : std::min(heads, k.attention.kvHeads);
    all = std::max(all, k.attention.heads);
  }
  const double cache = 2.0 * static_cast<double>(c.model.layers() * heads) * static_cast<double>(c.model.hidden / all) *
                       static_cast<double>(*inner.context * *inner.batch) * 2.0;
  return static_cast<double>(weightBytes(c.model, c.settings.weights).value()) + cache;
}

// server/sched.go (0.30): the next lower batch while that takes too much of what is free.
std::int64_t batchFor(const EstimateContext& c, const Scenario& inner, std::int64_t batch) {
  double free = 0;
  for (const std::int64_t room : capacities(inner)) free += static_cast<double>(std::max<std::int64_t>(0, room));
  if (free <= 0 || c.scenario.prefillTokens || !runsLlamaServer(c.settings.version)) return batch;
  const double predicted = predictedBytes(c, inner);
  if (batch >= 2048 && (predicted > 0.6 * free || predicted + 2048 * kMi > 0.8 * free)) batch = 1024;
  if (batch == 1024 && (predicted > 0.75 * free || predicted + 768 * kMi > 0.8 * free)) batch = 512;
  return batch;
}

// Whether one device takes it all: before 0.30 where the layout fits it, since then by what is predicted of it
// (server/sched.go, bestSingleGPUFit).
bool onOne(const EstimateContext& c, const Scenario& inner, Fit& fit, const Offload& offload) {
  constexpr double kMost = 0.8;
  if (!fit.known() || fit.devices() < 2 || !inner.tensorSplit.empty()) return false;
  if (flagOption(c.scenario, "ollama_sched_spread").value_or(false)) return false;
  const std::vector<std::int64_t> rooms = capacities(inner);
  if (runsLlamaServer(c.settings.version) &&
      predictedBytes(c, inner) > kMost * static_cast<double>(*std::ranges::max_element(rooms)))
    return false;
  fit.onlyOn(fit.roomiest());
  const bool fits = fit.with(offload);
  fit.onlyOn({});
  return fits;
}

// Since 0.30 llama-server places layers itself (--fit).
Placement fittedByServer(const EstimateContext& c, const Scenario& inner, const Runner& runner, Placement out) {
  const std::int64_t overhead = integerOption(c.scenario, "ollama_gpu_overhead").value_or(0);
  const Settings settings = settingsOf(inner);
  Estimate whole;
  EstimateContext question{inner, *inner.model, settings, whole, nullptr};
  answer(question, runner);
  const llama::FittedRun fitted = llama::fittedRun(question, &onOneBackend, kFitFree + overhead);
  if (fitted.step != llama::FitStep::parted) return out.partial = false, out;
  out.offload.gpuLayers = fitted.onDevices;
  out.tensorSplit = fitted.question->tensorSplit;
  out.overrides = fitted.overrides;
  out.expertLayers = fitted.expertLayers;
  if (fitted.expertLayers > 0)
    out.note += fmt::format("The experts of {} of {} layers stay on the host by Ollama's own choice.",
                            fitted.expertLayers, fitted.layers - 1);
  if (fitted.onDevices < fitted.layers)
    out.note += fmt::format("{}Ollama offloads {} of {} layers by itself; the others stay on the host.",
                            out.note.empty() ? "" : " ", fitted.onDevices, fitted.layers);
  return out;
}

}  // namespace

Placement placeOllama(const EstimateContext& c, const Scenario& asked, const Runner& runner, bool predicts) {
  Scenario inner = asked;
  Placement out;
  out.offload = asked.offload;
  out.batch = batchFor(c, inner, inner.prefillTokens.value_or(512));
  inner.prefillTokens = out.batch;
  out.tensorSplit = asked.tensorSplit;
  Fit fit(c, inner, runner, predicts);
  if (onOne(c, inner, fit, out.offload)) {
    out.tensorSplit = fit.roomiest();
    out.note += "All layers are on one device, as they fit there.";
    return out;
  }
  if (c.settings.offload.gpuLayers || c.settings.offload.expertLayers) return out;
  if (!fit.known() || fit.with(out.offload)) return out;
  const std::int64_t layers = c.model.layers();
  out.partial = true;
  if (runsLlamaServer(c.settings.version)) return fittedByServer(c, inner, runner, std::move(out));
  Offload some = out.offload;
  const std::int64_t placed = largestOf(0, layers, [&](std::int64_t n) {
    some.gpuLayers = n;
    return fit.with(some);
  });
  out.offload.gpuLayers = std::max<std::int64_t>(0, placed);
  out.note += fmt::format("Ollama offloads {} of {} layers by itself; the others stay on the host.",
                          *out.offload.gpuLayers, layers + 1);
  return out;
}

}  // namespace headroom::ollama
