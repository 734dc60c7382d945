#include "core/analysis/savings.h"

#include <algorithm>

namespace headroom {

Bytes changeBy(const Estimate& now, const Scenario& changed, Estimate& scratch) {
  estimateInto(changed, scratch);
  return scratch.heaviest().device - now.heaviest().device;
}

SwitchSaving switchSaving(std::span<const Bytes> changes) {
  SwitchSaving result;
  for (const Bytes change : changes) {
    result.saved = std::max(result.saved, change);
    result.further = std::max(result.further, Bytes(0) - change);
  }
  return result;
}

}  // namespace headroom
