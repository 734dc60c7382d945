// Apple's processors, whose memory is the machine's: the name and the size as the system tells them.
#include "core/hardware/detection_parts.h"

#if defined(__APPLE__)
#include <sys/sysctl.h>

#include <array>
#endif

namespace headroom {

std::vector<DetectedAccelerator> detectApple() {
  std::vector<DetectedAccelerator> found;
#if defined(__APPLE__)
  std::array<char, 256> name{};
  std::size_t nameSize = name.size() - 1;
  std::uint64_t memory = 0;
  std::size_t memorySize = sizeof memory;
  if (sysctlbyname("machdep.cpu.brand_string", name.data(), &nameSize, nullptr, 0) != 0 ||
      sysctlbyname("hw.memsize", &memory, &memorySize, nullptr, 0) != 0)
    return found;
  DetectedAccelerator d;
  d.name = name.data();  // "Apple M3 Max"
  if (!d.name.starts_with("Apple")) return found;
  d.vendor = "Apple";
  d.place = "this computer";
  d.source = "sysctl";
  d.entry = findAccelerator(d.name + " " + std::to_string(memory >> 30U) + "GB");
  d.total = Bytes(static_cast<std::int64_t>(memory));
  found.push_back(std::move(d));
#endif
  return found;
}

}  // namespace headroom
