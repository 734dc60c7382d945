// Any bytes as what is packed or pickled: a gzip stream, a scenario's link, a memory snapshot of torch, a page with
// scenarios in it. Each ends in something of a bounded size or in an error.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/base/gzip.h"
#include "core/readers/embedded_scenarios.h"
#include "core/readers/logs/memory_snapshot.h"
#include "core/readers/scenario_link.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace headroom;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  constexpr std::int64_t kMost = 1 << 20;
  const auto demand = [](bool holds) {
    if (!holds) std::abort();
  };
  if (const auto text = unpackedGzip(bytes, "fuzz", kMost))
    demand(!text->empty() && static_cast<std::int64_t>(text->size()) <= kMost);
  const auto again = unpackedGzip(packedGzip(bytes), "fuzz", kMost);
  demand(bytes.empty() || static_cast<std::int64_t>(size) > kMost || (again && *again == bytes));
  if (isScenarioLink(bytes)) (void)linkedScenario(bytes, "fuzz");
  (void)readSnapshot(bytes, "fuzz");
  if (const auto inside = embeddedScenarios(bytes, "fuzz")) demand(!inside->empty());
  return 0;
}
