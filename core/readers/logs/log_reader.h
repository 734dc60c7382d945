// Reads the memory lines of a server's log (vLLM, SGLang, llama.cpp, Ollama) or of a training run's, or a snapshot of
// PyTorch's memory, so that a real run can stand beside its estimate.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/readers/logs/printed_figure.h"
#include "core/scenario/scenario.h"

namespace headroom {

struct LogFigure {
  std::string name;      // "weights", "kv_cache", "activations", "host.weights", …
  std::string device;    // as printed ("CUDA0"); empty where a line names none
  double value = 0;      // bytes, or a count
  double step = 1;       // weight of the last printed digit
  std::size_t line = 0;  // from 1
  bool draft = false;    // of the draft model beside the target
};

struct LogReading {
  Engine engine = Engine::vllm;
  std::string version;               // as printed; empty where it is not
  std::string date;                  // of the first line that has one, as printed ("2025-05-01", "10-01")
  std::vector<LogFigure> figures;    // in the order of the log
  std::vector<std::string> missing;  // figures this engine prints that the log does not hold
  std::vector<std::string> notes;    // what else the log says of memory: "a length of 251136 tokens would fit"

  // One figure per name: of several ranks the largest, of llama.cpp's devices the sum. Quality B.
  std::vector<MeasuredFigure> summary() const;
};

// Of several starts in one log the last that printed figures is read, and `notes` says so; colours, progress bars and
// ranks that wrote into one line are seen through. A training run's engine is pytorch. Units: vLLM and SGLang divide by
// 2^30 whatever they print. Errors: longer than 64 MiB, or no memory line of a known engine in it (the message says
// which lines are looked for). A truncated log gives what it holds, and what is missing.
Result<LogReading> readLog(std::string_view text, std::string_view where);

}  // namespace headroom
