// What a training code does inside a step by itself, by code and release, and what of a printed version is read.
#include <gmock/gmock.h>

#include <set>

#include "core/estimate/estimate.h"
#include "core/open/scenario_json.h"
#include "core/report/settings_json.h"
#include "core/scenario/format_defaults.h"
#include "core/scenario/ignored_keys.h"
#include "core/scenario/step_defaults.h"

namespace headroom {
namespace {

using nlohmann::json;

Scenario asked(const std::string& rest) {
  const bool named = rest.find("\"model\"") != std::string::npos;
  const auto s = readScenario((named ? "{" : R"({"model": "meta-llama/Llama-3.2-1B", )") + rest + "}", "test");
  EXPECT_TRUE(s) << rest << ": " << s.error().text();
  return s ? *s : Scenario{};
}

TEST(StepDefaults, EveryKeyHasRowsOfKnownCodesAndOneThatAlwaysHolds) {
  const auto rows = StepDefault::all();
  std::set<StepKey> keys;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const StepDefault& r = rows[i];
    const int key = static_cast<int>(r.key);
    EXPECT_FALSE(r.why.empty()) << i;
    EXPECT_EQ(r.since.empty(), r.package == Package::unknown) << r.why;
    EXPECT_EQ(r.since.empty(), !engineVersion(r.since).known) << r.why;
    EXPECT_TRUE(i == 0 || key == static_cast<int>(rows[i - 1].key) || key == static_cast<int>(rows[i - 1].key) + 1);
    const bool last = i + 1 == rows.size() || rows[i + 1].key != r.key;
    EXPECT_EQ(last, r.codes.empty() && r.since.empty() && r.when == nullptr) << r.why;
    for (std::size_t at = 0; at < r.codes.size();) {
      const std::size_t end = std::min(r.codes.find(' ', at), r.codes.size());
      const std::string_view id = r.codes.substr(at, end - at);
      EXPECT_TRUE(trainingCode(id) != nullptr && trainingCode(id)->id == id) << id;
      at = end + 1;
    }
    keys.insert(r.key);
  }
  EXPECT_EQ(keys.size(), kStepKeys);
}

TEST(StepDefaults, FormatsAreSaidOfKnownCodesKeyByKey) {
  const auto rows = FormatDefault::all();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_TRUE(i == 0 || rows[i].key >= rows[i - 1].key) << rows[i].why;
    EXPECT_FALSE(rows[i].codes.empty()) << rows[i].why;
    EXPECT_EQ(rows[i].since.empty() && rows[i].before.empty(), rows[i].package == Package::unknown) << rows[i].why;
    for (const std::string_view release : {rows[i].since, rows[i].before})
      EXPECT_EQ(release.empty(), !engineVersion(release).known) << rows[i].why;
  }
}

struct Habit {
  const char* scenario;
  const char* key;
  json value;
};

