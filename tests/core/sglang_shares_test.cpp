// The share of a device that SGLang's pools and weights take where nobody says, and the sizes it follows from, as the
// package's own function gives them: at every boundary of a card's size and of the largest graph.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/open/scenario_json.h"
#include "core/scenario/settings.h"
#include "core/scenario/static_share.h"
#include "tests/support/json_schema.h"

namespace headroom {
namespace {

using nlohmann::json;

TEST(SglangShares, AreThePackagesOwn) {
  const json file = sourceJson("tests/data/sglang_shares.json");
  ASSERT_GE(file["rows"].size(), 60u);
  for (const json& row : file["rows"]) {
    json asked = {{"headroom", 1},
                  {"model", "meta-llama/Llama-3.1-8B"},
                  {"engine", "sglang"},
                  {"engine_version", row["version"]},
                  {"parallel", {{"tensor", row["tensor"]}, {"pipeline", row["pipeline"]}, {"data", row["data"]}}},
                  {"engine_options", {{"disable_piecewise_cuda_graph", true}}}};
    if (row["data"] > 1) asked["engine_options"]["enable_dp_attention"] = true;
    if (row.contains("asked_graphs")) asked["engine_options"]["cuda_graph_max_bs"] = row["asked_graphs"];
    if (row.contains("asked_chunk")) asked["prefill_tokens"] = row["asked_chunk"];
    const std::string draft = row.value("draft", "");
    if (draft == "EAGLE") asked["speculative"] = {{"method", "eagle"}, {"tokens", 3}};
    if (draft == "NGRAM") asked["speculative"] = {{"method", "ngram"}, {"tokens", 3}};
    if (draft == "STANDALONE")
      asked["speculative"] = {{"method", "draft_model"}, {"tokens", 3}, {"model", "meta-llama/Llama-3.2-1B"}};
    const Result<Scenario> scenario = readScenario(asked.dump(), "test");
    ASSERT_TRUE(scenario) << row << ": " << scenario.error().text();
    const Settings settings = settingsOf(*scenario);
    const double gib = row["gib"];
    SglangSizes sizes = sglangSizes(*scenario, settings.version, gib, settings.parallel.tensor);
    sizes.chunk = scenario->prefillTokens.value_or(sizes.chunk);
    EXPECT_EQ(sizes.chunk, row["chunk"]) << row;
    EXPECT_EQ(sizes.graphBatch, row["graphs"]) << row;
    EXPECT_DOUBLE_EQ(sglangStaticShare(*scenario, settings, gib, sizes), row["share"].get<double>()) << row;
  }
}

}  // namespace
}  // namespace headroom
