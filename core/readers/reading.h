// What a text that people paste was taken for, and what of it is left out: the answer of every reader.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/estimate/estimate.h"
#include "core/readers/logs/log_reader.h"

namespace headroom {

struct LeftOut {
  std::string text;      // as written: "--block-size 32"
  bool matters = false;  // memory depends on it, or nobody here knows whether it does
  bool operator==(const LeftOut&) const = default;
};

struct Remark {
  std::string code;  // "assumed-model"
  Severity severity = Severity::note;
  std::string message;
};

struct Reading {
  std::string recognised;          // "vllm command"
  std::string scenario;            // JSON text for readScenario; the model is not resolved
  std::vector<LeftOut> leftOut;    // what matters first
  std::vector<Remark> remarks;     // what was assumed
  std::vector<LogFigure> figures;  // of a log
  std::optional<LogReading> log;   // what the log itself says, where it has figures
  std::vector<Reading> others;     // more servers of one script, in its order
};

}  // namespace headroom
