// What a server keeps beside the model: adapters, drafts, image encoders; and models that only embed.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "core/estimate/estimate.h"
#include "core/open/scenario_json.h"

namespace headroom {
namespace {

Scenario scenario(const std::string& fields) {
  Result<Scenario> s = readScenario("{" + fields + "}", "test");
  EXPECT_TRUE(s) << s.error().text();
  return s ? *s : Scenario{};
}

Estimate of(const std::string& fields) {
  return estimate(scenario(fields));
}

double component(const Estimate& e, ComponentId id) {
  return static_cast<double>(e.heaviest().ledger.bytes(id).value());
}

bool says(const Estimate& e, std::string_view code) {
  return std::ranges::any_of(e.diagnostics, [&](const Diagnostic& d) { return d.code == code; });
}

const std::string kLlama8 = R"("model": "meta-llama/Llama-3.1-8B", "engine": "vllm", "engine_version": "0.11.0",
    "context": 8192, "devices": [{"accelerator": "h100-80gb"}])";

// unslothai/notebooks@bdda2ef Llama_FP8_GRPO.ipynb: Llama-3.2-1B in fp8 blocks on an L4 with one slot of rank 32 prints
// 1.4721 GiB for model and adapters.
TEST(ServedAdapters, SlotsAndModelAddUpToThePrintedWeights) {
  const Estimate e = of(R"("model": "meta-llama/Llama-3.2-1B", "engine": "vllm", "engine_version": "0.11.2",
      "precision": {"weights": "fp8-block"}, "devices": [{"accelerator": "l4"}], "lora": {"slots": 1, "rank": 32})");
  const double gib =
      (component(e, ComponentId::weights) + component(e, ComponentId::adapters)) / static_cast<double>(kGiB);
  EXPECT_NEAR(gib, 1.4721, 0.002 * 1.4721);
}

TEST(ServedAdapters, GrowWithSlotsAndRankAndTakeTheirRoomFromThePool) {
  const Estimate none = of(kLlama8), one = of(kLlama8 + R"(, "lora": {"rank": 16})"),
                 four = of(kLlama8 + R"(, "lora": {"rank": 16, "slots": 4})");
  EXPECT_EQ(component(none, ComponentId::adapters), 0);
  EXPECT_GT(component(one, ComponentId::adapters), 0);
  EXPECT_NEAR(component(four, ComponentId::adapters), 4 * component(one, ComponentId::adapters), 8);
  EXPECT_NEAR(static_cast<double>((*none.pool.kvBytes - *four.pool.kvBytes).value()),
              component(four, ComponentId::adapters), 8);
  // vLLM keeps slots of 32 for an adapter of rank 24.
  EXPECT_EQ(component(of(kLlama8 + R"(, "lora": {"rank": 24})"), ComponentId::adapters),
            component(of(kLlama8 + R"(, "lora": {"rank": 32})"), ComponentId::adapters));
}

// q_proj 4096 → 4096 and v_proj 4096 → 1024 of 32 layers, rank 8: 3,407,872 parameters (arXiv 2106.09685, section 4.1).
TEST(ServedAdapters, OtherEnginesLoadTheAdapterAsItIs) {
  const std::string lora = R"(, "lora": {"slots": 2, "rank": 8, "targets": ["q_proj", "v_proj"]})";
  for (const auto& [engine, bytes] : {std::pair("transformers", 4.0), {"llama.cpp", 4.0}, {"sglang", 2.0}})
    EXPECT_EQ(component(of(R"("model": "meta-llama/Llama-3.1-8B", "engine": ")" + std::string(engine) + '"' + lora),
                        ComponentId::adapters),
              2 * 3'407'872 * bytes)
        << engine;
}

TEST(ServedDraft, ADraftModelAddsItsWeightsAndItsCache) {
  const std::string draft = R"(, "speculative": {"model": "meta-llama/Llama-3.2-1B", "tokens": 4})";
  for (const char* engine : {"vllm", "sglang", "llama.cpp", "transformers"}) {
    const std::string base = R"("model": "meta-llama/Llama-3.1-8B", "context": 8192, "batch": 4, "engine": ")" +
                             std::string(engine) + R"(", "devices": [{"accelerator": "h100-80gb"}])";
    const Estimate plain = of(base), both = of(base + draft);
    // 1,235,814,400 parameters in bf16; llama.cpp adds the alignment of its buffers.
    EXPECT_NEAR(component(both, ComponentId::weights) - component(plain, ComponentId::weights), 2 * 1'235'814'400.0,
                0.02 * 2 * 1'235'814'400.0)
        << engine;
    // 16 layers of 8 heads of 64, keys and values in 16 bit, for 4 sequences of 8192 tokens and those proposed.
    const double cache = 16.0 * 2 * 8 * 64 * 2 * 4 * 8192;
    EXPECT_NEAR(component(both, ComponentId::kv_cache) - component(plain, ComponentId::kv_cache), cache, 0.01 * cache)
        << engine;
  }
}

