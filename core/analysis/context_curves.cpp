// The KV cache against the context, per cache format.
#include <algorithm>
#include <cmath>

#include "core/analysis/sweep.h"
#include "core/scenario/engines.h"

namespace headroom {
namespace {

constexpr std::int64_t kFirstContext = 512;
constexpr std::int64_t kUsualTop = 131072;
constexpr int kMaxIntervals = 32;

// The cache formats people weigh against one another on each engine.
std::vector<KvFormats> formatsToCompare(const Scenario& scenario, const Settings& settings) {
  using enum NumberFormat;
  std::vector<KvFormats> formats{settings.kvCache};
  if (isTraining(scenario.workload)) return formats;
  const bool llama = rowOf(settings.engine).readsGguf;
  const std::vector<NumberFormat> usual = llama ? std::vector{fp16, q8_0, q4_0} : std::vector{bf16, fp8};
  for (NumberFormat f : usual)
    if (std::ranges::find(formats, KvFormats{f, f}) == formats.end()) formats.push_back({f, f});
  return formats;
}

std::vector<double> gridOf(const Scenario& scenario, const Settings& settings) {
  // A llama.cpp estimate replays a graph, so its curves get half the points.
  const bool dear = rowOf(settings.engine).replaysGraph;
  return contextGrid(std::max({kUsualTop, scenario.model->maxContext, settings.context}),
                     dear ? kMaxIntervals / 2 : kMaxIntervals);
}

void fill(Scenario at, std::vector<double> grid, ContextCurve& curve, Estimate& scratch) {
  curve.contexts = std::move(grid);
  curve.kvBytes.clear();
  curve.deviceBytes.clear();
  for (const double tokens : curve.contexts) {
    at.context = static_cast<std::int64_t>(tokens);
    estimateInto(at, scratch);
    const RankEstimate& rank = scratch.heaviest();
    curve.kvBytes.push_back(static_cast<double>(rank.ledger.bytes(ComponentId::kv_cache).value()));
    curve.deviceBytes.push_back(static_cast<double>((rank.device - rank.releasable).value()));
  }
}

}  // namespace

std::vector<double> contextGrid(std::int64_t top, int intervals) {
  const double octaves = std::max(1.0, std::log2(static_cast<double>(top) / static_cast<double>(kFirstContext)));
  const int perOctave = std::max(1, static_cast<int>(intervals / std::ceil(octaves)));
  std::vector<double> grid;
  for (int i = 0; i <= static_cast<int>(std::floor(octaves * perOctave + 1e-9)); ++i)
    grid.push_back(std::round(static_cast<double>(kFirstContext) * std::exp2(static_cast<double>(i) / perOctave)));
  if (grid.back() < static_cast<double>(top)) grid.push_back(static_cast<double>(top));
  if (static_cast<int>(grid.size()) > intervals + 1) grid.erase(grid.end() - 2);
  return grid;
}

void contextCurves(const Scenario& scenario, const Settings& settings, std::vector<ContextCurve>& curves,
                   Estimate& scratch) {
  const std::vector<KvFormats> formats = formatsToCompare(scenario, settings);
  const std::vector<double> grid = gridOf(scenario, settings);
  curves.resize(formats.size());
  Scenario at = scenario;
  for (std::size_t f = 0; f < formats.size(); ++f) {
    if (f > 0) at.precision.kvCache = formats[f];
    curves[f].formats = formats[f];
    curves[f].current = f == 0;
    fill(at, grid, curves[f], scratch);
  }
}

ContextCurve ownContextCurve(const Scenario& scenario, Estimate& scratch) {
  const Settings settings = settingsOf(scenario);
  ContextCurve curve;
  curve.formats = settings.kvCache;
  curve.current = true;
  fill(scenario, gridOf(scenario, settings), curve, scratch);
  return curve;
}

}  // namespace headroom
