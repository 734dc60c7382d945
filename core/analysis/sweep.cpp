#include "core/analysis/sweep.h"

#include <algorithm>
#include <cmath>

#include "core/analysis/verdict.h"

namespace headroom {
namespace {

constexpr std::int64_t kUsualSteps = 9;

}  // namespace

std::vector<SweepPoint> sweep(std::span<const Scenario> scenarios, bool withLimits) {
  std::vector<SweepPoint> points;
  Estimate estimate;
  for (const Scenario& scenario : scenarios) {
    estimateInto(scenario, estimate);
    const RankEstimate& rank = decidingRank(estimate);
    SweepPoint& point = points.emplace_back();
    for (std::size_t i = 0; i < kComponentCount; ++i) point.bytes[i] = rank.ledger.bytes(static_cast<ComponentId>(i));
    point.device = rank.device;
    point.low = rank.low;
    point.high = rank.high;
    point.usable = rank.usable;
    point.verdict = estimate.verdict();
    point.runs = estimate.refused.empty();
    point.allModelled = estimate.unmodelled.empty();
    if (withLimits) point.limits = limitsOf(scenario);
  }
  return points;
}

std::vector<double> sweepValues(double from, double to, std::int64_t steps, bool whole) {
  const bool rises = from > 0 && to >= from;
  std::vector<double> values;
  if (steps == 0 && rises && to >= 4 * from) {
    for (double value = from; value < to; value *= 2) values.push_back(value);
    values.push_back(to);
  } else {
    if (steps == 0) {
      const double span = std::abs(to - from) + 1;
      steps = whole ? std::min(kUsualSteps, static_cast<std::int64_t>(std::min(span, 1e6))) : kUsualSteps;
    }
    const bool ratios = rises && to >= 8 * from;
    for (std::int64_t i = 0; i < steps; ++i) {
      const double t = steps > 1 ? static_cast<double>(i) / static_cast<double>(steps - 1) : 0;
      values.push_back(ratios ? from * std::pow(to / from, t) : from + t * (to - from));
    }
    if (steps > 1) values.back() = to;
  }
  if (whole)
    for (double& value : values) value = std::round(value);
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

}  // namespace headroom
