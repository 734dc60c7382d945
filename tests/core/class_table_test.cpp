// The classes of Transformers as rows of a table: counts as the library itself (5.24.0, torch's meta device) makes
// them.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/embedded_resource.h"
#include "core/estimate/estimate.h"
#include "core/formats/config/config.h"
#include "core/formats/config/expression.h"
#include "core/formats/model_source.h"
#include "core/open/scenario_json.h"

namespace headroom {
namespace {

TEST(ClassTable, CountsAreTheLibrarys) {
  std::ifstream in(HEADROOM_TEST_DATA "/classes.jsonl");
  for (std::string line; std::getline(in, line);) {
    const auto row = nlohmann::json::parse(line);
    const auto model = modelFromConfig(row["config"].dump(), row["id"].get<std::string>(), "test");
    ASSERT_TRUE(model) << row["id"] << model.error().message;
    EXPECT_EQ(model->parameters.value(), row["parameters"].get<std::int64_t>()) << row["id"];
  }
}

// The cache object that the class makes, after a prompt: a window's tensors are a view of the whole prompt's memory, or
// what the window keeps.
TEST(ClassTable, CachesAreTheLibrarys) {
  std::ifstream in(HEADROOM_TEST_DATA "/classes.jsonl");
  int compared = 0;
  for (std::string line; std::getline(in, line);) {
    const auto row = nlohmann::json::parse(line);
    if (!row.contains("cache")) continue;
    ++compared;
    const nlohmann::json& cache = row["cache"];
    const nlohmann::json asked{{"model", {{"config", row["config"]}}},
                               {"engine", "transformers"},
                               {"batch", cache["batch"]},
                               {"context", cache["tokens"]},
                               {"precision", {{"weights", "bf16"}, {"kv_cache", "bf16"}}}};
    const auto scenario = readScenario(asked.dump(), "test");
    ASSERT_TRUE(scenario) << row["id"] << scenario.error().message;
    const Ledger& ledger = estimate(*scenario).ranks.front().ledger;
    const double bytes =
        static_cast<double>((ledger.bytes(ComponentId::kv_cache) + ledger.bytes(ComponentId::state_cache)).value());
    const double kept = cache["bytes"], stored = cache["storage_bytes"];
    EXPECT_TRUE(std::abs(bytes - kept) <= 0.005 * kept || std::abs(bytes - stored) <= 0.005 * stored)
        << row["id"] << bytes;
  }
  EXPECT_GT(compared, 1);
}

// A step of a class that repeats its layers, or that nobody has traced, is not a decoder's with the same tensors; one
// that a trace confirmed is.
TEST(ClassTable, OnlyClassesWhoseStepWasTracedAreTakenAtTheirTensorsWord) {
  const auto own = [](const std::string& config) {
    const auto model = modelFromConfig(config, "x", "test");
    EXPECT_TRUE(model) << config;
    return model && model->ownForward;
  };
  EXPECT_TRUE(own(R"({"model_type": "hrm_text"})"));
  EXPECT_TRUE(own(R"({"model_type": "bitnet"})"));
  EXPECT_TRUE(own(R"({"model_type": "of_next_year", "hidden_size": 512, "num_hidden_layers": 2,
                      "num_attention_heads": 8, "intermediate_size": 2048, "vocab_size": 1000})"));
  for (const char* type : {"llama", "qwen3", "gemma3_text", "arcee", "apertus", "phi3"})
    EXPECT_FALSE(own(std::string(R"({"model_type": ")") + type + "\"}")) << type;
}

TEST(ClassTable, AClassNobodyKnowsIsNoted) {
  const auto model = modelFromConfig(R"({"model_type": "xmod", "architectures": ["XmodForWeather"]})", "x", "test");
  ASSERT_TRUE(model);
  EXPECT_FALSE(model->notes.empty());
}

// The table lists tensors; the vision tower's profile run, Whisper's cross-attention and the rotary cache are the
// family's to say. Real files name their class, so nothing may hang on whether a file does.
TEST(ClassTable, WhatEnginesDoIsTheSameWhetherTheClassIsNamed) {
  int compared = 0;
  const auto types = nlohmann::json::parse(embeddedResource("catalogue/classes.json"))["types"];
  for (const auto& [type, row] : types.items()) {
    if (!row.contains("usual")) continue;
    nlohmann::json config = classDefaults(type);
    config["model_type"] = type;
    const auto silent = modelFromConfig(config.dump(), type, "test");
    const std::string usual = row["usual"];
    config["architectures"] = {usual.substr(usual.find('/') + 1)};
    const auto named = modelFromConfig(config.dump(), type, "test");
    if (!silent || !named) continue;
    ++compared;
    EXPECT_EQ(named->encoderTokens, silent->encoderTokens) << type;
    EXPECT_EQ(named->rotaryCacheScale, silent->rotaryCacheScale) << type;
    EXPECT_EQ(named->alibi, silent->alibi) << type;
    EXPECT_EQ(named->scalesEmbedding, silent->scalesEmbedding) << type;
    EXPECT_EQ(named->logitSoftCap, silent->logitSoftCap) << type;
    EXPECT_EQ(named->windowRotary, silent->windowRotary) << type;
    EXPECT_EQ(named->vocabularyAdapters, silent->vocabularyAdapters) << type;
    ASSERT_EQ(named->visionSpec.has_value(), silent->visionSpec.has_value()) << type;
    if (!named->visionSpec) continue;
    EXPECT_EQ(named->visionSpec->imageTokens, silent->visionSpec->imageTokens) << type;
    EXPECT_EQ(named->visionSpec->hidden, silent->visionSpec->hidden) << type;
  }
  EXPECT_GT(compared, 200);
}

// transformers 5.24: modeling_dory.py and modeling_inkling2_loop.py write every pass over a layer to a cache of its
// own.
TEST(ClassTable, LayersThatRunAgainKeepACacheEach) {
  const auto caching = [](const char* text) {
    const auto model = modelFromConfig(text, "x", "test");
    int layers = 0;
    for (const LayerKind& kind : model->kinds)
      if (kind.attention.kind != AttentionKind::none && kind.attention.ownsCache) layers += kind.count;
    return layers;
  };
  EXPECT_EQ(caching(R"({"model_type": "dory", "architectures": ["DoryForCausalLM"]})"), 36 + 20);
  EXPECT_EQ(caching(R"({"model_type": "dory", "architectures": ["DoryForCausalLM"], "n_recurrent_loops": 4})"),
            36 + 60);
  EXPECT_EQ(caching(R"({"model_type": "dory", "architectures": ["DoryForCausalLM"],
                        "recurrent_kv_cache_mode": "last_loop"})"),
            36);
  EXPECT_EQ(caching(R"({"model_type": "inkling2_loop_text", "architectures": ["Inkling2LoopForCausalLM"]})"), 24 + 24);
}

// The same release: convolutions of keys, values and both outputs in fp32; a matrix memory, its norm and its maximum.
TEST(ClassTable, StatesBesideAttentionAndOfMatrixMemories) {
  const auto inkling = modelFromConfig(
      R"({"model_type": "inkling_text", "architectures": ["InklingForCausalLM"], "num_hidden_layers": 6})", "x",
      "test");
  ASSERT_TRUE(inkling);
  std::int64_t elements = 0;
  for (const LayerKind& kind : inkling->kinds) elements += kind.count * kind.state.stateElements;
  EXPECT_EQ(elements, 4 * (5 * (2 * 16 * 128 + 2 * 6144) + (2 * 8 * 128 + 2 * 6144)));
  const auto xlstm = modelFromConfig(R"({"model_type": "xlstm", "architectures": ["xLSTMForCausalLM"]})", "x", "test");
  ASSERT_TRUE(xlstm);
  EXPECT_EQ(xlstm->kinds.front().state.stateElements, 8 * (256 * 512 + 256 + 1));
}

TEST(ClassTable, AWordIsNoSize) {
  const auto model = modelFromConfig(
      R"({"model_type": "zamba", "architectures": ["ZambaForCausalLM"], "mamba_d_state": "large"})", "x", "test");
  ASSERT_TRUE(model);
  EXPECT_FALSE(model->notes.empty());
}

TEST(Expression, SpeaksOfAConfigurationsKeys) {
  EXPECT_TRUE(isExpression("2*moe_intermediate_size"));
  EXPECT_TRUE(isExpression("layer_types[i]=='full_attention'&&!(i in mlp_only_layers)"));
  EXPECT_TRUE(isExpression("head_dim?(hidden_size//num_attention_heads)"));
  EXPECT_FALSE(isExpression("2**3"));
  EXPECT_FALSE(isExpression("(hidden_size"));
}

}  // namespace
}  // namespace headroom
