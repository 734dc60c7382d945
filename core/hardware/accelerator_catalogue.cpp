#include <simdjson.h>
#include <algorithm>
#include <cassert>
#include <cctype>
#include <charconv>
#include <cmath>
#include <map>
#include <mutex>
#include <unordered_map>

#include "core/base/embedded_resource.h"
#include "core/hardware/accelerator.h"

namespace headroom {
namespace {

namespace dom = simdjson::dom;

template <typename T>
std::optional<T> optional(const dom::object& object, std::string_view key) {
  T value{};
  if (object[key].get(value) != simdjson::SUCCESS) return std::nullopt;
  return value;
}

std::string text(const dom::object& object, std::string_view key) {
  return std::string(optional<std::string_view>(object, key).value_or(std::string_view()));
}

std::optional<Bytes> bytesOf(const dom::object& object, std::string_view key, std::int64_t unit) {
  const std::optional<double> value = optional<double>(object, key);
  if (!value) return std::nullopt;
  return toBytes(*value * static_cast<double>(unit));
}

std::vector<std::string_view> list(const dom::object& object, std::string_view key) {
  std::vector<std::string_view> texts;
  dom::array elements;
  if (object[key].get(elements) != simdjson::SUCCESS) return texts;
  for (const dom::element element : elements)
    if (std::string_view one; element.get(one) == simdjson::SUCCESS) texts.push_back(one);
  return texts;
}

// "fluidx3d:Tesla T4" is the key's address with what to look for there, or continues an address that ends in a slash.
std::string sourceOf(std::string_view source, const dom::object& keys) {
  const std::size_t colon = std::min(source.find(':'), source.size());
  const auto address = optional<std::string_view>(keys, source.substr(0, colon));
  if (!address) return std::string(source);  // an address of its own
  if (colon == source.size()) return std::string(*address);
  const std::string detail(source.substr(colon + 1));
  return std::string(*address) + (address->ends_with('/') ? detail : " (" + detail + ")");
}

Accelerator read(const dom::object& e, const dom::object& sourceKeys) {
  Accelerator a;
  a.id = text(e, "id");
  a.name = text(e, "name");
  a.vendor = text(e, "vendor");
  a.architecture = text(e, "architecture");
  a.segment = text(e, "segment");
  for (const std::string_view alias : list(e, "aliases")) a.aliases.emplace_back(alias);
  a.printedGb = optional<double>(e, "memory_gb").value_or(0);
  a.memoryType = text(e, "memory_type");
  a.torchTotal = bytesOf(e, "torch_total_gib", kGiB);
  a.driverTotal = bytesOf(e, "driver_total_mib", kMiB);
  a.driverReserve = bytesOf(e, "driver_reserve_mib", kMiB);
  a.unifiedMemory = optional<bool>(e, "unified_memory").value_or(false);
  a.usableFraction = optional<double>(e, "usable_fraction");
  a.raisedBy = text(e, "raised_by");
  a.bandwidthGBs = optional<double>(e, "bandwidth_gb_s");
  a.tflops16 = optional<double>(e, "tflops_16bit");
  a.computeCapability = optional<double>(e, "compute_capability");
  a.bf16 = optional<bool>(e, "bf16");
  a.fp8 = optional<bool>(e, "fp8");
  a.fp4 = optional<bool>(e, "fp4");
  a.tdpWatts = optional<double>(e, "tdp_w");
  a.year = static_cast<int>(optional<std::int64_t>(e, "year").value_or(0));
  for (const std::string_view source : list(e, "sources")) a.sources.push_back(sourceOf(source, sourceKeys));
  return a;
}

// Lower case, words joined by '-', without the words a driver or a shop puts around the name.
std::string slug(std::string_view name) {
  static constexpr std::string_view kBrands[] = {"nvidia", "geforce", "amd", "instinct",
                                                 "intel",  "r",       "tm",  "graphics"};
  std::string out, word;
  const auto flush = [&] {
    if (!word.empty() && std::ranges::find(kBrands, word) == std::end(kBrands)) {
      if (!out.empty()) out += '-';
      out += word;
    }
    word.clear();
  };
  for (const char c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)))
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    else
      flush();
  }
  flush();
  return out;
}

struct Catalogue {
  std::vector<Accelerator> entries;
  std::unordered_map<std::string, const Accelerator*> byName;

