// Recipes say how a step is run in words of their own: read, and written again, as the keys of the scenario.
#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "core/estimate/estimate.h"
#include "core/open/scenario_json.h"
#include "core/readers/recipes/recipe.h"
#include "core/readers/recognise.h"
#include "tests/support/json_schema.h"

namespace headroom {
namespace {

using nlohmann::json;

json readAs(const std::string& text, RecipeDialect dialect) {
  const Result<ReadRecipe> recipe = readRecipe(text, "recipe", {}, dialect);
  EXPECT_TRUE(recipe) << text << (recipe ? "" : recipe.error().text());
  return recipe ? json::parse(recipe->scenario) : json();
}

struct Word {
  RecipeDialect dialect;
  const char* line;
  const char* pointer;
  json value;
};

const Word kWords[] = {
    {RecipeDialect::trl, "optim: adamw_torch", "/training/optimizer_implementation", "foreach"},
    {RecipeDialect::trl, "optim: adamw_torch_fused", "/training/optimizer_implementation", "fused"},
    {RecipeDialect::trl, "gradient_checkpointing_kwargs: {use_reentrant: false}", "/training/checkpoint_reentrant",
     false},
    {RecipeDialect::trl, "attn_implementation: flash_attention_2", "/training/attention_implementation",
     "flash-attention-2"},
    {RecipeDialect::trl, "attn_implementation: eager", "/training/attention_implementation", "eager"},
    {RecipeDialect::trl, "lora_dropout: 0.1", "/training/adapter_dropout", 0.1},
    {RecipeDialect::trl, "use_rslora: true", "/training/rslora", true},
    {RecipeDialect::trl, "lora_modules_to_save: [lm_head]", "/training/modules_to_save", {"lm_head"}},
    {RecipeDialect::trl, "packing: true", "/training/lengths", "packed"},
    {RecipeDialect::trl, "max_grad_norm: 0.0", "/training/gradient_clipping", "none"},
    {RecipeDialect::trl, "ddp_bucket_cap_mb: 50", "/parallel/bucket_bytes", 52'428'800},
    {RecipeDialect::trl, "fsdp: full_shard auto_wrap\nfsdp_config: {backward_prefetch: backward_pre}",
     "/parallel/prefetch", "pre"},
    {RecipeDialect::trl, "fsdp: shard_grad_op auto_wrap", "/parallel/strategy", "SHARD_GRAD_OP"},
    {RecipeDialect::axolotl, "flash_attention: true", "/training/attention_implementation", "flash-attention-2"},
    {RecipeDialect::axolotl, "sample_packing: true", "/training/lengths", "packed"},
    {RecipeDialect::axolotl, "peft_use_rslora: true", "/training/rslora", true},
    {RecipeDialect::axolotl, "fsdp_version: 2\nfsdp_config: {reshard_after_forward: false}",
     "/parallel/reshard_after_forward", false},
    {RecipeDialect::axolotl, "fsdp_config: {fsdp_sharding_strategy: 2}", "/parallel/strategy", "SHARD_GRAD_OP"},
    {RecipeDialect::llama_factory,
     "additional_target: embed_tokens, lm_head",
     "/training/modules_to_save",
     {"embed_tokens", "lm_head"}},
    {RecipeDialect::llama_factory, "flash_attn: fa2", "/training/attention_implementation", "flash-attention-2"},
    {RecipeDialect::llama_factory, "use_reentrant_gc: false", "/training/checkpoint_reentrant", false},
    {RecipeDialect::torchtune, "optimizer: {_component_: torch.optim.AdamW, fused: true}",
     "/training/optimizer_implementation", "fused"},
    {RecipeDialect::torchtune, "clip_grad_norm: 1.0", "/training/gradient_clipping", "foreach"},
    {RecipeDialect::deepspeed, "zero_optimization: {stage: 3, stage3_max_live_parameters: 1.0e+9}",
     "/parallel/max_live_elements", 1'000'000'000},
    {RecipeDialect::deepspeed, "zero_optimization: {stage: 2, overlap_comm: true}", "/parallel/overlap_communication",
     true},
};

TEST(StepWords, AreReadAsTheKeysTheyMean) {
  for (const Word& w : kWords) {
    const json s = readAs(std::string(w.line) + "\n", w.dialect);
    const json::json_pointer at{w.pointer};
    ASSERT_TRUE(s.contains(at)) << w.line << s.dump();
    EXPECT_EQ(s[at], w.value) << w.line;
  }
}

// What a code has that is not known here stands in the verdict, and is never its neighbour.
TEST(StepWords, WhatHasNoKeyStandsInTheVerdict) {
  for (const char* line : {"attn_implementation: flex_attention", "fsdp: hybrid_shard auto_wrap",
                           "fsdp: full_shard\nfsdp_config: {auto_wrap_policy: SIZE_BASED_WRAP}",
                           "deepspeed: {zero_optimization: {stage: 3, reduce_bucket_size: auto}}"})
    EXPECT_TRUE(readAs(std::string("model_name_or_path: nobody/knows-it\n") + line + "\n", RecipeDialect::trl)
                    .contains("unmodelled"))
        << line;
  const json known = readAs(
      "model_name_or_path: meta-llama/Llama-3.1-8B\ndeepspeed: {zero_optimization: {stage: 3, reduce_bucket_size: "
      "auto}}\n",
      RecipeDialect::trl);
  EXPECT_FALSE(known.contains("unmodelled")) << known.dump();
  EXPECT_EQ(known["parallel"]["reduce_bucket_elements"], 4096 * 4096);
}

// Methods that are none of the three kinds of training that are counted: adapters without low-rank matrices, layers
// frozen by turns, distillation, kernels one by one, products in 8 bits.
TEST(StepWords, OtherMethodsStandInTheVerdict) {
  for (const char* line :
       {"adapter: ia3", "adapter: llama-adapter", "lisa_n_layers: 4", "spectrum_top_fraction: 0.5", "kd_trainer: true",
        "liger_rms_norm: true", "optimizer: galore_adamw", "optimizer: lomo", "rl: kto", "fp8: true"})
    EXPECT_TRUE(readAs(std::string("base_model: meta-llama/Llama-3.1-8B\n") + line + "\n", RecipeDialect::axolotl)
                    .contains("unmodelled"))
        << line;
  for (const char* line : {"use_galore: true", "use_apollo: true", "use_badam: true", "use_adam_mini: true",
                           "finetuning_type: oft", "optim: grokadamw", "fp8: true"})
    EXPECT_TRUE(
        readAs(std::string("model_name_or_path: meta-llama/Llama-3.1-8B\n") + line + "\n", RecipeDialect::llama_factory)
            .contains("unmodelled"))
        << line;
}

TEST(StepWords, AreWrittenAndReadAgain) {
  const auto s = readScenario(
      R"({"model": "meta-llama/Llama-3.1-8B", "workload": "lora", "framework": "trl", "context": 1024, "training": {"optimizer_implementation": "foreach",
          "checkpointing": "full", "checkpoint_reentrant": true, "adapter_dropout": 0.25, "modules_to_save": ["lm_head"],
          "attention_implementation": "sdpa", "gradient_clipping": "none", "rslora": true}})",
      "test");
  ASSERT_TRUE(s) << s.error().text();
  for (const RecipeDialect dialect : {RecipeDialect::trl, RecipeDialect::axolotl, RecipeDialect::llama_factory}) {
    const auto written = writeRecipe(*s, dialect);
    ASSERT_TRUE(written);
    const auto again = readScenario(readAs(written->text, dialect).dump(), "again");
    ASSERT_TRUE(again) << written->text;
    EXPECT_EQ(again->training.optimizerImplementation, OptimizerImplementation::foreach) << written->text;
    EXPECT_EQ(again->training.checkpointReentrant, true) << written->text;
    EXPECT_EQ(again->training.adapterDropout, 0.25) << written->text;
    EXPECT_EQ(again->training.modulesToSave, s->training.modulesToSave) << written->text;
    EXPECT_EQ(again->training.attentionImplementation, AttentionBackend::sdpa) << written->text;
    EXPECT_EQ(again->training.gradientClipping, GradientClipping::none) << written->text;
    // Into itself: nothing is left to change.
    const auto twice = writeRecipe(*again, dialect, written->text, "again");
    ASSERT_TRUE(twice);
    EXPECT_THAT(twice->changed, testing::IsEmpty()) << nameOf(dialect) << " " << written->text;
  }
}

