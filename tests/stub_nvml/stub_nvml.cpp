// A management library with three devices, as nvml.h 12 declares it: one whole, one in Multi-Instance mode with two
// parts, and one whose driver knows the older memory figures alone.
#include <cstdint>
#include <cstring>

namespace {

constexpr int kSuccess = 0, kNotSupported = 3, kNotFound = 6;
constexpr unsigned long long kMiB = 1ULL << 20;

struct Device {
  const char* name;
  unsigned long long total, reserved, used;
  bool parted, old;
};
Device devices[] = {
    {"NVIDIA H100 80GB HBM3", 81559 * kMiB, 479 * kMiB, 2566 * kMiB, false, false},
    {"NVIDIA A100-SXM4-40GB", 40960 * kMiB, 510 * kMiB, 0, true, false},
    {"NVIDIA GeForce RTX 4090", 24564 * kMiB, 0, 1342 * kMiB, false, true},
};
Device parts[] = {
    {"NVIDIA A100-SXM4-40GB MIG 3g.20gb", 19968 * kMiB, 0, 13 * kMiB, false, false},
    {"NVIDIA A100-SXM4-40GB MIG 1g.5gb", 4864 * kMiB, 0, 3 * kMiB, false, false},
};
bool started = false;

struct Memory {
  unsigned long long total, free, used;
};
struct MemoryV2 {
  unsigned int version;
  unsigned long long total, reserved, free, used;
};

}  // namespace

extern "C" {

int nvmlInit_v2() {
  started = true;
  return kSuccess;
}
int nvmlShutdown() {
  started = false;
  return kSuccess;
}
int nvmlDeviceGetCount_v2(unsigned int* count) {
  if (!started) return 1;  // uninitialized
  *count = 3;
  return kSuccess;
}
int nvmlDeviceGetHandleByIndex_v2(unsigned int index, Device** device) {
  *device = &devices[index];
  return kSuccess;
}
int nvmlDeviceGetName(Device* device, char* name, unsigned int length) {
  std::strncpy(name, device->name, length);
  return kSuccess;
}
int nvmlDeviceGetMemoryInfo_v2(Device* device, MemoryV2* memory) {
  if (device->old || memory->version != (sizeof(MemoryV2) | (2U << 24U))) return kNotSupported;
  memory->total = device->total;
  memory->reserved = device->reserved;
  memory->used = device->used;
  memory->free = device->total - device->reserved - device->used;
  return kSuccess;
}
int nvmlDeviceGetMemoryInfo(Device* device, Memory* memory) {
  memory->total = device->total;
  memory->used = device->reserved + device->used;
  memory->free = device->total - memory->used;
  return kSuccess;
}
int nvmlDeviceGetMigMode(Device* device, unsigned int* current, unsigned int* pending) {
  if (device->old) return kNotSupported;
  *current = *pending = device->parted ? 1 : 0;
  return kSuccess;
}
int nvmlDeviceGetMaxMigDeviceCount(Device*, unsigned int* count) {
  *count = 7;
  return kSuccess;
}
int nvmlDeviceGetMigDeviceHandleByIndex(Device*, unsigned int index, Device** part) {
  if (index >= 2) return kNotFound;
  *part = &parts[index];
  return kSuccess;
}
}
