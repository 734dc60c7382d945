// Golden scenarios: bytes that a reference of its own works out from papers and the frameworks' rules (tests/golden/,
// written by tests/golden/generate.py). What an expectation speaks of:
//   weights, kv_cache, …                  a component of the heaviest rank at its peak
//   moment:optimizer step/gradients       the same at a moment of the step
//   line:communication/gradient buckets   the component's lines whose label holds the text
//   saved:0                               bytes autograd keeps for one layer of the first kind
//   host/weights                          a component in host memory
//   parameters, trainable_parameters, weight_bytes, kv_bytes_per_token, capacity.kv_bytes, capacity.kv_tokens,
//   capacity.bytes_per_sequence           of the pool
// with stage:N/ before it of that pipeline stage, and several joined by + for their sum.
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "core/estimate/estimate.h"
#include "core/open/scenario_json.h"
#include "core/report/estimate_report.h"

namespace headroom {
namespace {

using nlohmann::json;

constexpr std::int64_t kRounding = 1;  // a product of factors is rounded to the nearest byte

std::vector<std::string> topics() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(HEADROOM_SOURCE_DIR "/tests/golden"))
    if (entry.path().extension() == ".json") names.push_back(entry.path().stem().string());
  std::ranges::sort(names);
  return names;
}

json topic(const std::string& name) {
  std::ifstream file(HEADROOM_SOURCE_DIR "/tests/golden/" + name + ".json");
  return json::parse(file);
}

Scenario scenarioOf(const json& topic, const json& row, ModelCache& cache) {
  json scenario = row["scenario"];
  const std::string model = scenario["model"];
  scenario["headroom"] = 1;
  scenario["model"] = {{"config", topic["models"][model]}, {"name", model}};
  const Result<Scenario> read = readScenario(scenario.dump(), row["name"].get<std::string>(), {}, &cache);
  if (!read) throw std::runtime_error(read.error().text());
  return *read;
}

ComponentId componentOf(std::string_view id) {
  for (std::size_t i = 0; i < kComponentCount; ++i)
    if (idOf(static_cast<ComponentId>(i)) == id) return static_cast<ComponentId>(i);
  throw std::runtime_error("no component " + std::string(id));
}

// "rest" of "prefix" + "rest".
std::optional<std::string_view> after(std::string_view text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return std::nullopt;
  return text.substr(prefix.size());
}

double momentBytes(const RankEstimate& rank, std::string_view what) {
  const std::size_t slash = what.find('/');
  for (const Moment& m : rank.moments)
    if (m.name == what.substr(0, slash))
      return static_cast<double>(m.bytes[static_cast<std::size_t>(componentOf(what.substr(slash + 1)))].value());
  throw std::runtime_error("no moment " + std::string(what));
}

double lineBytes(const Ledger& ledger, std::string_view what) {
  const std::size_t slash = what.find('/');
  const ComponentId component = componentOf(what.substr(0, slash));
  Bytes sum;
  for (const Line& line : ledger.lines())
    if (line.component == component && line.label.find(what.substr(slash + 1)) != std::string_view::npos)
      sum += line.bytes;
  return static_cast<double>(sum.value());
}

double figure(const Estimate& e, std::string_view what) {
  if (const std::size_t plus = what.rfind('+'); plus != std::string_view::npos)
    return figure(e, what.substr(0, plus)) + figure(e, what.substr(plus + 1));
  if (what == "parameters") return static_cast<double>(e.parameters.value());
  if (what == "trainable_parameters") return static_cast<double>(e.trainableParameters.value());
  if (what == "weight_bytes") return static_cast<double>(e.weightBytes.value());
  if (what == "kv_bytes_per_token") return e.kvBytesPerToken;
  if (what == "capacity.kv_bytes") return static_cast<double>(e.pool.kvBytes.value().value());
  if (what == "capacity.kv_tokens") return static_cast<double>(e.pool.kvTokens.value());
  if (what == "capacity.bytes_per_sequence")
    return static_cast<double>(e.pool.kvBytes.value().value()) / e.pool.maxConcurrency.value();
  if (const auto host = after(what, "host/")) return static_cast<double>(e.host.bytes(componentOf(*host)).value());
  const RankEstimate* rank = &e.heaviest();
  if (const auto staged = after(what, "stage:")) {
    const std::size_t slash = staged->find('/');
    const int stage = std::stoi(std::string(staged->substr(0, slash)));
    const auto found = std::ranges::find(e.ranks, stage, &RankEstimate::stage);
    if (found == e.ranks.end()) throw std::runtime_error("no stage " + std::to_string(stage));
    rank = &*found, what = staged->substr(slash + 1);
  }
  if (const auto moment = after(what, "moment:")) return momentBytes(*rank, *moment);
  if (const auto line = after(what, "line:")) return lineBytes(rank->ledger, *line);
  if (const auto saved = after(what, "saved:")) {
    const auto kind = static_cast<std::size_t>(std::stoi(std::string(*saved)));
    if (kind >= rank->savedActivations.size()) throw std::runtime_error("no saved activations " + std::string(*saved));
    return static_cast<double>(rank->savedActivations[kind].bytesPerLayer.value());
  }
  return static_cast<double>(rank->ledger.bytes(componentOf(what)).value());
}