TEST(StepWords, AWordTheScenarioLeavesToTheCodeIsTakenBack) {
  const std::string recipe =
      "model_name_or_path: meta-llama/Llama-3.1-8B\nuse_peft: true\nlora_r: 16\nlora_dropout: 0.3\n";
  const auto s =
      readScenario(R"({"model": "meta-llama/Llama-3.1-8B", "workload": "lora", "framework": "trl"})", "test");
  const auto written = writeRecipe(*s, RecipeDialect::trl, recipe, "recipe");
  ASSERT_TRUE(written);
  EXPECT_FALSE(readAs(written->text, RecipeDialect::trl).contains(json::json_pointer("/training/adapter_dropout")))
      << written->text;
}

// A detail of FSDP that has no place in the job would turn FSDP on where it is written.
TEST(StepWords, ADetailOfFsdpDoesNotTurnItOn) {
  const auto s = readScenario(
      R"({"model": "meta-llama/Llama-3.1-8B", "workload": "lora", "framework": "axolotl", "context": 1024,
          "parallel": {"limit_all_gathers": false, "original_parameters": true}})",
      "test");
  ASSERT_TRUE(s);
  for (const RecipeDialect dialect : {RecipeDialect::trl, RecipeDialect::axolotl}) {
    const auto written = writeRecipe(*s, dialect);
    ASSERT_TRUE(written);
    const json again = readAs(written->text, dialect);
    EXPECT_FALSE(again.contains(json::json_pointer("/parallel/sharding"))) << written->text;
    EXPECT_NE(again.value("engine", ""), "fsdp") << written->text;
  }
}

