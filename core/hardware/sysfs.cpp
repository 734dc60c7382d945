// What Linux shows of graphics devices below /sys/class/drm: amdgpu's mem_info_vram_* (kernel Documentation/gpu/amdgpu/
// driver-misc.rst), i915's lmem_*_bytes where the driver has them (intel-gpu/intel-gpu-i915-backports), and the PCI ids
// of all, whose names are in libdrm's amdgpu.ids and in pci.ids.
#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <string>

#include "core/hardware/detection_parts.h"

namespace headroom {
namespace {

namespace fs = std::filesystem;

// The first line of a small file; empty where it cannot be read.
std::string lineOf(const fs::path& file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
  return line;
}

std::optional<Bytes> bytesOf(const fs::path& file) {
  const std::string line = lineOf(file);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), value);
  if (error != std::errc() || value < 0) return std::nullopt;
  return Bytes(value);
}

// "0x1002" as "1002"; in lower case.
std::string idOf(const fs::path& file) {
  std::string id = lineOf(file);
  if (id.starts_with("0x")) id.erase(0, 2);
  std::ranges::transform(id, id.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return id;
}

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t"), last = text.find_last_not_of(" \t");
  return first == std::string_view::npos ? std::string() : std::string(text.substr(first, last - first + 1));
}

// "73BF,	C1,	AMD Radeon RX 6800 XT" of libdrm's list.
std::string amdName(const fs::path& list, const std::string& device, const std::string& revision) {
  std::ifstream in(list);
  for (std::string line; std::getline(in, line);) {
    const std::size_t comma = line.find(','), second = line.find(',', comma + 1);
    if (line.starts_with('#') || second == std::string::npos) continue;
    std::string key = trimmed(std::string_view(line).substr(0, comma)) + ":" +
                      trimmed(std::string_view(line).substr(comma + 1, second - comma - 1));
    std::ranges::transform(key, key.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (key == device + ":" + revision) return trimmed(std::string_view(line).substr(second + 1));
  }
  return {};
}

// "DG2 [Arc A770]" below its vendor in pci.ids: what stands in brackets is what it is sold as.
std::string pciName(const fs::path& list, const std::string& vendor, const std::string& device) {
  std::ifstream in(list);
  bool inside = false;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line.front() == '#') continue;
    if (line.front() != '\t') {
      inside = line.starts_with(vendor);
      continue;
    }
    if (!inside || line.starts_with("\t\t") || !std::string_view(line).substr(1).starts_with(device)) continue;
    const std::string name = trimmed(std::string_view(line).substr(1 + device.size()));
    const std::size_t open = name.find('['), close = name.find(']');
    return open != std::string::npos && close != std::string::npos && close > open
               ? name.substr(open + 1, close - open - 1)
               : name;
  }
  return {};
}

struct Vendor {
  std::string_view id, name, source;
};
constexpr Vendor kVendors[] = {{"1002", "AMD", "amdgpu"}, {"8086", "Intel", "i915"}, {"10de", "NVIDIA", "PCI"}};

std::optional<DetectedAccelerator> ask(const fs::path& card, const fs::path& names) {
  const fs::path device = card / "device";
  const std::string vendorId = idOf(device / "vendor"), deviceId = idOf(device / "device");
  const auto* const vendor = std::ranges::find(kVendors, vendorId, &Vendor::id);
  if (vendor == std::end(kVendors)) return std::nullopt;
  DetectedAccelerator d;
  d.vendor = vendor->name;
  d.source = vendor->source;
  d.place = card.filename().string();
  d.name = lineOf(device / "product_name");
  if (d.name.empty()) d.name = amdName(names / "libdrm" / "amdgpu.ids", deviceId, idOf(device / "revision"));
  if (d.name.empty()) d.name = pciName(names / "misc" / "pci.ids", vendorId, deviceId);
  if (d.name.empty()) d.name = d.vendor + " device " + deviceId;
  d.total = bytesOf(device / "mem_info_vram_total");
  d.used = bytesOf(device / "mem_info_vram_used");
  if (const auto local = bytesOf(card / "lmem_total_bytes")) {
    d.total = local;
    if (const auto left = bytesOf(card / "lmem_avail_bytes")) d.used = *local - *left;
  }
  d.entry = entryFor(d.name, d.total);
  // Graphics inside a processor have no memory of their own, and are no accelerator.
  if (!d.total && d.entry == nullptr && d.vendor != "NVIDIA") return std::nullopt;
  return d;
}

}  // namespace

std::vector<DetectedAccelerator> detectBySysfs(const std::string& sysfs, const std::string& names) {
  std::vector<fs::path> cards;
  std::error_code error;
  for (fs::directory_iterator at(fs::path(sysfs) / "class" / "drm", error), end; !error && at != end;
       at.increment(error)) {
    const std::string name = at->path().filename().string();
    const bool card = name.starts_with("card") && name.find_first_not_of("0123456789", 4) == std::string::npos;
    if (card) cards.push_back(at->path());  // "card0-HDMI-A-1" is a plug of one
  }
  const auto number = [](const fs::path& p) {
    const std::string name = p.filename().string();
    int n = 0;
    std::from_chars(name.data() + 4, name.data() + name.size(), n);
    return n;
  };
  std::ranges::sort(cards, {}, number);
  std::vector<DetectedAccelerator> found;
  for (const fs::path& card : cards)
    if (auto d = ask(card, names)) found.push_back(std::move(*d));
  return found;
}

}  // namespace headroom
