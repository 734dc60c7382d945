// Memory against the context: per cache format, or of one scenario among several.
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

std::int64_t topOf(const Scenario& scenario, const Settings& settings) {
  return std::max({kUsualTop, scenario.model->maxContext, settings.context});
}

std::vector<double> gridOf(const Settings& settings, std::int64_t top) {
  // A llama.cpp estimate replays a graph, so its curves get half the points.
  const bool dear = rowOf(settings.engine).replaysGraph;
  return contextGrid(top, dear ? kMaxIntervals / 2 : kMaxIntervals);
}

void fill(Scenario at, std::vector<double> grid, ContextCurve& curve, Estimate& scratch) {
  curve.contexts = std::move(grid);
  curve.bytes.clear();
  curve.kvBytes.clear();
  curve.deviceBytes.clear();
  for (const double tokens : curve.contexts) {
    at.context = static_cast<std::int64_t>(tokens);
    estimateInto(at, scratch);
    const RankEstimate& rank = scratch.heaviest();
    auto& bytes = curve.bytes.emplace_back();
    for (std::size_t i = 0; i < kComponentCount; ++i) bytes[i] = rank.ledger.bytes(static_cast<ComponentId>(i));
    curve.kvBytes.push_back(static_cast<double>(bytes[static_cast<std::size_t>(ComponentId::kv_cache)].value()));
    curve.deviceBytes.push_back(static_cast<double>((rank.device - rank.releasable).value()));
    curve.usable = rank.usable;
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
  const std::vector<double> grid = gridOf(settings, topOf(scenario, settings));
  curves.resize(formats.size());
  Scenario at = scenario;
  for (std::size_t f = 0; f < formats.size(); ++f) {
    if (f > 0) at.precision.kvCache = formats[f];
    curves[f].formats = formats[f];
    curves[f].current = f == 0;
    fill(at, grid, curves[f], scratch);
  }
}

void ownContextCurve(const Scenario& scenario, std::optional<std::int64_t> top, ContextCurve& curve,
                     Estimate& scratch) {
  const Settings settings = settingsOf(scenario);
  curve.formats = settings.kvCache;
  curve.current = true;
  fill(scenario, gridOf(settings, top.value_or(topOf(scenario, settings))), curve, scratch);
}

}  // namespace headroom
