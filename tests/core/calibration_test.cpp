// A calibrated scenario gives the log's figures, shows the difference as lines of its own, and lets go of it again.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "core/evidence/calibrate.h"
#include "core/open/scenario_json.h"
#include "core/report/explanation.h"

namespace headroom {
namespace {

struct LoggedRun {
  const char *log, *scenario;
};
// The logs' own runs, as far as the logs say.
constexpr LoggedRun kRuns[] = {
    {"vllm-0.11.log",
     R"({"model": "meta-llama/Llama-3.3-70B-Instruct", "engine": "vllm", "engine_version": "0.11.0", "context": 16000,
         "precision": {"weights": "fp8"}, "parallel": {"tensor": 2}, "devices": [{"accelerator": "h100-80gb", "count": 2}]})"},
    {"vllm-0.7.log",
     R"({"model": "meta-llama/Llama-3.1-8B", "engine": "vllm", "engine_version": "0.7.3", "context": 2048,
         "precision": {"weights": "nf4"}, "devices": [{"accelerator": "tesla-t4"}]})"},
    {"sglang.log",
     R"({"model": "meta-llama/Llama-3.1-8B", "engine": "sglang", "context": 8192, "devices": [{"accelerator": "a100-80gb"}]})"},
    {"llama-server.log",
     R"({"model": "meta-llama/Llama-3.1-8B", "engine": "llama.cpp", "context": 8192, "engine_version": "b5590",
         "precision": {"weights": "Q4_K_M"}, "devices": [{"accelerator": "rtx-4090", "count": 2}]})"}};

LogReading reading(const LoggedRun& run) {
  std::ifstream in(std::string(HEADROOM_TEST_DATA "/logs/") + run.log, std::ios::binary);
  const Result<LogReading> r = readLog(std::string{std::istreambuf_iterator<char>(in), {}}, run.log);
  EXPECT_TRUE(r) << run.log;
  return r ? *r : LogReading{};
}

Scenario scenarioOf(const LoggedRun& run) {
  const Result<Scenario> s = readScenario(run.scenario, run.log);
  EXPECT_TRUE(s) << s.error().text();
  return s ? *s : Scenario{};
}

Scenario calibrated(const LoggedRun& run) {
  Scenario s = scenarioOf(run);
  Result<Calibration> c = calibrationFrom(reading(run), run.log, s);
  EXPECT_TRUE(c) << c.error().text();
  if (c) s.calibration = std::make_shared<const Calibration>(std::move(*c));
  return s;
}

TEST(Calibration, ALogOfEachEngineComesOutAsPrinted) {
  for (const LoggedRun& run : kRuns) {
    const LogReading log = reading(run);
    const Scenario s = calibrated(run);
    int bytes = 0;
    for (const ComparedFigure& f : compare(log, s, estimate(s))) {
      if (!f.predicted || f.measured.value < 0) continue;
      // What agreed to the printed digit was left alone; tokens follow the pool by whole blocks.
      const double slack = isCount(f.measured.name) ? 0.02 * f.measured.value : f.measured.step / 2 + 2;
      EXPECT_NEAR(f.predicted->value, f.measured.value, slack) << run.log << ": " << f.measured.name;
      bytes += !isCount(f.measured.name);
    }
    EXPECT_GE(bytes, 3) << run.log;
  }
}

TEST(Calibration, ItsLinesStandInTheLedgerWithTheirSource) {
  const Scenario s = calibrated(kRuns[1]);
  const Estimate e = estimate(s);
  const Explanation weights = explain(e.heaviest().ledger, ComponentId::weights);
  const ExplainedLine& line = weights.lines.back();
  EXPECT_EQ(line.label, "calibrated from vllm-0.7.log");
  EXPECT_EQ(line.source, "log vllm-0.7.log of 03-01, vllm: measured less predicted");
  ASSERT_EQ(line.terms.size(), 1U);
  EXPECT_EQ(line.terms[0].origin, "measured");
  EXPECT_EQ(toBytes(line.terms[0].number), line.bytes);
  EXPECT_EQ(e.heaviest().ledger.total(), e.heaviest().device);
  EXPECT_TRUE(std::ranges::any_of(e.diagnostics, [](const Diagnostic& d) { return d.code == "calibrated"; }));
}

