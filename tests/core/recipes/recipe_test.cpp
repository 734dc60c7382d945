// Recipes of training codes: what memory depends on is read, everything else is listed and stays as it is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "core/base/text_file.h"
#include "core/estimate/estimate.h"
#include "core/open/scenario_json.h"
#include "core/readers/recipes/recipe.h"
#include "core/scenario/settings.h"

namespace headroom {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

std::string textOf(const std::string& name) {
  const Result<std::string> text = readTextFile(std::string(HEADROOM_TEST_DATA) + "/recipes/" + name);
  EXPECT_TRUE(text) << (text ? "" : text.error().text());
  return text ? *text : std::string();
}

ReadRecipe readOf(const std::string& name) {
  const Result<ReadRecipe> recipe = readRecipe(textOf(name), name);
  EXPECT_TRUE(recipe) << (recipe ? "" : recipe.error().text());
  return recipe ? *recipe : ReadRecipe{};
}

Scenario scenarioOf(const ReadRecipe& recipe) {
  const Result<Scenario> s = readScenario(recipe.scenario, "recipe");
  EXPECT_TRUE(s) << (s ? "" : s.error().text()) << recipe.scenario;
  return s ? *s : Scenario{};
}

TEST(Recipe, Axolotl) {
  const ReadRecipe recipe = readOf("axolotl_qlora.yml");
  EXPECT_EQ(recipe.dialect, RecipeDialect::axolotl);
  const Scenario s = scenarioOf(recipe);
  EXPECT_EQ(s.model->id, "meta-llama/Llama-3.1-8B");
  EXPECT_EQ(s.workload, Workload::qlora);
  EXPECT_EQ(s.precision.weights, WeightFormat(NumberFormat::nf4_dq));
  EXPECT_EQ(s.training.rank, 32);
  EXPECT_EQ(s.training.targets->kind, Targets::Kind::all_linear);
  EXPECT_EQ(s.context, 4096);
  EXPECT_EQ(s.batch, 2);
  EXPECT_EQ(s.training.accumulation, 4);
  EXPECT_EQ(s.training.optimizer, Optimizer::paged_adamw_8bit);
  EXPECT_EQ(settingsOf(s).training.checkpointing, Checkpointing::full);
  EXPECT_EQ(s.training.loss, Loss::fused);
  EXPECT_THAT(recipe.unknown, Contains("learning_rate"));
  EXPECT_THAT(recipe.unknown, Contains("datasets"));
  EXPECT_THAT(recipe.unknown, Not(Contains("lora_r")));
}

TEST(Recipe, TrlPreferences) {
  const Scenario s = scenarioOf(readOf("trl_dpo.yaml"));
  EXPECT_EQ(s.framework, "trl");
  EXPECT_EQ(s.workload, Workload::lora);
  EXPECT_EQ(s.reinforcement.method, ReinforcementMethod::dpo);
  EXPECT_EQ(s.training.targets->names.size(), 4u);
  EXPECT_EQ(s.precision.weights, WeightFormat(NumberFormat::bf16));
  EXPECT_EQ(s.context, 2048);
  EXPECT_EQ(s.training.optimizer, Optimizer::adamw);
}

TEST(Recipe, TrlReinforcement) {
  const Scenario s = scenarioOf(readOf("trl_grpo.yaml"));
  const Reinforcement& r = s.reinforcement;
  EXPECT_EQ(r.method, ReinforcementMethod::grpo);
  EXPECT_EQ(r.generations, 16);
  EXPECT_EQ(r.completion, 1536);
  EXPECT_EQ(s.context, 2048);
  EXPECT_EQ(r.rollout, Rollout::colocated);
  EXPECT_EQ(r.rolloutShare, 0.25);
  EXPECT_EQ(r.rolloutSleeps, true);
  EXPECT_EQ(r.reference, ReferenceModel::held);
  EXPECT_EQ(settingsOf(s).training.checkpointing, Checkpointing::full);  // TRL's own default
}

TEST(Recipe, LlamaFactory) {
  const Scenario s = scenarioOf(readOf("llama_factory_full.yaml"));
  EXPECT_EQ(s.workload, Workload::full);
  EXPECT_EQ(s.engine, Engine::deepspeed);
  EXPECT_EQ(s.parallel.sharding, Sharding::zero3);
  EXPECT_EQ(s.precision.weights, WeightFormat(NumberFormat::bf16));
  EXPECT_EQ(s.training.loss, Loss::fused);
  EXPECT_EQ(settingsOf(s).training.checkpointing, Checkpointing::full);
}

TEST(Recipe, Torchtune) {
  const ReadRecipe recipe = readOf("torchtune_lora.yaml");
  const Scenario s = scenarioOf(recipe);
  EXPECT_EQ(s.model->id, "meta-llama/Llama-3.1-8B");
  EXPECT_EQ(s.workload, Workload::lora);
  EXPECT_EQ(s.training.targets->names,
            (std::vector<std::string>{"q_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"}));
  EXPECT_EQ(s.context, 8192);
  EXPECT_EQ(s.training.loss, Loss::chunked);
  EXPECT_THAT(recipe.unknown, Contains("optimizer.lr"));
}

TEST(Recipe, Deepspeed) {
  ReadRecipe recipe = readOf("deepspeed_zero3.json");
  EXPECT_EQ(recipe.dialect, RecipeDialect::deepspeed);
  EXPECT_TRUE(recipe.model.empty());
  EXPECT_THAT(recipe.unknown, Contains("zero_optimization.offload_optimizer.pin_memory"));
  recipe.scenario.insert(1, R"("model":"meta-llama/Llama-3.1-8B",)");
  const Scenario s = scenarioOf(recipe);
  EXPECT_EQ(s.parallel.sharding, Sharding::zero3);
  EXPECT_EQ(s.parallel.data, 8);
  EXPECT_EQ(s.offload.optimizer, OffloadTarget::cpu);
  EXPECT_EQ(s.offload.parameters, OffloadTarget::none);
}

TEST(Recipe, PeftAdapter) {
  const Scenario s = scenarioOf(readOf("adapter_config.json"));
  EXPECT_EQ(s.framework, "peft");
  EXPECT_EQ(s.workload, Workload::lora);
  EXPECT_EQ(s.training.rank, 64);
  EXPECT_TRUE(s.training.dora);
  EXPECT_EQ(s.training.targets->names.size(), 7u);
}

// What is written is read again as the same need.
TEST(Recipe, ANewRecipeMeansTheScenario) {
  for (const char* workload : {"lora", "qlora", "full"})
    for (const RecipeDialect dialect : {RecipeDialect::trl, RecipeDialect::axolotl, RecipeDialect::llama_factory}) {
      const auto wanted = readScenario(
          std::string(R"({"model":"meta-llama/Llama-3.1-8B","workload":")") + workload +
              R"(","batch":3,"context":1536,"precision":{"compute":"bf16","weights":")" +
              (std::string(workload) == "qlora" ? "nf4-dq" : "bf16") +
              R"("},"training":{"rank":24,"optimizer":"adamw-8bit","accumulation":5,"checkpointing":"full","loss":"fused","targets":["q_proj","v_proj"]}})",
          "test");
      ASSERT_TRUE(wanted) << wanted.error().text();
      const auto written = writeRecipe(*wanted, dialect);
      ASSERT_TRUE(written) << written.error().text();
      const auto read = readRecipe(written->text, "again");
      ASSERT_TRUE(read) << read.error().text() << written->text;
      EXPECT_EQ(read->dialect, dialect) << written->text;
      EXPECT_TRUE(read->unknown.empty()) << read->unknown.front();
      const Scenario s = scenarioOf(*read);
      EXPECT_EQ(s.workload, wanted->workload) << written->text;
      EXPECT_EQ(s.batch, 3);
      EXPECT_EQ(s.context, 1536);
      EXPECT_EQ(s.precision.weights, wanted->precision.weights) << written->text;
      EXPECT_EQ(s.training.optimizer, Optimizer::adamw_8bit);
      EXPECT_EQ(s.training.accumulation, 5);
      EXPECT_EQ(settingsOf(s).training.checkpointing, Checkpointing::full);
      EXPECT_EQ(s.training.loss, Loss::fused) << written->text;
      if (s.workload == Workload::full) continue;
      EXPECT_EQ(s.training.rank, 24);
      EXPECT_EQ(s.training.targets->names, wanted->training.targets->names) << written->text;
    }
}

