// Measured runs: what real servers and training jobs printed about their memory (resources/measured/*.json).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/readers/logs/printed_figure.h"

namespace headroom {

struct MeasuredRun {
  std::string id;
  std::string source;                // address
  std::vector<std::string> assumed;  // scenario keys the run did not print
  std::string note;                  // what is known to be odd about it; often empty
  std::string scenario;              // JSON text, readable by readScenario
  std::vector<MeasuredFigure> figures;
};

// All runs that come with Headroom. Parsed anew on each call (a few milliseconds); nothing is parsed at start.
Result<std::vector<MeasuredRun>> measuredRuns();

// The runs of one file of this schema. Errors: not JSON, another schema, a row without id, model, scenario or figures.
Result<std::vector<MeasuredRun>> readMeasuredRuns(std::string_view json, std::string_view where);

}  // namespace headroom
