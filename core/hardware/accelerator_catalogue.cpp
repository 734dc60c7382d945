#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cctype>
#include <charconv>
#include <cmath>
#include <iterator>
#include <map>
#include <mutex>
#include <span>
#include <unordered_map>

#include "core/base/catalogue_row.h"
#include "core/base/embedded_resource.h"
#include "core/hardware/accelerator.h"

namespace headroom {
namespace {

namespace dom = simdjson::dom;

std::optional<Bytes> bytesOf(std::optional<double> value, std::int64_t unit) {
  if (!value) return std::nullopt;
  return toBytes(*value * static_cast<double>(unit));
}

// "fluidx3d:Tesla T4" is the key's address with what to look for there, or continues an address that ends in a slash.
std::string sourceOf(const std::string& source, const dom::object& keys) {
  const std::size_t colon = std::min(source.find(':'), source.size());
  std::string_view address;
  if (keys[std::string_view(source).substr(0, colon)].get(address) != simdjson::SUCCESS)
    return source;  // an address of its own
  if (colon == source.size()) return std::string(address);
  const std::string detail(source.substr(colon + 1));
  return std::string(address) + (address.ends_with('/') ? detail : " (" + detail + ")");
}

Accelerator read(CatalogueRow& row, const dom::object& file) {
  Accelerator a;
  a.id = row.text("id");
  a.name = row.text("name");
  a.vendor = row.text("vendor");
  a.architecture = row.text("architecture");
  a.segment = row.text("segment");
  a.aliases = row.texts("aliases");
  a.printedGb = row.number("memory_gb").value_or(0);
  a.memoryType = row.text("memory_type");
  a.torchTotal = bytesOf(row.number("torch_total_gib"), kGiB);
  a.driverTotal = bytesOf(row.number("driver_total_mib"), kMiB);
  a.driverReserve = bytesOf(row.number("driver_reserve_mib"), kMiB);
  a.unifiedMemory = row.boolean("unified_memory").value_or(false);
  a.usableFraction = row.number("usable_fraction");
  a.raisedBy = row.text("raised_by");
  a.bandwidthGBs = row.number("bandwidth_gb_s");
  a.tflops16 = row.number("tflops_16bit");
  a.computeCapability = row.number("compute_capability");
  a.bf16 = row.boolean("bf16");
  a.fp8 = row.boolean("fp8");
  a.fp4 = row.boolean("fp4");
  a.tdpWatts = row.number("tdp_w");
  a.year = static_cast<int>(row.count("year").value_or(0));
  a.sources = row.texts("sources");
  dom::object keys;
  if (file["source_keys"].get(keys) == simdjson::SUCCESS)
    for (std::string& source : a.sources) source = sourceOf(source, keys);
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

// What a user's entry leaves out is taken from what it has.
Accelerator readUsers(CatalogueRow& row, const dom::object& file, const std::string& path) {
  constexpr double kMostGb = 1e6;
  Accelerator a = read(row, file);
  if (a.id.empty() || slug(a.id) != a.id)
    row.refuse("An accelerator needs an \"id\": lower-case words joined by '-', none a vendor's (\"rtx-4090\").");
  if (!(a.printedGb > 0 && a.printedGb <= kMostGb)) row.refuse("An accelerator needs its \"memory_gb\".");
  for (const auto& total : {a.torchTotal, a.driverTotal})
    if (total && !(*total > Bytes(0))) row.refuse("A total of memory is above 0.");
  if (a.driverReserve && *a.driverReserve < Bytes(0)) row.refuse("\"driver_reserve_mib\" is below 0.");
  if (a.usableFraction && !(*a.usableFraction > 0 && *a.usableFraction <= 1))
    row.refuse("\"usable_fraction\" is a share above 0, at most 1.");
  row.refuseOtherKeys();
  if (a.name.empty()) a.name = a.id;
  if (a.vendor.empty()) a.vendor = "Own";
  if (a.sources.empty()) a.sources.push_back(path);
  return a;
}

struct Catalogue {
  std::vector<Accelerator> entries;
  std::unordered_map<std::string, const Accelerator*> byName;

  Catalogue() : entries(readAccelerators(embeddedResource("catalogue/accelerators.json"))) {
    const std::size_t shipped = entries.size();
    nameFrom(0);
    std::vector<Accelerator> own;
    forEachUserRow(userFiles(), "accelerators", [&](CatalogueRow& row, dom::object file, const std::string& path) {
      Accelerator a = readUsers(row, file, path);
      const std::string key = slug(a.id);
      if (const auto at = byName.find(key); at != byName.end()) row.refuse(taken(a.id, *at->second));
      for (const Accelerator& other : own)
        if (slug(other.id) == key) row.refuse(taken(a.id, other));
      if (row.wrong().empty()) own.push_back(std::move(a));
    });
    if (own.empty()) return;
    std::ranges::move(own, std::back_inserter(entries));
    byName.clear();  // the entries have moved
    nameFrom(0, shipped);
    nameFrom(shipped);
  }

 private:
  static std::string taken(std::string_view id, const Accelerator& owner) {
    return fmt::format("\"{}\" already names the {}; give this accelerator an id of its own.", id, owner.name);
  }

  // What has a name already keeps it.
  void nameFrom(std::size_t first, std::size_t last = SIZE_MAX) {
    const auto named = std::span(entries).subspan(first, std::min(last, entries.size()) - first);
    byName.reserve(4 * entries.size());
    for (const Accelerator& a : named) byName.emplace(slug(a.id), &a);
    for (const Accelerator& a : named) {
      byName.emplace(slug(a.name), &a);
      for (const std::string& alias : a.aliases) byName.emplace(slug(alias), &a);
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

std::vector<Accelerator> readAccelerators(std::string_view json) {
  // The file is compiled in and tested, so a mistake in it is a programmer's.
  dom::parser parser;
  dom::object file;
  [[maybe_unused]] const auto error = parser.parse(json.data(), json.size()).get(file);
  assert(error == simdjson::SUCCESS);
  std::vector<Accelerator> entries;
  for (CatalogueRow& row : catalogueRows(file, "accelerators")) {
    entries.push_back(read(row, file));
    assert(row.wrong().empty());
  }
  return entries;
}

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
