// What a real run's log printed, kept in the scenario as differences to its prediction, so that estimates start from
// what was measured. estimate() adds them as ledger lines of their own.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/scenario/component.h"
#include "core/scenario/scenario.h"

namespace headroom {

struct Calibration {
  std::string log;                  // what the log is called: "vllm.log"
  std::string date;                 // as the log prints it ("2025-05-01", "10-01"); empty where it does not
  Engine engine = Engine::pytorch;  // one that prints components, once read
  std::string engineVersion;        // as printed; empty where it is not
  std::string model;                // Model::id it was taken for; elsewhere it is set aside

  struct Difference {
    ComponentId component{};
    bool host = false;  // of host memory
    Bytes bytes;        // measured − predicted: per device, of llama.cpp and of host memory the sum
    bool operator==(const Difference&) const = default;
  };
  std::vector<Difference> differences;
  std::optional<Bytes> pool;  // of the KV pool per device, beyond what the components account for

  // Both follow from the rest (describe); the ledger's lines refer to them.
  std::string label;   // "calibrated from vllm.log"
  std::string source;  // "log vllm.log of 10-01, vLLM 0.11.0: measured less predicted"

  // Sets label and source.
  void describe();
  bool operator==(const Calibration&) const = default;
};

// Engines whose logs print components: vLLM, SGLang and llama.cpp.
bool printsComponents(Engine engine);

// The scenario's calibration where it speaks of what is asked: the detailed account of inference by the log's engine
// and of its model. nullptr otherwise.
const Calibration* calibrationInForce(const Scenario& scenario);

// "weights", "host.weights" and back: how a difference is named in a scenario file.
std::string nameOf(const Calibration::Difference& difference);
std::optional<Calibration::Difference> differenceNamed(std::string_view name);

}  // namespace headroom
