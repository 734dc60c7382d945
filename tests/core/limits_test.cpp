// A limit is exact: it fits, and the next value does not, by brute neighbours over scenarios drawn at random.
#include "core/analysis/limits.h"
#include "core/analysis/verdict.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/estimate/estimate.h"
#include "core/open/scenario_json.h"
#include "tests/support/random_scenario.h"

namespace headroom {
namespace {

bool fits(const Scenario& s, Bytes onHost = {}) {
  const Estimate e = estimate(s);
  return e.verdict() != Verdict::exceeds && weightsLeftToHost(e) <= onHost;
}

template <typename Turn>
void expectExact(const Scenario& scenario, std::optional<std::int64_t> limit, std::int64_t most, Turn turn) {
  Scenario s = scenario;
  const Bytes onHost = weightsLeftToHost(estimate(scenario));
  const auto at = [&](std::int64_t value) { return turn(s, value), fits(s, onHost); };
  if (!limit) {
    EXPECT_TRUE(at(most)) << scenario.name;
    return;
  }
  if (*limit > 0) {
    EXPECT_TRUE(at(*limit)) << *limit << " of\n" << scenario.name;
  }
  EXPECT_FALSE(at(*limit + 1)) << *limit + 1 << " of\n" << scenario.name;
}

TEST(Limits, AreTheLastValuesThatFit) {
  ScenarioDraw draw(7);
  int bounded = 0;
  for (int i = 0; i < 200 && !testing::Test::HasFailure(); ++i) {
    Scenario s = draw.next();
    ASSERT_NE(s.model, nullptr);
    s.devices = {DeviceRequest{"h100-sxm-80gb", 1, {}, {}, nullptr}};
    ASSERT_TRUE(resolve(s));
    const Limits limits = limitsOf(s);
    expectExact(s, limits.batch, kMaxBatch, [](Scenario& x, std::int64_t n) { x.batch = n; });
    expectExact(s, limits.context, kMaxContext, [](Scenario& x, std::int64_t n) { x.context = n; });
    if (s.workload == Workload::lora || s.workload == Workload::qlora) {
      expectExact(s, limits.rank, kMaxRank, [](Scenario& x, std::int64_t n) { x.training.rank = n; });
    } else {
      EXPECT_FALSE(limits.rank.has_value());
    }
    bounded += limits.context.value_or(0) > 0;
  }
  EXPECT_GT(bounded, 20);  // a search that always answers "none" or "unbounded" would prove nothing
}

TEST(Limits, AreUnknownWithoutACapacity) {
  const Result<Scenario> s = readScenario(R"({"model": "meta-llama/Llama-3.1-8B"})", "test");
  ASSERT_TRUE(s) << s.error().text();
  const Limits limits = limitsOf(*s);
  EXPECT_FALSE(limits.batch || limits.context || limits.rank || limits.sequences);
}

TEST(Limits, AreZeroWhereTheWeightsAloneAreTooMuch) {
  const Result<Scenario> s =
      readScenario(R"({"model": "meta-llama/Llama-3.1-8B", "devices": [{"memory_bytes": 8000000000}]})", "test");
  ASSERT_TRUE(s) << s.error().text();
  EXPECT_EQ(largestBatch(*s), 0);
  EXPECT_EQ(largestContext(*s), 0);
}

TEST(Limits, AServerNeverRunsMoreSequencesThanItWasStartedFor) {
  const Result<Scenario> s = readScenario(
      R"({"model": "meta-llama/Llama-3.1-8B", "engine": "vllm", "engine_version": "0.11", "context": 128, "max_sequences": 16, "devices": [{"accelerator": "h100-sxm-80gb"}]})",
      "test");
  ASSERT_TRUE(s) << s.error().text();
  const Limits limits = limitsOf(*s);
  EXPECT_GT(*limits.batch, 16);
  EXPECT_EQ(limits.sequences, 16);
}

}  // namespace
}  // namespace headroom
