#include <simdjson.h>
#include <algorithm>
#include <cassert>

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

struct Catalogue {
  std::vector<Accelerator> entries;

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
  }
};

const Catalogue& catalogue() {
  static const Catalogue instance;
  return instance;
}

}  // namespace

std::span<const Accelerator> accelerators() {
  return catalogue().entries;
}

}  // namespace headroom