TEST(ServedDraft, NextTokenLayersComeFromTheCheckpoint) {
  const std::string v3 = R"("model": "deepseek-ai/DeepSeek-V3", "engine": "vllm", "parallel": {"tensor": 8},
      "devices": [{"accelerator": "h200", "count": 8}], "context": 8192)";
  const Estimate plain = of(v3), mtp = of(v3 + R"(, "speculative": {"method": "mtp", "tokens": 1})");
  // One layer more than 61 of latent cache.
  EXPECT_NEAR(mtp.kvBytesPerToken / plain.kvBytesPerToken, 62.0 / 61.0, 1e-9);
  // The next-token layer of DeepSeek-V3 has 11.5 billion parameters without embedding and head (arXiv 2412.19437,
  // section 2.2: 14 billion with them); an eighth of them in the model's own format.
  const double added = component(mtp, ComponentId::weights) - component(plain, ComponentId::weights);
  EXPECT_GT(added, 1.3e9);
  EXPECT_LT(added, 3.2e9);
  EXPECT_FALSE(says(mtp, "no-next-token-layers"));
  EXPECT_TRUE(says(of(kLlama8 + R"(, "speculative": {"method": "mtp"})"), "no-next-token-layers"));
}

// An EAGLE head (arXiv 2401.15077 section 3): a layer of the model's and a projection of embedding and hidden state to
// one hidden state. Llama-3.1-8B: 218,112,000 parameters a layer and 2 × 4096 × 4096, of 2 bytes.
TEST(ServedDraft, AnEagleHeadIsALayerAndAProjection) {
  const std::string eagle = R"(, "speculative": {"method": "eagle", "tokens": 3})";
  EXPECT_EQ(component(of(kLlama8 + eagle), ComponentId::weights) - component(of(kLlama8), ComponentId::weights),
            2.0 * (218'112'000 + 2 * 4096 * 4096));
}

// A checkpoint that brings next-token layers needs no head of its own in SGLang.
TEST(ServedDraft, EagleWithoutAHeadDraftsWithTheCheckpointsOwnLayers) {
  const auto weights = [](const std::string& engine, const char* method) {
    return component(of(R"("model": "deepseek-ai/DeepSeek-V3", "engine": ")" + engine +
                        R"(", "parallel": {"tensor": 8}, "speculative": {"method": ")" + method + R"(", "tokens": 3})"),
                     ComponentId::weights);
  };
  EXPECT_EQ(weights("sglang", "eagle"), weights("sglang", "mtp"));
  EXPECT_NE(weights("vllm", "eagle"), weights("vllm", "mtp"));
}

TEST(ServedDraft, NgramsTakeNothing) {
  const Estimate plain = of(kLlama8), ngram = of(kLlama8 + R"(, "speculative": {"method": "ngram"})");
  EXPECT_EQ(plain.heaviest().device, ngram.heaviest().device);
  EXPECT_EQ(*plain.pool.kvTokens, *ngram.pool.kvTokens);
}

