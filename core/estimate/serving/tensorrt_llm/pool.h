// The pool of keys and values that TensorRT-LLM makes of what a device has left.
#pragma once

#include "core/estimate/estimate_context.h"
#include "core/estimate/serving/common/cache_types.h"

namespace headroom::tensorrt_llm {

// Engines built ahead of serving: the backend before 1.0, and where it is asked for.
bool buildsEngines(const Scenario& scenario, const EngineVersion& version);

StateFormats stateFormats(const Scenario& scenario);

// Tokens filled up to whole blocks (tokens_per_block: 32, 64 up to 0.17).
Factor inBlocks(FactorTree& tree, const Factor& tokens, const Scenario& scenario, const Settings& settings);

// Bytes of a token in all layers of the rank; windows count as the log's "kv size per token" counts them.
double bytesOfToken(const CacheTypes& types);

// free_gpu_memory_fraction of what is left, and no more than max_tokens and max_gpu_total_bytes.
struct Room {
  double bytes = 0;
};
Room roomOf(const EstimateContext& context, double total, double used, double bytesPerToken);
// Whole blocks of them.
std::int64_t tokensOf(double bytes, double bytesPerToken, const Scenario& scenario, const Settings& settings);

}  // namespace headroom::tensorrt_llm