// A recipe of each dialect that says little.
json plainRecipe(std::string_view dialect) {
  if (dialect == "trl")
    return {{"model_name_or_path", "meta-llama/Llama-3.1-8B"},
            {"per_device_train_batch_size", 2},
            {"max_length", 1024},
            {"use_peft", true},
            {"lora_r", 8},
            {"lora_target_modules", "all-linear"}};
  if (dialect == "axolotl")
    return {{"base_model", "meta-llama/Llama-3.1-8B"},
            {"micro_batch_size", 2},
            {"sequence_len", 1024},
            {"adapter", "lora"},
            {"lora_r", 8},
            {"lora_target_linear", true}};
  if (dialect == "llama-factory")
    return {{"model_name_or_path", "meta-llama/Llama-3.1-8B"},
            {"per_device_train_batch_size", 2},
            {"cutoff_len", 1024},
            {"stage", "sft"},
            {"finetuning_type", "lora"},
            {"lora_rank", 8}};
  if (dialect == "torchtune")
    return {{"model", {{"_component_", "torchtune.models.llama3_1.lora_llama3_1_8b"}}},
            {"batch_size", 2},
            {"tokenizer", {{"max_seq_len", 1024}}},
            {"optimizer", {{"_component_", "torch.optim.AdamW"}}}};
  return {{"zero_optimization", {{"stage", 2}}}, {"train_micro_batch_size_per_gpu", 2}};
}

