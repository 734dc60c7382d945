#include "core/estimate/serving/common/serving_device.h"

namespace headroom {

ServingDevice::Processors ServingDevice::processors() const {
  // NVIDIA's data sheets: H100 SXM and H200 (H100 PCIe: 114), B200 and B300, A100, RTX 4090; AMD's: MI300X (MI250:
  // 104).
  switch (kind) {
    case DeviceClass::datacenter:
      return computeCapability >= 10.0 ? Processors{148, 148, 160} : Processors{114, 132, 132};
    case DeviceClass::ampere:
      return {56, 108, 108};
    case DeviceClass::rocm:
      return {104, 304, 304};
    case DeviceClass::card:
      break;
  }
  return {40, 128, 170};
}

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
