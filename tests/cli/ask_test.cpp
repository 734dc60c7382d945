// headroom-cli devices, map, plan and advice: what they print is what estimate says.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

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

TEST(DevicesCommand, HoldsWhatEstimateSaysOfEach) {
  const json out = answer({"devices", "--model", kLlama, "--engine", "vllm", "--context", "8k", "--batch", "16",
                           "--gpu", "l4", "--gpu", "h100-sxm-80gb", "--gpu", "4xt4", "--gpu", "24GiB"});
  EXPECT_EQ(out["schema"], "headroom-devices/1");
  ASSERT_EQ(out["devices"].size(), 4u);
  for (const json& row : out["devices"]) {
    ASSERT_FALSE(row["devices"].is_null());
    std::string gpu = row["accelerator"].is_null() ? "24GiB" : row["accelerator"].get<std::string>();
    gpu += ":" + std::to_string(row["devices"].get<int>());
    const json alone =
        answer({"estimate", "--model", kLlama, "--engine", "vllm", "--context", "8k", "--batch", "16", "--gpu", gpu});
    EXPECT_EQ(row["verdict"], alone["verdict"]["word"]) << gpu;
    EXPECT_EQ(row["device_bytes"], alone["ranks"][0]["device_bytes"]) << gpu;
    EXPECT_EQ(row["headroom_bytes"], alone["ranks"][0]["headroom_bytes"]) << gpu;
    EXPECT_EQ(row["limits"], alone["limits"]) << gpu;
    EXPECT_TRUE(row["tried"].back()["why_not"].is_null());
    if (row["accelerator"] == "t4") {
      EXPECT_EQ(row["tried"].size(), 1u);  // so many were asked for
    }
  }
}

TEST(DevicesCommand, UsersFiltersAndOrder) {
  const json out = answer({"devices", "--users", "25", "--context", "8192", "--model", kLlama, "--engine", "vllm",
                           "--vendor", "nvidia", "--class", "datacenter", "--fits", "--sort", "price", "--top", "5"});
  EXPECT_EQ(out["users"], 25);
  ASSERT_EQ(out["devices"].size(), 5u);
  double last = 0;
  for (const json& row : out["devices"]) {
    EXPECT_EQ(row["vendor"], "NVIDIA");
    EXPECT_EQ(row["class"], "datacenter");
    EXPECT_NE(row["verdict"], "exceeds");
    EXPECT_GE(row["price"]["usd_per_hour"].get<double>(), last);
    last = row["price"]["usd_per_hour"].get<double>();
    EXPECT_EQ(row["price"]["date"].get<std::string>().size(), 10u);
    EXPECT_EQ(row["ceiling"]["formula"], "tokens of a step × bandwidth ÷ (bytes of weights + bytes of cache)");
  }
  const Ran table = run({"devices", "--users", "25", "--model", kLlama, "--engine", "vllm", "--gpu", "l4"});
  EXPECT_NE(table.out.find("devices in all"), std::string::npos) << table.out;
  EXPECT_NE(table.out.find("no prediction"), std::string::npos) << table.out;
  const Ran csv = run({"devices", "--model", kLlama, "--gpu", "l4", "--format", "csv"});
  EXPECT_EQ(csv.out.find("id,devices,layout,verdict,headroom_bytes,batch,context,memory_bytes,"), 0u) << csv.out;
  const json all = answer({"devices", "--model", kLlama, "--parts", "--min-memory", "200"});
  EXPECT_GT(all["devices"].size(), 3u);
}

TEST(DevicesCommand, DetectionIsAnAnswerWithAndWithoutDevices) {
  EXPECT_EQ(answer({"devices", "--detect"})["schema"], "headroom-detected/1");
  EXPECT_EQ(run({"devices", "--detect", "--model", kLlama}).exit, 0);
}

