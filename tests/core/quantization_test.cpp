// What checkpoints' quantization_config makes of their tensors.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "core/formats/model_source.h"
#include "core/formats/quantization/module_pattern.h"
#include "core/formats/quantization/module_regex.h"
#include "core/model/weight_bytes.h"
#include "core/open/catalogue.h"

namespace headroom {
namespace {

using nlohmann::json;

json catalogueConfig(const std::string& id) {
  return json::parse(findCatalogueModel(id)->config);
}

Model quantized(json config, const std::string& quantization) {
  config["quantization_config"] = json::parse(quantization);
  auto model = modelFromConfig(config.dump(), "m", "m");
  EXPECT_TRUE(model.has_value()) << model.error().text();
  return model.value_or(Model{});
}

// The format of the tensor whose name ends so in the layer.
NumberFormat stored(const Model& model, std::size_t layer, std::string_view ending) {
  for (const Tensor& t : model.layer(layer).tensors)
    if (t.name.ends_with(ending)) return t.stored;
  for (const Tensor& t : model.globals)
    if (t.name.ends_with(ending)) return t.stored;
  ADD_FAILURE() << "no tensor " << ending;
  return NumberFormat::boolean;
}

std::int64_t blockScales(const Model& model) {
  std::int64_t scales = 0;
  const auto add = [&](const Tensor& t, std::int64_t layers) {
    if (t.stored == NumberFormat::fp8_block)
      scales += (t.rows + 127) / 128 * ((t.columns + 127) / 128) * t.copies * layers;
  };
  for (const LayerKind& kind : model.kinds)
    for (const Tensor& t : kind.tensors) add(t, kind.count);
  for (const Tensor& t : model.nextToken) add(t, 1);
  return scales;
}

TEST(Quantization, DeepSeekV3HoldsAsManyScalesAsItsCheckpoint) {
  // 41,540,496 scale elements beside the weights, the next-token layer's included: safetensors metadata of
  // https://huggingface.co/deepseek-ai/DeepSeek-V3
  EXPECT_EQ(blockScales(**catalogueModel("deepseek-ai/DeepSeek-V3")), 41'540'496);
  EXPECT_EQ((*catalogueModel("deepseek-ai/DeepSeek-V3"))->quantization->method, "fp8");
}

TEST(Quantization, AwqAndGptqConvertTheLayersAndLeaveEmbeddingAndHead) {
  const Model awq = quantized(catalogueConfig("meta-llama/Llama-3.1-8B"),
                              R"({"quant_method":"awq","bits":4,"group_size":128,"zero_point":true})");
  EXPECT_EQ(stored(awq, 0, "q_proj.weight"), NumberFormat::awq_int4);
  EXPECT_EQ(stored(awq, 31, "down_proj.weight"), NumberFormat::awq_int4);
  EXPECT_EQ(stored(awq, 0, "lm_head.weight"), NumberFormat::bf16);
  EXPECT_EQ(stored(awq, 0, "input_layernorm.weight"), NumberFormat::bf16);
  // 6,979,321,856 elements in the layers: half a byte, an fp16 scale and a 4-bit zero point per 128; the rest in 16
  // bit.
  EXPECT_EQ(weightBytes(awq, AsStored{}).value(),
            6'979'321'856 / 2 + 6'979'321'856 / 128 * 5 / 2 + 2 * (8'030'261'248 - 6'979'321'856));
  const Model fine = quantized(catalogueConfig("meta-llama/Llama-3.1-8B"),
                               R"({"quant_method":"gptq","bits":4,"group_size":32,"sym":true})");
  // Beside the fp16 scales the file keeps 4-bit zero points and an int32 index of the inputs of every Linear.
  EXPECT_EQ(weightBytes(fine, AsStored{}).value(), 6'979'321'856 / 2 + 6'979'321'856 / 32 * 5 / 2 +
                                                       4 * 32 * (6 * 4096 + 14336) +
                                                       2 * (8'030'261'248 - 6'979'321'856));
  // Kernels for symmetric weights read neither.
  std::int64_t served = 0;
  for (const LayerKind& kind : fine.kinds)
    for (const Tensor& t : kind.tensors)
      if (t.linear) served += partBytes(fine, t, AsStored{}, t.rows, t.columns, Holder::engine).value() * kind.count;
  EXPECT_EQ(served, 6'979'321'856 / 2 + 6'979'321'856 / 32 * 2);
}

TEST(Quantization, BitsAndBytesKnowsItsThreeKinds) {
  const json config = catalogueConfig("meta-llama/Llama-3.1-8B");
  EXPECT_EQ(
      stored(
          quantized(
              config,
              R"({"quant_method":"bitsandbytes","load_in_4bit":true,"bnb_4bit_quant_type":"nf4","bnb_4bit_use_double_quant":true})"),
          3, "up_proj.weight"),
      NumberFormat::nf4_dq);
  EXPECT_EQ(
      stored(quantized(config, R"({"quant_method":"bitsandbytes","load_in_4bit":true,"bnb_4bit_quant_type":"nf4"})"), 3,
             "up_proj.weight"),
      NumberFormat::nf4);
  EXPECT_EQ(stored(quantized(config, R"({"quant_method":"bitsandbytes","load_in_8bit":true})"), 3, "up_proj.weight"),
            NumberFormat::bnb_int8);
}

TEST(Quantization, LayersThatAListLeavesOutBecomeAKindOfTheirOwn) {
  const Model m = quantized(
      catalogueConfig("meta-llama/Llama-3.1-8B"),
      R"({"quant_method":"fbgemm_fp8","modules_to_not_convert":["model.layers.0","model.layers.31.self_attn.q_proj","lm_head"]})");
  EXPECT_EQ(stored(m, 0, "q_proj.weight"), NumberFormat::bf16);
  EXPECT_EQ(stored(m, 0, "down_proj.weight"), NumberFormat::bf16);
  EXPECT_EQ(stored(m, 1, "q_proj.weight"), NumberFormat::fp8);
  EXPECT_EQ(stored(m, 31, "q_proj.weight"), NumberFormat::bf16);
  EXPECT_EQ(stored(m, 31, "k_proj.weight"), NumberFormat::fp8);
  ASSERT_EQ(m.kinds.size(), 3u);
  EXPECT_EQ(m.kinds[0].count + m.kinds[1].count + m.kinds[2].count, 32);
  EXPECT_EQ(m.parameters.value(), 8'030'261'248);
}

TEST(Quantization, CompressedTensorsReadsGroupsAndExpressions) {
  const json moe = catalogueConfig("Qwen/Qwen3-30B-A3B");
  const Model m = quantized(
      moe,
      R"({"quant_method":"compressed-tensors","format":"mxfp4-pack-quantized","config_groups":{"group_0":{"targets":["Linear"],
      "weights":{"num_bits":4,"type":"float","strategy":"group","group_size":32,"symmetric":true}}},"ignore":["lm_head","re:.*self_attn.*","re:.*mlp\\.gate$"]})");
  EXPECT_EQ(stored(m, 7, "experts.{e}.up_proj.weight"), NumberFormat::mxfp4);
  EXPECT_EQ(stored(m, 7, "self_attn.q_proj.weight"), NumberFormat::bf16);
  EXPECT_EQ(stored(m, 7, "mlp.gate.weight"), NumberFormat::bf16);
  const Model two = quantized(moe, R"({"quant_method":"compressed-tensors","config_groups":{
      "group_0":{"targets":["re:.*self_attn\\.(q|k|v|o)_proj$"],"weights":{"num_bits":8,"type":"float","strategy":"channel"}},
      "group_1":{"targets":["re:.*experts.*"],"weights":{"num_bits":4,"type":"int","strategy":"group","group_size":128,"symmetric":true}}},"ignore":["lm_head"]})");
  EXPECT_EQ(stored(two, 0, "self_attn.o_proj.weight"), NumberFormat::fp8);
  EXPECT_EQ(stored(two, 0, "experts.{e}.down_proj.weight"), NumberFormat::gptq_int4);
}

