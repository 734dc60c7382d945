// vLLM's memory beside weights, activations and cache: allocations outside torch, and CUDA graphs. Nothing in a
// configuration determines them; they are fitted constants per device class and version (resources/constants).
#pragma once

#include "core/estimate/ledger.h"
#include "core/estimate/serving/common/serving_device.h"
#include "core/scenario/settings.h"

namespace headroom {

struct VllmTraits {
  bool latent = false, gatedDelta = false, recurrent = false, experts = false;
  bool compressed = false;  // DeepSeek-V4
  static VllmTraits of(const Model& model);
};

// Adds the component `runtime` (what vLLM prints as non-torch memory) with its band; returns its bytes.
Bytes addVllmRuntime(Ledger& ledger, const VllmTraits& traits, const Settings& settings, const ServingDevice& device,
                     std::int64_t tensorParallel);

// Adds the component `cuda_graphs` with its band; returns its bytes. Nothing where graphs are off.
Bytes addVllmGraphs(Ledger& ledger, const VllmTraits& traits, const Settings& settings, const ServingDevice& device,
                    std::int64_t layers);

// The share of the graphs the engine takes off its pool: nothing before 0.20 (vllm#30515), and nothing where the second
// model runner served before it had an estimate of its own (0.29, vllm#53306): dense models of 0.25 to 0.28.
double vllmGraphCharge(const Settings& settings, const VllmTraits& traits);

}  // namespace headroom
