#include "core/analysis/sensitivity.h"

#include "core/analysis/savings.h"
#include "core/scenario/settings.h"

namespace headroom {

Sensitivity sensitivityOf(const Scenario& scenario, const Estimate& now, Estimate& scratch) {
  Sensitivity result;
  Scenario more = scenario;
  const Settings settings = settingsOf(scenario);
  more.context = settings.context + 1024;
  result.perThousandTokens = changeBy(now, more, scratch);
  more.context = scenario.context;
  more.batch = settings.batch + 1;
  result.perSequence = changeBy(now, more, scratch);
  return result;
}

}  // namespace headroom