TEST(Quantization, ModelOptNamesAlgorithmAndExcludes) {
  const Model m = quantized(
      catalogueConfig("meta-llama/Llama-3.1-8B"),
      R"({"quant_method":"modelopt","quantization":{"quant_algo":"NVFP4","group_size":16,"exclude_modules":["lm_head","model.layers.0.self_attn*"]}})");
  EXPECT_EQ(stored(m, 0, "self_attn.q_proj.weight"), NumberFormat::bf16);
  EXPECT_EQ(stored(m, 0, "mlp.up_proj.weight"), NumberFormat::nvfp4);
  EXPECT_EQ(stored(m, 10, "self_attn.q_proj.weight"), NumberFormat::nvfp4);
}

TEST(Quantization, GptOssConvertsItsExpertsOnly) {
  const Model& m = **catalogueModel("openai/gpt-oss-20b");
  EXPECT_EQ(stored(m, 0, "mlp.experts.gate_up_proj"), NumberFormat::mxfp4);
  EXPECT_EQ(stored(m, 0, "mlp.experts.gate_up_proj_bias"), NumberFormat::bf16);
  EXPECT_EQ(stored(m, 0, "self_attn.q_proj.weight"), NumberFormat::bf16);
}

TEST(Quantization, AnUnknownSchemeIsSaidAndCountsTheBitsItStates) {
  const json config = catalogueConfig("meta-llama/Llama-3.1-8B");
  const Model silent = quantized(config, R"({"quant_method":"nobodys"})");
  EXPECT_FALSE(silent.quantization.has_value());
  ASSERT_FALSE(silent.doubts.empty());
  EXPECT_NE(silent.doubts.front().find("nobodys"), std::string::npos);
  EXPECT_EQ(weightBytes(silent, AsStored{}).value(), 2 * 8'030'261'248);
  const Model stated = quantized(config, R"({"quant_method":"nobodys","bits":6})");
  ASSERT_FALSE(stated.doubts.empty());
  EXPECT_EQ(weightBytes(stated, AsStored{}).value(), 6'979'321'856 / 8 * 6 + 2 * (8'030'261'248 - 6'979'321'856));
}

// The share of a model's Linears that a holder has in 16 bit, by the end of their name.
bool plainAt(const Model& m, std::size_t layer, std::string_view ending, Holder holder) {
  for (const auto* list : {&m.layer(layer).tensors, &m.globals, &m.vision})
    for (const Tensor& t : *list)
      if (t.name.ends_with(ending)) return isPlainFloat(formatOf(m, t, AsStored{}, holder));
  ADD_FAILURE() << "no tensor " << ending;
  return false;
}

TEST(Quantization, WhatStaysInSixteenBitGoesByTheReleasesModuleClasses) {
  constexpr std::string_view kNf4 =
      R"({"quant_method":"bitsandbytes","load_in_4bit":true,"bnb_4bit_quant_type":"nf4"})";
  // Experts: one Linear each in 4.57, one parameter in 5.24; routers likewise.
  const Model moe = quantized(catalogueConfig("Qwen/Qwen3-30B-A3B"), std::string(kNf4));
  EXPECT_FALSE(plainAt(moe, 0, "experts.{e}.up_proj.weight", Holder::transformers4));
  EXPECT_TRUE(plainAt(moe, 0, "experts.{e}.up_proj.weight", Holder::transformers5));
  EXPECT_FALSE(plainAt(moe, 0, "experts.{e}.up_proj.weight", Holder::engine));
  EXPECT_FALSE(plainAt(moe, 0, "mlp.gate.weight", Holder::transformers4));
  EXPECT_TRUE(plainAt(moe, 0, "mlp.gate.weight", Holder::transformers5));
  EXPECT_TRUE(plainAt(moe, 0, "mlp.gate.weight", Holder::engine));
  // Fine-grained fp8 has a class for stacked experts (finegrained_fp8.py FP8Experts).
  const Model fp8 =
      quantized(catalogueConfig("Qwen/Qwen3-30B-A3B"), R"({"quant_method":"fp8","weight_block_size":[128,128]})");
  EXPECT_FALSE(plainAt(fp8, 0, "experts.{e}.up_proj.weight", Holder::transformers5));
  // FalconLinear is a subclass: 5.24 asks for nn.Linear itself.
  const Model falcon = quantized(catalogueConfig("tiiuae/falcon-7b"), std::string(kNf4));
  EXPECT_FALSE(plainAt(falcon, 0, "dense_h_to_4h.weight", Holder::transformers4));
  EXPECT_TRUE(plainAt(falcon, 0, "dense_h_to_4h.weight", Holder::transformers5));
}

TEST(Quantization, AListReplacesTheDefaultAndIsReadAsTheReleaseReadsIt) {
  const json config = catalogueConfig("meta-llama/Llama-3.1-8B");
  const Model none = quantized(config, R"({"quant_method":"fp8","weight_block_size":[128,128]})");
  EXPECT_TRUE(plainAt(none, 0, "lm_head.weight", Holder::file));
  const Model listed = quantized(
      config,
      R"({"quant_method":"fp8","weight_block_size":[128,128],"modules_to_not_convert":["model.layers.1","self_attn.q"]})");
  EXPECT_FALSE(plainAt(listed, 0, "lm_head.weight", Holder::transformers5));
  EXPECT_TRUE(plainAt(listed, 1, "up_proj.weight", Holder::transformers5));
  // 4.57 takes any part of a name: "model.layers.1" is in layer 12's as well, "self_attn.q" in every q_proj's.
  EXPECT_FALSE(plainAt(listed, 12, "up_proj.weight", Holder::transformers5));
  EXPECT_TRUE(plainAt(listed, 12, "up_proj.weight", Holder::transformers4));
  EXPECT_FALSE(plainAt(listed, 5, "q_proj.weight", Holder::transformers5));
  EXPECT_TRUE(plainAt(listed, 5, "q_proj.weight", Holder::transformers4));
}

TEST(Quantization, DynamicRulesOfGptqHoldInTheOrderOfTheFile) {
  // gptqmodel 7.7.0, quantization/config.py dynamic_get: the first that matches; "-:" leaves a module alone.
  const Model m = quantized(catalogueConfig("meta-llama/Llama-3.1-8B"), "{}");
  ASSERT_EQ(m.doubts.size(), 1u);
  json config = catalogueConfig("meta-llama/Llama-3.1-8B");
  std::string text = config.dump();
  text.insert(text.size() - 1, R"(,"quantization_config":{"quant_method":"gptq","bits":4,"group_size":128,"dynamic":{
      "-:.*\\.3\\..*":{}, "+:.*\\.(3|4)\\..*down.*":{"bits":8}, ".*down.*":{"bits":2}}})");
  const auto model = modelFromConfig(text, "m", "m");
  ASSERT_TRUE(model.has_value()) << model.error().text();
  EXPECT_EQ(stored(*model, 3, "down_proj.weight"), NumberFormat::bf16);
  EXPECT_EQ(stored(*model, 4, "down_proj.weight"), NumberFormat::gptq_int8);
  EXPECT_EQ(stored(*model, 5, "down_proj.weight"), NumberFormat::int4);
  EXPECT_EQ(stored(*model, 5, "up_proj.weight"), NumberFormat::gptq_int4);
}

