// Compare, sweep, sensitivity and savings: nothing but estimates, put beside one another.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/analysis/compare.h"
#include "core/analysis/savings.h"
#include "core/analysis/sensitivity.h"
#include "core/analysis/sweep.h"
#include "core/open/scenario_json.h"
#include "core/report/compare_report.h"

namespace headroom {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Scenario llama(const std::string& members) {
  const auto scenario = readScenario(R"({"model": "meta-llama/Llama-3.1-8B", )" + members + "}", "test");
  EXPECT_TRUE(scenario) << scenario.error().text();
  return *scenario;
}

TEST(Compare, AnotherDeviceKeepsTheNumberOfThem) {
  const Scenario s = llama(R"("devices": [{"accelerator": "l4", "count": 2}], "parallel": {"tensor": 2})");
  DeviceRequest a100;
  a100.accelerator = "a100-80gb";
  a100.entry = findAccelerator("a100-80gb");
  ASSERT_NE(a100.entry, nullptr);
  ComparedColumn column;
  compareInto(onDevice(s, a100), column);
  ASSERT_EQ(column.scenario.devices.size(), 1u);
  EXPECT_EQ(column.scenario.devices[0].count, 2);
  EXPECT_EQ(column.estimate.heaviest().device, estimate(column.scenario).heaviest().device);
  EXPECT_EQ(column.limits.context, limitsOf(column.scenario).context);
}

TEST(Compare, NamesTheSettingsThatDifferAndNoOthers) {
  std::vector<ComparedColumn> columns(2);
  compareInto(llama(R"("engine": "transformers", "batch": 2, "context": 4096, "devices": [{"accelerator": "l4"}])"),
              columns[0]);
  compareInto(llama(R"("batch": 2, "context": 4096, "precision": {"weights": "fp8"},
                       "devices": [{"accelerator": "l4", "count": 2}])"),
              columns[1]);
  const std::vector<DifferingSetting> differing = differingSettings(columns);
  std::vector<std::string> keys;
  for (const DifferingSetting& s : differing) keys.push_back(s.key);
  // Both are served by transformers: one says so, the other means it.
  EXPECT_THAT(keys, testing::IsSupersetOf({"precision.weights", "devices"}));
  for (const char* alike : {"engine", "batch", "context", "model", "workload"})
    EXPECT_THAT(keys, testing::Not(testing::Contains(alike)));
  for (const DifferingSetting& s : differing) {
    if (s.key == "precision.weights") {
      EXPECT_THAT(s.values, ElementsAre("bf16", "fp8"));
    } else if (s.key == "devices") {
      EXPECT_THAT(s.values, ElementsAre("l4", "2xl4"));
    }
  }
  columns[1] = columns[0];
  EXPECT_THAT(differingSettings(columns), IsEmpty());
}

TEST(Sweep, ValuesRunFromOneEndToTheOther) {
  EXPECT_THAT(sweepValues(1024, 16384, 0, true), ElementsAre(1024, 2048, 4096, 8192, 16384));
  EXPECT_THAT(sweepValues(1000, 5000, 0, true), ElementsAre(1000, 2000, 4000, 5000));
  EXPECT_THAT(sweepValues(1, 3, 0, true), ElementsAre(1, 2, 3));
  EXPECT_THAT(sweepValues(8, 128, 5, true), ElementsAre(8, 16, 32, 64, 128));
  EXPECT_THAT(sweepValues(10, 20, 3, true), ElementsAre(10, 15, 20));
  EXPECT_THAT(sweepValues(1, 2, 5, true), ElementsAre(1, 2));  // equal neighbours are one value
  EXPECT_THAT(sweepValues(0.5, 0.9, 3, false),
              ElementsAre(testing::DoubleEq(0.5), testing::DoubleEq(0.7), testing::DoubleEq(0.9)));
  EXPECT_THAT(sweepValues(4, 1, 0, true), ElementsAre(4, 3, 2, 1));
  EXPECT_THAT(sweepValues(7, 7, 0, true), ElementsAre(7));
  EXPECT_THAT(sweepValues(7, 9, 1, true), ElementsAre(7));
}

TEST(Sweep, PointsAreEstimates) {
  std::vector<Scenario> scenarios;
  for (int batch : {1, 4, 64})
    scenarios.push_back(
        llama(R"("context": 4096, "devices": [{"accelerator": "l4"}], "batch": )" + std::to_string(batch)));
  const std::vector<SweepPoint> points = sweep(scenarios, true);
  ASSERT_EQ(points.size(), 3u);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Estimate e = estimate(scenarios[i]);
    EXPECT_EQ(points[i].device, e.heaviest().device);
    EXPECT_EQ(points[i].high, e.heaviest().high);
    EXPECT_EQ(points[i].usable, e.heaviest().usable);
    EXPECT_EQ(points[i].verdict, e.verdict());
    EXPECT_EQ(points[i].bytes[static_cast<std::size_t>(ComponentId::kv_cache)],
              e.heaviest().ledger.bytes(ComponentId::kv_cache));
    EXPECT_EQ(points[i].limits.context, limitsOf(scenarios[i]).context);
  }
  EXPECT_EQ(points[2].verdict, Verdict::exceeds);
  EXPECT_FALSE(sweep(scenarios, false)[0].limits.context);
}

