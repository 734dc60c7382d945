// How many layers Ollama puts on the devices by itself, and the batch it reads prompts with.
#pragma once

#include <string>

#include "core/estimate/estimate_context.h"

namespace headroom::ollama {

struct Placement {
  Offload offload;
  std::int64_t batch = 512;
  bool partial = false;
  std::string note;  // where not everything is on the devices, or the batch was lowered
};

// `inner`: the question as llama.cpp is asked it.
Placement placeOllama(const EstimateContext& context, const Scenario& inner);

}  // namespace headroom::ollama
