// The memory a scenario needs, component by component, and whether it fits.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <headroom/scenario.h>

namespace headroom::api {

// What one kind of memory takes on one device, in bytes. Measured runs lie between low and high.
struct Component {
  std::string id;     // "weights", "kv_cache", "activations", …: as in the estimate's JSON
  std::string label;  // for people
  std::int64_t bytes = 0, low = 0, high = 0;
};

// Devices that need the same: a pipeline stage, a tensor-parallel rank, or every device.
struct Rank {
  std::string label;
  std::int64_t stage = 0, devices = 1;
  std::string accelerator;            // id; empty where none was named
  std::vector<Component> components;  // those that take anything; they sum to `total`
  std::int64_t total = 0, low = 0, high = 0;
  std::optional<std::int64_t> usable;  // of the device's memory, after the reserve; absent where unknown
  std::string peakMoment;              // of a training step: "forward", "loss", "backward", "optimizer step"
};

struct Diagnostic {
  std::string code;      // stable, kebab-case
  std::string severity;  // "note", "assumed", "ignored", "warning", "error"
  std::string message;
  std::string key;  // of the scenario, which it speaks of; may be empty
};

struct Estimate {
  // "fits", "tight" or "exceeds"; empty where a capacity is unknown. "fits" with something in `unmodelled` is no
  // promise.
  std::string verdict;
  std::string sentence;                 // the verdict in words, GiB
  std::vector<Rank> ranks;              // the heaviest first; at least one
  std::vector<Component> host;          // what lies in the host's memory
  std::vector<std::string> unmodelled;  // what takes memory and is not counted
  std::vector<std::string> refused;     // why the engine would not run this at all
  std::vector<Diagnostic> diagnostics;
  std::int64_t parameters = 0, activeParameters = 0, trainableParameters = 0;
  std::int64_t weightBytes = 0;            // of the whole model in the asked format
  double kvBytesPerToken = 0;              // per device
  std::optional<std::int64_t> poolTokens;  // engines with a KV pool: tokens it holds
  std::optional<double> poolConcurrency;   // sequences of the asked context it holds
};

// Pure: no input or output, any scenario gets the best numbers there are; what is doubtful is a diagnostic.
// Method and sources: resources/help/methods.md.
Estimate estimate(const Scenario& scenario);
// The same for many, on all cores; answers keep the order of the questions.
std::vector<Estimate> estimateAll(const std::vector<Scenario>& scenarios);

}  // namespace headroom::api
