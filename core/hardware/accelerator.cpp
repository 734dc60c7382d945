#include "core/hardware/accelerator.h"

namespace headroom {
namespace {

// What the NVIDIA driver keeps of a card whose own reserve is not on record. Lines through the cards of which both
// nvidia-smi's and torch's total are known (resources/catalogue/accelerators.json): GDDR 12 GB 251 MiB, 16 GB 265,
// 24 GB 341…451, 48 GB 609; HBM 40 GB 510, 80 GB 476…767, 141 GB 607, 180 GB 714, 288 GB 925.
Bytes typicalReserve(Bytes total, std::string_view memoryType) {
  const bool stacked = memoryType.starts_with("HBM");
  const double base = stacked ? 480.0 : 150.0;
  const double share = stacked ? 0.0015 : 0.01;
  return toBytes(base * static_cast<double>(kMiB) + share * static_cast<double>(total.value()));
}

}  // namespace

Accelerator::Capacity Accelerator::capacity() const {
  if (torchTotal) return {*torchTotal, false, "total seen by torch"};
  // Grace superchips share their address space, not their memory: the HBM is a device's own.
  const bool cuda = vendor == "NVIDIA" && (!unifiedMemory || memoryType.starts_with("HBM"));
  if (driverTotal && driverReserve) return {*driverTotal - *driverReserve, false, "driver's total less its reserve"};
  if (driverTotal && !cuda) return {*driverTotal, false, "driver's total"};
  if (driverTotal)
    return {*driverTotal - typicalReserve(*driverTotal, memoryType), true, "driver's total less a typical reserve"};
  const Bytes printed = toBytes(printedGb * static_cast<double>(kGiB));
  if (cuda) return {printed - typicalReserve(printed, memoryType), true, "printed size less a typical reserve"};
  if (unifiedMemory && usableFraction)
    return {toBytes(static_cast<double>(printed.value()) * *usableFraction), true,
            "printed size, the share usable by default"};
  return {printed, true, "printed size"};
}

}  // namespace headroom