TEST(Recipe, ADeepspeedFileIsJsonAndComesBack) {
  const auto wanted = readScenario(
      R"({"model":"meta-llama/Llama-3.1-8B","workload":"full","engine":"deepspeed","batch":2,"precision":{"master_weights":"fp32"},"parallel":{"sharding":"zero2"},"offload":{"optimizer":"cpu"}})",
      "test");
  ASSERT_TRUE(wanted);
  const auto written = writeRecipe(*wanted, RecipeDialect::deepspeed);
  ASSERT_TRUE(written);
  EXPECT_EQ(written->text.front(), '{');
  const auto read = readRecipe(written->text, "again");
  ASSERT_TRUE(read) << written->text;
  EXPECT_THAT(read->scenario, HasSubstr("\"zero2\""));
  EXPECT_THAT(read->scenario, HasSubstr("\"optimizer\": \"cpu\""));
}

TEST(Recipe, NothingChangesWhereItSaysTheSame) {
  for (const char* name : {"axolotl_qlora.yml", "trl_dpo.yaml", "llama_factory_full.yaml", "torchtune_lora.yaml"}) {
    const ReadRecipe read = readOf(name);
    const auto written = writeRecipe(scenarioOf(read), read.dialect, textOf(name), name);
    ASSERT_TRUE(written) << written.error().text();
    EXPECT_TRUE(written->changed.empty()) << name << ": " << written->changed.front();
    EXPECT_EQ(written->text, textOf(name));
  }
}

