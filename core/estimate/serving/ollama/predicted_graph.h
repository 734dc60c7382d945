// The compute graph that Ollama predicts for a model its llama.cpp runner loads (0.1.33 to 0.24): its scheduler places
// layers by it, and its log prints it in place of what llama.cpp then allocates.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/estimate/estimate_context.h"

namespace headroom::ollama {

struct PredictedGraph {
  double whole = 0;    // bytes on each device where every layer is on one
  double partial = 0;  // and where some stay on the host
};

// Of a question that llama.cpp has answered: its settings, and the caches in its result.
PredictedGraph predictGraph(const EstimateContext& answered, std::string_view architecture);

// Weights and caches, which the scheduler counts by layer.
double layerBytes(const Ledger& ledger);

}  // namespace headroom::ollama
