#include "core/analysis/advice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "core/open/scenario_json.h"

namespace headroom {
namespace {

// A scenario of Llama-3-8B's dimensions with more keys as JSON members.
Scenario llama(const std::string& members) {
  const auto scenario = readScenario(
      R"({"headroom": 1, "model": {"dimensions": {"layers": 32, "hidden": 4096, "heads": 32, "kv_heads": 8,
          "intermediate": 14336, "vocab": 128256}}, "precision": {"weights": "bf16"}, )" +
          members + "}",
      "test");
  EXPECT_TRUE(scenario) << scenario.error().text();
  return *scenario;
}

std::vector<std::string> ids(const std::vector<Advice>& advice) {
  std::vector<std::string> list;
  for (const Advice& a : advice) list.emplace_back(a.id);
  return list;
}

TEST(Advice, SavingsAreDifferencesOfEstimates) {
  const Scenario scenario =
      llama(R"("engine": "transformers", "batch": 64, "context": 8192, "devices": [{"accelerator": "rtx-4090"}])");
  const Estimate before = estimate(scenario);
  ASSERT_EQ(before.verdict(), Verdict::exceeds);
  const auto advice = adviceOf(scenario, before);
  ASSERT_FALSE(advice.empty());
  for (const Advice& a : advice) {
    const Estimate after = estimate(a.scenario);
    EXPECT_EQ(after.heaviest().device, a.device) << a.id;
    EXPECT_EQ(before.heaviest().device - a.device, a.saved) << a.id;
    EXPECT_EQ(after.verdict(), a.verdict) << a.id;
    EXPECT_GT(a.saved, Bytes(0)) << a.id;
    EXPECT_NE(a.scenario, scenario) << a.id;
  }
}

TEST(Advice, WhatMakesItFitComesFirstThenTheLargestSaving) {
  const Scenario scenario =
      llama(R"("engine": "transformers", "batch": 1, "context": 8192, "devices": [{"memory_bytes": 16000000000}])");
  const auto advice = adviceOf(scenario, estimate(scenario), 10);
  ASSERT_GE(advice.size(), 2u);
  EXPECT_NE(advice.front().verdict, Verdict::exceeds);
  EXPECT_THAT(ids(advice), testing::Contains("weights-4-bit"));
  for (std::size_t i = 1; i < advice.size(); ++i) {
    const bool better = advice[i - 1].verdict != Verdict::exceeds, worse = advice[i].verdict != Verdict::exceeds;
    EXPECT_GE(better, worse);
    EXPECT_TRUE(better != worse || advice[i - 1].saved >= advice[i].saved) << advice[i].id;
  }
}

// What an engine that can leave layers to the host does with a file that is too large for the device: as many as fit.
TEST(Advice, PutsAsManyLayersOnTheDeviceAsFit) {
  const Scenario scenario =
      llama(R"("engine": "llama.cpp", "batch": 1, "context": 8192, "engine_options": {"fit": "off"},
            "devices": [{"memory_bytes": 12000000000}])");
  const auto advice = adviceOf(scenario, estimate(scenario), 10);
  const auto fewer = std::ranges::find(advice, "layers-on-host", &Advice::id);
  ASSERT_NE(fewer, advice.end()) << testing::PrintToString(ids(advice));
  EXPECT_NE(fewer->verdict, Verdict::exceeds);
  Scenario more = fewer->scenario;
  ASSERT_TRUE(more.offload.gpuLayers);
  EXPECT_EQ(fewer->change, "Put " + std::to_string(*more.offload.gpuLayers) + " of 33 layers on the device");
  ++*more.offload.gpuLayers;
  EXPECT_EQ(estimate(more).verdict(), Verdict::exceeds);
  more.offload.gpuLayers = 33;  // who has said how many is not told otherwise
  EXPECT_THAT(ids(adviceOf(more, estimate(more), 10)), testing::Not(testing::Contains("layers-on-host")));
}

TEST(Advice, ScenariosThatFitWithRoomAreLeftAlone) {
  const Scenario scenario = llama(R"("batch": 1, "context": 2048, "devices": [{"accelerator": "h100-80gb"}])");
  EXPECT_TRUE(adviceOf(scenario, estimate(scenario)).empty());
  const Scenario unknown = llama(R"("batch": 1, "context": 2048)");
  EXPECT_TRUE(adviceOf(unknown, estimate(unknown)).empty());
}

TEST(Advice, DominantActivationsAreToldAboutCheckpointing) {
  // The book chapter's model and rule: 840 MiB of activations beside 120 MB of states.
  const auto scenario = readScenario(
      R"({"headroom": 1, "workload": "full", "method": "fourteen-tensors-per-block", "batch": 32, "context": 512, "precision": {"weights": "bf16"},
          "model": {"dimensions": {"parameters": 10e6, "layers": 6, "hidden": 320}}, "devices": [{"accelerator": "t4"}]})",
      "test");
  ASSERT_TRUE(scenario) << scenario.error().text();
  EXPECT_THAT(ids(adviceOf(*scenario, estimate(*scenario))), testing::ElementsAre("checkpointing"));
}

}  // namespace
}  // namespace headroom
