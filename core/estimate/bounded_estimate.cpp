#include "core/estimate/bounded_estimate.h"

#include "core/estimate/training/replay/replayed_step.h"

namespace headroom {

bool estimateBounded(const Scenario& scenario, Estimate& result) noexcept {
  training::WithoutAllocator without;
  estimateInto(scenario, result);
  return without.leftOut();
}

}  // namespace headroom