TEST(Recipe, WritingIntoOneKeepsItsCommentsAndEveryOtherKey) {
  const std::string before = textOf("axolotl_qlora.yml");
  Scenario s = scenarioOf(readOf("axolotl_qlora.yml"));
  s.training.rank = 64;
  s.context = 2048;
  s.training.targets = {Targets::Kind::named, {"q_proj", "v_proj"}};
  s.parallel.tensor = 2;
  const auto written = writeRecipe(s, RecipeDialect::axolotl, before, "mine.yml");
  ASSERT_TRUE(written) << written.error().text();
  EXPECT_THAT(written->text, HasSubstr("lora_r: 64   # doubled from the last run"));
  EXPECT_THAT(written->text, HasSubstr("sequence_len: 2048\n"));
  EXPECT_THAT(written->text, HasSubstr("lora_target_modules: [q_proj, v_proj]\n"));
  EXPECT_THAT(written->text, HasSubstr("tensor_parallel_size: 2\n"));
  EXPECT_THAT(written->text, HasSubstr("# A QLoRA run of an eight-billion model on one card."));
  const auto again = readRecipe(written->text, "mine.yml");
  ASSERT_TRUE(again);
  for (const std::string& key : readOf("axolotl_qlora.yml").unknown) EXPECT_THAT(again->unknown, Contains(key));
}

TEST(Recipe, ListsAndNestedKeysAreReplacedWhole) {
  Scenario s = scenarioOf(readOf("torchtune_lora.yaml"));
  s.training.targets = {Targets::Kind::named, {"q_proj"}};
  s.training.rank = 128;
  s.training.optimizer = Optimizer::paged_adamw_8bit;
  const auto written = writeRecipe(s, RecipeDialect::torchtune, textOf("torchtune_lora.yaml"), "t.yaml");
  ASSERT_TRUE(written);
  EXPECT_THAT(written->text, HasSubstr("  lora_rank: 128  # higher is more accurate\n"));
  EXPECT_THAT(written->text, HasSubstr("  lora_attn_modules: [q_proj]\n"));
  EXPECT_THAT(written->text, HasSubstr("  apply_lora_to_mlp: false\n"));
  EXPECT_THAT(written->text, HasSubstr("  _component_: bitsandbytes.optim.PagedAdamW8bit\n  fused: True\n"));
}

TEST(Recipe, AWrongValueIsNamedWithItsLine) {
  const auto refused =
      readRecipe("base_model: meta-llama/Llama-3.1-8B\nadapter: lora\nmicro_batch_size: 1\nlora_r: -3\n", "bad.yml");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().where, "bad.yml:4, lora_r");
  const auto read =
      readRecipe("base_model: no-such/model\nadapter: lora\nmicro_batch_size: 1\nbf16: true\n", "bad.yml");
  ASSERT_TRUE(read);
  EXPECT_FALSE(read->modelKnown);
  const auto odd = readRecipe("model_name_or_path: meta-llama/Llama-3.1-8B\nlora_r: 8\ndtype: sevenbit\n", "odd.yaml",
                              {}, RecipeDialect::trl);
  ASSERT_TRUE(odd);
  const auto scenario = readScenario(odd->scenario, "");
  ASSERT_FALSE(scenario);
  EXPECT_EQ(inRecipe(scenario.error(), *odd).where, "odd.yaml:3, dtype");
}

TEST(Recipe, HostileInputEndsInAMessage) {
  std::string deep = "base_model: x\na: ";
  for (int i = 0; i < 5000; ++i) deep += '[';
  std::string wide;
  for (int i = 0; i < 20000; ++i) wide += "k" + std::to_string(i) + ": 1\n";
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string last = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + last;
    for (int k = 0; k < 8; ++k) bomb += ", " + last;
    bomb += "]\n";
  }
  const std::string bad[] = {deep,
                             deep + std::string(5000, ']'),
                             wide,
                             bomb,
                             "a: &a [*a]\n",
                             "base_model: [unclosed\n",
                             "\tx: 1\n",
                             "just words",
                             "",
                             std::string(1 << 20, 'x'),
                             "? [a, b]\n: c\n",
                             std::string("a: \0b", 5),
                             "{\"zero_optimization\": {",
                             "{\"a\": 1}",
                             "zero_optimization: 3\nbase_model: [1, 2]\n"};
  for (const std::string& text : bad) {
    const auto read = readRecipe(text, "hostile.yml");
    if (read) continue;  // odd, but harmless
    EXPECT_FALSE(read.error().message.empty());
    EXPECT_THAT(read.error().where, testing::StartsWith("hostile.yml")) << text.substr(0, 60);
  }
  for (const std::string& text : {deep, wide, bomb, std::string("a: &a [*a]\n")})
    EXPECT_FALSE(readRecipe(text, "hostile.yml")) << text.substr(0, 60);
}

