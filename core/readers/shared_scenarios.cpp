#include "core/readers/shared_scenarios.h"

#include <string>
#include <utility>
#include <vector>

#include "core/readers/embedded_scenarios.h"
#include "core/readers/scenario_link.h"

namespace headroom {

Result<Reading> readLink(std::string_view link, std::string_view where) {
  Result<std::string> scenario = linkedScenario(link, where);
  if (!scenario) return tl::unexpected(scenario.error());
  Reading out;
  out.recognised = "scenario link";
  out.scenario = std::move(*scenario);
  return out;
}

Result<Reading> readReport(std::string_view page, std::string_view where) {
  Result<std::vector<std::string>> scenarios = embeddedScenarios(page, where);
  if (!scenarios) return tl::unexpected(scenarios.error());
  Reading out;
  for (std::size_t i = scenarios->size(); i-- > 0;) {
    Reading one;
    one.recognised = "report";
    one.scenario = std::move((*scenarios)[i]);
    if (i > 0)
      out.others.insert(out.others.begin(), std::move(one));
    else
      out.recognised = one.recognised, out.scenario = std::move(one.scenario);
  }
  return out;
}

}  // namespace headroom