TEST(Quantization, SingleModulesOfAutoRoundAndMlxHaveTheirOwnBits) {
  const json config = catalogueConfig("meta-llama/Llama-3.1-8B");
  const Model round = quantized(config, R"({"quant_method":"auto-round","bits":4,"group_size":128,"extra_config":{
      "model.layers.0.self_attn.q_proj":{"bits":8},".*layers\\.(2|3)\\.mlp.*":{"bits":16},"lm_head":{"bits":8}}})");
  EXPECT_EQ(stored(round, 0, "q_proj.weight"), NumberFormat::gptq_int8);
  EXPECT_EQ(stored(round, 2, "up_proj.weight"), NumberFormat::bf16);
  EXPECT_EQ(stored(round, 4, "up_proj.weight"), NumberFormat::gptq_int4);
  EXPECT_EQ(stored(round, 0, "lm_head.weight"), NumberFormat::gptq_int8);
  // MLX converts embedding and head as well: half a byte and two 16-bit values per 64.
  json mlx = config;
  mlx["quantization"] = {{"group_size", 64}, {"bits", 4}};
  const auto model = modelFromConfig(mlx.dump(), "m", "m");
  ASSERT_TRUE(model.has_value());
  EXPECT_EQ(weightBytes(*model, AsStored{}).value(), (8'030'261'248 - 266'240) / 16 * 9 + 266'240 * 2);
}

