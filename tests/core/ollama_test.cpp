// Ollama: the question it puts to llama.cpp by release, its own engine's caches, and the layers it places by itself.
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

Result<Scenario> read(json scenario, const char* engine = "ollama") {
  scenario["headroom"] = 1, scenario["engine"] = engine;
  return readScenario(jsonText(scenario), "test");
}
Estimate estimated(const json& scenario, const char* engine = "ollama") {
  const Result<Scenario> s = read(scenario, engine);
  if (!s) throw std::runtime_error(s.error().text());
  return estimate(*s);
}
Bytes of(const Estimate& e, ComponentId id) {
  return e.heaviest().ledger.bytes(id);
}
std::string said(const Estimate& e, std::string_view code) {
  const auto at = std::ranges::find_if(e.diagnostics, [&](const Diagnostic& d) { return d.code == code; });
  return at == e.diagnostics.end() ? std::string() : at->message;
}

TEST(Ollama, TheContextFollowsReleaseAndDevice) {
  const auto context = [](const char* version, const char* gpu) {
    json s{{"model", "Qwen/Qwen3-8B"}, {"devices", {{{"accelerator", gpu}}}}};
    if (*version != 0) s["engine_version"] = version;
    return settingsOf(*read(s)).context;
  };
  EXPECT_EQ(context("0.5.0", "rtx-4090"), 2048);
  EXPECT_EQ(context("0.9.0", "rtx-4090"), 4096);
  EXPECT_EQ(context("0.20.0", "rtx-4090"), 32768);
  EXPECT_EQ(context("", "rtx-4090"), 32768);
  EXPECT_EQ(context("", "tesla-t4"), 4096);
  EXPECT_EQ(context("", "h100-sxm-80gb"), 40960) << "the model's own maximum";
}

// server/quantization.go: values of Qwen3 stay in 16 bit. Q4_K_M has half of the 36 matrices of 4096 × 1024 in Q6_K
// (210 bytes for 256), half in Q4_K (144).
TEST(Ollama, ValuesOfQwen3AreInSixteenBit) {
  const Estimate e = estimated({{"model", "Qwen/Qwen3-8B"},
                                {"engine_version", "0.30.0"},
                                {"precision", {{"weights", "Q4_K_M"}}},
                                {"context", 4096},
                                {"devices", {{{"accelerator", "rtx-4090"}}}}});
  constexpr std::int64_t kMatrix = 4096 * 1024;
  std::int64_t beyond = 0;
  for (const Line& line : e.heaviest().ledger.lines())
    if (line.label.find("16 bit") != std::string_view::npos) beyond += line.bytes.value();
  EXPECT_EQ(beyond, 36 * kMatrix * 2 - 18 * (kMatrix / 256 * 210 + kMatrix / 256 * 144));
}

TEST(Ollama, IsLlamaCppWithItsOwnDefaults) {
  const json base{{"model", "meta-llama/Llama-3.1-8B"},
                  {"precision", {{"weights", "Q4_K_M"}}},
                  {"context", 8192},
                  {"prefill_tokens", 512},
                  {"devices", {{{"accelerator", "rtx-4090"}}}}};
  json server = base;
  server["engine_version"] = "b9409", server["max_sequences"] = 1;
  json asked = base;
  asked["engine_version"] = "0.30.0";
  const Estimate own = estimated(asked), inner = estimated(server, "llama.cpp");
  for (const ComponentId id : {ComponentId::weights, ComponentId::kv_cache, ComponentId::workspace})
    EXPECT_EQ(of(own, id), of(inner, id));
  EXPECT_THAT(said(own, "engine-version"), HasSubstr("b9409"));
  EXPECT_EQ(of(own, ComponentId::kv_cache), Bytes(8192LL * 131072));
}

// A public log (ollama pull request 11090's kind of lines): gpt-oss-120b at num_ctx 8192 prints 450 MiB of cache.
TEST(Ollama, ItsOwnEngineKeepsRoomToGoBackInWindows) {
  const Estimate e = estimated({{"model", "openai/gpt-oss-120b"},
                                {"engine_version", "0.12.3"},
                                {"context", 8192},
                                {"prefill_tokens", 512},
                                {"offload", {{"gpu_layers", 37}}},
                                {"devices", {{{"accelerator", "h100-sxm-80gb"}}}}});
  EXPECT_EQ(of(e, ComponentId::kv_cache), Bytes(450 * kMiB));
  EXPECT_THAT(said(e, "own-engine"), HasSubstr("own engine"));
}

