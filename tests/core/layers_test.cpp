// What layers keep for a token: the attention, state and MLP kinds that families spread over their layers.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/estimate/kv_cache.h"
#include "core/formats/model_source.h"
#include "core/open/catalogue.h"

namespace headroom {
namespace {

using nlohmann::json;

const Model& catalogued(const char* id) {
  const auto model = catalogueModel(id);
  EXPECT_TRUE(model.has_value()) << id;
  return **model;
}

std::int64_t bytesPerToken(const Model& model) {
  double bytes = 0;
  for (const LayerKind& kind : model.kinds)
    if (growsWithContext(kind.attention))
      bytes += kind.count * kvBytesPerToken(kind.attention, {NumberFormat::bf16, NumberFormat::bf16}, 1);
  return static_cast<std::int64_t>(bytes);
}

std::int64_t layersWith(const Model& model, AttentionKind kind) {
  std::int64_t n = 0;
  for (const LayerKind& k : model.kinds)
    if (k.attention.kind == kind) n += k.count;
  return n;
}

std::int64_t layersWith(const Model& model, StateKind kind) {
  std::int64_t n = 0;
  for (const LayerKind& k : model.kinds)
    if (k.state.kind == kind) n += k.count;
  return n;
}

TEST(Layers, CacheBytesPerTokenAreWhatTheModelCardsSay) {
  EXPECT_EQ(bytesPerToken(catalogued("meta-llama/Llama-3.1-8B")), 131'072);  // 2 × 32 × 8 × 128 × 2 B
  EXPECT_EQ(bytesPerToken(catalogued("meta-llama/Llama-3.1-70B")), 327'680);
  EXPECT_EQ(bytesPerToken(catalogued("meta-llama/Llama-2-7b-hf")), 524'288);
  EXPECT_EQ(bytesPerToken(catalogued("deepseek-ai/DeepSeek-V3")), 70'272);  // (512 + 64) × 61 × 2 B, arXiv 2412.19437
  EXPECT_EQ(bytesPerToken(catalogued("tiiuae/falcon-7b")), 8'192);          // one key-value head of 64
}

TEST(Layers, WindowsFollowEachFamilysPattern) {
  const Model& gemma = catalogued("google/gemma-3-12b-it");
  EXPECT_EQ(layersWith(gemma, AttentionKind::sliding), 40);
  EXPECT_EQ(layersWith(gemma, AttentionKind::full), 8);
  EXPECT_EQ(gemma.layer(0).attention.window, 1024);
  EXPECT_EQ(gemma.layer(5).attention.kind, AttentionKind::full);
  const Model& oss = catalogued("openai/gpt-oss-20b");
  EXPECT_EQ(layersWith(oss, AttentionKind::sliding), 12);
  EXPECT_EQ(oss.layer(0).attention.window, 128);
  EXPECT_TRUE(oss.layer(1).attention.sinks);
  const Model& scout = catalogued("meta-llama/Llama-4-Scout-17B-16E-Instruct");
  EXPECT_EQ(layersWith(scout, AttentionKind::chunked), 36);
  EXPECT_EQ(scout.layer(3).attention.kind, AttentionKind::full);
  EXPECT_EQ(layersWith(catalogued("google/gemma-2-2b"), AttentionKind::sliding), 13);
  EXPECT_EQ(layersWith(catalogued("mistralai/Mistral-7B-v0.1"), AttentionKind::sliding), 32);
  EXPECT_EQ(layersWith(catalogued("mistralai/Mistral-7B-v0.3"), AttentionKind::sliding), 0);
  EXPECT_EQ(layersWith(catalogued("Qwen/Qwen2.5-7B"), AttentionKind::sliding), 0);
}

TEST(Layers, HybridsKeepACacheInTheirAttentionLayersOnly) {
  const Model& next = catalogued("Qwen/Qwen3-Next-80B-A3B-Instruct");
  EXPECT_EQ(layersWith(next, StateKind::gated_delta_net), 36);
  EXPECT_EQ(layersWith(next, AttentionKind::full), 12);
  const StateSpec& delta = next.layer(0).state;
  EXPECT_EQ(delta.stateElements, 32 * 128 * 128);
  EXPECT_EQ(delta.convChannels, 2 * 16 * 128 + 32 * 128);
  const Model& jamba = catalogued("ai21labs/AI21-Jamba-1.5-Mini");
  EXPECT_EQ(layersWith(jamba, AttentionKind::full), 4);
  EXPECT_EQ(jamba.layer(4).attention.kind, AttentionKind::full);
  EXPECT_EQ(jamba.layer(1).mlp.kind, MlpKind::experts);
  EXPECT_EQ(jamba.layer(2).mlp.kind, MlpKind::gated);
  const Model& nano = catalogued("nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B-BF16");
  EXPECT_EQ(layersWith(nano, AttentionKind::full), 6);
  EXPECT_EQ(layersWith(nano, StateKind::mamba2), 23);
  EXPECT_EQ(nano.layer(0).state.statedBytes, 4);
  EXPECT_EQ(layersWith(catalogued("Zyphra/Zamba2-7B"), AttentionKind::full), 13);  // each call of a shared block caches
}

TEST(Layers, SharedKeysAndValuesAreCachedOnce) {
  const Model& e2b = catalogued("google/gemma-4-E2B-it");
  std::int64_t caching = 0;
  for (const LayerKind& kind : e2b.kinds) caching += kind.attention.ownsCache ? kind.count : 0;
  EXPECT_EQ(caching, 15);
  const Model& large = catalogued("google/gemma-4-31B-it");
  EXPECT_EQ(large.layer(5).attention.headDim, 512);
  EXPECT_EQ(large.layer(5).attention.kvHeads, 4);
  EXPECT_EQ(large.layer(0).attention.headDim, 256);
}

TEST(Layers, LatentAttentionStatesItsRanks) {
  const AttentionSpec& a = catalogued("deepseek-ai/DeepSeek-V3.2").layer(0).attention;
  EXPECT_EQ(a.kind, AttentionKind::latent);
  EXPECT_EQ(a.kvLoraRank, 512);
  EXPECT_EQ(a.ropeDim, 64);
  EXPECT_EQ(a.qLoraRank, 1536);
  EXPECT_EQ(a.indexerHeads, 64);
  EXPECT_EQ(a.indexerTopK, 2048);
}

TEST(Layers, NextTokenLayersStandBesideTheModel) {
  // The files hold 13,463,426,304 elements with copies of embedding and head, 256 of them a router's correction bias,
  // which is a buffer: https://huggingface.co/deepseek-ai/DeepSeek-V3
  EXPECT_EQ(catalogued("deepseek-ai/DeepSeek-V3").nextTokenParameters.value(), 13'463'426'304 - 256);
}

TEST(Layers, VisionTowersStateTheirTokens) {
  const Model& gemma = catalogued("google/gemma-3-4b-it");
  ASSERT_TRUE(gemma.visionSpec.has_value());
  EXPECT_EQ(gemma.visionSpec->imageTokens, 256);
  EXPECT_EQ(gemma.visionSpec->layers, 27);
  EXPECT_EQ(catalogued("llava-hf/llava-1.5-13b-hf").visionSpec->imageTokens, 576);
}

Model read(const json& config) {
  auto model = modelFromConfig(config.dump(), "m", "config.json");
  EXPECT_TRUE(model.has_value()) << model.error().text();
  return model.value_or(Model{});
}

TEST(UnknownFamily, IsReadByItsKeysAndSaysSo) {
  const json config{{"model_type", "brand_new"}, {"hidden_size", 4096},       {"intermediate_size", 14336},
                    {"num_hidden_layers", 32},   {"num_attention_heads", 32}, {"num_key_value_heads", 8},
                    {"vocab_size", 128256}};
  const Model model = read(config);
  EXPECT_EQ(model.parameters.value(), 8'030'261'248);
  ASSERT_FALSE(model.notes.empty());
  EXPECT_NE(model.notes.front().find("brand_new"), std::string::npos);
  json experts = config;
  experts["num_experts"] = 8;
  experts["num_experts_per_tok"] = 2;
  EXPECT_EQ(read(experts).layer(0).mlp.kind, MlpKind::experts);
}

TEST(UnknownFamily, ArchitecturesNameTheFamilyWhereModelTypeIsAbsent) {
  const Model gpt2 = read({{"architectures", {"GPT2LMHeadModel"}}});
  EXPECT_EQ(gpt2.family, "gpt2");
  EXPECT_EQ(gpt2.parameters.value(), 124'439'808);
  EXPECT_TRUE(gpt2.notes.empty());
}

TEST(Config, PythonsBareInfinityIsReadAsNothing) {
  const auto model = modelFromConfig(
      R"({"model_type":"mamba2","time_step_limit":[0.0, Infinity],"x":-Infinity,"y":NaN,"s":"Infinity"})", "m", "m");
  ASSERT_TRUE(model.has_value()) << model.error().text();
  EXPECT_EQ(model->parameters.value(), 7'285'403'648);
}

TEST(Config, AbsentKeysAreTheClassDefaults) {
  EXPECT_EQ(read({{"model_type", "modernbert"}}).parameters.value(), 149'655'232);
  EXPECT_EQ(read({{"model_type", "llama"}}).parameters.value(), 6'738'415'616);
  EXPECT_EQ(read({{"model_type", "llama"}, {"num_key_value_heads", nullptr}, {"head_dim", nullptr}})
                .layer(0)
                .attention.kvHeads,
            32);
}

TEST(Dimensions, FollowLlamaWhereNothingIsSaid) {
  DimensionsModel seven;
  seven.parameters = 6.74e9;
  seven.layers = 32;
  seven.hidden = 4096;
  seven.heads = 32;
  const auto model = modelFromDimensions(seven);
  ASSERT_TRUE(model.has_value()) << model.error().text();
  EXPECT_EQ(model->parameters.value(), 6'740'000'000);
  EXPECT_EQ(model->layer(0).mlp.intermediate, 11008);
  EXPECT_EQ(model->layer(0).attention.headDim, 128);
  EXPECT_FALSE(model->notes.empty());

  DimensionsModel bare;
  bare.parameters = 70e9;
  const auto large = modelFromDimensions(bare);
  ASSERT_TRUE(large.has_value());
  EXPECT_NEAR(static_cast<double>(large->hidden), 8192, 1100);
  EXPECT_NEAR(static_cast<double>(large->layers()), 80, 25);
}

TEST(Dimensions, ImpossibleOnesAreRefused) {
  DimensionsModel d;
  EXPECT_FALSE(modelFromDimensions(d).has_value());
  d.layers = 0;
  d.hidden = 4096;
  EXPECT_EQ(modelFromDimensions(d).error().where, "dimensions/layers");
  d.layers = 32;
  d.parameters = -1;
  EXPECT_EQ(modelFromDimensions(d).error().where, "dimensions/parameters");
}

}  // namespace
}  // namespace headroom
