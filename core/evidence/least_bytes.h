// What a run cannot have printed less than: a figure below it belongs to another job than its row says.
#pragma once

#include <string_view>

#include "core/estimate/estimate.h"

namespace headroom {

// Bytes of the rank that a whole-device figure ("allocated", "reserved", "device") cannot be below: weights and
// adapters; in training gradients, optimizer states and master copies as well, as the optimizer's step holds them. All
// of these follow from shapes and formats alone. 0 for other figures.
Bytes leastBytes(const RankEstimate& rank, std::string_view figure);

}  // namespace headroom