// kvcache/causal.go (0.12): a window and a micro-batch of cells where the window is shorter than the context, though
// the context itself takes fewer: 15 layers of 1024 cells beside 3 of 768.
TEST(Ollama, AWindowsCacheMayBeLargerThanAShortContexts) {
  const Estimate e = estimated({{"model", "google/gemma-3-270m"},
                                {"engine_version", "0.12.3"},
                                {"context", 513},
                                {"precision", {{"weights", "F16"}}},
                                {"devices", {{{"accelerator", "h200-sxm"}}}}});
  EXPECT_EQ(of(e, ComponentId::kv_cache), Bytes((15 * 1024 + 3 * 768) * 1024));
}

TEST(Ollama, PlacesAsManyLayersAsFit) {
  const json base{{"model", "meta-llama/Llama-3.1-70B"},
                  {"precision", {{"weights", "Q4_K_M"}}},
                  {"context", 4096},
                  {"devices", {{{"accelerator", "rtx-4090"}}}}};
  const Estimate e = estimated(base);
  EXPECT_NE(e.verdict(), Verdict::exceeds);
  EXPECT_THAT(said(e, "layers-on-host"), HasSubstr("of 81 layers"));
  EXPECT_GT(e.host.bytes(ComponentId::weights), Bytes(10 * kGiB));
  json all = base;
  all["offload"] = {{"gpu_layers", 81}};
  EXPECT_EQ(estimated(all).verdict(), Verdict::exceeds) << "asked is asked";
}

// Logs of Ollama 0.2x: qwen2.5:7b at 32,768 tokens prints a compute graph of 1.8 GiB, glm4:9b on 0.17.0 one of 2.1 GiB.
TEST(Ollama, SaysWhatItsSchedulerPredicts) {
  const auto predicted = [](const char* model, const char* version) {
    return said(estimated({{"model", model},
                           {"engine_version", version},
                           {"precision", {{"weights", "Q4_K_M"}}},
                           {"context", 32768},
                           {"devices", {{{"accelerator", "rtx-4090"}}}}}),
                "predicted-graph");
  };
  EXPECT_THAT(predicted("Qwen/Qwen2.5-7B-Instruct", "0.22.0"), HasSubstr("1.8 GiB a device and 7.6 GiB in all"));
  EXPECT_THAT(predicted("THUDM/glm-4-9b-chat-hf", "0.17.0"), HasSubstr("2.1 GiB a device"));
  EXPECT_TRUE(predicted("Qwen/Qwen2.5-7B-Instruct", "0.31.0").empty()) << "llama-server fits by itself";
}

TEST(Ollama, OptionsByTheirOwnNames) {
  const auto s = read({{"model", "meta-llama/Llama-3.1-8B"},
                       {"engine_options", {{"num_ctx", 2048}, {"num_parallel", 2}, {"num_gpu", 10}}}});
  ASSERT_TRUE(s) << s.error().text();
  EXPECT_EQ(s->context, 2048);
  EXPECT_EQ(s->batch, 2);
  EXPECT_EQ(s->offload.gpuLayers, 10);
  json quantized{{"model", "meta-llama/Llama-3.1-8B"},
                 {"context", 8192},
                 {"precision", {{"kv_cache", "q8_0"}}},
                 {"engine_options", {{"ollama_flash_attention", false}}}};
  EXPECT_FALSE(said(estimated(quantized), "cache-not-quantized").empty());
}

double gib(Bytes b) {
  return static_cast<double>(b.value()) / static_cast<double>(kGiB);
}