// As the codes' own sources have it; the steps traced in them agree (torch 2.13).
const Habit kHabits[] = {
    // Whoever asks for a stage of ZeRO runs on DeepSpeed, which casts the whole model and keeps fp32 masters; codes
    // with
    // a runtime of their own keep it; Unsloth patches the trainers it is used with.
    {R"("framework": "axolotl", "parallel": {"data": 8, "sharding": "zero3"})", "precision.master_weights", "fp32"},
    {R"("parallel": {"data": 8, "sharding": "zero1"})", "engine", "deepspeed"},
    {R"("engine": "pytorch", "framework": "megatron")", "engine", "megatron"},
    {R"("engine": "pytorch", "framework": "megatron")", "precision.master_weights", "fp32"},
    {R"("engine": "pytorch", "framework": "deepspeed")", "engine", "deepspeed"},
    {R"("engine": "pytorch", "framework": "arctic")", "engine", "deepspeed"},
    {R"("engine": "pytorch", "framework": "trl")", "engine", "pytorch"},
    {R"("framework": "TRL")", "framework", "trl"},
    {R"("framework": "LLaMA-Factory")", "framework", "llama-factory"},
    {R"("engine": "unsloth", "framework": "trl", "workload": "lora")", "framework", "unsloth"},
    {R"("framework": "peft", "workload": "qlora", "parallel": {"data": 2, "sharding": "zero2"})",
     "training.kbit_preparation", false},
    {R"("framework": "peft", "workload": "qlora")", "training.kbit_preparation", true},
    {R"("framework": "pytorch")", "training.optimizer_implementation", "foreach"},
    {R"("framework": "transformers")", "training.optimizer_implementation", "fused"},
    {R"("framework": "transformers", "engine_version": "transformers 4.53.3")", "training.optimizer_implementation",
     "foreach"},
    {R"("framework": "transformers", "engine_version": "4.53.3")", "training.optimizer_implementation", "foreach"},
    {R"("framework": "transformers", "engine_version": "transformers 4.57.6, torch 2.7.1+cu128")",
     "training.optimizer_implementation", "foreach"},
    {R"("framework": "transformers", "training": {"optimizer": "adafactor"})", "training.optimizer_implementation",
     "for-loop"},
    {R"("framework": "transformers", "training": {"optimizer": "sgd"})", "training.optimizer_implementation",
     "foreach"},
    {R"("framework": "torchtitan")", "training.optimizer_implementation", "fused"},
    // Liger's norms come with its fused loss, where it knows the class and nobody says otherwise.
    {R"("framework": "transformers", "training": {"loss": "fused"})", "training.norm_implementation", "fused"},
    {R"("framework": "llama-factory", "training": {"loss": "fused"})", "training.norm_implementation", "fused"},
    {R"("framework": "transformers", "training": {"loss": "eager"})", "training.norm_implementation", "eager"},
    {R"("framework": "axolotl", "training": {"loss": "fused"})", "training.norm_implementation", "eager"},
    {R"("model": "Qwen/Qwen3-8B", "framework": "transformers", "training": {"loss": "fused"}, "engine_version": "liger 0.5.2")",
     "training.norm_implementation", "eager"},
    // Adapters of a 16-bit base are in fp32, in whatever format is said to be computed.
    {R"("framework": "transformers", "workload": "lora", "precision": {"compute": "bf16"})", "precision.adapters",
     "fp32"},
    // What an encoder's and an encoder-decoder's configuration says of dropout, or its class.
    {R"("model": {"config": {"model_type": "bert", "num_hidden_layers": 2, "hidden_size": 64, "num_attention_heads": 4}}, "framework": "transformers")",
     "training.dropout", 0.1},
    {R"("model": {"config": {"model_type": "bert", "num_hidden_layers": 2, "hidden_size": 64, "num_attention_heads": 4, "hidden_dropout_prob": 0}}, "framework": "transformers")",
     "training.dropout", 0},
    {R"("model": {"config": {"model_type": "modernbert", "num_hidden_layers": 3, "hidden_size": 64, "num_attention_heads": 4, "intermediate_size": 96, "vocab_size": 99}}, "framework": "transformers")",
     "training.dropout", 0},
    {R"("model": {"config": {"model_type": "bart", "d_model": 64, "encoder_layers": 1, "decoder_layers": 1, "encoder_attention_heads": 4, "decoder_attention_heads": 4, "vocab_size": 99}}, "framework": "transformers")",
     "training.dropout", 0.1},
    {R"("framework": "litgpt")", "training.optimizer_implementation", "foreach"},
    {R"("framework": "transformers", "engine_version": "transformers==4.57.6")", "training.checkpoint_reentrant", true},
    {R"("framework": "transformers", "engine_version": "transformers 5.0.0")", "training.checkpoint_reentrant", false},
    {R"("framework": "trl", "engine_version": "transformers 4.57.6, trl 0.27.0")", "training.checkpoint_reentrant",
     false},
    {R"("framework": "trl", "engine_version": "transformers 4.57.6, trl 0.26.2")", "training.checkpoint_reentrant",
     true},
    {R"("framework": "transformers", "engine_version": "4.46.3")", "training.use_cache", true},
    {R"("framework": "transformers", "engine_version": "4.46.3", "training": {"checkpointing": "full"})",
     "training.use_cache", false},
    {R"("framework": "transformers")", "training.use_cache", false},
    {R"("framework": "trl", "engine_version": "transformers 4.57.6, trl 0.22.0", "training": {"checkpointing": "none"})",
     "training.use_cache", false},
    {R"("framework": "trl", "engine_version": "transformers 4.57.6, trl 0.21.0")", "training.use_cache", true},
    {R"("framework": "trl", "engine_version": "trl 0.24.0")", "training.holds_logits", true},
    {R"("framework": "trl")", "training.holds_logits", false},
    {R"("framework": "trl", "engine_version": "trl 0.24.0", "reinforcement": {"method": "dpo"})",
     "training.holds_logits", false},
    {R"("framework": "litgpt")", "training.holds_logits", true},
    {R"("framework": "litgpt")", "training.loss_rows", 128},
    {R"("framework": "litgpt")", "training.head_chunk_tokens", 0},
    {R"("framework": "litgpt", "workload": "lora")", "training.head_chunk_tokens", 128},
    {R"("framework": "litgpt", "workload": "lora")", "training.adapter_dropout", 0.05},
    {R"("framework": "peft", "workload": "lora")", "training.adapter_dropout", 0},
    {R"("framework": "torchtune")", "training.loss_chunks", 8},
    {R"("framework": "torchtune", "training": {"loss": "eager"})", "training.loss_chunks", 0},
    {R"("framework": "torchtitan", "engine_version": "torchtitan 0.2.2")", "training.selective_option", 2},
    {R"("framework": "torchtitan", "training": {"selective_option": "op"})", "training.selective_option", "op"},
    {R"("framework": "torchtitan")", "training.gradient_clipping", "foreach"},
    {R"("framework": "torchtitan", "engine": "pytorch", "precision": {"weights": "fp32", "compute": "bf16"})",
     "training.autocast", true},
    {R"("framework": "torchtitan", "parallel": {"data": 8}, "precision": {"weights": "fp32", "compute": "bf16"})",
     "training.autocast", false},
    {R"("framework": "transformers", "precision": {"weights": "bf16"})", "training.autocast", false},
    {R"("framework": "peft", "workload": "lora", "precision": {"weights": "bf16", "adapters": "fp32"})",
     "training.autocast", true},
    {R"("framework": "trl", "engine_version": "trl 0.19.1")", "training.autocast", true},
    {R"("framework": "trl", "engine_version": "trl 0.16.1")", "training.autocast", false},
    {R"("framework": "peft", "workload": "qlora")", "training.kbit_preparation", true},
    {R"("framework": "trl", "workload": "qlora", "engine_version": "trl 0.25.1")", "training.kbit_preparation", true},
    {R"("framework": "trl", "workload": "qlora", "engine_version": "trl 0.26.0")", "training.kbit_preparation", false},
    {R"("framework": "llama-factory", "workload": "qlora")", "training.kbit_preparation", false},
    {R"("framework": "transformers", "attention": "eager")", "training.attention_implementation", "eager"},
    {R"("framework": "transformers", "training": {"attention_implementation": "eager"})", "attention", "eager"},
    {R"("framework": "transformers", "attention": "eager", "training": {"attention_implementation": "sdpa"})",
     "attention", "flash"},
    {R"("framework": "torchtitan", "parallel": {"data": 8})", "parallel.units", "embedding, blocks, norm+head"},
    {R"("framework": "torchtitan", "parallel": {"data": 8})", "parallel.prefetch", "backward"},
    {R"("framework": "torchtitan", "parallel": {"data": 8, "pipeline": 2})", "parallel.reshard_after_forward", false},
    {R"("framework": "transformers", "engine_version": "accelerate 1.12.0", "parallel": {"data": 8, "sharding": "fsdp2"})",
     "parallel.units", "blocks, root (embedding+norm+head)"},
    {R"("framework": "transformers", "parallel": {"data": 8, "sharding": "fsdp"})", "parallel.prefetch", "none"},
    {R"("framework": "litgpt", "parallel": {"data": 8, "sharding": "fsdp"})", "parallel.prefetch", "pre"},
    {R"("framework": "peft", "workload": "qlora", "parallel": {"data": 8, "sharding": "fsdp"})",
     "parallel.adapters_own_unit", true},
    {R"("framework": "peft", "workload": "qlora", "engine_version": "transformers 4.51.3", "parallel": {"data": 8, "sharding": "fsdp"})",
     "training.checkpoint_placement", "around the unit"},
    {R"("parallel": {"data": 8, "sharding": "fsdp", "reshard_after_forward": false})", "parallel.strategy",
     "SHARD_GRAD_OP"},
    {R"("parallel": {"data": 8, "sharding": "fsdp", "strategy": "SHARD_GRAD_OP"})", "parallel.reshard_after_forward",
     false},
    {R"("engine": "deepspeed", "parallel": {"data": 8, "sharding": "zero3"})", "parallel.overlap_communication", true},
    {R"("engine": "deepspeed", "parallel": {"data": 8, "sharding": "zero2"})", "parallel.overlap_communication", false},
    {R"("engine": "deepspeed", "parallel": {"data": 8, "sharding": "zero2"})", "parallel.reduce_bucket_elements",
     500'000'000},
    {R"("parallel": {"pipeline": 4, "virtual_pipeline": 2})", "parallel.pipeline_schedule", "interleaved"},
    {R"("parallel": {"pipeline": 4}, "training": {"accumulation": 16})", "parallel.micro_batches", 16},
    // Formats that a code holds weights and adapters in, and the modules it adapts.
    {R"("framework": "transformers")", "precision.weights", "bf16"},
    {R"("framework": "transformers", "engine_version": "transformers 4.57.6")", "precision.weights", "fp32"},
    {R"("framework": "transformers", "engine_version": "transformers 4.57.6")", "precision.compute", "fp32"},
    {R"("framework": "transformers", "engine_version": "transformers 5.0")", "precision.weights", "bf16"},
    {R"("framework": "transformers", "model": "openai/gpt-oss-20b")", "precision.weights", "bf16"},
    {R"("framework": "transformers", "workload": "lora", "model": "openai/gpt-oss-20b")", "precision.weights",
     "checkpoint"},
    {R"("framework": "trl")", "precision.weights", "fp32"},
    {R"("framework": "trl")", "precision.compute", "bf16"},
    {R"("framework": "trl")", "precision.gradients", "fp32"},
    {R"("framework": "trl")", "precision.optimizer_states", "fp32"},
    {R"("framework": "trl", "engine": "deepspeed")", "precision.weights", "bf16"},
    {R"("framework": "trl", "engine_version": "trl 0.26.2, transformers 5.1")", "precision.weights", "bf16"},
    {R"("framework": "trl", "engine_version": "trl 0.24.0, transformers 4.57.1")", "precision.weights", "fp32"},
    {R"("framework": "trl", "precision": {"weights": "bf16"})", "precision.gradients", "bf16"},
    {R"("framework": "torchtitan")", "precision.weights", "fp32"},
    {R"("framework": "torchtitan")", "precision.compute", "bf16"},
    {R"("framework": "llama-factory")", "precision.weights", "fp32"},
    {R"("framework": "llama-factory", "workload": "lora")", "precision.weights", "bf16"},
    {R"("framework": "llama-factory", "workload": "lora")", "precision.adapters", "fp32"},
    {R"("framework": "axolotl", "workload": "lora")", "precision.adapters", "fp32"},
    {R"("framework": "axolotl", "workload": "lora")", "precision.gradients", "fp32"},
    {R"("framework": "trl", "workload": "qlora")", "precision.adapters", "bf16"},
    {R"("framework": "trl", "workload": "qlora", "engine_version": "trl 0.25")", "precision.adapters", "fp32"},
    {R"("framework": "torchtune", "workload": "lora")", "precision.adapters", "bf16"},
    {R"("framework": "peft", "workload": "lora")", "training.targets", {"q_proj", "v_proj"}},
    {R"("framework": "litgpt", "workload": "lora")", "training.targets", {"q_proj", "v_proj"}},
    {R"("framework": "unsloth", "workload": "lora")", "training.targets", "all-linear"},
    {R"("framework": "transformers", "model": "openai-community/gpt2")", "training.dropout", 0.1},
    {R"("framework": "trl", "model": "facebook/opt-125m")", "training.dropout", 0.1},
    {R"("framework": "torchtune", "model": "facebook/opt-125m")", "training.dropout", 0.0},
    {R"("engine": "vllm", "workload": "inference", "lora": {"rank": 8})", "lora.format", "bf16"},
    {R"("engine": "sglang", "workload": "inference", "lora": {"rank": 8})", "lora.format", "bf16"},
    {R"("engine": "transformers", "workload": "inference", "lora": {"rank": 8})", "lora.format", "fp32"},
    {R"("engine": "llama.cpp", "workload": "inference", "lora": {"rank": 8})", "lora.format", "fp32"},
    {R"("engine": "ollama", "workload": "inference", "lora": {"rank": 8})", "lora.format", "fp32"},
    {R"("engine": "mlx", "workload": "inference", "lora": {"rank": 8})", "lora.format", "fp32"},
    {R"("framework": "peft", "workload": "lora", "model": "microsoft/Phi-3-mini-4k-instruct")",
     "training.targets",
     {"qkv_proj"}},
};

