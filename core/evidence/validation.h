// Validation: every measured run predicted from its scenario alone, and how far off the predictions are.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/estimate/estimate.h"
#include "core/evidence/measured_run.h"

namespace headroom {

// A figure as an estimate has it, in bytes or as a count, with its band.
struct PredictedFigure {
  double value = 0, low = 0, high = 0;
};

// What the estimate says for a printed figure ("weights", "kv_cache" of a pool, "kv_tokens", "allocated",
// "host.weights", …); nothing where it has no such figure (no capacity known, an unknown name).
std::optional<PredictedFigure> predictedFigure(const Scenario& scenario, const Estimate& estimate,
                                               const MeasuredFigure& figure);

struct PredictionError {
  std::string run;      // id
  std::size_t row = 0;  // of the runs validated
  std::string group;    // engine, or framework of a training run
  MeasuredFigure measured;
  PredictedFigure predicted;
  double error = 0;     // predicted ÷ measured − 1
  bool inside = false;  // measured, give or take half its last digit, lies in the band
  double least = 0;     // what the job cannot have printed less than (least_bytes.h); 0: nothing is known

  // The measurement belongs to another job than its row says: there is nothing to explain.
  bool impossible() const { return measured.value + measured.step / 2 < least; }
};

// The error of one prediction. `row`: of the runs validated.
PredictionError errorOf(std::string_view run, std::size_t row, std::string_view group, const MeasuredFigure& measured,
                        const PredictedFigure& predicted);

// What a scenario's errors are grouped by: the engine, or the framework of a training run.
std::string validationGroup(const Scenario& scenario);

struct FigureSummary {
  std::string group, figure;
  std::size_t count = 0;
  double median = 0, p90 = 0, worst = 0;  // absolute errors
  double bias = 0;                        // median signed error
  double inside = 0;                      // share inside the band
  std::string worstRun;
};

struct ValidationFilter {
  std::string group, figure;  // empty: all
  std::string qualities = "AB";
};

struct Validation {
  std::vector<FigureSummary> summaries;  // by group, then figure
  std::vector<PredictionError> errors;   // the largest first
  struct Refused {
    std::string run, reason;
  };
  std::vector<Refused> refused;  // scenarios that could not be read
};

// progress: told the number of runs done before each one; false stops, and what is done so far is the answer.
Validation validate(std::span<const MeasuredRun> runs, const ValidationFilter& filter,
                    const std::function<bool(std::size_t done)>& progress = {});

// The summaries of these errors, by group, then figure.
std::vector<FigureSummary> summarizeAll(std::span<const PredictionError> errors);

// Median, 90th percentile and the rest over errors of one group and figure; errors must not be empty.
FigureSummary summarize(std::span<const PredictionError> errors);

}  // namespace headroom