void compare(const json& topic, const json& row, const Estimate& e, std::string_view detail) {
  for (const json& expected : row["expect"]) {
    const std::string what = expected["what"];
    const auto want = expected["bytes"].get<std::int64_t>();
    const double got = figure(e, what);
    EXPECT_LE(std::abs(got - static_cast<double>(want)), static_cast<double>(expected.value("tolerance", kRounding)))
        << row["name"].get<std::string>() << ", " << what << " (" << detail << "): expected " << want << ", got "
        << std::fixed << got << "\n  " << topic["sources"][expected["source"].get<std::string>()].get<std::string>();
  }
}

class Golden : public testing::TestWithParam<std::string> {};

TEST_P(Golden, BytesAreWhatTheReferenceWorkedOut) {
  const json data = topic(GetParam());
  ModelCache cache;
  Estimate closed;
  for (const json& row : data["rows"]) {
    try {
      const Scenario scenario = scenarioOf(data, row, cache);
      const Estimate open = estimate(scenario);
      compare(data, row, open, "open");
      estimateInto(scenario, closed, Detail::lines);
      compare(data, row, closed, "closed");
      EXPECT_EQ(estimateJson(scenario, closed, {}, -1, 0), estimateJson(scenario, open, {}, -1, 0)) << row["name"];
    } catch (const std::exception& error) {
      ADD_FAILURE() << row["name"] << ": " << error.what();
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Topics, Golden, testing::ValuesIn(topics()), [](const auto& topic) { return topic.param; });

TEST(GoldenFiles, HoldEnoughScenariosOfEveryEngineAndWorkload) {
  std::size_t rows = 0;
  std::set<std::string> names, engines, workloads;
  for (const std::string& name : topics()) {
    const json data = topic(name);
    for (const json& row : data["rows"]) {
      ++rows;
      EXPECT_TRUE(names.insert(name + "/" + row["name"].get<std::string>()).second) << row["name"];
      EXPECT_FALSE(row["expect"].empty()) << row["name"];
      engines.insert(row["scenario"].value("engine", ""));
      workloads.insert(row["scenario"].value("workload", "inference"));
    }
  }
  EXPECT_GE(rows, 300u);
  for (const char* engine : {"transformers", "vllm", "sglang", "llama.cpp", "pytorch", "deepspeed", "fsdp", "megatron"})
    EXPECT_TRUE(engines.contains(engine)) << engine;
  for (const char* workload : {"inference", "full", "lora", "qlora"})
    EXPECT_TRUE(workloads.contains(workload)) << workload;
}

// Every leaf of every formula comes from somewhere.
void expectOpen(const Ledger& ledger, const Factor& factor, const std::string& where, std::set<std::string>& shut) {
  const FactorSpan parts = ledger.parts(factor);
  if (factor.partCount == 0 && factor.origin == Origin::computed)
    shut.insert(where + ": " + std::string(factor.symbol));
  for (const Factor& part : parts) expectOpen(ledger, part, where, shut);
}

void expectOpen(const Ledger& ledger, std::set<std::string>& shut) {
  for (const Line& line : ledger.lines())
    for (const Factor& factor : ledger.factors(line))
      expectOpen(ledger, factor, std::string(idOf(line.component)) + "/" + std::string(line.label), shut);
}

TEST(GoldenFiles, NoLeafOfAnyFormulaIsComputedFromNothing) {
  std::set<std::string> shut;
  for (const std::string& name : topics()) {
    const json data = topic(name);
    ModelCache cache;
    for (const json& row : data["rows"]) {
      const Estimate e = estimate(scenarioOf(data, row, cache));
      for (const RankEstimate& rank : e.ranks) expectOpen(rank.ledger, shut);
      expectOpen(e.host, shut);
    }
  }
  for (const std::string& formula : shut) ADD_FAILURE() << formula;
}

}  // namespace
}  // namespace headroom
