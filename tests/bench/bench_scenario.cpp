#include "tests/bench/bench_scenario.h"

#include <cstdlib>
#include <iostream>

namespace headroom {

Scenario benchScenario(const std::string& json) {
  Result<Scenario> scenario = readScenario(json, "benchmark");
  if (scenario) return *std::move(scenario);
  std::cerr << scenario.error().text() << "\n";
  std::exit(2);
}

}  // namespace headroom
