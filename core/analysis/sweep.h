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

// What the heaviest device holds at one context after the other: one line of a plot.
struct ContextCurve {
  KvFormats formats;
  bool current = false;                                   // the scenario's own formats
  std::vector<double> contexts;                           // tokens, ascending
  std::vector<std::array<Bytes, kComponentCount>> bytes;  // of the asked batch, by ComponentId
  std::vector<double> kvBytes;                            // of these the KV cache
  std::vector<double> deviceBytes;                        // everything at this context that does not give way
  std::optional<Bytes> usable;                            // of the device
};

// The scenario's own cache formats and, for serving, those people weigh against them on its engine; reuses `curves`.
// `scratch` is overwritten.
void contextCurves(const Scenario& scenario, const Settings& settings, std::vector<ContextCurve>& curves,
                   Estimate& scratch);

// The first of them alone; `top`: as far as this instead of as far as the model goes, so that several scenarios end
// together.
void ownContextCurve(const Scenario& scenario, std::optional<std::int64_t> top, ContextCurve& curve, Estimate& scratch);

// The contexts at which the plot is computed: at most `intervals` + 1, geometric, from 512 tokens to `top`.
std::vector<double> contextGrid(std::int64_t top, int intervals);

}  // namespace headroom
