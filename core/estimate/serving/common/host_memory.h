// What engines that claim their device's memory keep in the host's besides.
#pragma once

#include <string_view>

#include "core/estimate/estimate_context.h"

namespace headroom {

// cpu_offload_gb: parameters that lie in pinned host memory instead of the device's. Call it when the weights are in.
void offloadWeights(EstimateContext& context, RankEstimate& rank, std::string_view source);

// A cache in host memory, of so many ranks or replicas.
void addHostCache(EstimateContext& context, std::string_view label, std::string_view source, std::int64_t copies,
                  const Factor& bytes);

}  // namespace headroom
