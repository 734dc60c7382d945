#include "core/hardware/price.h"

#include <algorithm>
#include <cassert>

#include "core/base/catalogue_row.h"
#include "core/base/embedded_resource.h"
#include "core/base/simdjson_text.h"

namespace headroom {
namespace {

std::vector<Price> readPrices() {
  const std::string_view json = embeddedResource("catalogue/prices.json");
  simdjson::dom::parser parser;
  const auto file = readOwnText<simdjson::dom::object>(parser, json);
  std::vector<Price> list;
  for (CatalogueRow& row : catalogueRows(file, "prices")) {
    list.push_back({row.texts("accelerators"), row.text("named"), row.text("cloud"),
                    row.number("usd_per_hour").value_or(0), row.text("date"), row.text("source")});
    assert(row.wrong().empty());
  }
  return list;
}

}  // namespace

std::span<const Price> prices() {
  static const std::vector<Price> kPrices = readPrices();
  return kPrices;
}

const Price* priceOf(const Accelerator& accelerator) {
  const Price* best = nullptr;
  for (const Price& p : prices()) {
    if (std::ranges::find(p.accelerators, accelerator.id) == p.accelerators.end()) continue;
    if (best == nullptr || p.date > best->date || (p.date == best->date && p.usdPerHour < best->usdPerHour)) best = &p;
  }
  return best;
}

}  // namespace headroom
