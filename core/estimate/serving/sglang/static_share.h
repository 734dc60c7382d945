// The share of a device that SGLang gives to weights and pools where nobody says, by release and card.
#pragma once

#include <cstdint>

#include "core/estimate/estimate_context.h"

namespace headroom {

// Tokens of a prefill chunk and sequences of the largest captured batch.
struct SglangSizes {
  std::int64_t chunk = 0, graphBatch = 0;
};
SglangSizes sglangSizes(const EngineVersion& version, double gib, std::int64_t tensorRanks);

double sglangStaticShare(const EstimateContext& context, double gib, const SglangSizes& sizes);

// Whether the draft's weights and cache come out of the static share, or lie in what it leaves.
bool sglangCountsDrafts(const EngineVersion& version);

}  // namespace headroom
