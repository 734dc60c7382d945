// Engines say no where they do not run: on other makers' devices, and beyond a model's own context.
#include <gmock/gmock.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/estimate/estimate.h"
#include "core/open/scenario_json.h"

namespace headroom {
namespace {

using nlohmann::json;
using testing::HasSubstr;

Estimate estimated(const char* engine, const char* device, json more = json::object()) {
  json s{{"headroom", 1}, {"model", "Qwen/Qwen3-8B"}, {"engine", engine}, {"devices", {{{"accelerator", device}}}}};
  s.update(more);
  const Result<Scenario> scenario = readScenario(jsonText(s), "test");
  if (!scenario) throw std::runtime_error(scenario.error().text());
  return estimate(*scenario);
}

bool says(const Estimate& e, std::string_view code) {
  return std::ranges::any_of(e.diagnostics, [&](const Diagnostic& d) { return d.code == code; });
}

TEST(EngineHardware, RefusesWhatItDoesNotRunOn) {
  for (const auto& [engine, device] : {std::pair{"vllm", "apple-m4-32gb"},
                                       {"tensorrt-llm", "mi300x"},
                                       {"tensorrt-llm", "apple-m4-32gb"},
                                       {"mlx", "mi300x"},
                                       {"ollama", "tpu-v5e"},
                                       {"llama.cpp", "tpu-v5e"}}) {
    const Estimate e = estimated(engine, device);
    ASSERT_EQ(e.refused.size(), 1u) << engine << " on " << device;
    EXPECT_THAT(e.refused.front(), HasSubstr("does not run on"));
    EXPECT_EQ(e.verdict(), Verdict::exceeds);
  }
}

TEST(EngineHardware, SaysWhereOtherRulesHold) {
  for (const auto& [engine, device] :
       {std::pair{"mlx", "rtx-4090"}, {"sglang", "apple-m4-32gb"}, {"vllm", "tpu-v5e"}}) {
    const Estimate e = estimated(engine, device, {{"context", 2048}});
    EXPECT_TRUE(e.refused.empty()) << engine << " on " << device;
    EXPECT_TRUE(says(e, "engine-on-hardware")) << engine << " on " << device;
    EXPECT_FALSE(e.unmodelled.empty()) << "no plain verdict";
  }
  for (const auto& [engine, device] : {std::pair{"vllm", "h200"},
                                       {"vllm", "mi300x"},
                                       {"mlx", "apple-m4-32gb"},
                                       {"ollama", "apple-m4-32gb"},
                                       {"tensorrt-llm", "h200"}})
    EXPECT_FALSE(says(estimated(engine, device), "engine-on-hardware")) << engine << " on " << device;
}

TEST(EngineHardware, VllmRefusesAContextBeyondTheModels) {
  const Estimate beyond = estimated("vllm", "h200", {{"context", 40961}});
  ASSERT_EQ(beyond.refused.size(), 1u);
  EXPECT_THAT(beyond.refused.front(), HasSubstr("40960"));
  EXPECT_TRUE(estimated("vllm", "h200", {{"context", 40960}}).refused.empty());
  for (const json& options : {json{{"vllm_allow_long_max_model_len", true}},
                              json{{"hf_overrides", {{"rope_scaling", {{"rope_type", "yarn"}, {"factor", 4.0}}}}}}})
    EXPECT_TRUE(estimated("vllm", "h200", {{"context", 131072}, {"engine_options", options}}).refused.empty());
  EXPECT_EQ(
      estimated("vllm", "h200", {{"context", 131072}, {"engine_options", {{"vllm_allow_long_max_model_len", false}}}})
          .refused.size(),
      1u);
  EXPECT_TRUE(estimated("sglang", "h200", {{"context", 131072}}).refused.empty()) << "vLLM's own rule";
}

}  // namespace
}  // namespace headroom
