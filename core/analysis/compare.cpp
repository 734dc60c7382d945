#include "core/analysis/compare.h"

namespace headroom {

Scenario onDevice(const Scenario& scenario, const DeviceRequest& device) {
  Scenario other = scenario;
  other.devices = {device};
  if (!scenario.devices.empty()) other.devices[0].count = scenario.devices[0].count;
  return other;
}

void compareInto(const Scenario& scenario, ComparedColumn& column) {
  column.scenario = scenario;
  estimateInto(column.scenario, column.estimate, Detail::lines);
  column.limits = limitsOf(column.scenario);
}

}  // namespace headroom
