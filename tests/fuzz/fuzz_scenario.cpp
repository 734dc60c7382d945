// Any bytes as a scenario end in an estimate or an error.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/estimate/estimate.h"
#include "core/open/scenario_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto scenario = headroom::readScenario({reinterpret_cast<const char*>(data), size}, "fuzz", "/nonexistent");
  if (scenario) (void)headroom::estimate(*scenario);
  return 0;
}
