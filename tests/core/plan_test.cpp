// Plans against brute force: what is shown is what nothing beats, among all layouts asked one by one.
#include "core/analysis/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <stop_token>

#include "core/analysis/communication.h"
#include "core/analysis/plan_rules.h"
#include "core/analysis/verdict.h"
#include "core/open/scenario_json.h"

namespace headroom {
namespace {

Scenario read(const std::string& json) {
  const Result<Scenario> s = readScenario(json, "test");
  EXPECT_TRUE(s) << s.error().text();
  return *s;
}

Scenario fleetOf(int count, const std::string& members) {
  return read(R"({"model": "Qwen/Qwen3-8B", "context": 4096, "devices": [{"accelerator": "a100-sxm-80gb", "count": )" +
              std::to_string(count) + "}], " + members + "}");
}

// Every combination of an axis' values, one after the other.
std::vector<Layout> everyLayout(const PlanAxes& axes) {
  std::vector<Layout> all{{}};
  const auto cross = [&all](const auto& values, auto put) {
    std::vector<Layout> next;
    for (const Layout& l : all)
      for (const auto& value : values) put(next.emplace_back(l), value);
    all = std::move(next);
  };
  cross(axes.tensor, [](Layout& l, std::int64_t n) { l.tensor = n; });
  cross(axes.pipeline, [](Layout& l, std::int64_t n) { l.pipeline = n; });
  cross(axes.context, [](Layout& l, std::int64_t n) { l.context = n; });
  cross(axes.expert, [](Layout& l, std::int64_t n) { l.expert = n; });
  cross(axes.data, [](Layout& l, std::int64_t n) { l.data = n; });
  cross(axes.microBatch, [](Layout& l, std::int64_t n) { l.microBatch = n; });
  cross(axes.sharding, [](Layout& l, Sharding n) { l.sharding = n; });
  cross(axes.checkpointing, [](Layout& l, Checkpointing n) { l.checkpointing = n; });
  return all;
}

// What a layout costs besides bytes: recomputation; of a server the stages' reading one after the other.
double delayOf(const Layout& l, bool training) {
  return training ? static_cast<double>(l.checkpointing) : 1.0 / static_cast<double>(l.tensor);
}

bool beats(const PlannedLayout& a, const PlannedLayout& b, bool training) {
  const double x = delayOf(a.layout, training), y = delayOf(b.layout, training);
  const bool noWorse =
      a.layout.devices() <= b.layout.devices() && x <= y && a.need <= b.need && a.communication <= b.communication;
  const bool better =
      a.layout.devices() < b.layout.devices() || x < y || a.need < b.need || a.communication < b.communication;
  return noWorse && better;
}

void expectFront(const Scenario& scenario, const PlanAxes& axes) {
  const bool training = isTraining(scenario.workload);
  const Plan plan = planFor(scenario, axes);
  const LayoutRules rules(scenario, axes);
  const CommunicationModel model = communicationModel(scenario, axes);
  std::vector<PlannedLayout> fit;
  std::size_t valid = 0;
  const std::vector<Layout> all = everyLayout(axes);
  for (Layout l : all) {
    if (rules.check(l) != LayoutFault::none) continue;
    const Estimate e = estimate(laidOut(scenario, axes, l));
    if (!e.refused.empty()) continue;
    ++valid;
    if (e.verdict() == Verdict::exceeds) continue;
    const RankEstimate& rank = decidingRank(e);
    fit.push_back({l, *e.verdict(), rank.device, *rank.headroom, communicationOf(model, l)});
  }
  EXPECT_EQ(plan.tried, all.size());
  EXPECT_EQ(plan.tried, axes.layouts());
  EXPECT_EQ(plan.valid, valid);
  EXPECT_EQ(plan.fit, fit.size());
  std::size_t leftOut = 0;
  for (const Plan::Reason& r : plan.left) leftOut += r.layouts;
  EXPECT_EQ(leftOut + plan.fit, plan.tried) << "every layout is shown, beaten, or has a reason";
  ASSERT_FALSE(plan.layouts.empty());
  for (const PlannedLayout& shown : plan.layouts) {
    const auto same = std::ranges::find(fit, shown.layout, &PlannedLayout::layout);
    ASSERT_NE(same, fit.end());
    EXPECT_EQ(same->need, shown.need);
    EXPECT_EQ(same->verdict, shown.verdict);
    for (const PlannedLayout& other : fit) EXPECT_FALSE(beats(other, shown, training));
  }
  for (const PlannedLayout& one : fit) {
    const auto covers = [&](const PlannedLayout& shown) {
      return shown.layout == one.layout || beats(shown, one, training) ||
             (shown.need == one.need && shown.communication == one.communication &&
              shown.layout.devices() == one.layout.devices() &&
              delayOf(shown.layout, training) == delayOf(one.layout, training));
    };
    EXPECT_TRUE(std::ranges::any_of(plan.layouts, covers));
  }
}

TEST(Plan, ShowsWhatNothingBeats) {
  for (const char* members : {R"("workload": "full", "engine": "deepspeed")", R"("workload": "full", "engine": "fsdp")",
                              R"("workload": "full", "engine": "megatron")",
                              R"("workload": "lora", "engine": "pytorch")", R"("engine": "vllm", "batch": 16)"}) {
    const Scenario s = fleetOf(8, members);
    expectFront(s, planAxes(s, isTraining(s.workload) ? std::optional<std::int64_t>(64) : std::nullopt));
  }
}

TEST(Plan, ExpertsAreSpread) {
  const Scenario s = read(
      R"({"model": "Qwen/Qwen3-30B-A3B", "workload": "full", "engine": "megatron", "context": 4096,
          "devices": [{"accelerator": "h100-sxm-80gb", "count": 16}]})");
  PlanAxes axes = planAxes(s);
  EXPECT_THAT(axes.expert, testing::ElementsAre(1, 2, 4, 8, 16));
  axes.microBatch = {1};
  axes.checkpointing = {Checkpointing::full};
  expectFront(s, axes);
}

TEST(Plan, IsTheSameEveryTimeAndCanBeStopped) {
  const Scenario s = fleetOf(32, R"("workload": "full", "engine": "megatron")");
  const PlanAxes axes = planAxes(s, 128);
  const Plan a = planFor(s, axes), b = planFor(s, axes);
  ASSERT_EQ(a.layouts.size(), b.layouts.size());
  for (std::size_t i = 0; i < a.layouts.size(); ++i) {
    EXPECT_EQ(a.layouts[i].layout, b.layouts[i].layout);
    EXPECT_EQ(a.layouts[i].need, b.layouts[i].need);
  }
  EXPECT_FALSE(a.stopped);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_TRUE(planFor(s, axes, stop.get_token()).stopped);
}

TEST(Plan, KeepsWhatTheScenarioSpellsOut) {
  const Scenario s =
      fleetOf(8, R"("workload": "full", "engine": "deepspeed", "batch": 2, "training": {"checkpointing": "full"},
            "parallel": {"tensor": 1, "pipeline": 1, "sharding": "zero3"})");
  const PlanAxes axes = planAxes(s);
  EXPECT_THAT(axes.tensor, testing::ElementsAre(1));
  EXPECT_THAT(axes.microBatch, testing::ElementsAre(2));
  EXPECT_THAT(axes.sharding, testing::ElementsAre(Sharding::zero3));
  EXPECT_THAT(axes.checkpointing, testing::ElementsAre(Checkpointing::full));
  EXPECT_THAT(axes.data, testing::ElementsAre(1, 2, 4, 8));
  for (const PlannedLayout& one : planFor(s, axes).layouts) {
    const Scenario laid = laidOut(s, axes, one.layout);
    EXPECT_EQ(laid.batch, 2);
    EXPECT_EQ(laid.devices.front().count, one.layout.devices());
    const auto again = readScenario(writeScenario(laid), "again");
    ASSERT_TRUE(again) << again.error().text();
    EXPECT_EQ(estimate(*again).heaviest().device, one.need);
  }
}

TEST(Plan, SaysWhyLayoutsAreNone) {
  const Scenario s = fleetOf(8, R"("workload": "full", "engine": "deepspeed")");
  PlanAxes axes = planAxes(s, 12);
  axes.tensor = {1, 3};
  const LayoutRules rules(s, axes);
  const auto fault = [&](Layout l) { return rules.check(l); };
  EXPECT_EQ(fault({.tensor = 3}), LayoutFault::heads);  // 32 heads
  EXPECT_EQ(fault({.tensor = 4, .data = 4}), LayoutFault::fleet);
  EXPECT_EQ(fault({.pipeline = 5}), LayoutFault::layers);  // 36 layers
  EXPECT_EQ(fault({.pipeline = 2, .data = 2, .sharding = Sharding::zero2}), LayoutFault::zero_pipeline);
  EXPECT_EQ(fault({.sharding = Sharding::zero2}), LayoutFault::nothing_to_shard);
  EXPECT_EQ(fault({.data = 2, .sharding = Sharding::fsdp}), LayoutFault::sharding_owner);
  EXPECT_EQ(fault({.data = 8}), LayoutFault::global_batch);
  EXPECT_EQ(fault({.expert = 2, .data = 2}), LayoutFault::experts);
  Layout fine{.data = 2, .microBatch = 2};
  EXPECT_EQ(rules.check(fine), LayoutFault::none);
  EXPECT_EQ(fine.accumulation, 3);
  EXPECT_EQ(LayoutRules(fleetOf(8, R"("engine": "llama.cpp")"), axes).check(fine), LayoutFault::none);
}

// https://arxiv.org/abs/1910.02054 section 7: replicas reduce gradients with twice their size, full sharding moves half
// as much again.
TEST(Plan, CommunicationIsWhatThePapersSay) {
  const Scenario s = fleetOf(8, R"("workload": "full", "engine": "deepspeed")");
  const PlanAxes axes = planAxes(s);
  const CommunicationModel model = communicationModel(s, axes);
  const double gradients = 2.0 * static_cast<double>(s.model->parameters.value());
  const double plain = communicationOf(model, {.data = 8, .sharding = Sharding::zero2});
  EXPECT_NEAR(plain, 2 * 7.0 / 8 * gradients * model.gradientBytes / 2, 1e-3 * plain);
  const double whole = communicationOf(model, {.data = 8, .sharding = Sharding::zero3});
  EXPECT_NEAR(whole, 7.0 / 8 * (2 * model.weightBytes[0] + gradients * model.gradientBytes / 2), 1e-3 * whole);
  // Two hidden states per layer and direction, each reduced in a ring (1909.08053).
  const double tensor = communicationOf(model, {.tensor = 2});
  EXPECT_NEAR(tensor, 36 * 4 * 2 * 0.5 * 4096 * 4096 * 2.0, 1);
  EXPECT_GT(communicationOf(model, {.tensor = 2, .checkpointing = Checkpointing::full}), tensor);
  EXPECT_EQ(communicationOf(model, {}), 0);
}

}  // namespace
}  // namespace headroom
