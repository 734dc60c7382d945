// Engines say no where they do not run: on other makers' devices, beyond a model's own context, and in groups of ranks
// that do not come out even.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/estimate/estimate.h"
#include "core/open/scenario_json.h"
#include "core/scenario/settings.h"

namespace headroom {
namespace {

using nlohmann::json;
using testing::HasSubstr;

Estimate estimated(const char* engine, const char* device, const json& more = json::object()) {
  json s{{"headroom", 1}, {"model", "Qwen/Qwen3-8B"}, {"engine", engine}, {"devices", {{{"accelerator", device}}}}};
  s.update(more);
  const Result<Scenario> scenario = readScenario(jsonText(s), "test");
  if (!scenario) throw std::runtime_error(scenario.error().text());
  return estimate(*scenario);
}

bool says(const Estimate& e, std::string_view code) {
  return std::ranges::any_of(e.diagnostics, [&](const Diagnostic& d) { return d.code == code; });
}

// What an engine claims of a card and takes of a prompt at once by itself, by release and card, and that the settings
// say what the estimate goes by.
TEST(EngineHardware, ClaimsByReleaseAndCardAsTheSettingsSay) {
  struct Row {
    const char *engine, *version, *device;
    double share;
    int tokens;
  };
  // vllm/config/cache.py and engine/arg_utils.py; sglang/srt/server_args.py.
  for (const Row& r : {Row{"vllm", "0.19.0", "h100-sxm", 0.9, 8192}, Row{"vllm", "0.20.0", "h100-sxm", 0.92, 8192},
                       Row{"vllm", "", "l4", 0.92, 2048}, Row{"vllm", "0.11.0", "l4", 0.9, 2048},
                       Row{"vllm", "0.27.0", "b200", 0.92, 8192}, Row{"vllm", "0.28.0", "b200", 0.92, 16384},
                       Row{"sglang", "0.4.8", "l4", 0.88, 2048}, Row{"sglang", "0.5.18", "l4", 0.82, 2048},
                       Row{"sglang", "0.5.18", "rtx-a6000", 0.851, 4096}, Row{"sglang", "", "h200", 0.903, 8192},
                       Row{"sglang", "", "b200", 0.853, 16384}}) {
    const std::string what = fmt::format("{} {} on {}", r.engine, r.version, r.device);
    const json s{{"headroom", 1},
                 {"model", "Qwen/Qwen3-8B"},
                 {"engine", r.engine},
                 {"engine_version", r.version},
                 {"devices", {{{"accelerator", r.device}}}}};
    const Result<Scenario> scenario = readScenario(jsonText(s), "test");
    ASSERT_TRUE(scenario) << what;
    const Settings settings = settingsOf(*scenario);
    EXPECT_DOUBLE_EQ(settings.memoryUtilization, r.share) << what;
    EXPECT_EQ(settings.prefillTokens, r.tokens) << what;
    const Estimate e = estimate(*scenario);
    const RankEstimate& rank = e.ranks.front();
    ASSERT_TRUE(rank.claimed && rank.capacity) << what;
    EXPECT_NEAR(static_cast<double>(rank.claimed->value()) / static_cast<double>(rank.capacity->value()), r.share, 1e-9)
        << what;
  }
}

// vllm/model_executor/model_loader/bitsandbytes_loader.py writes scales out that are quantized themselves; Transformers
// keeps them as they are.
TEST(EngineHardware, NestedScalesAreOpenedWhereTheLoaderDoes) {
  const auto weightsOf = [](const char* engine, bool nested) {
    const json config{{"model_type", "llama"},
                      {"hidden_size", 1024},
                      {"num_hidden_layers", 4},
                      {"num_attention_heads", 8},
                      {"num_key_value_heads", 8},
                      {"intermediate_size", 4096},
                      {"vocab_size", 32000},
                      {"quantization_config",
                       {{"quant_method", "bitsandbytes"},
                        {"load_in_4bit", true},
                        {"bnb_4bit_quant_type", "nf4"},
                        {"bnb_4bit_use_double_quant", nested}}}};
    const Estimate e = estimated(engine, "l4", {{"model", {{"config", config}, {"name", "tiny"}}}});
    return e.ranks.front().ledger.bytes(ComponentId::weights);
  };
  EXPECT_EQ(weightsOf("vllm", true), weightsOf("vllm", false));
  EXPECT_LT(weightsOf("transformers", true), weightsOf("transformers", false));
  const auto asked = [](const char* format) {
    return estimated("vllm", "l4", {{"precision", {{"weights", format}}}})
        .ranks.front()
        .ledger.bytes(ComponentId::weights);
  };
  EXPECT_EQ(asked("nf4-dq"), asked("nf4"));
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

TEST(EngineHardware, ServersRefuseAContextBeyondTheModels) {
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
  const json allowed{{"sglang_allow_overwrite_longer_context_len", true}};
  EXPECT_EQ(estimated("sglang", "h200", {{"context", 131072}}).refused.size(), 1u);
  EXPECT_TRUE(estimated("sglang", "h200", {{"context", 131072}, {"engine_options", allowed}}).refused.empty());
  EXPECT_TRUE(estimated("sglang", "h200", {{"context", 131072}, {"engine_version", "0.4.9"}}).refused.empty());
  EXPECT_TRUE(estimated("llama.cpp", "h200", {{"context", 131072}}).refused.empty()) << "servers' own rule";
}

Estimate trained(const char* workload, const char* code, std::int64_t devices, const json& more) {
  json s{{"headroom", 1},     {"model", "Qwen/Qwen3-8B"}, {"workload", workload},
         {"framework", code}, {"context", 512},           {"devices", {{{"accelerator", "h200"}, {"count", devices}}}}};
  s.update(more);
  const Result<Scenario> scenario = readScenario(jsonText(s), "test");
  if (!scenario) throw std::runtime_error(scenario.error().text());
  return estimate(*scenario);
}

// What no run combines is refused, whichever code is asked; the same that comes out even is not.
TEST(TrainingRuns, RefuseWhatNoRunCombines) {
  const json moe{{"model", "Qwen/Qwen3-30B-A3B"}};
  const auto with = [](json base, const char* block, json value) {
    base[block] = std::move(value);
    return base;
  };
  const auto grpo = [](int ranks) {
    return json{{"reinforcement", {{"method", "grpo"}, {"rollout", "colocated"}, {"rollout_tensor", ranks}}}};
  };
  const auto refuses = [](std::string_view code, const Estimate& e) {
    return !e.refused.empty() && e.verdict() == Verdict::exceeds && says(e, code);
  };
  for (const char* code : {"pytorch", "deepspeed", "torchtitan", "megatron"}) {
    for (const int ranks : {3, 16, 64})
      EXPECT_TRUE(refuses("expert-group", trained("full", code, 8, with(moe, "parallel", {{"expert", ranks}}))))
          << code << " " << ranks;
    EXPECT_TRUE(refuses("expert-group", trained("full", code, 6, with(moe, "parallel", {{"expert", 6}}))))
        << code << ": 128 experts";
    EXPECT_TRUE(trained("full", code, 8, with(moe, "parallel", {{"expert", 8}})).refused.empty()) << code;
  }
  const json split{{"tensor", 2}, {"expert", 8}}, whole{{"tensor", 2}, {"expert", 8}, {"expert_tensor", 1}};
  EXPECT_TRUE(refuses("expert-group", trained("full", "megatron", 8, with(moe, "parallel", split))));
  EXPECT_TRUE(trained("full", "megatron", 8, with(moe, "parallel", whole)).refused.empty());
  EXPECT_TRUE(refuses("expert-group", trained("full", "deepspeed", 8, with(moe, "parallel", split))));

  for (const char* sharding : {"zero2", "zero3"})
    EXPECT_TRUE(refuses("sharding-with-stages",
                        trained("full", "deepspeed", 8, {{"parallel", {{"pipeline", 2}, {"sharding", sharding}}}})));
  const Estimate staged = trained("full", "deepspeed", 8, {{"parallel", {{"pipeline", 2}}}});
  EXPECT_TRUE(staged.refused.empty()) << "by itself it shards what stages allow";
  for (const char* code : {"unsloth", "trl", "peft", "transformers", "axolotl", "llama-factory"}) {
    EXPECT_TRUE(says(trained("lora", code, 2, {{"parallel", {{"pipeline", 2}}}}), "stages-of-one-process")) << code;
    EXPECT_TRUE(trained("lora", code, 8, {{"parallel", {{"pipeline", 2}}}}).refused.empty()) << code;
    EXPECT_TRUE(
        refuses("stages-of-one-process", trained("lora", code, 8, {{"parallel", {{"pipeline", 2}, {"data", 4}}}})))
        << code;
  }
  for (const int copies : {3, 5, 16})
    EXPECT_TRUE(refuses("uneven-copies", trained("full", "torchtitan", 8, {{"parallel", {{"replicate", copies}}}})));
  EXPECT_TRUE(trained("full", "torchtitan", 8, {{"parallel", {{"replicate", 2}}}}).refused.empty());

  for (const int ranks : {3, 16}) EXPECT_TRUE(refuses("rollout-group", trained("lora", "trl", 8, grpo(ranks))));
  EXPECT_TRUE(refuses("rollout-group", trained("lora", "trl", 3, grpo(3)))) << "32 heads";
  EXPECT_TRUE(trained("lora", "trl", 8, grpo(4)).refused.empty());

  for (const char* code : {"megatron", "torchtune"}) {
    EXPECT_TRUE(refuses("heads-not-divisible", trained("full", code, 3, {{"parallel", {{"tensor", 3}}}}))) << code;
    EXPECT_TRUE(trained("full", code, 8, {{"parallel", {{"tensor", 8}}}}).refused.empty()) << code;
  }
}

// A host or a drive that a code does not use stands in the verdict, and none that it does.
TEST(TrainingRuns, MarkOffloadingThatNoCodeHas) {
  const auto marked = [](const char* code, json parallel, const char* part, const char* to) {
    const Estimate e = trained("full", code, 4, {{"parallel", std::move(parallel)}, {"offload", {{part, to}}}});
    EXPECT_EQ(e.unmodelled.empty(), !says(e, "offload-of-another-code")) << code << " " << part << " " << to;
    return says(e, "offload-of-another-code");
  };
  for (const char* code : {"pytorch", "megatron", "unsloth"})
    for (const char* to : {"cpu", "nvme"}) EXPECT_TRUE(marked(code, json::object(), "parameters", to)) << code << to;
  for (const char* code : {"torchtitan", "llama-recipes", "deepspeed"})
    EXPECT_TRUE(marked(code, json::object(), "parameters", "nvme")) << code;
  EXPECT_TRUE(marked("torchtitan", json::object(), "optimizer", "nvme"));
  EXPECT_TRUE(marked("deepspeed", {{"sharding", "zero3"}}, "activations", "nvme"));
  EXPECT_FALSE(marked("torchtitan", json::object(), "parameters", "cpu"));
  EXPECT_FALSE(marked("deepspeed", {{"sharding", "zero3"}}, "parameters", "nvme"));
  EXPECT_FALSE(marked("deepspeed", {{"sharding", "zero2"}}, "optimizer", "cpu"));
}

TEST(TransformersRuns, SpreadExpertsOverAllTensorRanksOrNone) {
  const auto ranks = [](int tensor, int expert) {
    return estimated(
        "transformers", "h200",
        {{"model", "Qwen/Qwen3-30B-A3B"}, {"context", 512}, {"parallel", {{"tensor", tensor}, {"expert", expert}}}});
  };
  EXPECT_TRUE(says(ranks(4, 8), "expert-group"));
  EXPECT_TRUE(says(ranks(1, 4), "expert-group"));
  EXPECT_FALSE(says(ranks(4, 4), "expert-group"));
}

}  // namespace
}  // namespace headroom
