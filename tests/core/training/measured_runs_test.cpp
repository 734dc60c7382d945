// Predictions against figures that real runs printed, each with its source in the data file.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/estimate/estimate.h"
#include "core/open/scenario_json.h"

namespace headroom {
namespace {

using nlohmann::json;

json read(const char* name) {
  std::ifstream file(std::string(HEADROOM_TEST_DATA "/training/") + name);
  return json::parse(file);
}

double figureOf(const RankEstimate& rank, const std::string& name) {
  const Bytes bytes = name == "allocated" ? rank.allocated : name == "reserved" ? rank.reserved : rank.device;
  return static_cast<double>(bytes.value());
}

TEST(MeasuredTraining, PeaksAreWithinEachRunsTolerance) {
  const json data = read("measured_runs.json");
  ASSERT_GE(data["runs"].size(), 25u);
  for (const json& run : data["runs"]) {
    const auto scenario = readScenario(run["scenario"].dump(), run["id"].get<std::string>());
    ASSERT_TRUE(scenario) << scenario.error().text();
    const Estimate result = estimate(*scenario);
    const auto last = std::ranges::max_element(result.ranks, {}, &RankEstimate::stage);
    const RankEstimate& rank = run.contains("stage") ? *last : result.heaviest();
    const double error = figureOf(rank, run["figure"]) / run["bytes"].get<double>() - 1;
    EXPECT_LT(std::abs(error), run["tolerance"].get<double>())
        << run["id"] << " " << run["figure"] << " is off by " << 100 * error << " %";
    if (run.contains("trainable_parameters")) {
      EXPECT_EQ(result.trainableParameters.value(), run["trainable_parameters"].get<std::int64_t>()) << run["id"];
    }
  }
}

TEST(MeasuredTraining, FollowsQwen7bOverTheContext) {
  const json data = read("qwen_7b_series.json");
  for (const json& series : data["series"]) {
    for (const json& point : series["points"]) {
      json text = data["scenario"];
      text.merge_patch(series["scenario"]);
      text["context"] = point["context"];
      const auto scenario = readScenario(text.dump(), "series");
      ASSERT_TRUE(scenario) << scenario.error().text();
      const double gigabytes = static_cast<double>(estimate(*scenario).heaviest().device.value()) / 1e9;
      EXPECT_NEAR(gigabytes / point["gb"].get<double>(), 1, 0.10) << series["name"] << " at " << point["context"];
    }
  }
}

}  // namespace
}  // namespace headroom
