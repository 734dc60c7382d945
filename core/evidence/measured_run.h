// Measured runs: what real servers and training jobs printed about their memory (resources/measured/*.json).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace headroom {

// Which rank of a layout a printed figure speaks of.
enum class FigureScope : std::uint8_t { heaviest, first_stage, last_stage, sum };

struct MeasuredFigure {
  std::string name;    // "weights", "kv_tokens", "allocated", …: DESIGN 3.3
  double value = 0;    // bytes, or a count
  double step = 1;     // weight of the last printed digit
  char quality = 'B';  // A: configuration complete; B: one or two keys assumed; C: more
  FigureScope scope = FigureScope::heaviest;
};

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
