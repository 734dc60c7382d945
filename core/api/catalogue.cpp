#include <headroom/catalogue.h>

#include "core/hardware/accelerator.h"
#include "core/open/catalogue.h"

namespace headroom::api {
namespace {

AcceleratorEntry entryOf(const Accelerator& a) {
  const Accelerator::Capacity capacity = a.capacity();
  return {a.id, a.name, a.vendor, a.year, capacity.bytes.value(), capacity.assumed, a.bandwidthGBs, a.tdpWatts};
}

}  // namespace

std::vector<ModelEntry> models() {
  std::vector<ModelEntry> out;
  for (const CatalogueEntry& e : modelCatalogue())
    out.push_back({e.id, e.label, e.family, e.parameters.value(), e.source});
  return out;
}

std::vector<AcceleratorEntry> accelerators() {
  std::vector<AcceleratorEntry> out;
  for (const Accelerator& a : headroom::accelerators()) out.push_back(entryOf(a));
  return out;
}

std::optional<AcceleratorEntry> accelerator(std::string_view name) {
  const Accelerator* found = findAccelerator(name);
  return found == nullptr ? std::nullopt : std::optional(entryOf(*found));
}

}  // namespace headroom::api
