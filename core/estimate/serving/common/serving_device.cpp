#include "core/estimate/serving/common/serving_device.h"

namespace headroom {

ServingDevice servingDevice(const DeviceRequest* request) {
  ServingDevice out;
  if (request == nullptr) return out;
  out.total = request->capacity();
  const Accelerator* entry = request->entry;
  if (entry == nullptr) {
    const bool large = !out.total || *out.total >= Bytes(70 * kGiB);
    out.kind = large ? DeviceClass::datacenter : DeviceClass::card;
    return out;
  }
  out.computeCapability = request->computeCapability.value_or(entry->computeCapability.value_or(0.0));
  const bool datacenter = entry->segment == "datacenter";
  const double cc = out.computeCapability;
  if (entry->vendor == "AMD")
    out.kind = DeviceClass::rocm;
  else if (datacenter && cc >= 9.0 && cc < 12.0)
    out.kind = DeviceClass::datacenter;
  else if (datacenter && cc == 8.0)
    out.kind = DeviceClass::ampere;
  else
    out.kind = DeviceClass::card;
  return out;
}

}  // namespace headroom