TEST(StepDefaults, AreTheCodesOwnByRelease) {
  for (const Habit& h : kHabits) {
    std::string scenario = h.scenario;
    if (scenario.find("\"workload\"") == std::string::npos) scenario += R"(, "workload": "full")";
    const auto settings = settingsJson(asked(scenario));
    ASSERT_TRUE(settings.contains(h.key)) << h.key;
    EXPECT_EQ(json(settings[h.key]["value"]), h.value) << h.scenario << " " << h.key;
  }
}

TEST(StepDefaults, SpellingsOfTheLibrariesAreRead) {
  const auto valueOf = [](const std::string& training, const char* key) {
    return json(settingsJson(asked(R"("workload": "full", "training": )" + training))[key]["value"]);
  };
  EXPECT_EQ(valueOf(R"({"optimizer_implementation": "forloop"})", "training.optimizer_implementation"), "for-loop");
  EXPECT_EQ(valueOf(R"({"optimizer_implementation": "loop"})", "training.optimizer_implementation"), "for-loop");
  EXPECT_EQ(valueOf(R"({"selective_option": "2"})", "training.selective_option"), 2);
  EXPECT_EQ(valueOf(R"({"attention_implementation": "flash_attention_2"})", "training.attention_implementation"),
            "flash-attention-2");
  for (const char* wrong : {R"({"selective_option": "mlp"})", R"({"selective_option": 0})",
                            R"({"attention_implementation": "flex_attention"})", R"({"adapter_dropout": 1})",
                            R"({"modules_to_save": 3})", R"({"lengths": "bucketed"})"})
    EXPECT_FALSE(readScenario(
        std::string(R"({"model": "meta-llama/Llama-3.2-1B", "workload": "full", "training": )") + wrong + "}", ""))
        << wrong;
}

