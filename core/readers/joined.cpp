#include "core/readers/joined.h"

#include <nlohmann/json.hpp>

#include "core/base/json_text.h"

namespace headroom {

using nlohmann::ordered_json;

void join(Reading& log, const Reading& status) {
  ordered_json scenario = ordered_json::parse(log.scenario, nullptr, false);
  const ordered_json said = ordered_json::parse(status.scenario, nullptr, false);
  for (const auto& [key, value] : said.items())
    if (!scenario.contains(key)) scenario[key] = value;
  log.scenario = jsonText(scenario, 2);
  log.figures.insert(log.figures.end(), status.figures.begin(), status.figures.end());
  log.remarks.insert(log.remarks.end(), status.remarks.begin(), status.remarks.end());
}

bool trains(const Reading& reading) {
  const ordered_json scenario = ordered_json::parse(reading.scenario, nullptr, false);
  return scenario.is_object() && scenario.contains("workload") && scenario["workload"] != "inference";
}

}  // namespace headroom
