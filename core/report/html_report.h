// The report: one HTML file that needs nothing beside it. Verdicts and facts first, then the charts, what differs,
// every component, what was assumed, ignored or is not counted, and how far predictions for such runs were off; in an
// appendix the formulas down to dimensions and sources, and every setting. The scenarios are inside, and opening the
// report restores them (core/readers/embedded_scenarios.h).
#pragma once

#include <span>
#include <string>

#include "core/base/format.h"
#include "core/scenario/scenario.h"

namespace headroom {

struct ReportedScenario {
  std::string label;  // empty: the scenario's name, else its model's
  Scenario scenario;
};

struct ReportOptions {
  std::string title;    // empty: of the scenario, or how many they are
  std::string date;     // as it is to stand there: "2026-11-30"
  std::string version;  // of the program
  ByteUnit unit = ByteUnit::gib;
};

// At least one scenario. The page runs no script and asks for nothing outside itself; texts of inputs cannot become
// markup.
std::string htmlReport(std::span<const ReportedScenario> scenarios, const ReportOptions& options);

}  // namespace headroom
