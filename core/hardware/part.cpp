#include "core/hardware/part.h"

#include <algorithm>
#include <cassert>
#include <vector>

#include "core/base/catalogue_row.h"
#include "core/base/embedded_resource.h"
#include "core/base/simdjson_text.h"

namespace headroom {
namespace {

std::vector<DevicePart> readParts() {
  const std::string_view json = embeddedResource("catalogue/parts.json");
  simdjson::dom::parser parser;
  const auto file = readOwnText<simdjson::dom::object>(parser, json);
  std::vector<DevicePart> parts;
  for (CatalogueRow& row : catalogueRows(file, "parts")) {
    DevicePart& p = parts.emplace_back();
    p.accelerator = row.text("accelerator");
    p.profile = row.text("profile");
    p.most = row.count("most").value_or(1);
    p.share = row.number("share").value_or(1);
    if (const auto gib = row.number("gib")) p.memory = toBytes(*gib * static_cast<double>(kGiB));
    assert(row.wrong().empty());
  }
  std::ranges::stable_sort(parts, {}, &DevicePart::accelerator);
  return parts;
}

}  // namespace

Accelerator::Capacity DevicePart::capacity(const Accelerator& whole) const {
  if (memory) return {*memory, false, "driver's total of the part"};
  return {toBytes(static_cast<double>(whole.capacity().bytes.value()) * share), true, "the part's share of the device"};
}

std::span<const DevicePart> partsOf(const Accelerator& accelerator) {
  static const std::vector<DevicePart> kParts = readParts();
  const auto first = std::ranges::lower_bound(kParts, accelerator.id, {}, &DevicePart::accelerator);
  const auto last = std::ranges::upper_bound(kParts, accelerator.id, {}, &DevicePart::accelerator);
  return {first, last};
}

}  // namespace headroom
