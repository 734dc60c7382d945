// What llama.cpp's --fit chooses: against the trials that users' logs printed step by step, and against whole runs.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/analysis/limits.h"
#include "core/analysis/verdict.h"
#include "core/base/quantity.h"
#include "core/estimate/chosen_settings.h"
#include "core/estimate/estimate.h"
#include "core/estimate/serving/llama_cpp/fit.h"
#include "core/open/scenario_json.h"
#include "core/report/settings_json.h"

namespace headroom {
namespace {

using llama::FitAnswer;
using llama::FitMemory;
using llama::FitQuestion;
using llama::FitStep;
using llama::FitTrial;
using nlohmann::json;

constexpr std::int64_t kOne = kMiB;

FitMemory holds(std::int64_t mib) {
  return {mib * kOne, 0, 0};
}

// A log of one device and a dense model: what every number of layers that was tried took.
struct DenseLog {
  const char* address;
  std::int64_t free, margin, layers;
  std::map<std::int64_t, std::int64_t> tried;  // with the output; MiB
  std::int64_t kept;
};

TEST(LlamaFit, TriesTheNumbersOfLayersThatLogsPrint) {
  const DenseLog logs[] = {
      // Hermes 3 Llama 3.1 8B Q4_0, -c 32768 -np 1, RTX 2060 (a user's Ollama of 2026-06, llama-server)
      {"RTX 2060", 5141, 1024, 32, {{0, 248}, {33, 8392}, {15, 4089}, {16, 4334}}, 15},
      // Qwen3.5 9B, -c 8192 -ub 2048, b9849
      {"github.com/HilbertraumAI/HilbertRaum/issues/318 (GTX 1070 Ti)",
       6898,
       1024,
       32,
       {{0, 498}, {33, 6007}, {32, 5885}, {31, 5742}},
       31},
      {"github.com/HilbertraumAI/HilbertRaum/issues/318 (RTX 3060 Laptop)",
       5022,
       1024,
       32,
       {{0, 498}, {33, 6007}, {20, 4168}, {19, 4025}, {18, 3882}},
       18},
      {"github.com/HilbertraumAI/HilbertRaum/issues/391 (RTX 3060 Laptop, -np 1)",
       5173,
       1024,
       32,
       {{0, 498}, {33, 5856}, {22, 4375}, {20, 4080}, {21, 4217}},
       20},
      // A model of 64 layers beside a projector, -c 8192
      {"RTX 3090", 21755, 1576, 64, {{0, 625}, {65, 20775}, {63, 20200}, {62, 19922}}, 62},
      {"RTX 3090, all fit after all", 21728, 1186, 64, {{0, 232}, {65, 20358}}, 65},
  };
  for (const DenseLog& log : logs) {
    FitQuestion q;
    q.free = {log.free * kOne}, q.margins = {log.margin * kOne};
    q.layers = log.layers, q.cells = 8192, q.cellsAsked = true;
    std::map<std::int64_t, int> asked;
    const FitAnswer answer = llama::fitRun(q, [&](const FitTrial& trial) {
      if (trial.devices.empty()) return std::vector<FitMemory>{holds(log.free)};  // as asked it does not fit
      const std::int64_t layers = trial.devices.front().layers;
      const auto at = log.tried.find(layers);
      EXPECT_NE(at, log.tried.end()) << log.address << ": " << layers << " layers were not tried";
      ++asked[layers];
      return std::vector<FitMemory>{holds(at == log.tried.end() ? log.free : at->second)};
    });
    EXPECT_EQ(answer.step, FitStep::parted) << log.address;
    EXPECT_EQ(llama::layersOnDevices(answer.trial), log.kept) << log.address;
    for (const auto& [layers, mib] : log.tried) EXPECT_EQ(asked[layers], 1) << log.address << " " << layers;
  }
}

// A log of one device whose context nobody asked for.
struct ShorterLog {
  const char* address;
  std::int64_t free, margin, trained, whole, least, chosen;  // MiB, cells
};

TEST(LlamaFit, ShortensAsLogsPrint) {
  const ShorterLog logs[] = {
      // Granite 4.1 8B UD-Q8_K_XL, RX 9070 XT: 30834 MiB at 131072 tokens, 10782 at 4096
      {"RX 9070 XT", 16140, 1024, 131072, 30834, 10782, 31488},
      // llama.cpp b11549 on a device that stores nothing (Qwen3-8B Q4_K_M and others: the runs below)
  };
  for (const ShorterLog& log : logs) {
    FitQuestion q;
    q.free = {log.free * kOne}, q.margins = {log.margin * kOne};
    q.layers = 40, q.cells = log.trained;
    const FitAnswer answer = llama::fitRun(q, [&](const FitTrial& trial) {
      return std::vector<FitMemory>{holds(trial.cells == log.trained ? log.whole : log.least)};
    });
    EXPECT_EQ(answer.step, FitStep::shorter) << log.address;
    EXPECT_EQ(answer.trial.cells, log.chosen) << log.address;
  }
}

// Experts go first, and what can come back comes back from the front: layers of 10 units with experts of 90.
TEST(LlamaFit, LeavesExpertsOfTheLastLayers) {
  FitQuestion q;
  q.free = {1000 * kOne}, q.margins = {0};
  q.layers = 20, q.experts = true, q.cells = 4096, q.cellsAsked = true;
  const auto probe = [&](const FitTrial& trial) {
    std::int64_t mib = 0;
    if (trial.devices.empty()) {
      mib = 20 * (trial.expertsOnHost ? 10 : 100);
    } else {
      mib = 10 * (trial.devices.front().layers - 1) + 90 * 20;
      for (const llama::PartedLayer& p : llama::partedLayers(q, trial))
        if (p.layer < 20)
          mib -= p.part == llama::LayerPart::experts      ? 90
                 : p.part == llama::LayerPart::down       ? 30
                 : p.part == llama::LayerPart::all_but_up ? 60
                                                          : 90;
    }
    return std::vector<FitMemory>{holds(mib)};
  };
  const FitAnswer answer = llama::fitRun(q, probe);
  ASSERT_EQ(answer.step, FitStep::parted);
  EXPECT_EQ(llama::layersOnDevices(answer.trial), 21);
  const std::vector<llama::PartedLayer> parted = llama::partedLayers(q, answer.trial);
  ASSERT_FALSE(parted.empty());
  // 8 whole layers take 1080 less 80, and of the ninth a part of the experts would fit: its first third.
  EXPECT_LE(probe(answer.trial).front().total(), 1000 * kOne);
  FitTrial more = answer.trial;
  --more.devices.front().parted;
  EXPECT_GT(probe(more).front().total(), 1000 * kOne);
  for (std::size_t i = 1; i < parted.size(); ++i) {
    EXPECT_EQ(parted[i].part, llama::LayerPart::experts);
    EXPECT_EQ(parted[i].layer, parted[i - 1].layer + 1);
  }
  EXPECT_EQ(parted.back().layer, 20);  // the output's place, which has no experts
}

// The output counts as the last layer but has no experts, so that parting all others leaves the first of them whole: on
// a device that holds ten layers without experts, but not one with them, there is the output alone.
TEST(LlamaFit, CountsTheOutputAmongLayersThatAreNotParted) {
  FitQuestion q;
  q.free = {105 * kOne}, q.margins = {0};
  q.layers = 20, q.experts = true, q.cells = 4096, q.cellsAsked = true;
  const auto probe = [&](const FitTrial& trial) {
    std::int64_t mib = trial.expertsOnHost ? 20 * 10 : 20 * 100;
    if (!trial.devices.empty()) {
      const std::int64_t layers = trial.devices.front().layers;
      mib = layers == 0 ? 0 : 10 + 100 * (layers - 1);
      for (const llama::PartedLayer& p : llama::partedLayers(q, trial)) mib -= p.layer < 20 ? 90 : 0;
    }
    return std::vector<FitMemory>{holds(mib)};
  };
  EXPECT_EQ(llama::layersOnDevices(llama::fitRun(q, probe).trial), 1);
  q.free = {205 * kOne};
  EXPECT_EQ(llama::layersOnDevices(llama::fitRun(q, probe).trial), 11);
}

TEST(LlamaFit, LeavesAloneWhatSomebodyPlaced) {
  FitQuestion q;
  q.free = {1000 * kOne}, q.margins = {1024 * kOne};
  q.layers = 20, q.cells = 4096, q.cellsAsked = true, q.placed = true;
  const FitAnswer answer = llama::fitRun(q, [&](const FitTrial&) { return std::vector<FitMemory>{holds(900)}; });
  EXPECT_EQ(answer.step, FitStep::hindered);
  EXPECT_EQ(answer.trial.cells, 4096);
  EXPECT_TRUE(answer.trial.devices.empty());
}

json scenario(const std::string& model, const std::string& weights, std::int64_t freeMib, json more) {
  json s{{"model", model},
         {"workload", "inference"},
         {"engine", "llama.cpp"},
         {"engine_version", "b11549"},
         {"precision", {{"weights", weights}}},
         {"batch", 4},
         {"unified_kv", true},
         {"devices", {{{"count", 1}, {"compute_capability", 8.9}, {"memory_bytes", freeMib * kMiB}}}}};
  s.update(more);
  return s;
}

Scenario read(const json& s) {
  auto read = readScenario(s.dump(), "");
  EXPECT_TRUE(read) << (read ? "" : read.error().text()) << s.dump();
  return read ? *std::move(read) : Scenario();
}

std::int64_t chosenContext(const json& s) {
  const json settings = json(settingsJson(read(s)));
  return settings["context"]["value"].get<std::int64_t>();
}

// llama.cpp b11549's own server, started without -c on devices of so many free MiB (which store nothing).
TEST(LlamaFit, ChoosesTheContextThatTheServerChose) {
  struct Run {
    const char* model;
    const char* weights;
    std::int64_t free, context;
  };
  const Run runs[] = {
      {"meta-llama/Llama-3.1-8B", "Q4_K_M", 11888, 50176},  {"meta-llama/Llama-3.1-8B", "Q4_K_M", 15984, 82688},
      {"meta-llama/Llama-3.1-8B", "Q4_K_M", 24176, 131072}, {"google/gemma-3-12b-it", "Q4_K_M", 11888, 38656},
      {"Qwen/Qwen3-30B-A3B", "Q4_K_M", 24176, 40960},       {"Qwen/Qwen3-30B-A3B", "Q4_K_M", 15984, 4096},
      {"Qwen/Qwen3.5-27B", "Q4_K_M", 24176, 105728},        {"google/gemma-4-26B-A4B", "Q4_K_M", 24176, 262144},
      {"zai-org/GLM-4.7-Flash", "Q4_K_M", 24176, 113152},   {"mistralai/Ministral-3-3B-2512", "Q8_0", 7792, 31232},
  };
  for (const Run& run : runs) {
    const json s = scenario(run.model, run.weights, run.free, json::object());
    EXPECT_EQ(chosenContext(s), run.context) << run.model << " " << run.free;
    EXPECT_NE(estimate(read(s)).verdict(), Verdict::exceeds) << run.model;
  }
}

double mibOf(const Ledger& ledger, ComponentId id) {
  return static_cast<double>(ledger.bytes(id).value()) / static_cast<double>(kMiB);
}

// The same server with a file that is larger than the device: experts of the last layers stay on the host.
TEST(LlamaFit, LeavesTheExpertsThatTheServerLeft) {
  const Estimate e = estimate(read(scenario("Qwen/Qwen3-30B-A3B", "Q4_K_M", 15984, json::object())));
  ASSERT_EQ(e.ranks.size(), 1U);
  EXPECT_NEAR(mibOf(e.ranks[0].ledger, ComponentId::weights), 14260.93, 0.01);
  EXPECT_NEAR(mibOf(e.ranks[0].ledger, ComponentId::kv_cache), 384, 0.01);
  EXPECT_NEAR(mibOf(e.ranks[0].ledger, ComponentId::workspace), 221.51, 0.5);
  const Judgement j = judge(e);
  EXPECT_NE(j.word, Verdict::exceeds);
  EXPECT_GT(j.hostWeights, Bytes(0));
}

// A user's Ollama of June 2026 and its llama-server: Hermes 3 Llama 3.1 8B Q4_0, -c 32768 -np 1 on an RTX 2060 with
// 5141 MiB free: "offloaded 15/33 layers", 2049 + 1792 + 248 MiB.
TEST(LlamaFit, LeavesTheLayersThatAUserSaw) {
  json s = scenario("meta-llama/Llama-3.1-8B", "Q4_0", 5141, {{"context", 32768}, {"batch", 1}});
  s["engine_version"] = "b9769", s["devices"][0]["compute_capability"] = 7.5;
  const Estimate e = estimate(read(s));
  ASSERT_EQ(e.ranks.size(), 1U);
  EXPECT_NEAR(mibOf(e.ranks[0].ledger, ComponentId::weights), 2049, 1);
  EXPECT_NEAR(mibOf(e.ranks[0].ledger, ComponentId::kv_cache), 1792, 1);
  EXPECT_NEAR(mibOf(e.ranks[0].ledger, ComponentId::workspace), 248, 13);
  const json settings = json(settingsJson(read(s)));
  EXPECT_EQ(settings["offload.gpu_layers"]["value"], 15);
  EXPECT_NE(settings["offload.gpu_layers"]["why"].get<std::string>().find("18 of 33"), std::string::npos);
}

const json kLarge{{"context", 8192}};

// Qwen2.5 3B Q4_K_M on an Intel UHD 620 with 2200 MiB free: "13 layers, 1137 MiB used", offloaded 13/37.
TEST(LlamaFit, LeavesTheLayersThatAUserOfVulkanSaw) {
  json s = scenario("Qwen/Qwen2.5-3B-Instruct", "Q4_K_M", 2200, {{"context", 4096}, {"batch", 1}});
  s["engine_version"] = "b7900";
  const Estimate e = estimate(read(s));
  EXPECT_NEAR(static_cast<double>(e.heaviest().device.value()) / static_cast<double>(kMiB), 1137, 12);
  EXPECT_EQ(json(settingsJson(read(s)))["offload.gpu_layers"]["value"], 13);
}

// -ngl 99 typed, of a file of 8148 MiB on a device with 8186 free: the context falls to 4096, and then it aborts.
TEST(LlamaFit, ShortensBeforeItIsHindered) {
  FitQuestion q;
  q.free = {8186 * kOne}, q.margins = {1024 * kOne};
  q.layers = 48, q.cells = 131072, q.placed = true;
  const FitAnswer answer = llama::fitRun(
      q, [&](const FitTrial& trial) { return std::vector<FitMemory>{holds(trial.cells == 131072 ? 32953 : 9021)}; });
  EXPECT_EQ(answer.step, FitStep::hindered);
  EXPECT_EQ(answer.trial.cells, 4096);
}

// What does nothing: switched off, an early build, layers that somebody placed, an unknown card.
TEST(LlamaFit, ChangesNothingWhereTheEngineWouldNot) {
  const auto verdict = [](const json& s) { return estimate(read(s)).verdict(); };
  const json large = scenario("meta-llama/Llama-3.3-70B-Instruct", "Q4_K_M", 24000, kLarge);
  EXPECT_NE(verdict(large), Verdict::exceeds);
  json off = large;
  off["engine_options"]["fit"] = "off";
  EXPECT_EQ(verdict(off), Verdict::exceeds);
  json early = large;
  early["engine_version"] = "b7300";
  EXPECT_EQ(verdict(early), Verdict::exceeds);
  json placed = large;
  placed["offload"]["gpu_layers"] = "all";
  EXPECT_EQ(verdict(placed), Verdict::exceeds);
  const Estimate hindered = estimate(read(placed));
  EXPECT_TRUE(std::any_of(hindered.diagnostics.begin(), hindered.diagnostics.end(),
                          [](const Diagnostic& d) { return d.code == "fit-hindered"; }));
  json nowhere = large;
  nowhere.erase("devices");
  EXPECT_EQ(verdict(nowhere), std::nullopt);
}

TEST(LlamaFit, KeepsWhatIsAskedFree) {
  std::int64_t before = 0;
  for (const std::int64_t target : {1, 1024, 4096}) {
    json s = scenario("meta-llama/Llama-3.3-70B-Instruct", "Q4_K_M", 24000, kLarge);
    s["engine_options"]["fit_target"] = target;
    const Estimate e = estimate(read(s));
    const std::int64_t left = e.ranks.at(0).headroom->value() / kMiB;
    EXPECT_GE(left, target);
    EXPECT_GT(left, before) << target;
    before = left;
  }
  json least = scenario("meta-llama/Llama-3.1-8B", "Q4_K_M", 6000, json::object());
  EXPECT_EQ(chosenContext(least), 4096);
  least["engine_options"]["fit_ctx"] = 16384;
  EXPECT_EQ(chosenContext(least), 16384);
}

TEST(LlamaFit, SpreadsOverDevices) {
  const json two{{{"accelerator", "rtx-4090-24gb"}, {"count", 1}, {"memory_bytes", 12000 * kMiB}},
                 {{"accelerator", "rtx-3090-24gb"}, {"count", 1}, {"memory_bytes", 8000 * kMiB}}};
  json s = scenario("meta-llama/Llama-3.3-70B-Instruct", "Q4_K_M", 12000, kLarge);
  s["devices"] = two;
  const Estimate e = estimate(read(s));
  ASSERT_EQ(e.ranks.size(), 2U);
  for (const RankEstimate& rank : e.ranks) {
    EXPECT_GE(rank.headroom->value(), 1024 * kMiB) << rank.label;
    EXPECT_LT(rank.headroom->value(), 2048 * kMiB) << rank.label;
  }
  json experts = scenario("Qwen/Qwen3-30B-A3B", "Q4_K_M", 8000, kLarge);
  experts["devices"] = two;
  experts["devices"][0]["memory_bytes"] = 8000 * kMiB;
  const Estimate parted = estimate(read(experts));
  ASSERT_EQ(parted.ranks.size(), 2U);
  for (const RankEstimate& rank : parted.ranks) EXPECT_GE(rank.headroom->value(), 1024 * kMiB) << rank.label;
  EXPECT_GT(judge(parted).hostWeights, Bytes(0));
}

// The largest context is the one with which no more lies on the host than as asked.
TEST(LlamaFit, LimitsDoNotMoveLayers) {
  const json s = scenario("meta-llama/Llama-3.1-8B", "Q4_K_M", 12000, kLarge);
  const auto most = largestContext(read(s));
  ASSERT_TRUE(most && *most > 8192);
  json at = s;
  at["context"] = *most;
  EXPECT_EQ(judge(estimate(read(at))).hostWeights, Bytes(0));
  at["context"] = *most + 256;
  EXPECT_GT(judge(estimate(read(at))).hostWeights, Bytes(0));
}

// A file that is mapped lies on the host whole, however many experts are read there: the devices' own weights tell.
TEST(LlamaFit, LimitsDoNotMoveExperts) {
  const json s = scenario("Qwen/Qwen3-30B-A3B", "Q8_0", 22500, {{"context", 16384}});
  const auto onDevices = [](const json& asked) {
    return estimate(read(asked)).ranks.front().ledger.bytes(ComponentId::weights);
  };
  const auto most = largestContext(read(s));
  ASSERT_TRUE(most && *most >= 16384 && *most < 1 << 20);
  json at = s;
  at["context"] = *most;
  EXPECT_GE(onDevices(at), onDevices(s));
  at["context"] = *most + 1024;
  EXPECT_LT(onDevices(at), onDevices(s));
}

TEST(LlamaFit, LengthAsRunIsTheShortenedOne) {
  json s = scenario("Qwen/Qwen3-30B-A3B", "Q8_0", 22500, json::object());
  EXPECT_EQ(contextAsRun(read(s), settingsOf(read(s))), 4096);
  s["context"] = 16384;
  EXPECT_EQ(contextAsRun(read(s), settingsOf(read(s))), 16384);
}

}  // namespace
}  // namespace headroom