TEST(ServedImages, ATextOnlyServerNeedsNoEncoder) {
  const std::string vl = R"("model": "Qwen/Qwen2.5-VL-7B-Instruct", "engine": "vllm", "engine_version": "0.18.0",
      "context": 8192, "devices": [{"accelerator": "h100-80gb"}])";
  const Estimate any = of(vl), none = of(vl + R"(, "images": {"per_request": 0})"),
                 small = of(vl + R"(, "images": {"width": 448, "height": 448})");
  EXPECT_LT(component(none, ComponentId::weights), component(any, ComponentId::weights));
  EXPECT_LT(component(none, ComponentId::activations), component(any, ComponentId::activations));
  EXPECT_LT(component(small, ComponentId::activations), component(any, ComponentId::activations));
  EXPECT_GT(*none.pool.kvTokens, *any.pool.kvTokens);
  // 448 × 448 pixels are 32 × 32 patches of 14, four to a token.
  const auto note = std::ranges::find(small.diagnostics, std::string_view("image-tokens"), &Diagnostic::code);
  ASSERT_NE(note, small.diagnostics.end());
  EXPECT_NE(note->message.find(" 256 tokens"), std::string::npos) << note->message;
  EXPECT_TRUE(
      says(of(vl + R"(, "images": {"per_request": 9, "width": 4000, "height": 4000})"), "images-exceed-context"));
  EXPECT_TRUE(says(of(kLlama8 + R"(, "images": {})"), "no-vision-tower"));
}

TEST(ServedEmbeddings, SampleNothing) {
  const Estimate writes = of(kLlama8), embeds = of(kLlama8 + R"(, "task": "embed")");
  EXPECT_LT(component(embeds, ComponentId::activations), component(writes, ComponentId::activations));
  // The untied head, 128,256 rows of 4096 in bf16, is dropped.
  EXPECT_NEAR(component(writes, ComponentId::weights) - component(embeds, ComponentId::weights), 128'256.0 * 4096 * 2,
              2e6);
}

TEST(ServedEmbeddings, AnEncoderKeepsNoCache) {
  for (const char* engine : {"vllm", "sglang", "transformers"}) {
    const Estimate e = of(R"("model": "google-bert/bert-large-uncased", "context": 512, "batch": 32, "engine": ")" +
                          std::string(engine) + R"(", "devices": [{"accelerator": "l4"}])");
    EXPECT_EQ(component(e, ComponentId::kv_cache), 0) << engine;
    EXPECT_EQ(component(e, ComponentId::logits), 0) << engine;
    EXPECT_GT(component(e, ComponentId::weights), 3e8) << engine;
  }
}

// vLLM takes the cache's format from ModelOpt's section since 0.13 (utils/torch_utils.py resolve_kv_cache_dtype_string)
// and from compressed-tensors' since 0.15 (attention/layer.py); what is asked wins.
TEST(QuantizedCheckpoints, BringTheirCacheFormatToTheEnginesThatAskThem) {
  const auto perToken = [](const std::string& section, const std::string& rest) {
    return of(R"("model": {"config": {"model_type": "llama", "hidden_size": 4096, "num_attention_heads": 32,
        "num_key_value_heads": 8, "intermediate_size": 14336, "num_hidden_layers": 32, "vocab_size": 128256,
        "max_position_embeddings": 8192, "torch_dtype": "bfloat16", "quantization_config": )" +
              section + "}}, " + rest)
        .kvBytesPerToken;
  };
  const std::string modelOpt = R"({"quant_method": "modelopt", "quant_algo": "FP8",
      "kv_cache_scheme": {"num_bits": 8, "type": "float"}, "ignore": ["lm_head"]})";
  const std::string compressed = R"({"quant_method": "compressed-tensors", "ignore": ["lm_head"],
      "kv_cache_scheme": {"num_bits": 8, "type": "float"}, "config_groups": {"group_0": {"targets": ["Linear"],
      "weights": {"num_bits": 8, "type": "float", "strategy": "tensor"}}}})";
  constexpr double kNarrow = 32 * 2 * 8 * 128, kWide = 2 * kNarrow;
  EXPECT_EQ(perToken(modelOpt, R"("engine": "vllm", "engine_version": "0.12.0")"), kWide);
  EXPECT_EQ(perToken(modelOpt, R"("engine": "vllm", "engine_version": "0.13.0")"), kNarrow);
  EXPECT_EQ(perToken(compressed, R"("engine": "vllm", "engine_version": "0.14.0")"), kWide);
  EXPECT_EQ(perToken(compressed, R"("engine": "vllm", "engine_version": "0.15.0")"), kNarrow);
  EXPECT_EQ(perToken(compressed, R"("engine": "vllm", "precision": {"kv_cache": "bf16"})"), kWide);
  EXPECT_EQ(perToken(modelOpt, R"("engine": "sglang")"), kNarrow);
  EXPECT_EQ(perToken(compressed, R"("engine": "sglang")"), kWide);
  EXPECT_EQ(perToken(modelOpt, R"("engine": "transformers")"), kWide);
}