TEST(Calibration, StaysTheSameAmountWhenTheScenarioChanges) {
  Scenario with = calibrated(kRuns[3]), without = scenarioOf(kRuns[3]);
  const Bytes before = estimate(with).heaviest().device - estimate(without).heaviest().device;
  with.context = without.context = 16384;
  EXPECT_EQ((estimate(with).heaviest().device - estimate(without).heaviest().device).value(), before.value());
}

TEST(Calibration, IsKeptByTheScenarioFileAndTakenAwayAgain) {
  for (const LoggedRun& run : kRuns) {
    const Scenario s = calibrated(run);
    const Result<Scenario> again = readScenario(writeScenario(s), "again");
    ASSERT_TRUE(again) << again.error().text();
    EXPECT_EQ(*again, s) << run.log;
    EXPECT_EQ(estimate(*again).heaviest().device, estimate(s).heaviest().device) << run.log;
    Scenario removed = s;
    removed.calibration.reset();
    EXPECT_EQ(removed, scenarioOf(run)) << run.log;
    EXPECT_NE(removed, s) << run.log;
  }
}

TEST(Calibration, IsSetAsideForAnotherModelEngineOrMethod) {
  const Scenario s = calibrated(kRuns[1]);
  const auto setAside = [&](auto change) {
    Scenario other = s;
    change(other);
    ASSERT_TRUE(resolve(other));
    Scenario plain = other;
    plain.calibration.reset();
    const Estimate e = estimate(other);
    EXPECT_EQ(e.heaviest().device, estimate(plain).heaviest().device);
    EXPECT_TRUE(
        std::ranges::any_of(e.diagnostics, [](const Diagnostic& d) { return d.code == "calibration-set-aside"; }));
  };
  setAside([](Scenario& o) { o.model.reset(), o.reference = CatalogueModel{"Qwen/Qwen3-8B"}; });
  setAside([](Scenario& o) { o.engine = Engine::sglang; });
  setAside([](Scenario& o) { o.method = Method::chapter; });
}

TEST(Calibration, TakesAwayNoMoreThanThereIs) {
  Scenario s = scenarioOf(kRuns[1]);
  Calibration c = *calibrated(kRuns[1]).calibration;
  c.differences = {{ComponentId::activations, false, Bytes(-kGiB * 100)}};
  s.calibration = std::make_shared<const Calibration>(std::move(c));
  const Ledger& l = estimate(s).heaviest().ledger;
  EXPECT_EQ(l.bytes(ComponentId::activations), Bytes(0));
  EXPECT_GE(l.low(ComponentId::activations), Bytes(0));
}

TEST(Calibration, RefusesALogOfAnotherEngine) {
  const Result<Calibration> c = calibrationFrom(reading(kRuns[2]), "sglang.log", scenarioOf(kRuns[0]));
  ASSERT_FALSE(c);
  EXPECT_EQ(c.error().message, "The log is of sglang, the scenario of vllm.");
}

TEST(Calibration, RefusesWhatNoLogPrints) {
  const auto read = [](const std::string& calibration) {
    const Result<Scenario> s =
        readScenario(R"({"model": "meta-llama/Llama-3.1-8B", "calibration": )" + calibration + "}", "file");
    return s ? std::string() : s.error().text();
  };
  EXPECT_NE(read(R"({"engine": "pytorch"})").find("vllm, sglang or llama.cpp"), std::string::npos);
  EXPECT_NE(read(R"({"log": "a"})").find("/calibration/engine"), std::string::npos);
  EXPECT_NE(read(R"({"engine": "vllm", "measured_minus_predicted": {"weight": 1}})").find("weights"),
            std::string::npos);
  EXPECT_NE(read(R"({"engine": "vllm", "measured_minus_predicted": {"weights": 1e30}})").find("outside"),
            std::string::npos);
  EXPECT_NE(read(R"({"engine": "vllm", "measured_minus_predicted": [1]})").find("object"), std::string::npos);
}

}  // namespace
}  // namespace headroom
