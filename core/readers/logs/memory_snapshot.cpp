#include "core/readers/logs/memory_snapshot.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <unordered_map>

#include "core/base/format.h"
#include "core/base/pickle.h"
#include "core/base/printable.h"

namespace headroom {
namespace {

using Value = Pickle::Value;

constexpr std::int64_t kRound = 512;  // c10/cuda/CUDACachingAllocator.cpp, kMinBlockSize
constexpr std::size_t kNamed = 3;     // tensors said of a peak

constexpr std::int64_t kMostBytes = std::int64_t{1} << 50;

std::int64_t numberAt(const Pickle& p, Value dictionary, std::string_view key) {
  const std::optional<Value> found = p.find(dictionary, key);
  return found ? std::clamp<std::int64_t>(p.integer(*found).value_or(0), 0, kMostBytes) : 0;
}

bool holdsBytes(const Pickle& p, Value dictionary, std::string_view key) {
  const std::optional<Value> found = p.find(dictionary, key);
  const std::optional<std::int64_t> bytes = found ? p.integer(*found) : std::nullopt;
  return bytes && *bytes >= 0 && *bytes <= kMostBytes;
}

std::string_view textAt(const Pickle& p, Value dictionary, std::string_view key) {
  const std::optional<Value> found = p.find(dictionary, key);
  return found ? p.text(*found) : std::string_view();
}

// The event's size as the allocator counts it: requests are recorded, blocks are handed out.
std::int64_t blockOf(std::int64_t requested) {
  return (requested + kRound - 1) / kRound * kRound;
}

// The first frame that is not PyTorch's own: "modeling_llama.py:182 forward".
std::string siteOf(const Pickle& p, Value event) {
  const std::optional<Value> frames = p.find(event, "frames");
  if (!frames) return {};
  std::string first;
  for (const Value frame : p.items(*frames)) {
    const std::string_view file = textAt(p, frame, "filename");
    if (!file.ends_with(".py")) continue;
    const std::string site = fmt::format("{}:{} {}", file.substr(file.find_last_of("/\\") + 1),
                                         numberAt(p, frame, "line"), textAt(p, frame, "name"));
    if (first.empty()) first = site;
    if (file.find("torch/") == file.npos) return printable(site, 120);
  }
  return printable(first, 120);
}

struct Moment {
  std::int64_t allocated = 0, reserved = 0;
};

struct Device {
  Moment end;
  std::vector<Value> events;
};

// What is recorded of one device, walked from its end to its beginning.
class Walk {
 public:
  Walk(const Pickle& p, const Device& device) : p_(p), device_(device) {
    Moment now = device.end;
    peakAllocated = now.allocated, peakReserved = now.reserved, at_ = device.events.size();
    for (std::size_t i = device.events.size(); i-- > 0;) {
      const Value event = device.events[i];
      const std::string_view action = textAt(p, event, "action");
      const std::int64_t size = numberAt(p, event, "size");
      if (action == "alloc")
        now.allocated -= blockOf(size);
      else if (action == "free_requested" || action == "free")
        now.allocated += blockOf(size);
      else if (action == "segment_alloc" || action == "segment_map")
        now.reserved -= size;
      else if (action == "segment_free" || action == "segment_unmap")
        now.reserved += size;
      else if (action == "oom")
        ++failures;
      if (now.allocated > peakAllocated) peakAllocated = now.allocated, at_ = i;
      peakReserved = std::max(peakReserved, now.reserved);
    }
    begins = std::max<std::int64_t>(0, now.allocated);
  }

