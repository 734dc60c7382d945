// Any bytes as a scenario, and everything an answer can be exported to: JSON that can be read, in sums that add up;
// text of every format; a report and a file of the scenario that say the same again. Nothing of the input steers, and
// none of it is markup.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "core/analysis/remarks.h"
#include "core/open/scenario_json.h"
#include "core/readers/embedded_scenarios.h"
#include "core/readers/recipes/recipe.h"
#include "core/readers/scenario_link.h"
#include "core/report/estimate_report.h"
#include "core/report/explain_report.h"
#include "core/report/html_report.h"

namespace {

using namespace headroom;

void demand(bool holds) {
  if (!holds) std::abort();
}

// What the texts for people may hold of C0: line feeds alone.
void demandHarmless(std::string_view text) {
  for (const char c : text) demand(c == '\n' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F));
}

void demandSums(const nlohmann::json& estimate) {
  bool saturated = false;
  for (const auto& d : estimate["diagnostics"]) saturated |= d["code"] == "saturated";
  if (saturated) return;
  for (const auto& rank : estimate["ranks"]) {
    std::int64_t sum = 0;
    for (const auto& c : rank["components"]) {
      std::int64_t lines = 0;
      for (const auto& line : c["lines"]) lines += line["bytes"].get<std::int64_t>();
      demand(lines == c["bytes"]);
      sum += lines;
    }
    demand(sum == rank["device_bytes"]);
  }
}

void demandTheSame(const std::string& written, const Estimate& result) {
  const auto again = readScenario(written, "fuzz", "/nonexistent");
  demand(again.has_value() && estimate(*again).heaviest().device == result.heaviest().device);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto scenario = readScenario({reinterpret_cast<const char*>(data), size}, "fuzz", "/nonexistent");
  if (!scenario) return 0;
  Estimate result = estimate(*scenario);
  addRemarks(*scenario, result);
  // As a tree: bytes that are no UTF-8, or a bracket too few, throw here.
  demandSums(nlohmann::json::parse(estimateJson(*scenario, result, {}, -1, 1)));
  for (const ReportFormat format :
       {ReportFormat::table, ReportFormat::csv, ReportFormat::markdown, ReportFormat::latex}) {
    demandHarmless(estimateTable(*scenario, result, {}, format, ByteUnit::gib));
    demandHarmless(explainReport(result, {}, format, ByteUnit::gb, 2));
  }
  const std::string file = writeScenario(*scenario);
  demandTheSame(file, result);
  const auto unpacked = linkedScenario(scenarioLink(file), "fuzz");
  demand(unpacked.has_value());
  demandTheSame(*unpacked, result);
  if (isTraining(scenario->workload))
    for (const std::string_view dialect : recipeDialects())
      if (const auto recipe = writeRecipe(*scenario, *recipeDialect(dialect)))
        demand(readRecipe(recipe->text, "fuzz", {}, *recipeDialect(dialect)).has_value());
  // A page searches limits and advice too, so not every input makes one.
  if (size % 8 != 0) return 0;
  const ReportedScenario reported[] = {{"", *scenario}};
  const std::string page = htmlReport(reported, {});
  demandHarmless(page);
  demand(page.find("<script") == page.rfind("<script"));  // what the scenarios stand in, which runs nothing
  const auto inside = embeddedScenarios(page, "fuzz");
  demand(inside.has_value() && inside->size() == 1);
  demandTheSame(inside->front(), result);
  return 0;
}
