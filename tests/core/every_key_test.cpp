// Nothing is ignored in silence: every key of a scenario, with every value of its type, under every engine, workload
// and training code either changes a number, or equals the default that the settings show, or is named by a diagnostic.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/analysis/effects.h"
#include "core/analysis/remarks.h"
#include "core/base/json_text.h"
#include "core/open/asked_keys.h"
#include "core/open/scenario_fields.h"
#include "core/open/scenario_json.h"
#include "core/report/settings_json.h"
#include "core/scenario/engines.h"
#include "core/scenario/ignored_keys.h"
#include "core/scenario/training_codes.h"

namespace headroom {
namespace {

using nlohmann::json;

// Values of a key, by the type of its field: what a person could write there.
template <typename M>
struct ValuesOf;
template <>
struct ValuesOf<bool> {
  static json values() { return {true, false}; }
};
template <>
struct ValuesOf<std::int64_t> {
  static json values() { return {1, 2, 3, 64}; }
};
template <>
struct ValuesOf<double> {
  static json values() { return {0.3, 0.7}; }
};
template <>
struct ValuesOf<std::string> {
  static json values() { return {"0.11.0", "no number"}; }
};
template <>
struct ValuesOf<NumberFormat> {
  static json values() { return {"fp32", "bf16", "fp16", "fp8", "int8", "q8_0"}; }
};
template <>
struct ValuesOf<WeightFormat> {
  static json values() { return {"fp32", "bf16", "fp8", "nf4", "awq-int4", "Q4_K_M", "checkpoint"}; }
};
template <>
struct ValuesOf<KvFormats> {
  static json values() { return {"fp8", "q8_0", "fp32", json{{"k", "q8_0"}, {"v", "fp16"}}}; }
};
template <>
struct ValuesOf<std::variant<Precision::None, NumberFormat>> {
  static json values() { return {"none", "fp32"}; }
};
template <>
struct ValuesOf<Targets> {
  static json values() { return {"attention", json{"q_proj"}, json{"lm_head"}, json{"no_such_module"}}; }
};
template <>
struct ValuesOf<SideModel> {
  static json values() { return {7e9, "none"}; }
};
template <>
struct ValuesOf<SelectiveOption> {
  static json values() { return {"op", 2, "3"}; }
};
template <>
struct ValuesOf<std::vector<std::string>> {
  static json values() { return {json{"what has no key"}}; }
};
template <>
struct ValuesOf<Bytes> {
  static json values() { return {1'000'000'000, 1'000'000'000'000}; }
};
template <>
struct ValuesOf<std::vector<AskedOption>> {
  static json values() {
    return {json{{"block_size", 128}},
            json{{"port", 8001}},
            json{{"attention_backend", "FLASHINFER"}},
            json{{"disable_hybrid_kv_cache_manager", true}},
            json{{"page_size", 64}},
            json{{"mamba_cache_mode", "all"}}};
  }
};
template <>
struct ValuesOf<std::vector<double>> {
  static json values() { return {json{3, 1}}; }
};
template <>
struct ValuesOf<std::vector<DeviceRequest>> {
  static json values() {
    return {json{{{"accelerator", "h100-sxm-80gb"}, {"count", 4}}}, json{{{"memory_bytes", 24'000'000'000}}}};
  }
};
template <>
struct ValuesOf<ModelReference> {
  static json values() { return json::array(); }  // a scenario names its model always
};
template <>
struct ValuesOf<std::shared_ptr<const Calibration>> {
  static json values() {
    return {
        json{{"log", "a.log"}, {"engine", "vllm"}, {"model", "m"}, {"measured_minus_predicted", {{"weights", 1000}}}}};
  }
};
template <typename E>
requires std::is_enum_v<E>
struct ValuesOf<E> {
  static json values() {
    json list = json::array();
    for (std::string_view n : allNames<E>()) list.push_back(n);
    return list;
  }
};
template <typename M>
struct ValuesOf<std::optional<M>> : ValuesOf<M> {};

struct KeyValues {
  std::string pointer;
  json values;
};

// A visitor of scenario_fields.h that lists pointers with values.
template <typename T>
class ValueLister {
 public:
  ValueLister(std::string prefix, std::vector<KeyValues>& out) : prefix_(std::move(prefix)), out_(out) {}
  template <typename M, typename... Range>
  void field(std::string_view key, M T::*, Range...) {
    out_.push_back({prefix_ + "/" + std::string(key), ValuesOf<M>::values()});
  }
  void gpuLayers(std::string_view key, std::optional<std::int64_t> T::*member) { field(key, member); }
  void expertLayers(std::string_view key, std::optional<std::int64_t> T::*member) { field(key, member); }
  template <typename M, typename Describe>
  void object(std::string_view key, M T::*, Describe describe) {
    describe(ValueLister<M>(prefix_ + "/" + std::string(key), out_));
  }
  template <typename M, typename Describe>
  void optionalObject(std::string_view key, std::optional<M> T::*, Describe describe) {
    describe(ValueLister<M>(prefix_ + "/" + std::string(key), out_));
  }

 private:
  std::string prefix_;
  std::vector<KeyValues>& out_;
};

std::vector<KeyValues> everything() {
  std::vector<KeyValues> out;
  describeScenario(ValueLister<Scenario>("", out));
  return out;
}

std::string dotted(std::string pointer) {
  pointer.erase(0, 1);
  std::ranges::replace(pointer, '/', '.');
  return pointer;
}

bool named(const Estimate& e, const std::string& key) {
  return std::ranges::any_of(e.diagnostics, [&](const Diagnostic& d) {
    return d.key == key || (!d.key.empty() && key.starts_with(d.key + "."));
  });
}

// It is said that the key is set aside.
bool saidToBeLeft(const Estimate& e, const std::string& key) {
  return std::ranges::any_of(e.diagnostics, [&](const Diagnostic& d) { return d.key == key && d.code == "ignored"; });
}

// What an estimate says of a key that was asked for on top of a base; empty where all is well.
std::string silenceOf(json base, const KeyValues& key, const json& value, ModelCache& models) {
  json asked = base;
  if (key.pointer.find('/', 1) == std::string::npos && key.pointer != "/model") base.erase(key.pointer.substr(1));
  asked[json::json_pointer(key.pointer)] = value;
  const Result<Scenario> before = readScenario(jsonText(base), "base", {}, &models);
  const Result<Scenario> with = readScenario(jsonText(asked), "asked", {}, &models);
  if (!before) return before.error().text();
  if (!with) return {};  // refused with a message
  Estimate e = estimate(*with);
  addRemarks(*with, e);
  const std::string name = dotted(key.pointer);
  const Estimate without = estimate(*before);
  const bool counts = !std::ranges::equal(e.ranks, without.ranks, {}, &RankEstimate::device, &RankEstimate::device);
  if (counts && saidToBeLeft(e, name)) return name + " = " + value.dump() + " is left, and counts: " + base.dump();
  if (name == "name" || named(e, name) || !sameNumbers(e, without)) return {};
  const auto then = settingsJson(*before), now = settingsJson(*with);
  if (now.contains(name) && then.contains(name) && now[name]["value"] == then[name]["value"]) return {};
  return name + " = " + value.dump() + " changes nothing and nobody says so: " + base.dump();
}

void walk(const json& base) {
  static const std::vector<KeyValues> keys = everything();
  ModelCache models;
  for (const KeyValues& key : keys)
    for (const json& value : key.values) {
      const std::string silence = silenceOf(base, key, value, models);
      EXPECT_TRUE(silence.empty()) << silence;
    }
}

constexpr const char* kModels[] = {"meta-llama/Llama-3.1-8B", "deepseek-ai/DeepSeek-V2-Lite"};

TEST(EveryKey, ChangesAServersEstimateOrIsNamed) {
  for (const EngineRow& row : engineRows())
    for (const char* model : kModels)
      if (!row.trains)
        walk({{"model", model},
              {"engine", row.id},
              {"context", 512},
              {"devices", {{{"accelerator", "h100-sxm-80gb"}}}}});
}

// Several devices are used in a way that an engine takes by itself: what is left does not undo it.
TEST(EveryKey, LeavesTheWayDevicesAreUsedOrCounts) {
  for (const EngineRow& row : engineRows())
    for (const char* model : {"meta-llama/Llama-3.1-8B", "Qwen/Qwen3-30B-A3B", "state-spaces/mamba2-1.3b"})
      if (!row.trains)
        walk({{"model", model},
              {"engine", row.id},
              {"context", 512},
              {"devices", {{{"accelerator", "h100-sxm-80gb"}, {"count", 4}}}}});
}

TEST(EveryKey, ChangesATrainingStepsEstimateOrIsNamed) {
  for (const char* workload : {"lora", "qlora", "full"})
    for (const EngineRow& row : engineRows())
      if (row.trains)
        for (const char* model : kModels)
          walk({{"model", model}, {"workload", workload}, {"engine", row.id}, {"context", 512}});
}

TEST(EveryKey, ChangesWhatATrainingCodeNeedsOrIsNamed) {
  for (const char* workload : {"lora", "full"})
    for (const TrainingCodeRow& code : trainingCodes())
      walk({{"model", kModels[0]},
            {"workload", workload},
            {"framework", code.id},
            {"context", 512},
            {"parallel", {{"data", 4}}}});
}

TEST(EveryKey, IsShownAmongTheSettings) {
  const Result<Scenario> s = readScenario(
      R"({"model": "meta-llama/Llama-3.1-8B", "lora": {}, "speculative": {}, "images": {"width": 8, "height": 8}})",
      "");
  ASSERT_TRUE(s);
  auto settings = settingsJson(*s);
  for (const std::string& key : scenarioKeys()) {
    const bool list = key.starts_with("devices.");
    EXPECT_TRUE(list || settings.contains(key)) << key;
    EXPECT_TRUE(list || settings[key].value("origin", "") != "") << key;
  }
}

TEST(EveryKey, IsShownWithItsValue) {
  const auto shown = [](const char* key, const json& asked) {
    const json s{{"model", "meta-llama/Llama-3.1-8B"}, {"engine", "vllm"}, {key, asked}};
    return json(settingsJson(*readScenario(jsonText(s), "")))[key];
  };
  for (const auto& [key, value] : {std::pair<const char*, json>{"tensor_split", {3.0, 1.0}},
                                   {"engine_options", {{"block_size", 128}}},
                                   {"unmodelled", {"what has no key"}}}) {
    EXPECT_EQ(shown(key, value)["value"], value) << key;
    EXPECT_EQ(shown(key, value)["origin"], "asked") << key;
  }
  const json settings = settingsJson(*readScenario(R"({"model": "meta-llama/Llama-3.1-8B"})", ""));
  EXPECT_EQ(settings["workload"]["origin"], "assumed");
  EXPECT_EQ(settings["method"]["origin"], "assumed");
}

TEST(EveryKey, SaysWhatAFormatReachesAndWhatMovesAtOtherMoments) {
  const auto said = [](json s, const char* key) {
    s["model"] = "meta-llama/Llama-3.1-8B";
    const Result<Scenario> scenario = readScenario(jsonText(s), "");
    for (const Diagnostic& d : withoutEffect(*scenario, estimate(*scenario)))
      if (d.key == key) return d.message;
    return std::string();
  };
  for (const json& base : {json{{"workload", "lora"}}, json{{"engine", "vllm"}}}) {
    json s = base;
    s["precision"]["weights"] = "mxfp4";
    EXPECT_NE(said(s, "precision.weights").find("all weights are taken in bf16"), std::string::npos);
  }
  EXPECT_NE(said({{"engine", "transformers"}, {"context", 512}, {"task", "embed"}}, "task").find("other moments"),
            std::string::npos);
}

// A leaf that says what it took: two cards without a layout are used by every engine in its own way.
TEST(EveryKey, SeveralDevicesAreUsedOrSaidToBeIdle) {
  const auto of = [](const char* engine) {
    const Result<Scenario> s = readScenario(
        std::string(
            R"({"model": "meta-llama/Llama-3.1-8B", "devices": [{"accelerator": "l4", "count": 2}], "engine": ")") +
            engine + "\"}",
        "");
    return settingsOf(*s).parallel;
  };
  EXPECT_EQ(of("vllm").tensor, 2);
  EXPECT_EQ(of("sglang").tensor, 2);
  EXPECT_EQ(of("transformers").pipeline, 2);
  EXPECT_EQ(of("llama.cpp").ranks(), 1) << "it spreads layers by itself";
  const Result<Scenario> idle = readScenario(
      R"({"model": "meta-llama/Llama-3.1-8B", "engine": "vllm", "parallel": {"tensor": 1}, "devices": [{"accelerator": "l4", "count": 2}]})",
      "");
  EXPECT_TRUE(named(estimate(*idle), "devices"));
}

TEST(EveryKey, AnEngineThatShardsNeedsLessThanHalf) {
  const auto device = [](const char* engine) {
    const Result<Scenario> s = readScenario(
        std::string(
            R"({"model": "meta-llama/Llama-3.1-8B", "workload": "full", "context": 4096, "parallel": {"data": 8}, "engine": ")") +
            engine + "\"}",
        "");
    return estimate(*s).heaviest().device.value();
  };
  EXPECT_LT(2 * device("fsdp"), device("pytorch"));
  EXPECT_LT(device("deepspeed"), device("pytorch"));
}

// What a scenario comes to can be said: every setting is a value that its key takes, and saying it moves no number,
// unless the engine sets aside by itself what nobody asked for and says so. How many devices there are and what a log
// said are shown as a number and a label.
void sayBack(const json& base, ModelCache& models) {
  const Result<Scenario> silent = readScenario(jsonText(base), "base", {}, &models);
  ASSERT_TRUE(silent) << base.dump();
  const Estimate before = estimate(*silent);
  const json settings(settingsJson(*silent));
  for (const auto& setting : settings.items()) {
    const json value = setting.value()["value"];
    std::string key = setting.key(), pointer = "/" + key;
    if (value.is_null() || key == "devices" || key == "calibration") continue;
    std::ranges::replace(pointer, '.', '/');
    json asked = base;
    asked[json::json_pointer(pointer)] = value;
    const Result<Scenario> said = readScenario(jsonText(asked), "said", {}, &models);
    ASSERT_TRUE(said) << asked.dump() << said.error().text();
    EXPECT_TRUE(sameNumbers(estimate(*said), before) || named(before, key)) << key << " = " << value << ": " << base;
    EXPECT_EQ(json(settingsJson(*said))[key]["value"], value) << key << ": " << base;
  }
}

TEST(EveryKey, SaidAsItIsAnywayChangesNothing) {
  ModelCache models;
  const auto cards = [](int n) { return json{{{"accelerator", "h100-sxm-80gb"}, {"count", n}}}; };
  for (const EngineRow& row : engineRows())
    for (const int n : {1, 4})
      if (!row.trains && !(row.replaysGraph && n > 1))
        sayBack({{"model", kModels[0]}, {"engine", row.id}, {"context", 512}, {"devices", cards(n)}}, models);
  const auto train = [&](const char* workload, std::string_view code, const char* method, int n) {
    sayBack({{"model", kModels[0]},
             {"workload", workload},
             {"framework", code},
             {"context", 512},
             {"reinforcement", {{"method", method}}},
             {"devices", cards(n)}},
            models);
  };
  for (const TrainingCodeRow& code : trainingCodes())
    train("lora", code.id, "none", 4), train("full", code.id, "none", code.id.size() % 2 == 0 ? 1 : 4);
  for (const char* code : {"transformers", "trl", "axolotl"}) train("qlora", code, "none", 1);
  for (const char* method : {"dpo", "grpo", "ppo"}) train("lora", "trl", method, 1);
  for (const auto& [code, versions] :
       {std::pair{"transformers", "transformers 4.46.3, peft 0.14.0"}, {"trl", "trl 0.15.2, transformers 4.51.3"}})
    for (const char* model : {"openai-community/gpt2", "google/gemma-2-9b"})
      sayBack({{"model", model}, {"workload", "lora"}, {"framework", code}, {"engine_version", versions}}, models);
  for (const auto& [engine, version] : {std::pair{"vllm", "0.6.2"}, {"sglang", "0.4.6"}, {"ollama", "0.5.1"}})
    sayBack({{"model", kModels[0]}, {"engine", engine}, {"engine_version", version}, {"devices", cards(1)}}, models);
}

// What was said is what is written, nothing, no and none among it.
TEST(EveryKey, IsKeptAsItWasSaid) {
  ModelCache models;
  for (const KeyValues& key : everything())
    for (const json& value : {json(0), json(false), json(1), json("none"), json("all"), json(json::array())}) {
      json asked{{"model", kModels[0]}};
      asked[json::json_pointer(key.pointer)] = value;
      const Result<Scenario> said = readScenario(jsonText(asked), "said", {}, &models);
      if (!said) continue;
      const json written = json::parse(writeScenario(*said));
      if (written.contains(json::json_pointer(key.pointer))) continue;
      // Not written: as good as not said, in every program.
      for (const EngineRow& row : engineRows()) {
        if (dotted(key.pointer) == "engine") break;
        json with = asked, without = asked;
        without.at(json::json_pointer(key.pointer).parent_pointer()).erase(json::json_pointer(key.pointer).back());
        for (json* s : {&with, &without}) (*s)["engine"] = row.id, (*s)["workload"] = row.trains ? "full" : "inference";
        EXPECT_EQ(json(settingsJson(*readScenario(jsonText(with), "", {}, &models))),
                  json(settingsJson(*readScenario(jsonText(without), "", {}, &models))))
            << key.pointer << " = " << value;
      }
    }
}

// The window asks why a key has no place before anybody has said it.
TEST(EveryKey, HasItsReasonWhereNobodySaidIt) {
  for (const char* job :
       {R"("engine": "vllm")", R"("workload": "full")", R"("workload": "qlora", "engine": "unsloth")"}) {
    const auto s = readScenario(std::string(R"({"model": "meta-llama/Llama-3.1-8B", )") + job + "}", "");
    ASSERT_TRUE(s);
    const Settings settings = settingsOf(*s);
    std::size_t set = 0;
    for (const KeyRule& rule : keyRules()) set += !rule.why(*s, settings).empty();
    EXPECT_GT(set, 0u) << job;
  }
}

}  // namespace
}  // namespace headroom
