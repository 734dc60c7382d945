// Which classes of models have a pool for their windows in SGLang, and since when.
#include <gtest/gtest.h>

#include "core/estimate/estimate.h"
#include "core/estimate/serving/sglang/pools.h"
#include "core/open/scenario_json.h"
#include "core/scenario/engine_version.h"

namespace headroom {
namespace {

struct Since {
  const char* architecture;
  int patch;  // of 0.5; the release before has none
};
// sglang/srt/configs/model_config.py, is_hybrid_model (0.5.7) and is_hybrid_swa_model, read in the wheels of 0.5.7 to
// 0.5.13, 0.5.15 to 0.5.23 of PyPI.
constexpr Since kSince[] = {{"GptOssForCausalLM", 8},
                            {"Llama4ForConditionalGeneration", 8},
                            {"Step3p5ForCausalLM", 9},
                            {"MiMoV2ForCausalLM", 11},
                            {"Gemma4ForCausalLM", 11},
                            {"LagunaForCausalLM", 12},
                            {"Step3p7ForConditionalGeneration", 13},
                            {"Gemma4UnifiedForConditionalGeneration", 13},
                            {"UnlimitedOCRForCausalLM", 15},
                            {"MellumForCausalLM", 16},
                            {"InklingForConditionalGeneration", 16},
                            {"MuseGlimmerForCausalLM", 18},
                            {"GraniteSWAForCausalLM", 19},
                            {"GraniteMoeSWAForCausalLM", 19},
                            {"DiffusionGemmaForBlockDiffusion", 21},
                            {"IQuestQ1ForCausalLM", 21},
                            {"BeamForCausalLM", 23}};

// The tokens of a small model whose layers are windows but every third, as if it were of that class.
std::int64_t tokens(const char* architecture, int patch) {
  auto scenario = readScenario(
      R"({"model": {"config": {"model_type": "gemma2", "num_hidden_layers": 12, "hidden_size": 1024, "num_attention_heads": 8,
          "num_key_value_heads": 4, "head_dim": 128, "intermediate_size": 4096, "vocab_size": 32000, "sliding_window": 512}},
          "engine": "sglang", "engine_version": "0.5.)" +
          std::to_string(patch) + R"(", "context": 8192, "devices": [{"memory_bytes": 24000000000}]})",
      "test");
  EXPECT_TRUE(scenario) << scenario.error().text();
  auto model = std::make_shared<Model>(*scenario->model);
  model->named = architecture, model->family = "another";
  scenario->model = model;
  return estimate(*scenario).pool.kvTokens.value_or(0);
}

TEST(SglangPools, WindowsLieApartFromTheReleaseOnThatKnowsTheClass) {
  for (const Since& s : kSince) {
    EXPECT_EQ(tokens(s.architecture, s.patch - 1), tokens("AnotherForCausalLM", s.patch - 1)) << s.architecture;
    // Half of the layers keep a share of the tokens alone.
    EXPECT_GT(tokens(s.architecture, s.patch), tokens("AnotherForCausalLM", s.patch) * 11 / 10) << s.architecture;
  }
  EXPECT_EQ(tokens("Llama4ForCausalLM", 23), tokens("AnotherForCausalLM", 23)) << "only the class that sees is listed";
}

// sglang/srt/configs/mamba_utils.py and model_executor/pool_configurator.py in the wheels on either side.
TEST(SglangPools, CellsAndStatesChangeWithTheRelease) {
  Scenario s;
  s.model = std::make_shared<Model>();
  const auto rules = [&s](const char* version) {
    Settings settings;
    settings.version = engineVersion(version);
    return sglangRules(s, settings);
  };
  EXPECT_FALSE(rules("0.5.8").habits.states.heedsStated);  // mamba2_state_dtype(config)
  EXPECT_TRUE(rules("0.5.9").habits.states.heedsStated);
  EXPECT_TRUE(rules("0.5.10").commonCellFirst);  // until the file came
  EXPECT_FALSE(rules("0.5.11").commonCellFirst);
  EXPECT_FALSE(rules("0.5.16").habits.scaledSparse);  // calculate_mla_kv_cache_dim
  EXPECT_TRUE(rules("0.5.17").habits.scaledSparse);
  s.speculative.emplace().method = DraftMethod::eagle;
  EXPECT_FALSE(rules("0.5.13").draftCells);  // eagle_draft_num_layers
  EXPECT_TRUE(rules("0.5.14").draftCells);
}

// A pool is allocated as it is asked for (model_runner.py, init_memory_pool), whatever else is on the card.
TEST(SglangPools, OneThatIsLargerThanItsCardDoesNotFit) {
  const auto verdict = [](std::int64_t pool) {
    auto s = readScenario(
        R"({"model": "meta-llama/Llama-3.1-8B", "engine": "sglang", "engine_version": "0.5.9", "context": 8192,
            "devices": [{"accelerator": "h200"}], "kv_cache_memory_bytes": )" +
            std::to_string(pool) + "}",
        "test");
    EXPECT_TRUE(s);
    return estimate(*s).heaviest().verdict;
  };
  EXPECT_EQ(verdict(80'000'000'000), Verdict::fits);
  EXPECT_EQ(verdict(150'000'000'000), Verdict::exceeds);
}

}  // namespace
}  // namespace headroom
