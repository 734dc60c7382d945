// An estimate without the replay of what an allocator keeps: milliseconds less where a step is written out for it. What
// it keeps it gives back before it fails (RankEstimate::releasable), so the answer says as surely whether the scenario
// exceeds its device, and never more than it needs. For searches over many layouts or values.
#pragma once

#include "core/estimate/estimate.h"

namespace headroom {

// As estimateInto() does, closed. Returns whether something was left out, so that more may be needed.
bool estimateBounded(const Scenario& scenario, Estimate& result) noexcept;

}  // namespace headroom