TEST(QuantizedCheckpoints, ExpertsThatAReleaseHoldsInSixteenBitAreSaid) {
  const std::string model = R"("model": {"config": {"model_type": "qwen3_moe", "hidden_size": 256,
      "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 64, "intermediate_size": 512,
      "moe_intermediate_size": 128, "num_experts": 8, "num_experts_per_tok": 2, "num_hidden_layers": 2,
      "vocab_size": 1024, "torch_dtype": "bfloat16", "quantization_config": {"quant_method": "bitsandbytes",
      "load_in_4bit": true, "bnb_4bit_quant_type": "nf4"}}}, "engine": "transformers", "engine_version": )";
  EXPECT_TRUE(says(of(model + "\"transformers 5.24.0\""), "experts-expanded"));
  EXPECT_FALSE(says(of(model + "\"transformers 4.57.6\""), "experts-expanded"));
}

// sglang/srt/model_executor/pool_configurator.py (0.5.14, 0.5.23) and model_config.py is_hybrid_swa_model (0.5.7 to
// 0.5.11): a draft's layers lie in the cell; which windows have a pool of their own follows the release.
TEST(SglangPools, FollowTheReleaseAndHoldTheDraft) {
  const auto tokens = [](const char* model, const char* release, const char* more) {
    return of(fmt::format(R"("model": "{}", "engine": "sglang", "engine_version": "{}", "batch": 1, "context": 4096,
        "kv_cache_memory_bytes": 40000000000, "devices": [{{"accelerator": "h200"}}]{})",
                          model, release, more))
        .pool.kvTokens;
  };
  constexpr const char* kEagle = R"(, "speculative": {"method": "eagle", "tokens": 4})";
  EXPECT_EQ(tokens("meta-llama/Llama-3.1-8B", "0.5.13", kEagle), 40'000'000'000 / 131072);
  EXPECT_EQ(tokens("meta-llama/Llama-3.1-8B", "0.5.14", kEagle), 40'000'000'000 / (131072 * 33 / 32));
  EXPECT_EQ(tokens("deepseek-ai/DeepSeek-V3", "0.5.23", R"(, "speculative": {"method": "mtp", "tokens": 1})"),
            40'000'000'000 / (1152 * 62));
  const std::int64_t common = 40'000'000'000 / (24 * 2048);  // gpt-oss-20b: a cell of all layers
  EXPECT_EQ(tokens("openai/gpt-oss-20b", "0.5.7", ""), common);
  EXPECT_GT(*tokens("openai/gpt-oss-20b", "0.5.8", ""), common);
  EXPECT_LT(*tokens("google/gemma-4-31B-it", "0.5.10", ""), *tokens("google/gemma-4-31B-it", "0.5.11", ""));
}

}  // namespace
}  // namespace headroom
