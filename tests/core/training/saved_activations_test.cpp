// What autograd keeps of one layer, against what torch's hooks counted in transformers' own code.
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

json runOf(const json& row) {
  json scenario{{"headroom", 1},
                {"model", {{"config", row["config"]}, {"name", "reference"}}},
                {"workload", row["lora_rank"].get<int>() > 0 ? "lora" : "full"},
                {"engine", "pytorch"},
                {"framework", "transformers"},
                {"batch", row["batch"]},
                {"context", row["context"]},
                {"attention", row["attention"]},
                {"precision", {{"weights", row["dtype"]}, {"compute", row["dtype"]}}}};
  if (row["lora_rank"].get<int>() > 0) scenario["training"] = {{"rank", row["lora_rank"]}, {"targets", "all-linear"}};
  return scenario;
}

TEST(SavedActivations, EqualWhatAutogradKeepsInTransformersLayers) {
  std::ifstream file(HEADROOM_TEST_DATA "/training/saved_activations.json");
  const json data = json::parse(file);
  ASSERT_GE(data["runs"].size(), 30u);
  for (const json& row : data["runs"]) {
    const auto scenario = readScenario(runOf(row).dump(), "run");
    ASSERT_TRUE(scenario) << scenario.error().text();
    const Estimate result = estimate(*scenario);
    const auto& saved = result.heaviest().savedActivations;
    ASSERT_FALSE(saved.empty());
    const double got = static_cast<double>(saved[saved.size() / 2].bytesPerLayer.value());
    const double whole = row["bytes_per_layer"];
    // The fused CPU kernel of the reference got keys and values repeated to all heads.
    const AttentionSpec& a = scenario->model->kinds.back().attention;
    const double width = row["dtype"] == "fp32" ? 4 : 2;
    const double repeated = row["attention"] == "flash"
                                ? 2 * static_cast<double>((a.heads - a.kvHeads) * a.headDim) * width *
                                      row["batch"].get<double>() * row["context"].get<double>()
                                : 0;
    EXPECT_LT(std::min(std::abs(got - whole), std::abs(got - (whole - repeated))), 0.0005 * whole)
        << row["config"]["model_type"] << " " << row["dtype"] << " " << row["attention"] << " rank "
        << row["lora_rank"];
  }
}

}  // namespace
}  // namespace headroom
