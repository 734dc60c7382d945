// A log beside its prediction, and the calibration that follows from it.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/evidence/validation.h"
#include "core/readers/logs/log_reader.h"
#include "core/scenario/calibration.h"

namespace headroom {

// A figure of a log, and what the estimate says for it (nothing where it has no such figure).
struct ComparedFigure {
  MeasuredFigure measured;
  std::optional<PredictedFigure> predicted;

  // predicted ÷ measured − 1; nothing where either is missing.
  std::optional<double> error() const;
};

std::vector<ComparedFigure> compare(const LogReading& reading, const Scenario& scenario, const Estimate& estimate);

// True for figures that are counts ("kv_tokens"), not bytes.
bool isCount(std::string_view figure);

// What to add to the scenario's own prediction (an earlier calibration left out) so that it gives the log's figures.
// What agrees to the printed digit is left alone. `log` is how the log is called. Errors: a log of another engine than
// the scenario's, a workload or method that has no such log.
Result<Calibration> calibrationFrom(const LogReading& reading, std::string_view log, const Scenario& scenario);

}  // namespace headroom
