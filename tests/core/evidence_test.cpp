// Measured runs and how predictions hold against them.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/evidence/validation.h"

namespace headroom {
namespace {

const Validation& vllm() {
  static const Validation v = [] {
    const Result<std::vector<MeasuredRun>> runs = measuredRuns();
    return validate(*runs, {"vllm", "", "AB"});
  }();
  return v;
}

const FigureSummary& summary(std::string_view figure) {
  const auto found = std::ranges::find(vllm().summaries, figure, &FigureSummary::figure);
  if (found == vllm().summaries.end()) throw std::runtime_error("no such figure");
  return *found;
}

TEST(MeasuredRuns, EveryRunHasItsSourceAndFigures) {
  const Result<std::vector<MeasuredRun>> runs = measuredRuns();
  ASSERT_TRUE(runs) << runs.error().text();
  EXPECT_GT(runs->size(), 600u);
  for (const MeasuredRun& run : *runs) {
    EXPECT_FALSE(run.source.empty()) << run.id;
    EXPECT_FALSE(run.figures.empty()) << run.id;
    for (const MeasuredFigure& f : run.figures)
      EXPECT_TRUE(f.quality == 'A' || f.quality == 'B' || f.quality == 'C') << run.id;
  }
}

TEST(MeasuredRuns, GarbageIsAnErrorThatNamesItsPlace) {
  EXPECT_EQ(readMeasuredRuns("not json", "f").error().code, ErrorCode::syntax);
  EXPECT_EQ(readMeasuredRuns("{}", "f").error().code, ErrorCode::unsupported);
  EXPECT_EQ(readMeasuredRuns(R"({"schema": "headroom-measured/1"})", "f").error().code, ErrorCode::value);
  const auto bad = readMeasuredRuns(
      R"({"schema": "headroom-measured/1", "rows": [{"id": "x", "model": "m", "scenario": {}}]})", "f");
  EXPECT_EQ(bad.error().where, "f#/rows/0");
}

TEST(Validation, VllmWeightsArePredictedToAThousandth) {
  EXPECT_GT(summary("weights").count, 80u);
  EXPECT_LE(summary("weights").median, 0.001);
  EXPECT_LE(summary("weights").p90, 0.02);
}

TEST(Validation, VllmBytesPerTokenAreExact) {
  EXPECT_LE(summary("kv_bytes_per_token").p90, 0.001);
}

TEST(Validation, VllmPoolsAreWithinHalfAPercentInTheMedian) {
  EXPECT_LE(summary("kv_tokens").median, 0.005);
  EXPECT_LE(summary("kv_tokens").p90, 0.05);
  EXPECT_GE(summary("kv_tokens").inside, 0.9);
  EXPECT_LE(summary("kv_cache").median, 0.005);
}

TEST(Validation, ErrorsStandLargestFirstAndSummariesAgree) {
  const Validation& v = vllm();
  ASSERT_FALSE(v.errors.empty());
  for (std::size_t i = 1; i < v.errors.size(); ++i)
    EXPECT_GE(std::abs(v.errors[i - 1].error), std::abs(v.errors[i].error));
  std::size_t counted = 0;
  for (const FigureSummary& s : v.summaries) counted += s.count;
  EXPECT_EQ(counted, v.errors.size());
}

TEST(Validation, AnUnreadableRunIsRefusedByName) {
  MeasuredRun run;
  run.id = "unknown";
  run.scenario = R"({"headroom": 1, "model": "nobody/nothing"})";
  run.figures = {{"weights", 1.0, 1.0, 'A', FigureScope::heaviest}};
  const Validation v = validate({&run, 1}, {});
  ASSERT_EQ(v.refused.size(), 1u);
  EXPECT_EQ(v.refused[0].run, "unknown");
  EXPECT_TRUE(v.summaries.empty());
}

TEST(Validation, SummariesAreOrderStatistics) {
  std::vector<PredictionError> errors(10);
  for (std::size_t i = 0; i < errors.size(); ++i)
    errors[i].error = (i % 2 == 0 ? 0.01 : -0.01) * static_cast<double>(i + 1), errors[i].inside = i < 9;
  errors.back().run = "last";
  const FigureSummary s = summarize(errors);
  EXPECT_DOUBLE_EQ(s.median, 0.06);
  EXPECT_DOUBLE_EQ(s.p90, 0.09);
  EXPECT_DOUBLE_EQ(s.worst, 0.10);
  EXPECT_EQ(s.worstRun, "last");
  EXPECT_DOUBLE_EQ(s.inside, 0.9);
}

// A run that is predicted more than a tenth off says why, or that nobody knows.
TEST(Validation, EveryRunFarOffIsExplainedOrMarked) {
  const Result<std::vector<MeasuredRun>> runs = measuredRuns();
  ASSERT_TRUE(runs);
  std::map<std::string, const MeasuredRun*> byId;
  for (const MeasuredRun& run : *runs) byId[run.id] = &run;
  std::size_t far = 0;
  for (const PredictionError& e : validate(*runs, {"", "", "ABC"}).errors) {
    const auto run = byId.find(e.run);
    if (run == byId.end() || std::abs(e.error) <= 0.10) continue;
    ++far;
    EXPECT_GE(run->second->note.size(), 20u)
        << e.run << " is off by " << 100 * e.error << " % (" << e.measured.name << ")";
  }
  EXPECT_GT(far, 0u);
}

MeasuredRun runOf(const std::string& id, const std::string& scenario, const char* figure, double bytes) {
  MeasuredRun run;
  run.id = id, run.scenario = scenario;
  run.figures = {{figure, bytes, 1.0, 'A', FigureScope::heaviest}};
  return run;
}

// Full training of 3.2 · 10⁹ parameters in bf16 holds 8 bytes each: no kernel, loss or allocator gets below 25.7 GB.
// On eight ranks under ZeRO-3 it does; a server holds the weights, an allocated figure of 4-bit ones may be small.
TEST(Validation, AMeasurementBelowWeightsGradientsAndStatesIsFlagged) {
  const std::string full = R"({"headroom": 1, "model": "meta-llama/Llama-3.2-3B", "workload": "full", "engine":
    "pytorch", "framework": "transformers", "precision": {"weights": "bf16", "gradients": "bf16", "optimizer_states":
    "bf16", "master_weights": "none"}, "context": 512, "training": {"optimizer": "adamw"})";
  const std::string served = R"({"headroom": 1, "model": "meta-llama/Llama-3.2-3B", "engine": "transformers",
    "precision": {"weights": )";
  const std::vector<MeasuredRun> runs{
      runOf("planted", full + "}", "allocated", 16.5e9),
      runOf("planted-device", full + "}", "device", 25.6e9),
      runOf("possible", full + "}", "reserved", 25.8e9),
      runOf("sharded", full + R"(, "parallel": {"data": 8, "sharding": "zero3"}})", "reserved", 16.5e9),
      runOf("planted-server", served + R"("bf16"}})", "device", 6.0e9),
      runOf("four-bit-server", served + R"("nf4"}})", "device", 6.0e9),
  };
  std::vector<std::string> flagged;
  for (const PredictionError& e : validate(runs, {}).errors)
    if (e.impossible()) flagged.push_back(e.run);
  std::ranges::sort(flagged);
  EXPECT_EQ(flagged, (std::vector<std::string>{"planted", "planted-device", "planted-server"}));
}

// Of the bundled runs whose rows say enough: a LitGPT table's row that is another recipe's, and a torchtune row whose
// 70 · 10⁹ parameters over eight devices leave less than it printed.
TEST(Validation, OfTheBundledRunsTwoAreImpossible) {
  const Result<std::vector<MeasuredRun>> runs = measuredRuns();
  ASSERT_TRUE(runs);
  std::vector<std::string> flagged;
  for (const PredictionError& e : validate(*runs, {}).errors)
    if (e.impossible()) flagged.push_back(e.run);
  std::ranges::sort(flagged);
  EXPECT_EQ(flagged, (std::vector<std::string>{"litgpt-hub-024", "torchtune-024"}));
}

}  // namespace
}  // namespace headroom