TEST(Sweep, ContextCurvesAreEstimatesAtTheirContexts) {
  const Scenario s = llama(R"("engine": "vllm", "batch": 2, "context": 8192, "devices": [{"accelerator": "l4"}])");
  std::vector<ContextCurve> curves;
  Estimate scratch;
  contextCurves(s, settingsOf(s), curves, scratch);
  ASSERT_EQ(curves.size(), 2u);  // bf16 and fp8
  EXPECT_TRUE(curves[0].current);
  EXPECT_FALSE(curves[1].current);
  for (const ContextCurve& c : curves) {
    ASSERT_EQ(c.contexts.front(), 512);
    ASSERT_EQ(c.contexts.back(), 131072);
    ASSERT_EQ(c.kvBytes.size(), c.contexts.size());
    Scenario at = s;
    at.context = static_cast<std::int64_t>(c.contexts[3]);
    at.precision.kvCache = c.formats;
    const RankEstimate rank = estimate(at).heaviest();
    EXPECT_EQ(c.kvBytes[3], static_cast<double>(rank.ledger.bytes(ComponentId::kv_cache).value()));
    EXPECT_EQ(c.deviceBytes[3], static_cast<double>(rank.device.value()));
  }
  const Scenario training = llama(R"("workload": "lora", "context": 2048)");
  contextCurves(training, settingsOf(training), curves, scratch);
  ASSERT_EQ(curves.size(), 1u);
  Scenario at = training;
  at.context = static_cast<std::int64_t>(curves[0].contexts[3]);
  const RankEstimate rank = estimate(at).heaviest();
  ASSERT_GT(rank.releasable, Bytes(0));
  EXPECT_EQ(curves[0].deviceBytes[3], static_cast<double>((rank.device - rank.releasable).value()));
  // Beside others a curve ends where it is told to, and says of every component what the estimate says.
  ContextCurve own;
  ownContextCurve(training, 65536, own, scratch);
  EXPECT_EQ(own.contexts.back(), 65536);
  for (std::size_t i = 0; i < own.contexts.size(); ++i) {
    at.context = static_cast<std::int64_t>(own.contexts[i]);
    const RankEstimate there = estimate(at).heaviest();
    for (std::size_t c = 0; c < kComponentCount; ++c)
      EXPECT_EQ(own.bytes[i][c], there.ledger.bytes(static_cast<ComponentId>(c)));
    EXPECT_EQ(own.deviceBytes[i], static_cast<double>((there.device - there.releasable).value()));
    EXPECT_EQ(own.usable, there.usable);
  }
}

// 32 layers × 8 KV heads × 128 × 2 × 2 B: 128 KiB a token.
TEST(Sensitivity, IsOneMoreOfEach) {
  const Scenario s = llama(R"("engine": "vllm", "batch": 2, "context": 8192)");
  Estimate scratch;
  const Sensitivity more = sensitivityOf(s, estimate(s), scratch);
  EXPECT_EQ(more.perThousandTokens, Bytes(2 * 1024 * 131072LL));
  EXPECT_EQ(more.perSequence, Bytes(8192 * 131072LL));
}

// A device that is full hides nothing of what a switch saves.
TEST(Savings, AreTheSameOnADeviceThatIsTooSmall) {
  const std::string asked = R"("workload": "full", "batch": 2, "context": 4096, "devices": [{"accelerator": ")";
  Estimate scratch;
  std::vector<Bytes> changes;
  for (const char* device : {"b200", "rtx-4090"}) {
    const Scenario s = llama(asked + device + "\"}]");
    Scenario other = s;
    other.training.checkpointing = Checkpointing::full;
    changes.push_back(changeBy(estimate(s), other, scratch));
  }
  EXPECT_LT(changes[0], Bytes(-(std::int64_t{8} << 30)));
  EXPECT_EQ(changes[0], changes[1]);
}

TEST(Savings, ASwitchSaysWhatItSavesOrWouldSave) {
  const std::vector<Bytes> changes{Bytes(5), Bytes(-3), Bytes(7)};
  EXPECT_EQ(switchSaving(changes).saved, Bytes(7));
  EXPECT_EQ(switchSaving(changes).further, Bytes(3));
  EXPECT_EQ(switchSaving({}).saved, Bytes(0));
}

}  // namespace
}  // namespace headroom
