// Commands, flags and exit codes.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/cli/run.h"

namespace headroom {
namespace {

using nlohmann::json;

json estimateOf(std::vector<std::string> args, const std::string& input = {}) {
  args.insert(args.begin(), "estimate");
  args.insert(args.end(), {"--format", "json"});
  const Ran r = run(args, input);
  EXPECT_EQ(r.exit, 0) << r.err;
  return r.exit == 0 ? json::parse(r.out) : json::object();
}

std::int64_t component(const json& holder, const std::string& id) {
  for (const json& c : holder["components"])
    if (c["id"] == id) return c["bytes"];
  return 0;
}

constexpr const char* kLlama = "meta-llama/Llama-3.1-8B";

TEST(Cli, WithoutACommandShowsHelpAndExitsWithUsage) {
  const Ran r = run({});
  EXPECT_EQ(r.exit, 2);
  EXPECT_NE(r.err.find("estimate"), std::string::npos);
}

TEST(Cli, HelpIsDataAndStartsWithExamples) {
  const Ran all = run({"--help"});
  EXPECT_EQ(all.exit, 0);
  const Ran one = run({"help", "estimate"});
  EXPECT_EQ(one.exit, 0);
  EXPECT_LT(one.out.find("headroom-cli estimate --model"), one.out.find("--check "));
  EXPECT_EQ(one.out, run({"estimate", "--help"}).out);
}

TEST(Cli, VersionIsPrinted) {
  EXPECT_EQ(run({"--version"}).out.find("headroom-cli 0."), 0u);
}

TEST(Cli, OffersTheNearestCommandAndFlag) {
  const Ran command = run({"estimat"});
  EXPECT_EQ(command.exit, 2);
  EXPECT_NE(command.err.find("Did you mean 'estimate'?"), std::string::npos);
  const Ran flag = run({"estimate", "--modle", kLlama});
  EXPECT_EQ(flag.exit, 2);
  EXPECT_NE(flag.err.find("Did you mean '--model'?"), std::string::npos);
}

TEST(Cli, AFlagsErrorNamesTheFlag) {
  const Ran r = run({"estimate", "--model", kLlama, "--batch", "1000000000000"});
  EXPECT_EQ(r.exit, 2);
  EXPECT_NE(r.err.find("--batch"), std::string::npos) << r.err;
}

// The must-show of Part 1: a real configuration, its exact count, its bf16 weights and one sequence of 8,192 tokens.
TEST(EstimateCommand, AnswersARealConfigurationToTheByte) {
  const json e = estimateOf({dataFile("llama-3.1-8b/config.json"), "--context", "8k"});
  EXPECT_EQ(e["model"]["parameters"], 8030261248);
  EXPECT_EQ(e["model"]["weight_bytes"], 16060522496);
  EXPECT_EQ(component(e["ranks"][0], "weights"), 16060522496);
  EXPECT_EQ(component(e["ranks"][0], "kv_cache"), 1073741824);
  const Ran table = run({"estimate", dataFile("llama-3.1-8b/config.json"), "--context", "8k"});
  for (const char* shown : {"8,030,261,248", "14.96", "1.00"})
    EXPECT_NE(table.out.find(shown), std::string::npos) << shown;
}

// LoRA of rank 16 on all seven linear layers trains 32 × 16 × (2 × (4096 + 4096) + 2 × (4096 + 1024) + 3 × (4096 +
// 14336)).
TEST(EstimateCommand, CountsTheAdaptersOfARealConfiguration) {
  const json e = estimateOf(
      {dataFile("llama-3.1-8b/config.json"), "--workload", "lora", "--rank", "16", "--targets", "all-linear"});
  EXPECT_EQ(e["model"]["trainable_parameters"], 41943040);
  EXPECT_NE(run({"estimate", dataFile("llama-3.1-8b/config.json"), "--workload", "lora"}).out.find("41,943,040"),
            std::string::npos);
}

TEST(EstimateCommand, ReadsFromStandardInputAndLaysFlagsOnTop) {
  const std::string file = R"({"headroom": 1, "model": "meta-llama/Llama-3.1-8B", "batch": 2, "context": 4096})";
  EXPECT_EQ(component(estimateOf({"-"}, file)["ranks"][0], "kv_cache"), 2 * 4096 * 131072LL);
  EXPECT_EQ(component(estimateOf({"-", "--batch", "6"}, file)["ranks"][0], "kv_cache"), 6 * 4096 * 131072LL);
  EXPECT_EQ(component(estimateOf({"-", "--set", "batch=3"}, file)["ranks"][0], "kv_cache"), 3 * 4096 * 131072LL);
}

TEST(EstimateCommand, AFlagReplacesTheModelWithItsDescription) {
  const std::string file =
      R"({"headroom": 1, "model": "x/Gone", "resolved_model": {"id": "x/Gone", "config": {"model_type": "llama", "hidden_size": 64,
    "intermediate_size": 128, "num_hidden_layers": 2, "num_attention_heads": 4, "vocab_size": 100}}})";
  EXPECT_LT(estimateOf({"-"}, file)["model"]["parameters"], 1'000'000);
  EXPECT_EQ(estimateOf({"-", "--model", kLlama}, file)["model"]["parameters"], 8030261248);
}

