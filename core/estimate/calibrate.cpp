// What a log printed, as lines of the ledger: the difference to the prediction at the run that was measured stays as it
// is when the scenario is changed, so a calibrated estimate grows exactly as the uncalibrated one does.
#include "core/scenario/calibration.h"

#include <algorithm>

#include "core/estimate/estimate_context.h"

namespace headroom {

void addCalibration(Ledger& ledger, const Calibration* calibration, bool host, std::int64_t devices) {
  if (calibration == nullptr) return;
  for (const Calibration::Difference& d : calibration->differences) {
    if (d.host != host) continue;
    const Bytes before = ledger.bytes(d.component), low = ledger.low(d.component), high = ledger.high(d.component);
    const auto ways = static_cast<double>(std::max<std::int64_t>(1, devices));
    const auto difference = static_cast<double>(d.bytes.value());
    Bytes added;
    if (toBytes(difference / ways) + before < Bytes(0))
      added = ledger.add(d.component, calibration->label, calibration->source,
                         {derived("what there is to take away", -static_cast<double>(before.value()), Unit::bytes)});
    else if (ways > 1)
      added = ledger.add(d.component, calibration->label, calibration->source,
                         {measured("measured less predicted, all devices", difference, Unit::bytes),
                          over(derived("devices", ways, Unit::devices))});
    else
      added = ledger.add(d.component, calibration->label, calibration->source,
                         {measured("measured less predicted", difference, Unit::bytes)});
    ledger.setBand(d.component, std::max(Bytes(0), low + added), high + added);
  }
}

double calibratedPool(const EstimateContext& context) {
  const Calibration* c = context.calibration;
  return c != nullptr && c->pool ? static_cast<double>(c->pool->value()) : 0.0;
}

}  // namespace headroom