TEST(DevicesCommand, SaysWhatIsWrong) {
  const std::pair<std::vector<std::string>, const char*> wrong[] = {
      {{"devices"}, "--model is needed"},
      {{"devices", "--model", kLlama, "--sort", "pirce"}, "price"},
      {{"devices", "--model", kLlama, "--users", "0"}, "above 0"},
      {{"devices", "--model", kLlama, "--workload", "lora", "--users", "4"}, "Users are served"},
      {{"devices", "--model", kLlama, "--most", "100000"}, "4096"},
  };
  for (const auto& [args, message] : wrong) {
    const Ran r = run(args);
    EXPECT_EQ(r.exit, 2) << r.out;
    EXPECT_NE(r.err.find(message), std::string::npos) << r.err;
  }
}

TEST(MapCommand, HoldsWhatEstimateSaysAtEachPair) {
  const json out = answer({"map", "context=1k,8k", "batch=1,4", "--model", kLlama, "--engine", "vllm", "--gpu", "l4",
                           "--gpu", "h100-sxm-80gb"});
  EXPECT_EQ(out["schema"], "headroom-map/1");
  ASSERT_EQ(out["maps"].size(), 2u);
  for (const json& map : out["maps"]) {
    const std::string gpu = map["device"];
    ASSERT_EQ(map["cells"].size(), 4u);
    for (const json& cell : map["cells"]) {
      const json alone = answer({"estimate", "--model", kLlama, "--engine", "vllm", "--gpu", gpu, "--context",
                                 cell["context"], "--batch", cell["batch"]});
      EXPECT_EQ(cell["total"], alone["ranks"][0]["device_bytes"]);
      EXPECT_EQ(cell["verdict"], alone["verdict"]["word"]);
    }
    for (const json& end : map["boundary"]) {
      const json alone =
          answer({"limits", "--model", kLlama, "--engine", "vllm", "--gpu", gpu, "--context", end["context"]});
      EXPECT_EQ(end["largest"], alone["limits"]["batch"]);
      EXPECT_EQ(end["one_way"], true);
    }
  }
  const Ran table = run({"map", "context=1k:8k", "batch=1:8", "--model", kLlama, "--engine", "vllm", "--gpu", "l4"});
  EXPECT_NE(table.out.find("largest batch"), std::string::npos) << table.out;
  const Ran csv = run({"map", "context=1k,2k", "precision.kv_cache=bf16,fp8", "--model", kLlama, "--engine", "vllm",
                       "--format", "csv"});
  EXPECT_EQ(csv.out.find("device,context,precision.kv_cache,total,low,high,headroom_bytes,verdict,largest\n"), 0u);
}

TEST(MapCommand, NeedsTwoFields) {
  EXPECT_EQ(run({"map", "context=1k:8k", "--model", kLlama}).exit, 2);
  EXPECT_EQ(run({"map", "context=1k:8k:400", "batch=1:100:100", "--model", kLlama}).exit, 2);
}

TEST(PlanCommand, LayoutsAreScenarios) {
  const std::string folder = testing::TempDir() + "/plans";
  std::filesystem::remove_all(folder);
  const json out = answer({"plan", "--model", kLlama, "--workload", "full", "--engine", "deepspeed", "--context", "4k",
                           "--gpu", "8xa100-sxm-80gb", "--global-batch", "32", "--try", "micro-batch=1,2", "--try",
                           "sharding=zero2,zero3", "--save", folder});
  EXPECT_EQ(out["schema"], "headroom-plan/1");
  EXPECT_EQ(out["fleet"], 8);
  ASSERT_GT(out["layouts"].size(), 3u);
  const auto files = std::distance(std::filesystem::directory_iterator(folder), {});
  EXPECT_EQ(static_cast<std::size_t>(files), out["layouts"].size());
  const json alone = answer({"estimate", folder + "/plan-001.headroom.json"});
  EXPECT_EQ(alone["ranks"][0]["device_bytes"], out["layouts"][0]["device_bytes"]);
  std::size_t left = out["fit"];
  for (const json& reason : out["left_out"]) left += reason["layouts"].get<std::size_t>();
  EXPECT_EQ(left, out["tried"]);
  const json again = answer({"estimate", "-"}, out["layouts"][0]["scenario"].dump());
  EXPECT_EQ(again["ranks"][0]["device_bytes"], out["layouts"][0]["device_bytes"]);
}