TEST(Quantization, ACacheSchemeIsReadWhereverToolsWriteIt) {
  const json config = catalogueConfig("meta-llama/Llama-3.1-8B");
  const auto cacheOf = [&](const char* section) { return quantized(config, section).quantization->kvCache; };
  EXPECT_EQ(cacheOf(R"({"quant_method":"modelopt","quantization":{"quant_algo":"FP8","kv_cache_quant_algo":"FP8"}})"),
            NumberFormat::fp8);
  EXPECT_EQ(cacheOf(R"({"quant_method":"modelopt","quantization":{"quant_algo":"FP8","kv_cache_quant_algo":null}})"),
            std::nullopt);
  EXPECT_EQ(
      cacheOf(
          R"({"quant_method":"compressed-tensors","config_groups":{"g":{"targets":["Linear"],"weights":{"num_bits":8,"type":"float"}}},
          "kv_cache_scheme":{"num_bits":8,"type":"float"}})"),
      NumberFormat::fp8);
}

TEST(ModuleRegex, ReadsWhatListsAreWrittenIn) {
  const auto regex = [](std::string_view text) { return ModuleRegex::compile(text).value(); };
  EXPECT_TRUE(
      regex(R"(model\.layers\.([0-9]|1[0-5])\.mlp\.(gate|up)_proj)").matchesWhole("model.layers.14.mlp.up_proj"));
  EXPECT_FALSE(
      regex(R"(model\.layers\.([0-9]|1[0-5])\.mlp\.(gate|up)_proj)").matchesWhole("model.layers.16.mlp.up_proj"));
  EXPECT_TRUE(regex(R"(^(?!.*experts).*)").matchesBeginning("model.layers.0.self_attn.q_proj"));
  EXPECT_FALSE(regex(R"(^(?!.*experts).*)").matchesBeginning("model.layers.0.mlp.experts.1.up_proj"));
  EXPECT_TRUE(regex(R"(\w+\.\d{1,2}\.x?y$)").matchesBeginning("h.12.y"));
  EXPECT_FALSE(regex(R"(\w+\.\d{1,2}\.x?y$)").matchesBeginning("h.123.y"));
  EXPECT_TRUE(regex("mlp.gate").matchesAnywhere("model.layers.0.mlp.gate_proj"));
  EXPECT_TRUE(regex("model.mlp.gate").matchesComponents("model.mlp.gate.x"));
  EXPECT_FALSE(regex("model.mlp.gate").matchesComponents("model.mlp.gate_proj"));
  EXPECT_FALSE(ModuleRegex::compile("(a)\\1").has_value());
  EXPECT_FALSE(ModuleRegex::compile("a{1,9999}").has_value());
  EXPECT_FALSE(ModuleRegex::compile("(?<=a)b").has_value());
}

