// What the parts of estimate() hand to one another. Internal to core/estimate.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "core/estimate/chosen_settings.h"
#include "core/estimate/estimate.h"
#include "core/scenario/settings.h"

namespace headroom {

struct EstimateContext {
  const Scenario& scenario;
  const Model& model;
  const Settings& settings;
  Estimate& result;
  const Calibration* calibration = nullptr;      // in force for this scenario
  std::vector<ChosenSetting>* chosen = nullptr;  // where somebody asks what the engine chose by itself

  // Starts the next kind of rank; the reference holds until the next call.
  RankEstimate& addRank();
  void note(std::string_view code, std::string message) { diagnose(code, Severity::note, std::move(message)); }
  void warn(std::string_view code, std::string message) { diagnose(code, Severity::warning, std::move(message)); }
  // The same about a key of the scenario.
  void about(std::string_view key, std::string_view code, Severity severity, std::string message) {
    diagnose(code, severity, std::move(message), std::string(key));
  }
  // Says that the engine would not run this, as a clause without its full stop; whatever the numbers, it does not fit.
  void refuse(std::string_view code, std::string why, std::string_view key = {}) {
    about(key, code, Severity::error, why + ".");
    result.refused.push_back(std::move(why));
  }
  // What the engine takes by itself once it has seen what the question needs.
  void choose(std::string_view key, std::variant<std::int64_t, bool, std::string> value, std::string_view why) {
    if (chosen != nullptr) chosen->push_back({key, std::move(value), std::string(why)});
  }
  // Says that something memory-relevant is not counted, as a noun phrase; the verdict is then no plain one.
  void unmodelled(std::string what) { result.unmodelled.push_back(std::move(what)); }

 private:
  void diagnose(std::string_view code, Severity severity, std::string message, std::string key = {}) {
    result.diagnostics.push_back({code, severity, std::move(message), std::move(key)});
  }
};

// Where an estimate stood, to go back to when the question turns out to be another one.
class EstimateMark {
 public:
  explicit EstimateMark(const Estimate& e)
      : diagnostics_(e.diagnostics.size()), unmodelled_(e.unmodelled.size()), refused_(e.refused.size()) {}
  // Before any rank.
  void rewind(Estimate& e) const {
    e.ranks.clear();
    e.host.clear();
    e.kvBytesPerToken = 0;
    e.diagnostics.resize(diagnostics_);
    e.unmodelled.resize(unmodelled_);
    e.refused.resize(refused_);
  }

 private:
  std::size_t diagnostics_, unmodelled_, refused_;
};

// Corrects a rank's (or the host's) components by what a log printed, one line each, never below nothing; for sums over
// `devices` each gets its share. Engines with a pool call it before they measure out the pool.
void addCalibration(Ledger& ledger, const Calibration* calibration, bool host, std::int64_t devices);
// The log's KV pool less the one the components leave; 0 without a calibration.
double calibratedPool(const EstimateContext& context);

// Says what of the scenario is set aside or doubtful before anything is counted (diagnose_keys.cpp).
void diagnoseKeys(EstimateContext& context);

// One function per way of accounting; each fills result.ranks (ledger, label, stage, devices, moments), result.host,
// result.pool and the model figures. estimate() adds sums, capacities and verdicts.
void estimateTransformers(EstimateContext& context);  // serving/transformers/transformers.cpp
void estimateVllm(EstimateContext& context);          // serving/vllm/vllm.cpp
void estimateSglang(EstimateContext& context);        // serving/sglang/sglang.cpp
void estimateLlamaCpp(EstimateContext& context);      // serving/llama_cpp/llama_cpp.cpp
void estimateMlx(EstimateContext& context);           // serving/mlx/mlx.cpp
void estimateOllama(EstimateContext& context);        // serving/ollama/ollama.cpp
void estimateTensorRtLlm(EstimateContext& context);   // serving/tensorrt_llm/tensorrt_llm.cpp
void estimateTraining(EstimateContext& context);      // training/training.cpp
void estimateByRule(EstimateContext& context);        // rules_of_thumb.cpp

}  // namespace headroom
