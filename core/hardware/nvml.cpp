// NVIDIA's management library (nvml.h, 12.x), loaded while the program runs: a machine without it just has none.
#include <array>
#include <cstdint>
#include <string>

#include "core/hardware/detection_parts.h"

#if __has_include(<dlfcn.h>)
#include <dlfcn.h>
#endif

namespace headroom {
namespace {

using Device = struct NvmlDevice*;  // nvmlDevice_t

struct Memory {  // nvmlMemory_t; `used` counts what the driver reserves
  unsigned long long total = 0, free = 0, used = 0;
};
struct MemoryV2 {  // nvmlMemory_v2_t
  unsigned int version = 0;
  unsigned long long total = 0, reserved = 0, free = 0, used = 0;
};
constexpr unsigned int kMemoryV2 = sizeof(MemoryV2) | (2U << 24U);  // NVML_STRUCT_VERSION(Memory, 2)
constexpr unsigned int kNameSize = 96;                              // NVML_DEVICE_NAME_V2_BUFFER_SIZE

#if __has_include(<dlfcn.h>)

class Library {
 public:
  explicit Library(const std::string& path) : handle_(path.empty() ? nullptr : dlopen(path.c_str(), RTLD_LAZY)) {}
  ~Library() {
    if (started_) call<int (*)()>("nvmlShutdown");
    if (handle_ != nullptr) dlclose(handle_);
  }
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;

  bool start() { return started_ = call<int (*)()>("nvmlInit_v2"); }

  // Whether the function is there and succeeds.
  template <typename Function, typename... Arguments>
  bool call(const char* name, Arguments... arguments) const {
    if (handle_ == nullptr) return false;
    const auto function = reinterpret_cast<Function>(dlsym(handle_, name));
    return function != nullptr && function(arguments...) == 0;  // NVML_SUCCESS
  }

 private:
  void* handle_;
  bool started_ = false;
};

DetectedAccelerator ask(const Library& nvml, Device device, unsigned int index) {
  DetectedAccelerator d;
  d.vendor = "NVIDIA";
  d.source = "NVML";
  d.place = "GPU " + std::to_string(index);
  std::array<char, kNameSize + 1> name{};
  if (nvml.call<int (*)(Device, char*, unsigned int)>("nvmlDeviceGetName", device, name.data(), kNameSize))
    d.name = name.data();
  MemoryV2 two;
  two.version = kMemoryV2;
  Memory one;
  const auto bytes = [](unsigned long long n) { return Bytes(static_cast<std::int64_t>(n)); };
  if (nvml.call<int (*)(Device, MemoryV2*)>("nvmlDeviceGetMemoryInfo_v2", device, &two)) {
    d.total = bytes(two.total), d.reserved = bytes(two.reserved), d.used = bytes(two.used);
  } else if (nvml.call<int (*)(Device, Memory*)>("nvmlDeviceGetMemoryInfo", device, &one)) {
    d.total = bytes(one.total), d.used = bytes(one.used);
  }
  // "NVIDIA A100-SXM4-80GB MIG 1g.10gb"
  constexpr std::string_view kPart = " MIG ";
  if (const std::size_t at = d.name.find(kPart); at != std::string::npos) {
    d.profile = d.name.substr(at + kPart.size());
    d.entry = entryFor(d.name.substr(0, at), std::nullopt);
  } else {
    d.entry = entryFor(d.name, d.total);
  }
  return d;
}

// The parts of a device in Multi-Instance mode; none where it is whole.
std::vector<DetectedAccelerator> partsOf(const Library& nvml, Device device, unsigned int index) {
  std::vector<DetectedAccelerator> parts;
  unsigned int current = 0, pending = 0, most = 0;
  if (!nvml.call<int (*)(Device, unsigned int*, unsigned int*)>("nvmlDeviceGetMigMode", device, &current, &pending) ||
      current == 0 || !nvml.call<int (*)(Device, unsigned int*)>("nvmlDeviceGetMaxMigDeviceCount", device, &most))
    return parts;
  for (unsigned int i = 0; i < most; ++i) {
    Device part = nullptr;
    if (!nvml.call<int (*)(Device, unsigned int, Device*)>("nvmlDeviceGetMigDeviceHandleByIndex", device, i, &part))
      continue;  // so many could be, and this one is not
    parts.push_back(ask(nvml, part, index));
    parts.back().place += ", part " + std::to_string(i);
  }
  return parts;
}

#endif

}  // namespace

std::vector<DetectedAccelerator> detectByNvml([[maybe_unused]] const std::string& path) {
  std::vector<DetectedAccelerator> found;
#if __has_include(<dlfcn.h>)
  Library nvml(path);
  unsigned int count = 0;
  if (!nvml.start() || !nvml.call<int (*)(unsigned int*)>("nvmlDeviceGetCount_v2", &count)) return found;
  for (unsigned int i = 0; i < count; ++i) {
    Device device = nullptr;
    if (!nvml.call<int (*)(unsigned int, Device*)>("nvmlDeviceGetHandleByIndex_v2", i, &device)) continue;
    std::vector<DetectedAccelerator> parts = partsOf(nvml, device, i);
    if (parts.empty()) parts.push_back(ask(nvml, device, i));
    for (DetectedAccelerator& d : parts) found.push_back(std::move(d));
  }
#endif
  return found;
}

}  // namespace headroom