TEST(ModulePattern, MatchesNamesPartsWildcardsAndExpressions) {
  const auto match = [](const std::string& pattern, const std::string& module) {
    return ModulePatterns({pattern}).match(module);
  };
  EXPECT_TRUE(match("gate", "model.layers.3.mlp.gate"));
  EXPECT_FALSE(match("gate", "model.layers.3.mlp.gate_proj"));
  EXPECT_TRUE(match("model.layers.3.mlp", "model.layers.3.mlp.up_proj"));
  EXPECT_FALSE(match("model.layers.3", "model.layers.31.mlp.up_proj"));
  EXPECT_TRUE(match("model.layers.*.self_attn", "model.layers.12.self_attn.q_proj"));
  EXPECT_TRUE(match("lm_head.weight", "lm_head"));
  EXPECT_TRUE(match("re:.*(gate|router)$", "model.layers.3.mlp.gate"));
  EXPECT_FALSE(match("re:.*(gate|router)$", "model.layers.3.mlp.gate_proj"));
  EXPECT_TRUE(match("re:model\\.layers\\.\\d+\\.mlp\\.up_proj", "model.layers.17.mlp.up_proj"));
  EXPECT_FALSE(match("re:model\\.layers\\.\\d+\\.mlp", "model.layers.x.mlp"));
}

TEST(ModulePattern, HostileExpressionsEndQuickly) {
  const ModulePatterns patterns(
      {"re:(((((a+)+)+)+)+)$", "re:[^a", "re:" + std::string(100'000, '*'), std::string(300, '*') + "b"});
  EXPECT_TRUE(patterns.match(std::string(400, 'a')));
  EXPECT_FALSE(patterns.match(std::string(400, 'a') + 'c'));
  EXPECT_FALSE(patterns.unread().empty());
}

}  // namespace
}  // namespace headroom
