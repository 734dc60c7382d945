#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <iterator>
#include <unordered_map>

#include "core/base/catalogue_row.h"
#include "core/base/embedded_resource.h"
#include "core/base/simdjson_text.h"
#include "core/hardware/accelerator.h"
#include "core/hardware/own_accelerators.h"

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

// A total that is no such card's: more than is printed on it, or so little that a digit is missing. A catalogue's
// totals are 0.66 to 1 of the printed size (Apple's shares the least).
void checkTotal(CatalogueRow& row, std::string_view key, const std::optional<Bytes>& total, double printedGb) {
  if (!total) return;
  constexpr double kLeast = 0.5, kMost = 1.1;
  const double gib = static_cast<double>(total->value()) / static_cast<double>(kGiB);
  if (!(gib >= kLeast * printedGb && gib <= kMost * printedGb))
    row.refuse(fmt::format("\"{}\" says {:.1f} GiB of a card with {} GB.", key, gib, printedGb));
}

// What no device can have, whatever it is.
void checkFigures(CatalogueRow& row, const Accelerator& a) {
  const auto above = [&](std::string_view key, const std::optional<double>& value) {
    if (value && !(*value > 0)) row.refuse(fmt::format("\"{}\" is not above 0.", key));
  };
  above("bandwidth_gb_s", a.bandwidthGBs), above("tflops_16bit", a.tflops16), above("tdp_w", a.tdpWatts);
  above("compute_capability", a.computeCapability);
  constexpr double kMostCapability = 100;
  if (a.computeCapability && *a.computeCapability >= kMostCapability)
    row.refuse("\"compute_capability\" is a number such as 8.9.");
  const Bytes whole = a.driverTotal.value_or(toBytes(a.printedGb * static_cast<double>(kGiB)));
  if (a.driverReserve && *a.driverReserve >= whole) row.refuse("\"driver_reserve_mib\" leaves nothing of the memory.");
  if (a.torchTotal && a.driverTotal && *a.torchTotal > *a.driverTotal)
    row.refuse("\"torch_total_gib\" is more than \"driver_total_mib\".");
}

// What a user's entry leaves out is taken from what it has.
Accelerator readUsers(CatalogueRow& row, const dom::object& file, const std::string& path) {
  constexpr double kMostGb = 1e6;
  Accelerator a = read(row, file);
  if (a.id.empty() || acceleratorSlug(a.id) != a.id)
    row.refuse("An accelerator needs an \"id\": lower-case words joined by '-', none a vendor's (\"rtx-4090\").");
  if (!(a.printedGb > 0 && a.printedGb <= kMostGb)) row.refuse("An accelerator needs its \"memory_gb\".");
  for (const auto& total : {a.torchTotal, a.driverTotal})
    if (total && !(*total > Bytes(0))) row.refuse("A total of memory is above 0.");
  if (a.driverReserve && *a.driverReserve < Bytes(0)) row.refuse("\"driver_reserve_mib\" is below 0.");
  checkTotal(row, "torch_total_gib", a.torchTotal, a.printedGb);
  checkTotal(row, "driver_total_mib", a.driverTotal, a.printedGb);
  checkFigures(row, a);
  if (a.usableFraction && !(*a.usableFraction > 0 && *a.usableFraction <= 1))
    row.refuse("\"usable_fraction\" is a share above 0, at most 1.");
  row.refuseOtherKeys();
  a.own = true;
  if (a.name.empty()) a.name = a.id;
  if (a.vendor.empty()) a.vendor = "Own";
  if (a.sources.empty()) a.sources.push_back(path);
  return a;
}

struct Catalogue {
  std::vector<Accelerator> entries;

  Catalogue() : entries(readAccelerators(embeddedResource("catalogue/accelerators.json"))) {
    std::vector<Accelerator> own;
    forEachUserRow(userFiles(), "accelerators", [&](CatalogueRow& row, dom::object file, const std::string& path) {
      Accelerator a = readUsers(row, file, path);
      const std::string key = acceleratorSlug(a.id);
      if (const Accelerator* owner = called(key)) row.refuse(taken(a.id, *owner));
      for (const Accelerator& other : own)
        if (acceleratorSlug(other.id) == key) row.refuse(taken(a.id, other));
      if (row.wrong().empty()) own.push_back(std::move(a));
    });
    names_.clear();  // the entries may move
    std::ranges::move(own, std::back_inserter(entries));
  }

 private:
  static std::string taken(std::string_view id, const Accelerator& owner) {
    return fmt::format("\"{}\" already names the {}; give this accelerator an id of its own.", id, owner.name);
  }

  // The entry whose id, name or alias this is.
  const Accelerator* called(const std::string& key) {
    if (names_.empty())
      for (const Accelerator& a : entries) {
        names_.emplace(acceleratorSlug(a.id), &a);
        names_.emplace(acceleratorSlug(a.name), &a);
        for (const std::string& alias : a.aliases) names_.emplace(acceleratorSlug(alias), &a);
      }
    const auto at = names_.find(key);
    return at == names_.end() ? nullptr : at->second;
  }

  std::unordered_map<std::string, const Accelerator*> names_;  // of the shipped entries, while users' are read
};

const Catalogue& catalogue() {
  static const Catalogue instance;
  return instance;
}

}  // namespace

std::vector<Accelerator> readAccelerators(std::string_view json) {
  dom::parser parser;
  const auto file = readOwnText<dom::object>(parser, json);
  std::vector<Accelerator> entries;
  for (CatalogueRow& row : catalogueRows(file, "accelerators")) {
    entries.push_back(read(row, file));
    assert(row.wrong().empty());
  }
  return entries;
}

std::vector<Accelerator> readOwnAccelerators(std::span<const UserFile> files) {
  std::vector<Accelerator> entries;
  forEachUserRow(files, "accelerators", [&](CatalogueRow& row, dom::object file, const std::string& path) {
    Accelerator a = readUsers(row, file, path);
    if (row.wrong().empty()) entries.push_back(std::move(a));
  });
  return entries;
}

std::span<const Accelerator> accelerators() {
  return catalogue().entries;
}

}  // namespace headroom
