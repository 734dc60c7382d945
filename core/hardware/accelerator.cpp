#include "core/hardware/accelerator.h"

namespace headroom {

Accelerator::Capacity Accelerator::capacity() const {
  Capacity c;
  if (torchTotal)
    c = {*torchTotal, false, "total seen by torch"};
  else if (driverTotal)
    c = {*driverTotal - driverReserve.value_or(Bytes(0)), !driverReserve, "the driver's total less its reserve"};
  else
    c = {toBytes(printedGb * static_cast<double>(unifiedMemory ? kGiB : kGB)), true, "printed size"};
  if (unifiedMemory && usableFraction) c.bytes = toBytes(static_cast<double>(c.bytes.value()) * *usableFraction);
  return c;
}

}  // namespace headroom
