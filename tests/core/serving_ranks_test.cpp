// How serving engines part a model among ranks: groups of experts, attention in groups, heads that do not come out
// even.
#include <gmock/gmock.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/estimate/estimate.h"
#include "core/open/scenario_json.h"
#include "core/readers/commands/launch_command.h"

namespace headroom {
namespace {

using nlohmann::json;
using testing::HasSubstr;

Estimate estimated(const char* engine, const char* model, json parallel, json more = json::object()) {
  json scenario{{"headroom", 1}, {"engine", engine}, {"model", model}, {"context", 4096}};
  scenario["parallel"] = std::move(parallel);
  scenario.update(more);
  const Result<Scenario> s = readScenario(jsonText(scenario), "test");
  if (!s) throw std::runtime_error(s.error().text());
  return estimate(*s);
}

double gib(const Estimate& e, ComponentId id) {
  return static_cast<double>(e.heaviest().ledger.bytes(id).value()) / static_cast<double>(kGiB);
}

bool refuses(const Estimate& e, std::string_view code) {
  return !e.refused.empty() && std::ranges::any_of(e.diagnostics, [code](const Diagnostic& d) {
    return d.code == code && d.severity == Severity::error;
  });
}

constexpr const char* kExperts = "Qwen/Qwen3-30B-A3B";
constexpr const char* kDense = "meta-llama/Llama-3.1-8B";

// sglang/srt/distributed/parallel_state.py and tensorrt_llm/mapping.py: moe_tp_size = tp_size // moe_ep_size.
TEST(ServingRanks, FewerExpertRanksSplitEveryExpertAmongTheRest) {
  for (const char* engine : {"sglang", "tensorrt-llm"}) {
    const double wide = gib(estimated(engine, kExperts, {{"tensor", 4}}), ComponentId::weights);
    for (const int expert : {2, 4}) {
      const Estimate e = estimated(engine, kExperts, {{"tensor", 4}, {"expert", expert}});
      EXPECT_NEAR(gib(e, ComponentId::weights), wide, 0.01 * wide) << engine << " " << expert;
      EXPECT_TRUE(e.refused.empty()) << engine << " " << expert;
    }
    EXPECT_TRUE(refuses(estimated(engine, kExperts, {{"tensor", 4}, {"expert", 3}}), "expert-group")) << engine;
    EXPECT_TRUE(refuses(estimated(engine, kExperts, {{"tensor", 4}, {"expert", 8}}), "expert-group")) << engine;
    EXPECT_TRUE(estimated(engine, kDense, {{"tensor", 4}, {"expert", 3}}).refused.empty()) << "it has no experts";
  }
}

// vllm/model_executor/layers/fused_moe/config.py: --enable-expert-parallel takes all ranks.
TEST(ServingRanks, VllmSpreadsExpertsOverAllRanksOrNone) {
  EXPECT_TRUE(refuses(estimated("vllm", kExperts, {{"tensor", 8}, {"expert", 4}}), "expert-group"));
  EXPECT_TRUE(estimated("vllm", kExperts, {{"tensor", 4}, {"expert", 4}}).refused.empty());
  EXPECT_TRUE(estimated("vllm", kExperts, {{"tensor", 2}, {"data", 4}, {"expert", 8}}).refused.empty());
  EXPECT_TRUE(estimated("vllm", kExperts, {{"tensor", 4}}).refused.empty());
}

// sglang/srt/server_args.py: dp_size divides tp_size; attention and its cache lie in groups of tp / dp ranks.
TEST(ServingRanks, DataParallelAttentionLiesInsideTensorParallelism) {
  const auto read = readLaunchCommand(
      "python -m sglang.launch_server --model-path deepseek-ai/DeepSeek-V3 --tp 8 --dp 8 --enable-dp-attention");
  ASSERT_TRUE(read) << read.error().text();
  const auto s = readScenario(read->scenario, "read");
  ASSERT_TRUE(s) << s.error().text();
  const Estimate read8 = estimate(*s);
  ASSERT_EQ(read8.ranks.size(), 1U);
  EXPECT_EQ(read8.ranks[0].devices, 8);

  const json on{{"engine_options", {{"enable_dp_attention", true}}}, {"batch", 8}};
  const Estimate apart = estimated("sglang", kDense, {{"tensor", 8}, {"data", 4}}, on),
                 replicas = estimated("sglang", kDense, {{"tensor", 8}, {"data", 4}}, {{"batch", 8}}),
                 together = estimated("sglang", kDense, {{"tensor", 8}}, {{"batch", 8}});
  EXPECT_EQ(apart.ranks[0].devices, 8);
  EXPECT_EQ(replicas.ranks[0].devices, 32);
  EXPECT_EQ(apart.kvBytesPerToken, 4 * together.kvBytesPerToken) << "heads are split over two ranks, not eight";
  EXPECT_NEAR(gib(apart, ComponentId::kv_cache), gib(together, ComponentId::kv_cache), 1e-6) << "a quarter of them";
  EXPECT_GT(gib(apart, ComponentId::weights), gib(together, ComponentId::weights));
  EXPECT_TRUE(refuses(estimated("sglang", kDense, {{"tensor", 8}, {"data", 3}}, on), "attention-groups"));
}

TEST(ServingRanks, HeadsThatDoNotComeOutEvenAreRefused) {
  for (const char* engine : {"vllm", "sglang", "tensorrt-llm", "mlx"}) {
    EXPECT_TRUE(refuses(estimated(engine, kDense, {{"tensor", 3}}), "heads-not-divisible")) << engine;
    EXPECT_TRUE(refuses(estimated(engine, "Qwen/Qwen2.5-0.5B", {{"tensor", 4}}), "heads-not-divisible")) << engine;
    EXPECT_TRUE(estimated(engine, kDense, {{"tensor", 4}}).refused.empty()) << engine;
  }
  // 14 query heads and 2 of keys and values on 7 ranks: repeating cannot give every rank as many.
  for (const char* engine : {"vllm", "sglang"})
    EXPECT_TRUE(refuses(estimated(engine, "Qwen/Qwen2.5-0.5B", {{"tensor", 7}}), "heads-not-divisible")) << engine;
  for (const char* engine : {"vllm", "sglang", "tensorrt-llm"})
    EXPECT_TRUE(estimated(engine, kDense, {{"tensor", 16}}).refused.empty()) << engine << " repeats 8 heads";
  EXPECT_TRUE(refuses(estimated("mlx", kDense, {{"tensor", 16}}), "heads-not-divisible"));
}

// What an engine says it refuses is refused, not remarked beside "Fits".
TEST(ServingRanks, WhatAnEngineRefusesDoesNotRun) {
  const json kv{{"precision", {{"weights", "Q4_K_M"}, {"kv_cache", {{"k", "f16"}, {"v", "q4_0"}}}}},
                {"attention", "eager"},
                {"devices", {{{"accelerator", "l4"}}}}};
  EXPECT_TRUE(refuses(estimated("llama.cpp", "Qwen/Qwen3-8B", json::object(), kv), "quantized-values"));
  EXPECT_TRUE(refuses(
      estimated("mlx", "openai/gpt-oss-20b", json::object(), {{"context", 8192}, {"engine_options", {{"kv_bits", 4}}}}),
      "engine-refuses"));
}

// vllm/config/model.py, sglang/srt/configs/model_config.py: --dtype is the dtype that weights are loaded in.
TEST(ServingRanks, WeightsAreLoadedInTheDtypeThatIsAskedFor) {
  for (const char* engine : {"vllm", "sglang", "tensorrt-llm"}) {
    const auto weights = [&](const char* model, json precision) {
      return gib(estimated(engine, model, json::object(), {{"precision", std::move(precision)}}), ComponentId::weights);
    };
    const double usual = weights(kDense, json::object());
    EXPECT_NEAR(weights(kDense, {{"compute", "fp32"}}), 2 * usual, 0.02 * usual) << engine;
    EXPECT_EQ(weights(kDense, {{"compute", "fp16"}}), usual) << engine;
    EXPECT_NEAR(weights(kDense, {{"compute", "fp32"}, {"weights", "checkpoint"}}), 2 * usual, 0.02 * usual) << engine;
    EXPECT_NEAR(weights(kDense, {{"compute", "fp32"}, {"weights", "bf16"}}), usual, 0.02 * usual) << "asked is asked";
    // An fp32 checkpoint is halved unless it is asked for in fp32.
    EXPECT_NEAR(weights("gpt2", {{"compute", "fp32"}}), 2 * weights("gpt2", json::object()),
                0.4 * weights("gpt2", json::object()))
        << engine;
  }
  for (const char* command : {"vllm serve meta-llama/Llama-3.1-8B --dtype float32 --max-model-len 8192",
                              "python -m sglang.launch_server --model-path meta-llama/Llama-3.1-8B --dtype float32"}) {
    const auto read = readLaunchCommand(command);
    ASSERT_TRUE(read) << command;
    const auto s = readScenario(read->scenario, "read");
    ASSERT_TRUE(s) << command;
    EXPECT_NEAR(gib(estimate(*s), ComponentId::weights), 29.98, 0.3) << command;
  }
}

// A format that the engine or the code has not is set aside with its reason, of weights as of caches.
TEST(ServingRanks, FormatsOfOthersAreSetAside) {
  const auto setAside = [](const Estimate& e, std::string_view key) {
    return std::ranges::any_of(e.diagnostics,
                               [key](const Diagnostic& d) { return d.code == "ignored" && d.key == key; });
  };
  const auto weights = [&](const char* engine, const char* format) {
    return setAside(estimated(engine, kDense, json::object(), {{"precision", {{"weights", format}}}}),
                    "precision.weights");
  };
  const auto cache = [&](const char* engine, const char* format) {
    return setAside(estimated(engine, kDense, json::object(), {{"precision", {{"kv_cache", format}}}}),
                    "precision.kv_cache");
  };
  for (const char* format : {"Q4_K_M", "q4_k", "nf4", "bnb-int8", "fp4"})
    EXPECT_TRUE(weights("tensorrt-llm", format)) << format;
  for (const char* format : {"fp8", "nvfp4", "awq-int4", "gptq-int4", "int8", "bf16", "checkpoint"})
    EXPECT_FALSE(weights("tensorrt-llm", format)) << format;
  for (const char* engine : {"vllm", "sglang", "tensorrt-llm"}) {
    for (const char* format : {"nf4", "awq-int4", "int4", "q8_0"})
      EXPECT_TRUE(cache(engine, format)) << engine << format;
    for (const char* format : {"fp8", "nvfp4", "bf16"}) EXPECT_FALSE(cache(engine, format)) << engine << format;
  }
  EXPECT_FALSE(cache("vllm", "int8_per_token_head"));
  const auto code = [&](const char* framework, const char* format) {
    json scenario{{"headroom", 1},
                  {"model", kDense},
                  {"workload", "qlora"},
                  {"framework", framework},
                  {"precision", {{"weights", format}}}};
    return setAside(estimate(*readScenario(jsonText(scenario), "test")), "precision.weights");
  };
  for (const char* framework : {"litgpt", "torchtune", "llama-recipes"}) {
    for (const char* format : {"awq-int4", "gptq-int4", "mxfp4"}) EXPECT_TRUE(code(framework, format)) << framework;
    EXPECT_FALSE(code(framework, "nf4")) << framework;
  }
  EXPECT_FALSE(code("ms-swift", "gptq-int4"));
}

}  // namespace
}  // namespace headroom
