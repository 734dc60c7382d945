// MLX against mlx-lm's own code: weights, caches and adapters to the byte (tests/data/mlx_sizes.json), peaks that its
// benchmarks print, and what its options change.
#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/estimate/estimate.h"
#include "core/open/scenario_json.h"
#include "core/readers/commands/launch_command.h"

namespace headroom {
namespace {

using nlohmann::json;
using testing::HasSubstr;

Estimate estimated(json scenario) {
  scenario["headroom"] = 1, scenario["engine"] = "mlx";
  const Result<Scenario> s = readScenario(jsonText(scenario), "test");
  if (!s) throw std::runtime_error(s.error().text());
  return estimate(*s);
}

Bytes of(const Estimate& e, ComponentId id) {
  return e.heaviest().ledger.bytes(id);
}

bool says(const Estimate& e, std::string_view code) {
  return std::ranges::any_of(e.diagnostics, [&](const Diagnostic& d) { return d.code == code; });
}

json scenarioOf(const json& row, const json& configs) {
  json config = configs[row["config"].get<std::string>()];
  if (row.contains("quantization")) config["quantization"] = row["quantization"];
  json s{{"model", {{"config", config}, {"name", row["config"]}}}};
  const json run = row.value("run", json::object());
  if (row["kind"] == "cache") {
    const std::int64_t prompt = run["prompt_tokens"], generated = run["generated_tokens"];
    s["batch"] = run["batch"], s["context"] = prompt + generated, s["prefill_tokens"] = run["prefill_step"];
    if (generated > 0) s["engine_options"]["max_tokens"] = generated;
    for (const char* option : {"kv_bits", "kv_group_size", "max_kv_size"})
      if (run.contains(option)) s["engine_options"][option] = run[option];
  } else if (row["kind"] == "lora" || row["kind"] == "dora") {
    s["lora"] = {{"rank", run["rank"]}};
    if (run["keys"].is_array()) {
      s["lora"]["targets"] = json::array();
      for (const std::string key : run["keys"]) s["lora"]["targets"].push_back(key.substr(key.rfind('.') + 1));
    }
    s["engine_options"] = {{"num_layers", run["num_layers"]}, {"fine_tune_type", row["kind"]}};
  }
  return s;
}

TEST(Mlx, WeightsCachesAndAdaptersAreThoseOfItsOwnCode) {
  std::ifstream file(HEADROOM_SOURCE_DIR "/tests/data/mlx_sizes.json");
  const json data = json::parse(file);
  ASSERT_EQ(data["rows"].size(), 100u);
  for (const json& row : data["rows"]) {
    const Estimate e = estimated(scenarioOf(row, data["configs"]));
    const json& f = row["figures"];
    const std::string id = row["id"].get<std::string>() + " " + row["config"].get<std::string>();
    const auto printed = [&](const char* figure) { return Bytes(f[figure].get<std::int64_t>()); };
    if (f.contains("weight_bytes")) {
      EXPECT_EQ(of(e, ComponentId::weights), printed("weight_bytes")) << id;
    }
    if (f.contains("cache_bytes")) {
      EXPECT_EQ(of(e, ComponentId::kv_cache) + of(e, ComponentId::state_cache), printed("cache_bytes")) << id;
    }
    if (f.contains("adapter_bytes")) {
      EXPECT_EQ(of(e, ComponentId::adapters), Bytes(f["adapter_bytes"].get<std::int64_t>())) << id;
      EXPECT_EQ(of(e, ComponentId::adapters).value(), 4 * f["trainable_parameters"].get<std::int64_t>()) << id;
      EXPECT_EQ(of(e, ComponentId::weights) + of(e, ComponentId::adapters),
                Bytes(f["weight_bytes_total"].get<std::int64_t>()))
          << id;
    }
  }
}

// mlx_lm/BENCHMARKS.md (mlx-lm 0.28.2, 64 GB M4 Max): prompts of 2048 tokens and 128 generated, in 10^9 bytes.
TEST(Mlx, PeaksAreThoseItsBenchmarksPrint) {
  struct Peak {
    const char* model;
    int bits, group;
    double printed;
  };
  constexpr Peak kPeaks[] = {
      {"Qwen/Qwen3-4B", 16, 0, 9.02},       {"Qwen/Qwen3-4B", 8, 64, 5.254},      {"Qwen/Qwen3-4B", 6, 64, 4.25},
      {"Qwen/Qwen3-4B", 5, 32, 4.00},       {"Qwen/Qwen3-4B", 5, 64, 3.86},       {"Qwen/Qwen3-4B", 4, 32, 3.603},
      {"Qwen/Qwen3-4B", 4, 64, 3.35},       {"Qwen/Qwen3-30B-A3B", 8, 64, 33.46}, {"Qwen/Qwen3-30B-A3B", 6, 64, 25.82},
      {"Qwen/Qwen3-30B-A3B", 5, 64, 22.01}, {"Qwen/Qwen3-30B-A3B", 4, 64, 18.20}};
  for (const Peak& peak : kPeaks) {
    const Result<Scenario> named =
        readScenario(R"({"model": ")" + std::string(peak.model) + R"(", "engine": "mlx"})", "test");
    ASSERT_TRUE(named);
    json config = json::parse(named->model->config);
    if (peak.bits < 16) config["quantization"] = {{"bits", peak.bits}, {"group_size", peak.group}};
    const Estimate e = estimated({{"model", {{"config", config}}},
                                  {"context", 2176},
                                  {"engine_options", {{"max_tokens", 128}}},
                                  {"devices", {{{"memory_bytes", 51'539'607'552}}}}});
    const auto device = static_cast<double>(e.heaviest().device.value());
    EXPECT_NEAR(device / 1e9, peak.printed, 0.03 * peak.printed) << peak.model << " " << peak.bits;
    EXPECT_GE(static_cast<double>(e.heaviest().high.value()), peak.printed * 1e9);
    EXPECT_NE(e.verdict(), Verdict::exceeds);
  }
  const Estimate wide = estimated({{"model", "Qwen/Qwen3-30B-A3B"}, {"devices", {{{"memory_bytes", 51'539'607'552}}}}});
  EXPECT_EQ(wide.verdict(), Verdict::exceeds) << "the table shows a skull";
}

TEST(Mlx, WordsForWeightsMeanItsOwnConversion) {
  const auto weights = [](const char* word) {
    return of(estimated({{"model", "Qwen/Qwen3-8B"}, {"precision", {{"weights", word}}}}), ComponentId::weights)
        .value();
  };
  EXPECT_EQ(weights("int4"), 4607731712) << "embedding and head included";
  EXPECT_EQ(weights("int8"), 8702945280);
  EXPECT_EQ(weights("mxfp4"), 4351780864);
  EXPECT_EQ(weights("nvfp4"), 4607731712);
  EXPECT_EQ(weights("mxfp8"), 8446994432);
  EXPECT_TRUE(says(estimated({{"model", "Qwen/Qwen3-8B"}, {"precision", {{"weights", "nf4"}}}}), "ignored"));
}

TEST(Mlx, QuantizedCachesSetInLateAndNeverRotate) {
  const json base{{"model", "Qwen/Qwen3-8B"}, {"context", 8192}};
  const auto with = [&](const json& more) {
    json s = base;
    s.update(more);
    return estimated(s);
  };
  const Bytes plain = of(with(json::object()), ComponentId::kv_cache);
  const Bytes eight = of(with({{"precision", {{"kv_cache", "int8"}}}}), ComponentId::kv_cache);
  EXPECT_EQ(of(with({{"engine_options", {{"kv_bits", 8}}}}), ComponentId::kv_cache), eight);
  EXPECT_EQ(eight.value() * 16, plain.value() * 17 / 2) << "8 bit and 32 bit a group of 64";
  const Estimate early = with({{"context", 4096}, {"engine_options", {{"kv_bits", 8}}}});
  EXPECT_TRUE(says(early, "cache-not-quantized"));
  EXPECT_EQ(of(early, ComponentId::kv_cache).value() * 2, plain.value());
  const Estimate refused =
      estimated({{"model", "openai/gpt-oss-20b"}, {"context", 8192}, {"engine_options", {{"kv_bits", 4}}}});
  EXPECT_TRUE(says(refused, "engine-refuses"));
  EXPECT_LT(of(with({{"engine_options", {{"max_kv_size", 1024}}}}), ComponentId::kv_cache), plain);
  EXPECT_GT(of(with({{"engine_options", {{"prompt_cache_size", 3}}}}), ComponentId::kv_cache), plain);
}

TEST(Mlx, ACommandIsReadWithItsOptionsByName) {
  const Result<Reading> read = readLaunchCommand(
      "mlx_lm.generate --model Qwen/Qwen3-8B --max-kv-size 4096 --kv-bits 8 --prefill-step-size 512 --prompt hi");
  ASSERT_TRUE(read) << read.error().text();
  const json s = json::parse(read->scenario);
  EXPECT_EQ(s["engine"], "mlx");
  EXPECT_EQ(s["prefill_tokens"], 512);
  ASSERT_TRUE(s.contains("engine_options")) << read->scenario;
  EXPECT_EQ(s["engine_options"]["kv_bits"], 8);
  EXPECT_EQ(s["engine_options"]["max_kv_size"], 4096);
}

TEST(Mlx, ServersWhoseRulesAreNotKnownAreRefusedByName) {
  for (const char* name : {"lmdeploy", "tgi", "exllamav2", "ktransformers", "ik_llama.cpp"}) {
    const auto s = readScenario(R"({"model": "Qwen/Qwen3-8B", "engine": ")" + std::string(name) + "\"}", "test");
    ASSERT_FALSE(s) << name;
    EXPECT_EQ(s.error().code, ErrorCode::unsupported);
    EXPECT_THAT(s.error().message, HasSubstr("not known here"));
  }
  const auto studio = readScenario(R"({"model": "Qwen/Qwen3-8B", "engine": "lm-studio"})", "test");
  ASSERT_FALSE(studio);
  EXPECT_THAT(studio.error().message, HasSubstr("'mlx'"));
  for (const char* command :
       {"lmdeploy serve api_server x/y", "text-generation-launcher --model-id x/y", "ktransformers --model_path x/y"}) {
    const auto read = readLaunchCommand(command);
    ASSERT_FALSE(read) << command;
    EXPECT_EQ(read.error().code, ErrorCode::unsupported) << command;
  }
}

}  // namespace
}  // namespace headroom
