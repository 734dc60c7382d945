#include "core/hardware/detection.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "core/hardware/detection_parts.h"

namespace headroom {

std::optional<Bytes> DetectedAccelerator::capacity() const {
  if (total && reserved) return *total - *reserved;
  if (entry == nullptr) return total;
  if (!profile.empty()) return total;
  const Bytes known = entry->capacity().bytes;
  return total ? std::min(*total, known) : known;
}

std::optional<Bytes> DetectedAccelerator::available() const {
  const std::optional<Bytes> all = capacity();
  if (!all || !used) return all;
  return std::max(Bytes(0), *all - *used);
}

namespace {

// A board's name without what it is mounted on: "AMD Instinct MI300X OAM", "AMD INSTINCT MI250 (MCM) OAM AC MBA".
std::string withoutMount(std::string name) {
  for (const std::string_view mount : {" MBA", " AC", " OAM", " (MCM)"})
    if (name.ends_with(mount)) name.resize(name.size() - mount.size());
  return name;
}

}  // namespace

const Accelerator* entryFor(const std::string& board, std::optional<Bytes> total) {
  const std::string name = withoutMount(board);
  constexpr double kSameSize = 0.12;  // ECC and reserves take up to 6 % of what is printed
  const Accelerator* entry = findAccelerator(name);
  if (!total) return entry;
  const double gib = static_cast<double>(total->value()) / static_cast<double>(kGiB);
  if (entry != nullptr && std::abs(entry->printedGb - gib) <= kSameSize * entry->printedGb) return entry;
  // Cards are sold with whole gigabytes; a driver shows up to a twentieth less.
  for (const double printed : {std::ceil(gib), std::ceil(gib * 1.02), std::ceil(gib * 1.05)}) {
    const std::string sized = acceleratorSlug(name) + "-" + std::to_string(static_cast<int>(printed)) + "gb";
    const Accelerator* other = findAccelerator(sized);
    if (other != nullptr && std::ranges::any_of(accelerators(), [&](const Accelerator& a) { return &a == other; }))
      return other;
  }
  return entry;
}

std::vector<DetectedAccelerator> detectAccelerators(const DetectionPlaces& places) {
  std::vector<DetectedAccelerator> found = detectByNvml(places.nvml);
  const bool nvidia = !found.empty();
  for (DetectedAccelerator& d : detectBySysfs(places.sysfs, places.names))
    if (!nvidia || d.vendor != "NVIDIA") found.push_back(std::move(d));
  std::ranges::move(detectApple(), std::back_inserter(found));
  return found;
}

}  // namespace headroom