  Catalogue() {
    // The file is compiled in and tested, so a mistake in it is a programmer's.
    dom::parser parser;
    dom::object file;
    dom::array rows;
    [[maybe_unused]] const auto error = parser.parse(embeddedResource("catalogue/accelerators.json")).get(file);
    assert(error == simdjson::SUCCESS);
    [[maybe_unused]] const auto noList = file["accelerators"].get(rows);
    assert(noList == simdjson::SUCCESS);
    dom::object sourceKeys;
    [[maybe_unused]] const auto noKeys = file["source_keys"].get(sourceKeys);
    assert(noKeys == simdjson::SUCCESS);
    entries.reserve(rows.size());
    for (const dom::element row : rows)
      if (dom::object e; row.get(e) == simdjson::SUCCESS) entries.push_back(read(e, sourceKeys));
    byName.reserve(4 * entries.size());
    for (const Accelerator& a : entries) byName.emplace(a.id, &a);
    for (const Accelerator& a : entries) {
      byName.emplace(slug(a.name), &a);
      for (const std::string& alias : a.aliases) byName.emplace(alias, &a);
    }
  }
};

const Catalogue& catalogue() {
  static const Catalogue instance;
  return instance;
}

// "rtx-4090-48gb" parted into the card and its size; a size of 0 where the id ends otherwise.
std::pair<std::string_view, int> withoutSize(std::string_view key) {
  constexpr int kMostGb = 2048;
  const std::size_t dash = key.rfind('-');
  if (dash == std::string_view::npos || !key.ends_with("gb")) return {key, 0};
  const std::string_view digits = key.substr(dash + 1, key.size() - dash - 3);
  int size = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), size);
  if (error != std::errc() || end != digits.data() + digits.size() || size < 1 || size > kMostGb) return {key, 0};
  return {key.substr(0, dash), size};
}

// The entry a differently equipped device is like: the card itself, or the same chip with the nearest memory.
const Accelerator* likeOf(std::string_view base, int gb) {
  if (const auto it = catalogue().byName.find(std::string(base)); it != catalogue().byName.end()) return it->second;
  const Accelerator* nearest = nullptr;
  for (const Accelerator& a : catalogue().entries) {
    if (withoutSize(a.id).first != base || a.id == base) continue;
    if (nearest == nullptr || std::abs(a.printedGb - gb) < std::abs(nearest->printedGb - gb)) nearest = &a;
  }
  return nearest;
}

// The card with another memory size. Kept for good, so that pointers stay valid; sizes and cards are few.
const Accelerator* resized(std::string_view key) {
  const auto [base, gb] = withoutSize(key);
  const Accelerator* like = gb > 0 ? likeOf(base, gb) : nullptr;
  if (like == nullptr) return nullptr;
  static std::mutex guard;
  static std::map<std::string, Accelerator, std::less<>> known;
  const std::lock_guard lock(guard);
  if (const auto it = known.find(key); it != known.end()) return &it->second;
  Accelerator a = *like;
  a.id = key;
  a.name += " with " + std::to_string(gb) + " GB";
  a.aliases.clear();
  a.printedGb = gb;
  a.torchTotal.reset(), a.driverTotal.reset(), a.driverReserve.reset();
  // macOS wires two thirds up to 36 GB and three quarters above (gpustack/gguf-parser-go README).
  if (a.vendor == "Apple") a.usableFraction = gb <= 36 ? 2.0 / 3.0 : 0.75;
  return &known.emplace(key, std::move(a)).first->second;
}

// Edits between two ids, for messages only.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row.back();
}

constexpr std::size_t kLongestId = 80;  // a longer one is no accelerator's and not worth comparing

}  // namespace

std::span<const Accelerator> accelerators() {
  return catalogue().entries;
}

const Accelerator* findAccelerator(std::string_view id) {
  if (id.empty() || id.size() > kLongestId) return nullptr;
  const auto& names = catalogue().byName;
  const std::string key = slug(id);
  if (const auto it = names.find(key); it != names.end()) return it->second;
  // Drivers put more behind the name: "NVIDIA H100 80GB HBM3", "AMD Radeon RX 7900 XTX".
  if (key.starts_with("radeon-"))
    if (const auto it = names.find(key.substr(7)); it != names.end()) return it->second;
  return resized(key);
}

std::vector<std::string_view> nearestAccelerators(std::string_view id, std::size_t count) {
  const std::string key = slug(id.substr(0, kLongestId));
  std::vector<std::pair<std::size_t, std::string_view>> ranked;
  for (const Accelerator& a : accelerators()) {
    const bool part = !key.empty() && (a.id.find(key) != std::string::npos || key.find(a.id) != std::string::npos);
    ranked.emplace_back(part ? 0 : distance(key, a.id), a.id);
  }
  std::ranges::stable_sort(ranked, {}, [](const auto& r) { return r.first; });
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < std::min(count, ranked.size()); ++i) names.push_back(ranked[i].second);
  return names;
}

}  // namespace headroom