  // What was allocated in the record and is alive at the peak: bytes by the place in the program, the most first.
  std::vector<std::pair<std::int64_t, std::string>> alive() const {
    std::unordered_map<std::int64_t, std::pair<std::int64_t, Value>> live;  // by address
    for (std::size_t i = 0; i < at_; ++i) {
      const Value event = device_.events[i];
      const std::string_view action = textAt(p_, event, "action");
      const std::int64_t address = numberAt(p_, event, "addr");
      if (action == "alloc")
        live[address] = {blockOf(numberAt(p_, event, "size")), event};
      else if (action == "free_requested" || action == "free")
        live.erase(address);
    }
    std::map<std::string, std::int64_t> sites;
    for (const auto& [address, block] : live) sites[siteOf(p_, block.second)] += block.first;
    std::vector<std::pair<std::int64_t, std::string>> out;
    for (const auto& [site, bytes] : sites)
      if (!site.empty()) out.emplace_back(bytes, site);
    std::ranges::sort(out, [](const auto& a, const auto& b) { return a.first > b.first; });
    return out;
  }

  std::int64_t peakAllocated = 0, peakReserved = 0, begins = 0;
  std::size_t failures = 0;

 private:
  const Pickle& p_;
  const Device& device_;
  std::size_t at_ = 0;  // the events before it lead to the peak
};

void describe(const Walk& walk, std::size_t device, bool several, std::vector<std::string>& notes) {
  const std::string of = several ? fmt::format(" of device {}", device) : std::string();
  if (walk.begins > 0)
    notes.push_back(fmt::format("The record{} begins with {} allocated; what came before it is not seen.", of,
                                formatBytes(Bytes(walk.begins), ByteUnit::gib)));
  if (walk.failures > 0)
    notes.push_back(fmt::format("The record{} holds {} allocation{} that failed.", of, walk.failures,
                                walk.failures == 1 ? "" : "s"));
  std::vector<std::pair<std::int64_t, std::string>> alive = walk.alive();
  if (alive.size() > kNamed) alive.resize(kNamed);
  for (const auto& [bytes, site] : alive)
    notes.push_back(
        fmt::format("Alive at the peak{}: {} from {}.", of, formatBytes(Bytes(bytes), ByteUnit::gib), site));
}

}  // namespace

Result<LogReading> readSnapshot(std::string_view bytes, std::string_view where) {
  const Result<Pickle> read = Pickle::read(bytes, where);
  if (!read) return tl::unexpected(read.error());
  const Pickle& p = *read;
  const std::optional<Value> segments = p.find(p.root(), "segments"), traces = p.find(p.root(), "device_traces");
  if (!segments || !traces)
    return fail(ErrorCode::value, "This pickle is no snapshot of PyTorch's memory.", std::string(where));
  std::map<std::size_t, Device> devices;
  constexpr std::int64_t kMostDevices = 1024;
  for (const Value segment : p.items(*segments)) {
    for (const std::string_view key : {"allocated_size", "total_size"})
      if (!holdsBytes(p, segment, key))
        return fail(ErrorCode::value, fmt::format("A segment of the snapshot says no bytes in its {}.", key),
                    std::string(where));
    const std::int64_t device = numberAt(p, segment, "device");
    if (device >= kMostDevices) continue;
    Moment& end = devices[static_cast<std::size_t>(device)].end;
    end.allocated += numberAt(p, segment, "allocated_size");
    end.reserved += numberAt(p, segment, "total_size");
  }
  const std::vector<Value>& perDevice = p.items(*traces);
  for (std::size_t i = 0; i < perDevice.size() && i < static_cast<std::size_t>(kMostDevices); ++i)
    if (!p.items(perDevice[i]).empty()) devices[i].events = p.items(perDevice[i]);
  LogReading out;
  out.engine = Engine::pytorch;
  for (const auto& [index, device] : devices) {
    const Walk walk(p, device);
    const std::string name = devices.size() > 1 ? fmt::format("cuda:{}", index) : std::string();
    out.figures.push_back({"allocated", name, static_cast<double>(walk.peakAllocated), kRound, 0});
    out.figures.push_back({"reserved", name, static_cast<double>(walk.peakReserved), 1, 0});
    describe(walk, index, devices.size() > 1, out.notes);
    if (device.events.empty())
      out.notes.push_back("No events were recorded: the figures are those at the moment of the snapshot.");
  }
  if (out.figures.empty())
    return fail(ErrorCode::value, "The snapshot holds no segment: nothing was allocated.", std::string(where));
  return out;
}

}  // namespace headroom