// Every key of the table with values that are not the code's own: each changes the scenario, is listed as left out, or
// is refused with its place.
TEST(TrainingKeys, EachChangesTheScenarioOrIsListed) {
  const json table = sourceJson("resources/training_keys/recipes.json");
  const json values{7, true, "something", 0.37, json::array({"x"})};
  // What another key of the recipe, or the recipe's own default, says already.
  const std::set<std::string> said{"trl/max_seq_length", "trl/use_peft", "axolotl/bf16"};
  std::size_t tried = 0;
  for (const auto& [dialect, keys] : table.items()) {
    const json base = plainRecipe(dialect);
    const auto plain = readRecipe(base.dump(), "plain", {}, recipeDialect(dialect));
    ASSERT_TRUE(plain) << dialect << plain.error().text();
    for (const auto& [key, usual] : keys["defaults"].items()) {
      if (said.contains(dialect + "/" + key)) continue;
      bool heard = false, silent = false;
      for (const json& value : values) {
        if (std::ranges::find(usual, value) != usual.end()) continue;
        json with = base;
        std::string pointer = "/" + key;
        std::ranges::replace(pointer, '.', '/');
        json* at = &with;
        for (std::size_t from = 0, dot = key.find('.'); dot != key.npos; from = dot + 1, dot = key.find('.', from)) {
          at = &(*at)[key.substr(from, dot - from)];
          if (!at->is_object()) *at = json::object();
        }
        with[json::json_pointer(pointer)] = value;
        const auto read = readRecipe(with.dump(), "keys", {}, recipeDialect(dialect));
        ++tried;
        const std::string last = key.substr(key.rfind('.') == key.npos ? 0 : key.rfind('.') + 1);
        const bool says =
            !read || read->scenario != plain->scenario ||
            std::ranges::any_of(read->matters, [&](const std::string& what) { return what.find(last) != what.npos; });
        (says ? heard : silent) = true;
      }
      EXPECT_TRUE(heard || !silent) << dialect << ": " << key;
    }
  }
  EXPECT_GT(tried, 1000u);
}

// The same of the codes that are told everything on a command line (resources/training_commands).
TEST(TrainingCommands, EachOptionChangesTheScenarioOrIsListed) {
  const std::map<std::string, std::string> starts{
      {"litgpt", "litgpt finetune_lora microsoft/phi-2 --data JSON --seed 3 --out_dir x"},
      {"verl", "python3 -m verl.trainer.main_ppo actor_rollout_ref.model.path=Qwen/Qwen3-8B data.a=b data.c=d"},
      {"openrlhf", "python3 -m openrlhf.cli.train_sft --pretrain Qwen/Qwen3-8B --seed 3 --save_path x"},
      {"megatron", "torchrun pretrain_gpt.py --num-layers 32 --hidden-size 4096 --num-attention-heads 32 --seed 3"}};
  std::size_t tried = 0;
  for (const auto& [code, start] : starts) {
    const json table = sourceJson("resources/training_commands/" + code + ".json");
    const Result<Reading> plain = recognise(start, "plain");
    ASSERT_TRUE(plain) << code << ": " << plain.error().text();
    for (const json& option : table["options"]) {
      const std::string names = option["names"].get<std::string>(), name = names.substr(0, names.find(' '));
      if (option.value("reads", "") == "model") continue;
      bool heard = false;
      for (const std::string value : {"7", "true", "false", "something", "0.37"}) {
        if (option.contains("quiet") && option["quiet"].dump().find(value) != std::string::npos) continue;
        const Result<Reading> read =
            recognise(start + (code == "verl" ? " " + name + "=" + value : " --" + name + " " + value), "option");
        ++tried;
        heard = heard || !read || read->scenario != plain->scenario ||
                std::ranges::any_of(read->leftOut, [&](const LeftOut& left) {
                  return left.matters && left.text.find(name) != std::string::npos;
                });
      }
      EXPECT_TRUE(heard) << code << ": " << name;
    }
  }
  EXPECT_GT(tried, 300u);
}

}  // namespace
}  // namespace headroom