TEST(Recipe, InferenceHasNone) {
  const auto s = readScenario(R"({"model":"meta-llama/Llama-3.1-8B"})", "test");
  ASSERT_TRUE(s);
  EXPECT_FALSE(writeRecipe(*s, RecipeDialect::trl));
}

TEST(Recipe, AScenarioIsNoRecipe) {
  EXPECT_FALSE(looksLikeRecipe(R"({"headroom":1,"model":"meta-llama/Llama-3.1-8B"})"));
  EXPECT_FALSE(looksLikeRecipe(*readTextFile(std::string(HEADROOM_TEST_DATA) + "/llama-3.1-8b/config.json")));
  EXPECT_TRUE(looksLikeRecipe(textOf("deepspeed_zero3.json")));
}

// What a code's recipe has no key for is said, not lost.
TEST(WrittenRecipes, NameWhatTheyCannotSay) {
  const auto notesOf = [](const char* members, RecipeDialect dialect) {
    const auto s =
        readScenario(std::string(R"({"model": "meta-llama/Llama-3.1-8B", "context": 4096, )") + members + "}", "asked");
    EXPECT_TRUE(s) << members;
    const auto written = writeRecipe(*s, dialect);
    EXPECT_TRUE(written) << members;
    std::string all;
    for (const std::string& note : written->notes) all += note + "\n";
    return all;
  };
  using testing::HasSubstr;
  EXPECT_THAT(notesOf(R"("workload": "full", "framework": "deepspeed", "attention": "eager",
                         "devices": [{"accelerator": "h100-sxm-80gb", "count": 8}])",
                      RecipeDialect::deepspeed),
              HasSubstr("stands for context, attention"));
  EXPECT_THAT(notesOf(R"("workload": "lora", "framework": "axolotl", "reinforcement": {"method": "ppo"})",
                      RecipeDialect::axolotl),
              HasSubstr("stands for reinforcement.method"));
  EXPECT_THAT(
      notesOf(R"("workload": "full", "framework": "axolotl", "offload": {"optimizer": "cpu"})", RecipeDialect::axolotl),
      HasSubstr("stands for offload.optimizer"));
  EXPECT_THAT(notesOf(R"("workload": "full", "framework": "trl", "batch": 2)", RecipeDialect::trl),
              testing::Not(HasSubstr("stands for")));
  // 8 bit is not 4 bit.
  const auto s = readScenario(
      R"({"model": "meta-llama/Llama-3.1-8B", "workload": "qlora", "framework": "trl", "precision": {"weights": "bnb-int8"}})",
      "asked");
  ASSERT_TRUE(s);
  EXPECT_THAT(writeRecipe(*s, RecipeDialect::trl)->text, HasSubstr("load_in_8bit"));
}

// axolotl/utils/schemas/config.py: Literal["unsloth", "offload"] | bool until 0.6, ["offload", "offload_disk"] later;
// "auto" of torch_compile is on.
TEST(Recipe, AxolotlsWordsForSwitches) {
  const auto with = [](const std::string& line) {
    const auto recipe = readRecipe(
        "base_model: meta-llama/Llama-3.1-8B\nadapter: qlora\nsequence_len: 2048\n"
        "micro_batch_size: 1\n" +
            line + "\n",
        "a.yml");
    EXPECT_TRUE(recipe) << line << (recipe ? "" : recipe.error().text());
    return recipe ? scenarioOf(*recipe) : Scenario{};
  };
  for (const char* word : {"unsloth", "offload", "offload_disk"})
    EXPECT_EQ(with(std::string("gradient_checkpointing: ") + word).training.checkpointing, Checkpointing::offloaded);
  EXPECT_EQ(with("gradient_checkpointing: true").training.checkpointing, Checkpointing::full);
  EXPECT_EQ(with("torch_compile: auto").training.compile, true);
  EXPECT_EQ(with("torch_compile: false").training.compile, false);
  for (const char* word : {"legacy", "disk", "true"})
    EXPECT_EQ(with(std::string("activation_offloading: ") + word).offload.activations, OffloadTarget::cpu);
  EXPECT_EQ(with("bf16: full").precision.compute, NumberFormat::bf16);
}

}  // namespace
}  // namespace headroom
