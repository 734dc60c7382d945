#include "core/evidence/calibrate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "core/scenario/engines.h"
#include "core/scenario/settings.h"

namespace headroom {
namespace {

// Measured less predicted, where it is more than the printed digits leave open.
std::optional<Bytes> differenceOf(const ComparedFigure& f) {
  if (!f.predicted) return std::nullopt;
  const double difference = std::max(0.0, f.measured.value) - f.predicted->value;
  if (std::abs(difference) <= f.measured.step / 2 + 1) return std::nullopt;
  return toBytes(difference);
}

bool isPool(const ComparedFigure& f, Engine engine) {
  return f.measured.name == "kv_cache" && rowOf(engine).has(Feature::claim);
}

}  // namespace

std::optional<double> ComparedFigure::error() const {
  if (!predicted || measured.value <= 0) return std::nullopt;
  return predicted->value / measured.value - 1.0;
}

bool isCount(std::string_view figure) {
  return figure == "kv_tokens" || figure == "trainable_parameters";
}

std::vector<ComparedFigure> compare(const LogReading& reading, const Scenario& scenario, const Estimate& estimate) {
  std::vector<ComparedFigure> out;
  for (MeasuredFigure& f : reading.summary()) {
    std::optional<PredictedFigure> predicted = predictedFigure(scenario, estimate, f);
    out.push_back({std::move(f), predicted});
  }
  return out;
}

Result<Calibration> calibrationFrom(const LogReading& reading, std::string_view log, const Scenario& asked) {
  if (isTraining(asked.workload) || asked.method != Method::detailed)
    return fail(ErrorCode::unsupported, "A server's log calibrates the detailed account of inference.");
  if (const Engine engine = settingsOf(asked).engine; engine != reading.engine)
    return fail(ErrorCode::unsupported,
                fmt::format("The log is of {}, the scenario of {}.", nameOf(reading.engine), nameOf(engine)));
  Calibration out;
  out.log = log;
  out.date = reading.date;
  out.engine = reading.engine;
  out.engineVersion = reading.version;
  out.model = asked.model->id;

  Scenario scenario = asked;
  scenario.calibration.reset();
  for (const ComparedFigure& f : compare(reading, scenario, estimate(scenario))) {
    if (isPool(f, reading.engine) || isCount(f.measured.name)) continue;
    std::optional<Calibration::Difference> d = differenceNamed(f.measured.name);
    const std::optional<Bytes> bytes = differenceOf(f);
    if (d && bytes) d->bytes = *bytes, out.differences.push_back(*d);
  }
  std::ranges::sort(out.differences, {}, [](const auto& d) { return std::pair(d.host, d.component); });
  out.describe();
  // What is left of the pool's difference once the components are right.
  scenario.calibration = std::make_shared<const Calibration>(out);
  for (const ComparedFigure& f : compare(reading, scenario, estimate(scenario)))
    if (isPool(f, reading.engine)) out.pool = differenceOf(f);
  return out;
}

}  // namespace headroom
