// headroom-cli compare and sweep.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/cli/run.h"

namespace headroom {
namespace {

using nlohmann::json;

constexpr const char* kLlama = "meta-llama/Llama-3.1-8B";

json answer(std::vector<std::string> args, const std::string& input = {}) {
  args.insert(args.end(), {"--format", "json"});
  const Ran r = run(args, input);
  EXPECT_EQ(r.exit, 0) << r.err;
  return r.exit == 0 ? json::parse(r.out) : json::object();
}

json estimateOf(std::vector<std::string> args) {
  args.insert(args.begin(), "estimate");
  return answer(std::move(args));
}

// What a setting is in each column; null where all are alike.
json valuesOf(const json& comparison, const std::string& key) {
  for (const json& s : comparison["settings"])
    if (s["key"] == key) return s["values"];
  return nullptr;
}

TEST(CompareCommand, PutsDevicesSideBySide) {
  const std::vector<std::string> asked{"--model", kLlama, "--engine", "vllm", "--batch", "5", "--context", "8k"};
  std::vector<std::string> args = asked;
  args.insert(args.begin(), "compare");
  args.insert(args.end(), {"--gpu", "l4", "--gpu", "h100-sxm-80gb"});
  const json out = answer(args);
  EXPECT_EQ(out["schema"], "headroom-comparison/1");
  ASSERT_EQ(out["columns"].size(), 2u);
  const char* devices[] = {"l4", "h100-sxm-80gb"};
  for (std::size_t i = 0; i < 2; ++i) {
    std::vector<std::string> one = asked;
    one.insert(one.end(), {"--gpu", devices[i]});
    const json alone = estimateOf(one), &column = out["columns"][i];
    EXPECT_EQ(column["label"], devices[i]);
    EXPECT_EQ(column["verdict"], alone["verdict"]);
    EXPECT_EQ(column["device_bytes"], alone["ranks"][0]["device_bytes"]);
    EXPECT_EQ(column["headroom_bytes"], alone["ranks"][0]["headroom_bytes"]);
    EXPECT_EQ(column["limits"], alone["limits"]);
  }
  EXPECT_EQ(valuesOf(out, "devices"), json({"l4", "h100-sxm-80gb"}));
  // vLLM's own batch limits differ by device (vllm/engine/arg_utils.py), asked for or not.
  EXPECT_EQ(valuesOf(out, "max_sequences"), json({"256", "1024"}));
  EXPECT_TRUE(valuesOf(out, "batch").is_null());
  const Ran table = run(args);
  EXPECT_NE(table.out.find("h100-sxm-80gb"), std::string::npos) << table.out;
  EXPECT_NE(table.out.find("exceeds"), std::string::npos) << table.out;
}

TEST(CompareCommand, PutsScenariosSideBySideWithTheFlagsOnEach) {
  const std::string path = testing::TempDir() + "/small.headroom.json";
  std::ofstream(path) << R"({"headroom": 1, "model": "meta-llama/Llama-3.1-8B", "context": 4096, "batch": 2})";
  const json out = answer({"compare", path, "-", "--context", "8k"},
                          R"({"headroom": 1, "name": "wide", "model": "meta-llama/Llama-3.1-8B", "batch": 8})");
  ASSERT_EQ(out["columns"].size(), 2u);
  EXPECT_EQ(out["columns"][0]["label"], "small");
  EXPECT_EQ(out["columns"][1]["label"], "wide");
  EXPECT_EQ(out["columns"][0]["components"]["kv_cache"], 2 * 8192 * 131072LL);
  EXPECT_EQ(out["columns"][1]["components"]["kv_cache"], 8 * 8192 * 131072LL);
  EXPECT_EQ(valuesOf(out, "batch"), json({"2", "8"}));
  EXPECT_TRUE(valuesOf(out, "context").is_null());
  EXPECT_TRUE(out["columns"][0]["verdict"]["word"].is_null());
  const Ran csv = run({"compare", path, path, "--format", "csv"});
  EXPECT_NE(csv.out.find("kv_cache,1073741824,1073741824\n"), std::string::npos) << csv.out;
}

TEST(CompareCommand, NeedsTwoOfSomething) {
  const Ran r = run({"compare", "--model", kLlama, "--gpu", "l4"});
  EXPECT_EQ(r.exit, 2);
  EXPECT_NE(r.err.find("--gpu several times"), std::string::npos) << r.err;
  EXPECT_EQ(run({"compare", "no-such-file.json", "other.json"}).exit, 3);
}

TEST(SweepCommand, AnswersWithWhatEstimateSaysAtEachValue) {
  const json out =
      answer({"sweep", "context=1k:8k", "--model", kLlama, "--gpu", "l4", "--show", "kv_cache,total,largest-batch"});
  EXPECT_EQ(out["schema"], "headroom-sweep/1");
  EXPECT_EQ(out["field"], "context");
  ASSERT_EQ(out["series"].size(), 1u);
  const json& points = out["series"][0]["points"];
  ASSERT_EQ(points.size(), 4u);
  const char* contexts[] = {"1024", "2048", "4096", "8192"};
  for (std::size_t i = 0; i < 4; ++i) {
    const json alone = estimateOf({"--model", kLlama, "--gpu", "l4", "--context", contexts[i]});
    EXPECT_EQ(points[i]["value"], contexts[i]);
    EXPECT_EQ(points[i]["total"], alone["ranks"][0]["device_bytes"]);
    EXPECT_EQ(points[i]["kv_cache"], (1024LL << i) * 131072);
    EXPECT_EQ(points[i]["largest-batch"], alone["limits"]["batch"]);
    EXPECT_EQ(points[i]["verdict"], alone["verdict"]["word"]);
    EXPECT_EQ(points[i]["usable_bytes"], alone["ranks"][0]["usable_bytes"]);
  }
}

TEST(SweepCommand, MoreFieldsGiveSeries) {
  const std::string file = R"({"headroom": 1, "model": "meta-llama/Llama-3.1-8B", "engine": "vllm", "context": 4096})";
  const json out = answer({"sweep", "batch=1,2", "precision.kv_cache=bf16,fp8", "-", "--show", "kv_cache"}, file);
  ASSERT_EQ(out["series"].size(), 2u);
  EXPECT_EQ(out["series"][0]["settings"], json({{"precision.kv_cache", "bf16"}}));
  EXPECT_EQ(out["series"][1]["settings"], json({{"precision.kv_cache", "fp8"}}));
  EXPECT_EQ(out["series"][0]["points"][1]["kv_cache"], 2 * 4096 * 131072LL);
  EXPECT_EQ(out["series"][1]["points"][1]["kv_cache"], 4096 * 131072LL);
  const Ran csv = run({"sweep", "batch=1,2", "precision.kv_cache=bf16,fp8", "-", "--format", "csv"}, file);
  EXPECT_EQ(csv.out.find("batch,precision.kv_cache,total,verdict\n1,bf16,"), 0u) << csv.out;
}

// A field is a flag's name or a key as --set takes it; --set on the command line holds beside it.
TEST(SweepCommand, TakesFlagsAndKeysAndWhatIsNoNumber) {
  const json gpus = answer({"sweep", "gpu=l4,h100-sxm-80gb", "--model", kLlama, "--batch", "64"});
  EXPECT_EQ(gpus["series"][0]["points"][0]["verdict"], "exceeds");
  EXPECT_LT(gpus["series"][0]["points"][0]["usable_bytes"], gpus["series"][0]["points"][1]["usable_bytes"]);
  const json key = answer({"sweep", "training.rank=8,16", "--set", "batch=2", "--model", kLlama, "--workload", "lora",
                           "--show", "adapters"});
  const json flag =
      answer({"sweep", "rank=8,16", "--batch", "2", "--model", kLlama, "--workload", "lora", "--show", "adapters"});
  EXPECT_EQ(key["series"], flag["series"]);
  EXPECT_EQ(2 * key["series"][0]["points"][0]["adapters"].get<std::int64_t>(),
            key["series"][0]["points"][1]["adapters"].get<std::int64_t>());
}

TEST(SweepCommand, SaysWhatIsWrong) {
  const std::pair<std::vector<std::string>, const char*> wrong[] = {
      {{"sweep", "--model", kLlama}, "Nothing is swept"},
      {{"sweep", "context=", "--model", kLlama}, "names no values"},
      {{"sweep", "context=1k:8k:0", "--model", kLlama}, "number of steps"},
      {{"sweep", "contxt=1k:8k", "--model", kLlama}, "contxt"},
      {{"sweep", "batch=1:100000:9000", "context=1,2,3,4", "--model", kLlama}, "more than 10000"},
      {{"sweep", "batch=1,2", "--model", kLlama, "--show", "kv_cahce"}, "kv_cache"},
      {{"sweep", "batch=1,x", "--model", kLlama}, "--batch"},
  };
  for (const auto& [args, message] : wrong) {
    const Ran r = run(args);
    EXPECT_EQ(r.exit, 2) << args[1];
    EXPECT_NE(r.err.find(message), std::string::npos) << r.err;
  }
}

}  // namespace
}  // namespace headroom
