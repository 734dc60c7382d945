// How many layers Ollama puts on the devices by itself, and the batch it reads prompts with.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/estimate/estimate_context.h"
#include "core/estimate/serving/llama_cpp/tensor_overrides.h"
#include "core/estimate/serving/ollama/runner.h"

namespace headroom::ollama {

struct Placement {
  Offload offload;
  std::vector<double> tensorSplit;                          // one of several devices where all fits there
  std::shared_ptr<const llama::TensorOverrides> overrides;  // tensors of layers on devices that lie elsewhere
  std::int64_t expertLayers = 0;                            // layers on devices whose experts lie on the host
  std::int64_t batch = 512;
  bool partial = false;
  std::string note;  // where not everything is on the devices, or the batch was lowered
};

// `inner`: the question as llama.cpp is asked it; `predicts`: layers are placed by the scheduler's own prediction of
// the graph, which a runner of llama.cpp is not asked about (until 0.24).
Placement placeOllama(const EstimateContext& context, const Scenario& inner, const Runner& runner, bool predicts);

}  // namespace headroom::ollama