TEST(PlanCommand, SaysWhatIsWrong) {
  const std::vector<std::string> base{"plan", "--model", kLlama, "--workload", "full"};
  const std::pair<std::vector<std::string>, const char*> wrong[] = {
      {{}, "needs its fleet"},
      {{"--gpu", "8xl4", "--gpu", "t4"}, "alike"},
      {{"--gpu", "8xl4", "--try", "tensr=1,2"}, "tensor"},
      {{"--gpu", "8xl4", "--try", "tensor=0"}, "above 0"},
      {{"--gpu", "8xl4", "--try", "sharding=zero4"}, "zero"},
      {{"--gpu", "8xl4", "--global-batch", "many"}, "--global-batch"},
  };
  for (const auto& [more, message] : wrong) {
    std::vector<std::string> args = base;
    args.insert(args.end(), more.begin(), more.end());
    const Ran r = run(args);
    EXPECT_EQ(r.exit, 2) << r.out;
    EXPECT_NE(r.err.find(message), std::string::npos) << r.err;
  }
}

TEST(AdviceCommand, ListsEverySwitchAndWhatWouldHelp) {
  const std::vector<std::string> asked{"--model", kLlama, "--workload", "full", "--context", "4k", "--gpu", "l4"};
  std::vector<std::string> args = asked;
  args.insert(args.begin(), "advice");
  const json out = answer(args);
  EXPECT_EQ(out["schema"], "headroom-advice/1");
  EXPECT_GE(out["switches"].size(), 6u);
  ASSERT_FALSE(out["advice"].empty());
  for (const json& a : out["advice"]) {
    const json after = answer({"estimate", "-"}, a["scenario"].dump());
    EXPECT_EQ(after["ranks"][0]["device_bytes"], a["device_bytes"]) << a["change"];
    EXPECT_EQ(out["device_bytes"].get<std::int64_t>() - a["device_bytes"].get<std::int64_t>(), a["saved_bytes"]);
  }
  // Where it fits, the switches are listed all the same.
  const Ran fits = run({"advice", "--model", kLlama, "--engine", "vllm", "--context", "1k", "--gpu", "h100-sxm-80gb"});
  EXPECT_NE(fits.out.find("kv-cache-format"), std::string::npos) << fits.out;
  EXPECT_EQ(fits.out.find("what would help"), std::string::npos) << fits.out;
}

// Command lines as a text quotes them: indented, one a line.
std::vector<std::string> quotedIn(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    const std::size_t at = line.find("headroom-cli ");
    if (at == std::string::npos || at < 2 || line.find_first_not_of(" $") != at) continue;
    lines.push_back(line.substr(at + std::string("headroom-cli ").size()));
  }
  return lines;
}

void expectRuns(const std::string& line, const std::string& scenario) {
  std::vector<std::string> args;
  std::istringstream in(line);
  for (std::string word; in >> word && word != "#";) args.push_back(word.ends_with(".headroom.json") ? scenario : word);
  const Ran r = run(args);
  EXPECT_EQ(r.exit, 0) << line << "\n" << r.err;
  EXPECT_FALSE(r.out.empty()) << line;
}

// What help, README and the page about these commands quote can be typed as it stands.
TEST(Quoted, CommandsRun) {
  const std::string scenario = testing::TempDir() + "/quoted.headroom.json";
  std::ofstream(scenario) << R"({"headroom": 1, "model": "Qwen/Qwen3-8B", "engine": "vllm"})";
  std::size_t count = 0;
  const std::set<std::string> commands{"devices", "map", "plan", "advice", "compare", "sweep", "limits"};
  for (const std::string& command : commands)
    for (const std::string& line : quotedIn(run({command, "--help"}).out)) ++count, expectRuns(line, scenario);
  for (const char* file : {"README.md", "resources/help/questions.md"}) {
    std::ifstream in(std::string(HEADROOM_SOURCE_DIR) + "/" + file);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    for (const std::string& line : quotedIn(text))
      if (commands.contains(line.substr(0, line.find(' ')))) ++count, expectRuns(line, scenario);
  }
  EXPECT_GT(count, 25u);
}

}  // namespace
}  // namespace headroom
