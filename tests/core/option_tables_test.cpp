// The tables of the engines' options (resources/launch_options): every option changes the scenario or is listed, and
// what a command says is what the command written from its scenario says.
#include <gmock/gmock.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/estimate/estimate.h"
#include "core/open/scenario_json.h"
#include "core/readers/commands/launch_command.h"
#include "core/scenario/engine_options.h"
#include "tests/support/json_schema.h"

namespace headroom {
namespace {

using nlohmann::json;

struct Start {
  const char* engine;
  const char* file;
  std::string command;
};
const std::vector<Start>& starts() {
  static const std::vector<Start> kStarts{
      {"vllm", "vllm", "vllm serve Qwen/Qwen3-30B-A3B -tp 2"},
      {"sglang", "sglang", "python -m sglang.launch_server --model-path Qwen/Qwen3-30B-A3B --tp 2"},
      {"llama.cpp", "llama_cpp", "llama-cli -m model.gguf"},
      {"ollama", "ollama", "ollama run qwen3:8b"},
      {"koboldcpp", "koboldcpp", "koboldcpp --model model.gguf"},
      {"ik_llama.cpp", "ik_llama_cpp", "llama-cli -m model.gguf -mla 1"},
      {"tensorrt-llm", "tensorrt-llm", "trtllm-serve Qwen/Qwen3-8B --tp_size 2"},
      {"mlx", "mlx", "mlx_lm.server --model Qwen/Qwen3-8B"}};
  return kStarts;
}

// A value the option could have; none for a switch.
std::string valueFor(const json& option) {
  const std::string takes = option.value("takes", "text"), reads = option.value("reads", "");
  if (takes == "flag") return "";
  if (reads == "weights" || reads == "load-format") return "bitsandbytes";
  if (reads == "compute") return "float16";
  if (reads == "cache") return "fp8";
  if (reads == "task") return "embed";
  if (reads == "attention") return "off";
  if (reads == "level") return "0";
  if (reads == "draft-method") return "ngram";
  if (reads == "speculative") return R"('{"method": "ngram", "num_speculative_tokens": 3}')";
  if (reads == "images") return R"('{"image": 2}')";
  if (reads == "shares") return "3,1";
  if (reads == "override-tensor") return "exps=CPU";
  if (reads == "split-mode") return "none";
  if (takes == "integer" || takes == "size" || takes == "number") return takes == "number" ? "0.5" : "3";
  if (takes == "optional") return "off";
  if (takes == "json") return R"('{"a": 1}')";
  return reads.empty() || takes == "text" ? "3" : "7";
}

TEST(OptionTables, EveryOptionChangesTheScenarioOrIsListed) {
  std::size_t tried = 0;
  for (const Start& start : starts()) {
    const json table = sourceJson(std::string("resources/launch_options/") + start.file + ".json");
    const auto plain = readLaunchCommand(start.command);
    ASSERT_TRUE(plain) << start.command << ": " << plain.error().text();
    for (const json& option : table["options"]) {
      const std::string names = option["names"].get<std::string>(), name = names.substr(0, names.find(' '));
      if (!name.starts_with('-')) continue;
      if (option.value("reads", "") == "model" || option.value("reads", "").starts_with("gguf")) continue;
      const std::string command = start.command + " " + name + " " + valueFor(option);
      const auto read = readLaunchCommand(command);
      ASSERT_TRUE(read) << command << ": " << read.error().text();
      ++tried;
      const bool listed = std::ranges::any_of(
          read->leftOut, [&](const LeftOut& left) { return left.text.find(name) != std::string::npos; });
      // An engine's own default, or a switch for what is on already, says nothing new.
      const bool usual = option.value("reads", "") == "config" || option.value("reads", "") == "slots";
      EXPECT_TRUE(listed || read->scenario != plain->scenario || usual) << command;
    }
  }
  EXPECT_GT(tried, 350u);
}

TEST(OptionTables, NothingThatMovesMemoryGoesWithoutAWordInTheVerdict) {
  for (const Start& start : {starts()[0], starts()[1]}) {
    const json table = sourceJson(std::string("resources/launch_options/") + start.file + ".json");
    for (const json& option : table["options"]) {
      const std::string names = option["names"].get<std::string>(), name = names.substr(0, names.find(' '));
      if (!option.value("memory", false) || option.contains("key") || option.contains("reads") ||
          option.value("scope", "") == "host" || option.value("default", json()) == true)
        continue;
      const std::string command =
          name.starts_with('-') ? start.command + " " + name + " " + valueFor(option) : name + "=1 " + start.command;
      const auto read = readLaunchCommand(command);
      ASSERT_TRUE(read) << command;
      const auto scenario = readScenario(read->scenario, "test");
      ASSERT_TRUE(scenario) << command << ": " << scenario.error().text();
      const Estimate e = estimate(*scenario);
      const bool counted = option.value("counted", false);
      if (counted) {
        EXPECT_EQ(scenario->engineOptions.size() + scenario->unmodelled.size(), 1u) << command;
      } else {
        EXPECT_FALSE(e.unmodelled.empty()) << command;
      }
    }
  }
}

TEST(OptionTables, ACountedOptionReachesTheEstimateFromACommand) {
  const auto of = [](const std::string& words) {
    const auto read = readLaunchCommand("vllm serve meta-llama/Llama-3.1-8B --max-model-len 5001 " + words);
    if (!read) throw std::runtime_error(read.error().text());
    return readScenario(read->scenario, "test").value();
  };
  const Scenario blocks = of("--block-size 128");
  ASSERT_EQ(blocks.engineOptions.size(), 1u);
  EXPECT_EQ(blocks.engineOptions.front().name, "block_size");
  EXPECT_TRUE(blocks.unmodelled.empty());
  EXPECT_NE(estimate(blocks).heaviest().ledger.bytes(ComponentId::kv_cache),
            estimate(of("")).heaviest().ledger.bytes(ComponentId::kv_cache));
  EXPECT_EQ(of("-tp 8 -dcp 4").engineOptions.front().name, "decode_context_parallel_size");
  EXPECT_EQ(of("-pcp 2").parallel.context, 2);
  EXPECT_EQ(of("--kv-cache-memory-bytes 8G").kvCacheMemory, Bytes(8LL << 30));
  EXPECT_EQ(of("--no-enable-prefix-caching").prefixCaching, false);
  EXPECT_FALSE(estimate(of("--no-enable-chunked-prefill")).unmodelled.empty());
}

// What the command says, and what the command says that is written from its scenario.
TEST(OptionTables, ACommandReadAndWrittenMeansTheSame) {
  std::size_t tried = 0;
  for (const Start& start : {starts()[0], starts()[1]}) {
    const json table = sourceJson(std::string("resources/launch_options/") + start.file + ".json");
    for (const json& option : table["options"]) {
      const std::string names = option["names"].get<std::string>(), name = names.substr(0, names.find(' '));
      const std::string reads = option.value("reads", "");
      if (reads == "model" || reads == "config" || reads == "revision" || reads == "draft" || reads == "draft-tokens" ||
          reads == "load-format" || reads == "draft-method")
        continue;
      const std::string command = start.command + " " + name + " " + valueFor(option);
      const auto read = readLaunchCommand(command);
      ASSERT_TRUE(read) << command;
      const auto scenario = readScenario(read->scenario, "test");
      ASSERT_TRUE(scenario) << command << ": " << scenario.error().text();
      const auto written = launchCommand(*scenario);
      ASSERT_TRUE(written) << command;
      const auto again = readLaunchCommand(written->text);
      ASSERT_TRUE(again) << written->text;
      const auto same = readScenario(again->scenario, "test");
      ASSERT_TRUE(same) << written->text;
      Scenario expected = *scenario;
      expected.unmodelled.clear();
      Scenario got = *same;
      got.unmodelled.clear();
      EXPECT_EQ(writeScenario(got), writeScenario(expected)) << command << "\n" << written->text;
      ++tried;
    }
  }
  EXPECT_GT(tried, 200u);
}

// The other servers, which have fewer words: what the command written from the scenario does not say again is named.
TEST(OptionTables, WhatACommandHasNoWordForIsSaid) {
  std::size_t tried = 0, same = 0;
  for (const Start& start : {Start{"llama.cpp", "llama_cpp", "llama-server -hf Qwen/Qwen3-8B-GGUF:Q8_0 -np 1 -c 4096"},
                             starts()[6], starts()[7]}) {
    const json table = sourceJson(std::string("resources/launch_options/") + start.file + ".json");
    for (const json& option : table["options"]) {
      const std::string names = option["names"].get<std::string>(), name = names.substr(0, names.find(' '));
      const std::string reads = option.value("reads", "");
      if (!name.starts_with('-') || reads == "model" || reads.starts_with("gguf") || reads.starts_with("draft"))
        continue;
      const std::string command = start.command + " " + name + " " + valueFor(option);
      const auto read = readLaunchCommand(command);
      ASSERT_TRUE(read) << command;
      auto scenario = readScenario(read->scenario, "test");
      ASSERT_TRUE(scenario) << command << ": " << scenario.error().text();
      const auto written = launchCommand(*scenario);
      ASSERT_TRUE(written) << command;
      const auto again = readLaunchCommand(written->text);
      ASSERT_TRUE(again) << written->text;
      auto got = readScenario(again->scenario, "test");
      ASSERT_TRUE(got) << written->text;
      scenario->unmodelled.clear(), got->unmodelled.clear();
      ++tried;
      if (writeScenario(*got) == writeScenario(*scenario)) {
        ++same;
        continue;
      }
      EXPECT_TRUE(std::ranges::any_of(
          written->notes, [](const std::string& note) { return note.find("Nothing in the command") != note.npos; }))
          << command << "\n"
          << written->text << "\n"
          << writeScenario(*scenario) << writeScenario(*got);
    }
  }
  EXPECT_GT(tried, 60u);
  EXPECT_GT(same * 10, tried * 8);
}

}  // namespace
}  // namespace headroom
