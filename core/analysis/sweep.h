// Sweep: a scenario at many values of something. Built only on estimate().
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/analysis/limits.h"
#include "core/estimate/estimate.h"
#include "core/scenario/scenario.h"
#include "core/scenario/settings.h"

namespace headroom {

// What a scenario comes to at one value: its deciding device's figures.
struct SweepPoint {
  std::array<Bytes, kComponentCount> bytes{};  // by ComponentId
  Bytes device, low, high;
  std::optional<Bytes> usable;
  std::optional<Verdict> verdict;  // of all devices
  bool runs = true;                // nothing of it is refused
  bool allModelled = true;         // nothing is left out of the figures
  Limits limits;                   // where they were asked for
};

// Each scenario's point, in their order. Limits are a search of some hundred estimates and come only where asked for.
std::vector<SweepPoint> sweep(std::span<const Scenario> scenarios, bool withLimits);

// The values from `from` to `to`, both included and rounded to whole numbers where `whole`: `steps` of them, one being
// `from` alone; 0: doubling where `to` is four times `from` or more, else nine at most. Equal neighbours are one value.
// With from > 0 and to ≥ 8 × from the steps are equal ratios, else equal differences. `from` may exceed `to`.
std::vector<double> sweepValues(double from, double to, std::int64_t steps, bool whole);

// One line of the KV-cache-against-context plot.
struct ContextCurve {
  KvFormats formats;
  bool current = false;             // the scenario's own formats
  std::vector<double> contexts;     // tokens, ascending
  std::vector<double> kvBytes;      // of the asked batch, on the heaviest device
  std::vector<double> deviceBytes;  // everything on that device at this context that does not give way
};

// The scenario's own cache formats and, for serving, those people weigh against them on its engine; reuses `curves`.
// `scratch` is overwritten.
void contextCurves(const Scenario& scenario, const Settings& settings, std::vector<ContextCurve>& curves,
                   Estimate& scratch);

// The first of them alone.
ContextCurve ownContextCurve(const Scenario& scenario, Estimate& scratch);

// The contexts at which the plot is computed: at most `intervals` + 1, geometric, from 512 tokens to `top`.
std::vector<double> contextGrid(std::int64_t top, int intervals);

}  // namespace headroom
