// From which llama.cpp build on a rule of its graphs and caches holds.
#pragma once

#include <string_view>

#include "core/scenario/engine_version.h"

namespace headroom::llama {

// The rules of one build; without a version those of the newest known one (b11549) hold.
struct BuildRules {
  bool old = false;          // graphs of 2025-02: fp32 masks, one cache, views copied
  bool mixedBatches = true;  // one micro-batch may hold tokens and embeddings, so the graph is laid out for both
  bool keepsExperts = true;  // CUDA's fused router and weighted sum of experts keep what they read until they ran
  bool fusesShared = true;   // and the shared expert runs beside the routed ones
  friend bool operator==(const BuildRules&, const BuildRules&) = default;
};

BuildRules rulesOf(std::string_view printed, const EngineVersion& version);

}  // namespace headroom::llama