// Public logs of its own engine, which reserves the graph of an image of 2048 x 2048 beside the text's: ollama issue
// 12303 (Gemma 3 4B on the CPU: graph 1.1 GiB, cache 334.0 MiB, weights 3.6 GiB) and TandoorRecipes issue 4246 (Llama
// 3.2 11B Vision: graph 2.9 GiB, cache 912.2 MiB, of it 400.25 of an encoded image in fp32).
TEST(Ollama, ItsOwnEngineEncodesAnImageWhenItReservesItsGraph) {
  const Estimate gemma = estimated({{"model", "google/gemma-3-4b-it"},
                                    {"engine_version", "0.12.2"},
                                    {"context", 8192},
                                    {"precision", {{"weights", "Q4_K_M"}}},
                                    {"offload", {{"gpu_layers", 0}}}});
  EXPECT_NEAR(gib(gemma.host.bytes(ComponentId::workspace)), 1.1, 0.05);
  EXPECT_EQ(gemma.host.bytes(ComponentId::kv_cache), Bytes(334 * kMiB));
  EXPECT_NEAR(gib(gemma.host.bytes(ComponentId::weights)), 3.6, 0.15);
  const json instruct{{"model_type", "mllama"},
                      {"text_config",
                       {{"model_type", "mllama_text_model"},
                        {"hidden_size", 4096},
                        {"intermediate_size", 14336},
                        {"num_hidden_layers", 40},
                        {"num_attention_heads", 32},
                        {"num_key_value_heads", 8},
                        {"vocab_size", 128256},
                        {"max_position_embeddings", 131072},
                        {"cross_attention_layers", {3, 8, 13, 18, 23, 28, 33, 38}}}},
                      {"vision_config", {{"image_size", 560}}}};
  const Estimate mllama = estimated({{"model", {{"config", instruct}}},
                                     {"engine_version", "0.15.5"},
                                     {"context", 4096},
                                     {"precision", {{"weights", "Q4_K_M"}}},
                                     {"devices", {{{"accelerator", "rtx-3090"}}}}});
  EXPECT_NEAR(gib(of(mllama, ComponentId::workspace)), 2.9, 0.12);
  EXPECT_EQ(of(mllama, ComponentId::kv_cache), Bytes(512 * kMiB + 8LL * 6404 * 1024 * 2 * 4));
  EXPECT_NEAR(gib(of(mllama, ComponentId::weights)), 6.99, 0.15);
}

// ollama issue 12027 (Llama 8B, cache in q4_0, 26,624 tokens): 98.0 MiB on the device, 8.0 on the host, which are the
// mask, gate and up, and twice the hidden state. Since 0.12 the opened gate is a tensor of its own (36 MiB more).
TEST(Ollama, ItsOwnGraphHasItsInputsElsewhere) {
  const Estimate e = estimated({{"model", "meta-llama/Llama-3.1-8B"},
                                {"engine_version", "0.11.5"},
                                {"context", 26624},
                                {"prefill_tokens", 512},
                                {"attention", "flash"},
                                {"precision", {{"weights", "Q4_0"}, {"kv_cache", "q4_0"}}},
                                {"engine_options", {{"ollama_new_engine", true}}},
                                {"devices", {{{"accelerator", "rtx-2080-ti"}}}}});
  EXPECT_NEAR(gib(of(e, ComponentId::workspace)), (98 + 36) / 1024.0, 0.001);
  EXPECT_EQ(e.host.bytes(ComponentId::workspace), Bytes(8 * kMiB));
  EXPECT_EQ(of(e, ComponentId::kv_cache), Bytes(936 * kMiB));
}

// llm/server.go, assignLayers: as few devices as can be; the output goes to the host before any layer does.
TEST(Ollama, FillsOneDeviceBeforeTheNext) {
  json two{{"model", "Qwen/Qwen3-8B"},
           {"engine_version", "0.13.5"},
           {"precision", {{"weights", "Q4_K_M"}}},
           {"context", 8192},
           {"devices", {{{"accelerator", "rtx-3090"}, {"count", 2}}}}};
  const auto second = [&] { return estimated(two).ranks.back().ledger.bytes(ComponentId::weights); };
  EXPECT_EQ(second(), Bytes(0));
  two["engine_options"] = {{"ollama_sched_spread", true}};
  EXPECT_GT(second(), Bytes(kGiB));
  const json most{
      {"model", "Qwen/Qwen3-8B"}, {"engine_version", "0.13.5"},      {"precision", {{"weights", "Q4_K_M"}}},
      {"context", 4096},          {"offload", {{"gpu_layers", 36}}}, {"devices", {{{"accelerator", "rtx-3090"}}}}};
  const Estimate e = estimated(most);
  EXPECT_EQ(of(e, ComponentId::kv_cache), Bytes(576 * kMiB)) << "all layers, and no output";
  EXPECT_GT(e.host.bytes(ComponentId::weights), Bytes(800 * kMiB));
}

// Many sequences at once take the attention of the layers on the host to the device: no kernel is missing.
TEST(Ollama, SaysWhyFlashAttentionIsOff) {
  const json base{{"model", "Qwen/Qwen3-8B"},
                  {"precision", {{"weights", "Q4_K_M"}}},
                  {"context", 8192},
                  {"devices", {{{"accelerator", "rtx-4090"}}}}};
  json many = base;
  many["batch"] = 40;
  EXPECT_THAT(said(estimated(many), "flash-attention-off"), HasSubstr("layers on the host"));
  EXPECT_EQ(said(estimated(base), "flash-attention-off"), "");
}

}  // namespace
}  // namespace headroom
