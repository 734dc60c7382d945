// Starts that an engine refuses never fit, and those that its sources leave open never plainly do.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/estimate/estimate.h"
#include "core/open/scenario_json.h"
#include "tests/support/json_schema.h"

namespace headroom {
namespace {

TEST(RefusedStarts, NeverFitPlainly) {
  const nlohmann::json file = sourceJson("tests/data/refused_starts.json");
  ASSERT_GT(file["rows"].size(), 60u);
  for (const auto& row : file["rows"]) {
    const std::string text = jsonText(row["scenario"]), says = row["says"];
    const auto scenario = readScenario(text, "test");
    ASSERT_TRUE(scenario) << text << ": " << scenario.error().text();
    const Estimate e = estimate(*scenario);
    const std::string why = row["why"].get<std::string>() + ": " + text;
    EXPECT_EQ(!e.refused.empty(), says == "refused") << why;
    if (says != "refused") {
      EXPECT_EQ(!e.unmodelled.empty(), says == "open") << why;
    }
    if (!row.contains("code")) continue;
    EXPECT_TRUE(std::ranges::any_of(e.diagnostics, [&](const Diagnostic& d) { return d.code == row["code"]; })) << why;
  }
}

}  // namespace
}  // namespace headroom