TEST(EngineVersion, SeveralPackagesAreReadFromOneText) {
  const PackageVersions v = packageVersions(
      "Transformers 4.57.6 + PEFT==0.18.0, pytorch 2.9.1+cu128 (trl v0.24), accelerate-1.12.0, unsloth 2025.9.1",
      Package::unknown);
  EXPECT_EQ(v[Package::transformers].minor, 57);
  EXPECT_EQ(v[Package::peft].minor, 18);
  EXPECT_EQ(v[Package::torch].minor, 9);
  EXPECT_EQ(v[Package::trl].minor, 24);
  EXPECT_EQ(v[Package::accelerate].minor, 12);
  EXPECT_EQ(v[Package::unsloth].major, 2025);
  EXPECT_EQ(packageVersions("0.6.1", Package::torchtune)[Package::torchtune].minor, 6);
  EXPECT_FALSE(packageVersions("main @2024-05", Package::torchtune)[Package::torchtune].known) << "a date";
  EXPECT_EQ(packageVersions("2026.10.9", Package::unsloth)[Package::unsloth].minor, 10);
  EXPECT_EQ(versionOf("transformers 4.57.1, trl 0.24.0", "trl").minor, 24);
  EXPECT_FALSE(versionOf("transformers 4.57.1", "trl").known);
  EXPECT_TRUE(engineVersion("0.5.8").before(engineVersion("0.5.13")));
  EXPECT_FALSE(engineVersion("0.5.13").before(engineVersion("0.5.13")));
}

