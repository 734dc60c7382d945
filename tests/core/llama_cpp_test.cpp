// llama.cpp's own figures are the truth here: file sizes its quantizer wrote and buffers it printed.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/estimate/estimate.h"
#include "core/formats/model_source.h"
#include "core/model/gguf_mix.h"
#include "core/model/weight_bytes.h"
#include "core/open/catalogue.h"
#include "core/open/scenario_json.h"

namespace headroom {
namespace {

using nlohmann::json;

json dataFile(const std::string& name) {
  std::ifstream in(std::string(HEADROOM_TEST_DATA) + "/" + name);
  return json::parse(in);
}

TEST(GgufMix, SizesEqualWhatTheQuantizerWrites) {
  const json data = dataFile("gguf_sizes.json");
  int compared = 0;
  for (const auto& [id, entry] : data["models"].items()) {
    const auto model = modelFromConfig(entry["config"].dump(), id, id);
    ASSERT_TRUE(model) << model.error().text();
    for (const auto& [type, bytes] : entry["bytes"].items()) {
      const auto format = ggufFileType(type);
      ASSERT_TRUE(format) << type;
      EXPECT_EQ(weightBytes(*model, *format).value(), bytes.get<std::int64_t>()) << id << " " << type;
      ++compared;
    }
    // Files of before 2025-04 hold the latent up-projection as one tensor, which other rules of the mix apply to.
    const json whole = entry.value("bytes_of_whole_kv_b", json::object());
    for (const auto& [type, bytes] : whole.items()) {
      EXPECT_EQ(ggufTensorBytes(*model, *ggufFileType(type), false).value(), bytes.get<std::int64_t>())
          << id << " " << type;
      ++compared;
    }
  }
  EXPECT_GE(compared, 430);
}

TEST(GgufMix, TypesFollowPlaceAndShape) {
  const auto model = catalogueModel("meta-llama/Llama-3.1-8B");
  ASSERT_TRUE(model);
  const GgufInventory inventory = ggufInventory(**model);
  const auto formatOf = [&](GgufFileType type, std::string_view name, int layer) {
    for (const GgufStored& t : ggufMix(inventory, type))
      if (t.tensor->name == name && t.layer == layer) return t.format;
    return NumberFormat::boolean;
  };
  EXPECT_EQ(formatOf(GgufFileType::Q4_K_M, "output.weight", -1), NumberFormat::q6_k);
  EXPECT_EQ(formatOf(GgufFileType::Q4_K_M, "token_embd.weight", -1), NumberFormat::q4_k);
  EXPECT_EQ(formatOf(GgufFileType::Q4_K_M, "attn_v.weight", 0), NumberFormat::q6_k);
  EXPECT_EQ(formatOf(GgufFileType::Q4_K_M, "attn_v.weight", 4), NumberFormat::q4_k);
  EXPECT_EQ(formatOf(GgufFileType::Q4_K_M, "ffn_norm.weight", 0), NumberFormat::fp32);
}

Bytes componentOf(const Estimate& e, const std::string& figure, bool sum) {
  const bool host = figure.starts_with("host.");
  const std::string name = host ? figure.substr(5) : figure;
  for (std::size_t c = 0; c < kComponentCount; ++c) {
    const auto id = static_cast<ComponentId>(c);
    if (idOf(id) != name) continue;
    if (host) return e.host.bytes(id);
    Bytes total;
    for (const RankEstimate& r : e.ranks) total += r.ledger.bytes(id);
    return sum ? total : e.heaviest().ledger.bytes(id);
  }
  return Bytes(-1);
}

TEST(LlamaCpp, BuffersEqualWhatItPrints) {
  const json data = dataFile("llama_cpp_buffers.json");
  int figures = 0, exact = 0;
  for (const json& run : data["runs"]) {
    json scenario = run["scenario"];
    scenario["headroom"] = 1;
    scenario["model"] = {{"config", data["models"][run["model"].get<std::string>()]["config"]}, {"name", run["model"]}};
    const auto read = readScenario(scenario.dump(), run["id"].get<std::string>());
    ASSERT_TRUE(read) << read.error().text();
    const Estimate e = estimate(*read);
    for (const auto& [name, figure] : run["figures"].items()) {
      const auto want = figure["bytes"].get<std::int64_t>();
      const std::int64_t got = componentOf(e, name, figure.contains("sum")).value();
      const std::int64_t step = std::max<std::int64_t>(figure["step"].get<std::int64_t>(), want / 10'000);
      ++figures;
      exact += std::abs(got - want) <= step;
      // Even where a row's planning differs in a detail nothing may be far off.
      EXPECT_NEAR(static_cast<double>(got), static_cast<double>(want), 0.05 * static_cast<double>(want) + 1e6)
          << run["id"] << " " << run["subject"] << " " << name;
    }
  }
  EXPECT_GE(figures, 600);
  EXPECT_GE(exact, figures * 98 / 100);
}

// The newest build: micro-batches of tokens and embeddings, what CUDA's fusion keeps alive, indexers, rolled-back
// states.
TEST(LlamaCpp, BuffersEqualWhatTheNewestBuildPrints) {
  const json data = dataFile("llama_cpp_buffers_b11549.json");
  int figures = 0;
  for (const json& run : data["runs"]) {
    json scenario = run["scenario"];
    scenario["headroom"] = 1;
    scenario["model"] = run["model"];
    const auto read = readScenario(scenario.dump(), run["id"].get<std::string>());
    ASSERT_TRUE(read) << read.error().text();
    const Estimate e = estimate(*read);
    for (const auto& [name, figure] : run["figures"].items()) {
      const auto want = figure["bytes"].get<std::int64_t>();
      const std::int64_t got = componentOf(e, name, figure.contains("sum")).value();
      EXPECT_LE(std::abs(got - want), std::max<std::int64_t>(1, want / 10'000))
          << run["id"] << " " << run["subject"] << " " << name << ": " << got << ", printed " << want;
      ++figures;
    }
  }
  EXPECT_GE(figures, 600);
}

Scenario llama(std::int64_t context) {
  Scenario s;
  s.model = *catalogueModel("meta-llama/Llama-3.1-8B");
  s.engine = Engine::llama_cpp;
  s.precision.weights = GgufFileType::Q4_K_M;
  s.context = context;
  return s;
}

TEST(LlamaCpp, MoreContextSequencesOrLayersNeverNeedLess) {
  Bytes before;
  for (const std::int64_t context : {512, 1000, 4096, 16'384, 131'072}) {
    const Bytes now = estimate(llama(context)).heaviest().device;
    EXPECT_GE(now, before) << context;
    before = now;
  }
  before = Bytes(0);
  for (std::int64_t layers = 0; layers <= 33; ++layers) {
    Scenario s = llama(4096);
    s.offload.gpuLayers = layers;
    s.devices = {{"", 1, std::nullopt, 8.9, nullptr}};
    const Estimate e = estimate(s);
    const Bytes weights = e.heaviest().ledger.bytes(ComponentId::weights);
    EXPECT_GE(weights, before) << layers;
    before = weights;
  }
}

TEST(LlamaCpp, TheSameQuestionHasTheSameAnswerFromTheCache) {
  const Estimate first = estimate(llama(4096));
  estimate(llama(8192));
  const Estimate again = estimate(llama(4096));
  EXPECT_EQ(first.heaviest().device, again.heaviest().device);
  EXPECT_EQ(first.host.total(), again.host.total());
}

TEST(LlamaCpp, ADifferentVersionFollowsItsOwnRules) {
  Scenario old = llama(8192);
  old.engineVersion = "2025-02";
  old.attention = AttentionImplementation::eager;
  Scenario build = old;
  build.engineVersion = "b4739";
  Scenario unknown = old;
  unknown.engineVersion = "my fork";
  EXPECT_EQ(estimate(old).heaviest().device, estimate(build).heaviest().device);
  EXPECT_NE(estimate(old).heaviest().device, estimate(unknown).heaviest().device);
  bool told = false;
  for (const Diagnostic& d : estimate(unknown).diagnostics) told |= d.code == "engine-version";
  EXPECT_TRUE(told);
}

// A public log of b7342 (Qwen3 Coder 30B A3B, 65,536 cells, four slots): 300.75 MiB are the logits and hidden states of
// 512 tokens. Builds from b9460 on lay the graph out for a row a slot, from b9501 on room to widen a quantized cache
// lies in the printed buffer.
TEST(LlamaCpp, BuildsUntilSpring2026ReserveLogitsOfEveryToken) {
  const auto workspace = [](const char* build, const char* cache) {
    const auto s = readScenario(json{{"headroom", 1},
                                     {"model", "Qwen/Qwen3-30B-A3B"},
                                     {"engine", "llama.cpp"},
                                     {"engine_version", build},
                                     {"precision", {{"weights", "Q8_0"}, {"kv_cache", cache}}},
                                     {"context", 65536},
                                     {"batch", 4},
                                     {"max_sequences", 4},
                                     {"unified_kv", true},
                                     {"prefill_tokens", 512},
                                     {"attention", "flash"},
                                     {"devices", {{{"accelerator", "a100-sxm-80gb"}}}}}
                                    .dump(),
                                "test");
    return estimate(s.value()).heaviest().ledger.bytes(ComponentId::workspace);
  };
  EXPECT_EQ(workspace("b7342", "f16"), Bytes((151936LL + 2048) * 512 * 4));
  EXPECT_LT(workspace("b9460", "f16"), Bytes(200 * kMiB));
  EXPECT_GT(workspace("b9501", "q8_0"), workspace("b9460", "q8_0"));
}

TEST(LlamaCpp, AnAbsurdQuestionHasAnAbsurdlyLargeAnswer) {
  Scenario s = llama(kMaxContext);
  s.batch = kMaxBatch;
  s.prefillTokens = kMaxContext;
  const Estimate e = estimate(s);
  EXPECT_GT(e.heaviest().device, Bytes(1000 * kGiB));
  EXPECT_GT(e.heaviest().ledger.bytes(ComponentId::workspace), Bytes(kGiB));
}

TEST(LlamaCpp, AFamilyItDoesNotLoadIsAnsweredWithAWarning) {
  Scenario s = llama(4096);
  auto model = std::make_shared<Model>(*s.model);
  model->family = "never_heard_of";
  s.model = model;
  const Estimate e = estimate(s);
  EXPECT_GT(e.heaviest().device, Bytes(0));
  EXPECT_GT(e.heaviest().high, e.heaviest().device);
  bool told = false;
  for (const Diagnostic& d : e.diagnostics) told |= d.code == "architecture-unknown";
  EXPECT_TRUE(told);
}

// Graphs that were read from llama.cpp's sources are replayed, so their compute buffers carry the band of other
// backends alone; of a build that nobody names they may also be an older one's, with logits of every row.
TEST(LlamaCpp, ReplaysTheGraphsItHasRead) {
  for (const char* id : {"google/gemma-4-26B-A4B", "google/gemma-4-31B-it", "google/gemma-4-E4B-it", "Qwen/Qwen3.5-27B",
                         "Qwen/Qwen3.5-35B-A3B", "bigscience/bloom-7b1", "mosaicml/mpt-7b", "databricks/dbrx-base",
                         "baidu/ERNIE-4.5-21B-A3B-PT", "internlm/internlm2-7b", "MiniMaxAI/MiniMax-M2"}) {
    Scenario s;
    const auto model = catalogueModel(id);
    ASSERT_TRUE(model) << id;
    s.model = *model;
    s.engine = Engine::llama_cpp;
    s.precision.weights = GgufFileType::Q4_K_M;
    Bytes before;
    for (const std::int64_t context : {4096, 16384}) {
      s.context = context;
      s.engineVersion = "b11549";
      const Bytes named = estimate(s).heaviest().ledger.high(ComponentId::workspace);
      s.engineVersion.clear();
      const Estimate e = estimate(s);
      const Ledger& l = e.heaviest().ledger;
      const auto bytes = static_cast<double>(l.bytes(ComponentId::workspace).value());
      EXPECT_GT(l.bytes(ComponentId::workspace), before) << id;
      EXPECT_NEAR(static_cast<double>(named.value()), 1.2 * bytes, 2) << id;
      EXPECT_GE(l.high(ComponentId::workspace), named) << id;
      EXPECT_FALSE(std::ranges::any_of(e.diagnostics, [](const Diagnostic& d) { return d.code == "graph-assumed"; }))
          << id;
      before = l.bytes(ComponentId::workspace);
    }
  }
}

// Apple's attention kernel keeps partial results and, since August 2026, fp16 copies of keys and values of any cache
// (ggml-metal-ops.cpp): at 131,072 cells and 512 tokens with the mask and four tensors as wide as a hidden state.
TEST(LlamaCpp, MetalKeepsRoomToWidenAnyCache) {
  Scenario s = llama(131'072);
  s.devices = {{"apple-m3-max-64gb", 1, std::nullopt, std::nullopt, findAccelerator("apple-m3-max-64gb")}};
  const std::int64_t hidden = 4 * 4096 * 512, mask = 2 * 131'072 * 512;
  const std::int64_t edge = 64 * (2 * (2 * 128 * 8) + 2 * 512), blocks = 64 * 2048, partial = 4 * 32 * 32 * 32 * 130;
  const std::int64_t widened = 2 * 2 * 131'072 * 8 * 128;
  s.engineVersion = "b10566";
  const std::int64_t since = estimate(s).heaviest().ledger.bytes(ComponentId::workspace).value();
  EXPECT_NEAR(static_cast<double>(since), static_cast<double>(mask + 5 * hidden + edge + blocks + partial + widened),
              16'384);
  s.engineVersion = "b10565";
  const std::int64_t before = estimate(s).heaviest().ledger.bytes(ComponentId::workspace).value();
  EXPECT_LT(before, since - widened * 9 / 10);
}

}  // namespace
}  // namespace headroom
