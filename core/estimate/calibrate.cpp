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
    const Factor all = measured("measured less predicted", difference, Unit::bytes, calibration->source);
    const Factor own = ways > 1 ? ledger.product("measured less predicted, of one device", Unit::bytes,
                                                 {all, over(asked("devices", ways, Unit::devices))})
                                : all;
    // Never below nothing.
    const Factor change =
        toBytes(own.value) + before < Bytes(0)
            ? ledger.largest("what there is to take away", Unit::bytes,
                             {own, ledger.sum("all of it", Unit::bytes,
                                              {less(ledger.linesOf(d.component, ledger, "as predicted"))})})
            : own;
    const Bytes added = ledger.add(d.component, calibration->label, calibration->source, {change});
    ledger.setBand(d.component, std::max(Bytes(0), low + added), high + added);
  }
}

double calibratedPool(const EstimateContext& context) {
  const Calibration* c = context.calibration;
  return c != nullptr && c->pool ? static_cast<double>(c->pool->value()) : 0.0;
}

}  // namespace headroom