TEST(EngineVersion, WhatCannotBeReadIsSaid) {
  const auto said = [](const std::string& version) {
    const Estimate e =
        estimate(asked(R"("workload": "full", "framework": "transformers", "engine_version": ")" + version + "\""));
    for (const Diagnostic& d : e.diagnostics)
      if (d.code == "version-unread") return d.message;
    return std::string();
  };
  EXPECT_EQ(said("transformers 4.57.6, torch 2.9.1, CUDA 12.8"), "");
  EXPECT_THAT(said("transformers main"), testing::HasSubstr("transformers"));
  EXPECT_THAT(said("transformers 4.57.6, somebodys-fork 3.1"), testing::HasSubstr("somebodys-fork 3.1"));
  EXPECT_THAT(said("torch 2024-05"), testing::HasSubstr("torch 2024-05"));
}

// Which keys a job has no place for; what of the others is counted is every_key_test.cpp's to see.
TEST(StepKeys, SayWhereTheyHaveNoPlace) {
  const auto whyOf = [](const std::string& rest, std::string_view key) {
    const Scenario s = asked(rest);
    std::string why;
    forEachIgnoredKey(s, settingsOf(s), [&](const IgnoredKey& k) {
      if (k.key == key) why = k.why;
    });
    return why;
  };
  EXPECT_EQ(whyOf(R"("training": {"autocast": true})", "training.autocast"),
            "it belongs to training, and this is serving");
  EXPECT_EQ(whyOf(R"("workload": "full", "training": {"adapter_dropout": 0.1})", "training.adapter_dropout"),
            "full training has no adapters");
  EXPECT_EQ(whyOf(R"("workload": "full", "training": {"checkpointing": "none", "checkpoint_reentrant": true})",
                  "training.checkpoint_reentrant"),
            "nothing is recomputed");
  EXPECT_EQ(whyOf(R"("workload": "full", "parallel": {"prefetch": "pre"})", "parallel.prefetch"),
            "nothing is sharded by FSDP");
  EXPECT_EQ(
      whyOf(
          R"("workload": "full", "engine": "deepspeed", "parallel": {"data": 4, "sharding": "zero2", "max_live_elements": 1000})",
          "parallel.max_live_elements"),
      "it belongs to ZeRO's stage 3");
  EXPECT_EQ(whyOf(R"("workload": "full", "attention": "eager", "training": {"attention_implementation": "sdpa"})",
                  "attention"),
            "training.attention_implementation says otherwise");
}

}  // namespace
}  // namespace headroom