TEST(EstimateCommand, UnderstandsTokenCountsAsPeopleWriteThem) {
  for (const auto& [text, tokens] : std::initializer_list<std::pair<const char*, std::int64_t>>{
           {"512", 512}, {"8k", 8192}, {"128K", 131072}, {"1M", 1048576}})
    EXPECT_EQ(component(estimateOf({"--model", kLlama, "--context", text})["ranks"][0], "kv_cache"), tokens * 131072)
        << text;
  EXPECT_EQ(run({"estimate", "--model", kLlama, "--context", "8q"}).exit, 2);
}

TEST(EstimateCommand, UnderstandsDevicesAsPeopleWriteThem) {
  for (const char* text : {"l4", "l4:2", "2xl4"}) {
    const json e = estimateOf({"--model", kLlama, "--gpu", text});
    EXPECT_EQ(e["ranks"][0]["accelerator"], "l4") << text;
    EXPECT_GT(e["ranks"][0]["capacity_bytes"], 20'000'000'000) << text;
  }
  EXPECT_EQ(estimateOf({"--model", kLlama, "--gpu", "24GiB"})["ranks"][0]["capacity_bytes"], 24LL << 30);
  const json unknown = estimateOf({"--model", kLlama, "--set", R"(devices=[{"accelerator": "abacus-9000"}])"});
  EXPECT_TRUE(unknown["ranks"][0]["verdict"].is_null());
  EXPECT_EQ(unknown["diagnostics"][0]["code"], "unknown-accelerator");
}

// A switch is on, off with "no-" or "=false", and of several the last counts; none of them is dropped.
TEST(EstimateCommand, TakesASwitchAsPeopleWriteIt) {
  const auto of = [](std::vector<std::string> switches) {
    switches.insert(switches.end(), {"--model", kLlama, "--workload", "full", "--framework", "trl"});
    const json setting = estimateOf(switches)["settings"]["training.autocast"];
    return setting["value"].dump() + " " + setting["origin"].get<std::string>();
  };
  EXPECT_EQ(of({}), "true engine");
  for (const std::vector<std::string>& off : {std::vector<std::string>{"--autocast=false"},
                                              {"--no-autocast"},
                                              {"--no-autocast=true"},
                                              {"--autocast=off"},
                                              {"--autocast", "--no-autocast"}})
    EXPECT_EQ(of(off), "false asked") << off.front();
  for (const std::vector<std::string>& on : {std::vector<std::string>{"--autocast"},
                                             {"--autocast=true"},
                                             {"--no-autocast=false"},
                                             {"--no-autocast", "--autocast"}})
    EXPECT_EQ(of(on), "true asked") << on.front();
  for (const char* neither : {"--autocast=perhaps", "--no-autocast=perhaps", "--check=perhaps"})
    EXPECT_EQ(run({"estimate", "--model", kLlama, neither}).exit, 2) << neither;
}

TEST(EstimateCommand, ChecksTheFit) {
  EXPECT_EQ(run({"estimate", "--model", kLlama, "--gpu", "l4", "--check"}).exit, 0);
  const Ran r = run({"estimate", "--model", kLlama, "--gpu", "l4", "--batch", "100", "--check"});
  EXPECT_EQ(r.exit, 1);
  EXPECT_EQ(r.out.find("Does not fit: "), 0u);
  EXPECT_EQ(run({"estimate", "--model", kLlama, "--gpu", "l4", "--batch", "100"}).exit, 0);
}

TEST(EstimateCommand, StartsWithTheVerdict) {
  const Ran r = run({"estimate", "--model", kLlama, "--gpu", "24GiB"});
  EXPECT_EQ(r.out.find("Fits: "), 0u);
  EXPECT_NE(r.out.substr(0, r.out.find('\n')).find(" of 24.0 GiB, "), std::string::npos);
}

TEST(EstimateCommand, MachineFormatsHoldBytes) {
  const Ran csv = run({"estimate", "--model", kLlama, "--format", "csv"});
  EXPECT_NE(csv.out.find("every device,weights,16060522496,"), std::string::npos) << csv.out;
  const Ran md = run({"estimate", "--model", kLlama, "--format", "md", "--unit", "gb"});
  EXPECT_NE(md.out.find("| Weights | 16.06 |"), std::string::npos) << md.out;
  const Ran latex = run({"estimate", "--model", kLlama, "--format", "latex"});
  EXPECT_EQ(latex.out.find("% \\usepackage{booktabs}\n\\begin{tabular}{"), 0u) << latex.out;
}

// Levels of factors under the deepest line.
int levels(const json& factors) {
  int deepest = 0;
  for (const json& f : factors) deepest = std::max(deepest, 1 + levels(f.value("factors", json::array())));
  return deepest;
}

TEST(EstimateCommand, WritesAsManyLevelsOfFactorsAsAreAskedFor) {
  const auto levelsOf = [](const json& e) {
    int deepest = 0;
    for (const json& c : e["ranks"][0]["components"])
      for (const json& line : c["lines"]) deepest = std::max(deepest, levels(line.value("factors", json::array())));
    return deepest;
  };
  const std::string scenario = R"({"headroom": 1, "model": "meta-llama/Llama-3.1-8B", "workload": "qlora"})";
  const auto lined = [&](const char* depth) {
    return run({"estimate", "--jsonl", "-", "--depth", depth}, scenario).out;
  };
  for (int depth : {0, 1, 2}) EXPECT_EQ(levelsOf(json::parse(lined(std::to_string(depth).c_str()))), depth);
  const std::string whole = run({"estimate", "--jsonl", "-"}, scenario).out;
  EXPECT_GT(levelsOf(json::parse(whole)), 2);
  EXPECT_LT(lined("0").size() * 2, whole.size());
  EXPECT_EQ(levelsOf(estimateOf({"--model", kLlama, "--depth", "1"})), 1);
  // The figures are the same.
  json all = json::parse(whole), none = json::parse(lined("0"));
  for (json* e : {&all, &none})
    for (json& rank : (*e)["ranks"])
      for (json& c : rank["components"]) c.erase("lines");
  EXPECT_EQ(all["ranks"], none["ranks"]);
}

TEST(ExplainCommand, ShowsFormulaNumbersAndSource) {
  const Ran r = run({"explain", "--model", kLlama, "--component", "kv_cache"});
  EXPECT_EQ(r.exit, 0);
  EXPECT_NE(r.out.find("KV cache: 1.00 GiB (1,073,741,824 B)"), std::string::npos) << r.out;
  EXPECT_NE(r.out.find("8192 tokens"), std::string::npos);
  EXPECT_NE(r.out.find("Source: "), std::string::npos);
  EXPECT_EQ(r.out.find("Weights"), std::string::npos);
  EXPECT_EQ(run({"explain", "--model", kLlama, "--component", "kv_cahce"}).exit, 2);
}

TEST(LimitsCommand, NeedsACapacity) {
  EXPECT_EQ(run({"limits", "--model", kLlama}).exit, 2);
  const json limits = json::parse(run({"limits", "--model", kLlama, "--gpu", "l4", "--format", "json"}).out);
  EXPECT_GT(limits["limits"]["context"], 8192);
  EXPECT_EQ(limits["asked"]["context"], 8192);
}

TEST(InspectCommand, CountsAConfiguration) {
  const json m = json::parse(run({"inspect", dataFile("llama-3.1-8b/config.json"), "--format", "json"}).out);
  EXPECT_EQ(m["parameters"], 8030261248);
  EXPECT_EQ(m["weight_bytes"], 16060522496);
  EXPECT_EQ(run({"inspect", dataFile("llama-3.1-8b/config.json"), "--weights", "q5_q"}).exit, 2);
}

TEST(Lists, AreFilteredByWords) {
  const Ran models = run({"models", "llama", "3.1", "8b"});
  EXPECT_NE(models.out.find(kLlama), std::string::npos);
  EXPECT_EQ(models.out.find("Qwen"), std::string::npos);
  const json gpus = json::parse(run({"gpus", "l40s", "--format", "json"}).out);
  ASSERT_GE(gpus.size(), 1u);
  EXPECT_EQ(gpus[0]["id"], "l40s");
}

TEST(Lists, EveryModelCountsAsPublished) {
  EXPECT_EQ(run({"models", "--check"}).exit, 0) << run({"models", "--check"}).out;
}

// A list of one is a list: every flag that takes several.
TEST(EstimateCommand, TakesOneWhereItTakesSeveral) {
  const auto runs = [](std::vector<std::string> more) {
    more.insert(more.begin(), {"estimate", "--model", kLlama, "--gpu", "h100-sxm"});
    const Ran r = run(more);
    return r.exit == 0 ? std::string() : r.err;
  };
  EXPECT_EQ(runs({"--workload", "lora", "--modules-to-save", "lm_head"}), "");
  EXPECT_EQ(runs({"--workload", "lora", "--modules-to-save", "lm_head,embed_tokens"}), "");
  EXPECT_EQ(runs({"--workload", "lora", "--targets", "q_proj"}), "");
  EXPECT_EQ(runs({"--engine", "vllm", "--lora-slots", "2", "--lora-targets", "q_proj"}), "");
  EXPECT_EQ(runs({"--engine", "llama.cpp", "--tensor-split", "1"}), "");
  EXPECT_EQ(runs({"--engine", "llama.cpp", "--kv-cache", "q8_0"}), "");
  const json one = estimateOf({"--model", kLlama, "--workload", "lora", "--modules-to-save", "lm_head"}),
             none = estimateOf({"--model", kLlama, "--workload", "lora"});
  EXPECT_GT(one["model"]["trainable_parameters"], none["model"]["trainable_parameters"]);
}

TEST(EstimateCommand, SaysWhichCardANameOfSeveralStandsFor) {
  EXPECT_NE(run({"estimate", "--model", kLlama, "--gpu", "a100"}).out.find("a100-sxm-80gb"), std::string::npos);
  EXPECT_NE(run({"estimate", "--model", kLlama, "--gpu", "4060 ti"}).out.find("rtx-4060-ti-16gb"), std::string::npos);
  EXPECT_EQ(run({"estimate", "--model", kLlama, "--gpu", "a100-40gb"}).out.find("a100-sxm-80gb"), std::string::npos);
}

}  // namespace
}  // namespace headroom
