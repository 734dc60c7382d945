// What checkpoints' quantization_config makes of their tensors.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "core/formats/model_source.h"
#include "core/formats/quantization/module_pattern.h"
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
  EXPECT_EQ(weightBytes(fine, AsStored{}).value(),
            6'979'321'856 / 2 + 6'979'321'856 / 32 * 2 + 2 * (8'030'261'248 - 6'979'321'856));
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

TEST(Quantization, AnUnknownSchemeIsNotedAndTakenInTheDtype) {
  const Model m = quantized(catalogueConfig("meta-llama/Llama-3.1-8B"), R"({"quant_method":"aqlm"})");
  EXPECT_FALSE(m.quantization.has_value());
  ASSERT_FALSE(m.notes.empty());
  EXPECT_NE(m.notes.front().find("aqlm"), std::string::npos);
  EXPECT_EQ(weightBytes(m, AsStored{}).value(), 2 * 8'030'261'248);
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
  EXPECT_TRUE(match("re:.*(gate|router)$", "model.layers.3.mlp.gate"));
  EXPECT_FALSE(match("re:.*(gate|router)$", "model.layers.3.mlp.gate_proj"));
  EXPECT_TRUE(match("re:model\\.layers\\.\\d+\\.mlp\\.up_proj", "model.layers.17.mlp.up_proj"));
  EXPECT_FALSE(match("re:model\\.layers\\.\\d+\\.mlp", "model.layers.x.mlp"));
}

TEST(ModulePattern, HostileExpressionsEndQuickly) {
  const ModulePatterns patterns(
      {"re:(((((a+)+)+)+)+)$", "re:[^a", "re:" + std::string(100'000, '*'), std::string(300, '*') + "b"});
  EXPECT_FALSE(patterns.match(std::string(400, 'a')));
  EXPECT_FALSE(patterns.unread().empty());
}

}  // namespace
}  // namespace headroom
