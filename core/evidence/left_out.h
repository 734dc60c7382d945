// Leave-one-source-out: what the estimate would have said of a source's runs had that source not been known. Every
// fitted constant that the source's runs respond to is fitted again on the others, and the source predicted with them.
#pragma once

#include <span>
#include <vector>

#include "core/estimate/constants.h"
#include "core/evidence/validation.h"

namespace headroom {

// A fitted constant and what the measured runs say of it.
struct FittedConstant {
  ConstantId id{};
  std::size_t figures = 0;                       // measured figures that respond to it, of those it is fitted on
  std::size_t sources = 0;                       // that they come from
  double value = 0;                              // in force
  double best = 0;                               // with the smallest mean error over those figures, all others held
  double error = 0, bestError = 0;               // mean absolute relative error with the one and with the other
  double lowestWithout = 0, highestWithout = 0;  // fitted again without one source at a time
};

struct CrossValidation {
  std::vector<FigureSummary> summaries;   // of the figures that validate() has, in its order
  std::vector<FigureSummary> refitted;    // the same with the constants fitted on all runs by the same rule: in sample
  std::vector<FittedConstant> constants;  // those fitted by error on figures of the filter
};

// `runs` are those the constants were fitted on; validate() has the errors in sample. The objective is the mean
// absolute relative error of a constant's figures, for the fit on all of them as for the fit without a source; where no
// other source responds to a constant, what its entry takes otherwise. Takes a second.
CrossValidation leaveOneSourceOut(std::span<const MeasuredRun> runs, const ValidationFilter& filter);

// The errors of one source (as sourceOf names it) predicted without it.
std::vector<PredictionError> leftOutErrors(std::span<const MeasuredRun> runs, const ValidationFilter& filter,
                                           std::string_view source);

}  // namespace headroom
