// Devices, maps, plans and advice against brute force: the least number of devices, boundaries and savings are what
// asking every estimate one by one gives.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <stop_token>

#include "core/analysis/advice.h"
#include "core/analysis/devices.h"
#include "core/analysis/map.h"
#include "core/analysis/verdict.h"
#include "core/open/scenario_json.h"
#include "core/scenario/settings.h"
#include "tests/support/random_scenario.h"

namespace headroom {
namespace {

Scenario read(const std::string& json) {
  const Result<Scenario> s = readScenario(json, "test");
  EXPECT_TRUE(s) << s.error().text();
  return *s;
}

bool fits(const Scenario& s, Bytes onHost = {}) {
  const Estimate e = estimate(s);
  return e.verdict() && *e.verdict() != Verdict::exceeds && weightsLeftToHost(e) <= onHost;
}

Machine machine(const char* id) {
  const Accelerator* entry = findAccelerator(id);
  EXPECT_NE(entry, nullptr) << id;
  return {entry, nullptr, {}, {}, {}};
}

// A thousand scenarios; what they ask of memory covers the devices below.
constexpr int kDraws = 1000;
constexpr const char* kDevices[] = {"t4", "rtx-3060", "l4", "rtx-5090", "l40s", "a100-sxm-80gb", "mi300x"};

TEST(Devices, TheLeastNumberIsTheFirstThatFits) {
  ScenarioDraw draw(11);
  int several = 0, none = 0;
  for (int i = 0; i < kDraws && !testing::Test::HasFailure(); ++i) {
    Scenario s = draw.next();
    ASSERT_NE(s.model, nullptr);
    if (i % 3 != 0) s.parallel.tensor.reset(), s.parallel.pipeline.reset(), s.parallel.data.reset();
    const Machine m = machine(kDevices[i % 7]);
    DeviceQuestion question;
    question.limits = false;
    const DeviceAnswer answer = devicesFor(s, std::span(&m, 1), question).front();
    std::int64_t least = 0;
    Scenario one = s;
    one.devices = {m.request()};
    const std::int64_t spelled = settingsOf(s).parallel.ranks();
    for (const std::int64_t n :
         spellsLayout(s) ? std::vector<std::int64_t>{spelled} : std::vector<std::int64_t>{1, 2, 4, 8}) {
      one.devices.front().count = n;
      if (!fits(one)) continue;
      least = n;
      break;
    }
    EXPECT_EQ(answer.devices, least) << m.label() << "\n" << s.name;
    EXPECT_EQ(answer.fits(), fits(answer.scenario)) << s.name;
    for (const TriedCount& t : answer.tried) EXPECT_EQ(t.why.empty(), t.devices == least) << s.name;
    several += least > 1, none += least == 0;
  }
  EXPECT_GT(several, 50);
  EXPECT_GT(none, 50);
}

TEST(Devices, AnswersDoNotDependOnWhoIsFaster) {
  const Scenario s = read(R"({"model": "meta-llama/Llama-3.1-8B", "engine": "vllm", "context": 8192})");
  const std::vector<Machine> machines = allMachines(true);
  ASSERT_GT(machines.size(), accelerators().size() + 50);
  const std::vector<DeviceAnswer> a = devicesFor(s, machines, {}), b = devicesFor(s, machines, {});
  ASSERT_EQ(a.size(), machines.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].devices, b[i].devices);
    EXPECT_EQ(a[i].left, b[i].left);
    EXPECT_EQ(a[i].limits.context, b[i].limits.context);
    EXPECT_EQ(a[i].machine.label(), machines[i].label());
  }
  std::stop_source stop;
  stop.request_stop();
  for (const DeviceAnswer& answer : devicesFor(s, machines, {}, stop.get_token())) EXPECT_TRUE(answer.tried.empty());
}

// So many users, by hand: what one copy holds, and how often that goes.
TEST(Devices, UsersAreSharedByAsManyCopiesAsItTakes) {
  Scenario s = read(R"({"model": "meta-llama/Llama-3.1-8B", "engine": "vllm", "context": 8192})");
  DeviceQuestion question;
  question.users = 25;
  question.limits = false;
  const Machine l4 = machine("l4");
  const DeviceAnswer answer = devicesFor(s, std::span(&l4, 1), question).front();
  ASSERT_EQ(answer.tried.size(), 4u);
  std::int64_t least = 0;
  for (const TriedCount& t : answer.tried) {
    Scenario copy = s;
    copy.devices = {l4.request()};
    copy.devices.front().count = t.devices;
    const std::int64_t held = *largestBatch(copy);
    ASSERT_GT(held, 0);
    EXPECT_EQ(t.copies, held >= 25 ? 1 : (25 + held - 1) / held);
    if (least == 0 || t.devices * t.copies < least) least = t.devices * t.copies;
  }
  EXPECT_EQ(answer.devices, least);
  EXPECT_TRUE(fits(answer.scenario));
  EXPECT_GE(*answer.scenario.batch * answer.copies, 25);
  int reasons = 0;
  for (const TriedCount& t : answer.tried) reasons += !t.why.empty();
  EXPECT_EQ(reasons, 3);
  // A scheduler that was started for fewer sequences holds no more.
  s.maxSequences = 4;
  const Machine h100 = machine("h100-sxm-80gb");
  EXPECT_EQ(devicesFor(s, std::span(&h100, 1), question).front().copies, 7);
}

TEST(Devices, PartsAndComputersStandAlone) {
  const Scenario s = read(R"({"model": "meta-llama/Llama-3.1-70B", "engine": "vllm", "context": 4096})");
  const Accelerator* h100 = findAccelerator("h100-sxm-80gb");
  const Machine machines[] = {{h100, nullptr, {}, {}, {}},
                              {h100, &partsOf(*h100)[3], {}, {}, {}},
                              machine("apple-m3-max-64gb"),
                              {nullptr, nullptr, Bytes(100 * kGiB), {}, {}},
                              {nullptr, nullptr, Bytes(100 * kGiB), 4, {}},
                              {h100, nullptr, {}, {}, 1}};
  const std::vector<DeviceAnswer> answers = devicesFor(s, machines, {});
  EXPECT_EQ(answers[0].devices, 2);  // 131 GiB of weights
  EXPECT_EQ(answers[1].tried.size(), 1u);
  EXPECT_EQ(answers[2].tried.size(), 1u);
  EXPECT_FALSE(answers[2].fits());
  EXPECT_EQ(answers[3].devices, 2);
  EXPECT_FALSE(answers[3].ceiling);  // of a size alone no bandwidth is known
  EXPECT_EQ(answers[4].devices, 4);
  EXPECT_FALSE(answers[5].fits());  // there is one
  DeviceQuestion crowd;
  crowd.users = 1000, crowd.limits = false;
  const Machine two{h100, nullptr, {}, {}, 2};
  const DeviceAnswer crowded = devicesFor(s, std::span(&two, 1), crowd).front();
  EXPECT_FALSE(crowded.fits());
  EXPECT_THAT(crowded.tried.back().why, testing::HasSubstr("of which there are 2"));
}

// Weights of 8.03 B parameters in bf16 less the embedding's rows, and 131,072 bytes of cache a token.
TEST(Devices, TheCeilingIsBandwidthOverBytesRead) {
  const Scenario s = read(
      R"({"model": "meta-llama/Llama-3.1-8B", "engine": "vllm", "context": 8192, "batch": 4,
          "devices": [{"accelerator": "h100-sxm-80gb"}]})");
  const Estimate e = estimate(s);
  const auto ceiling = decodeCeiling(s, e, 3350);
  ASSERT_TRUE(ceiling);
  const double weights = 2.0 * (8030261248.0 - 128256.0 * 4096.0);
  EXPECT_NEAR(static_cast<double>(ceiling->weights.value()), weights, 0.001 * weights);
  EXPECT_EQ(ceiling->cache, Bytes(4 * 8192 * 131072LL));
  EXPECT_EQ(ceiling->tokens, 4);
  const double bytes = static_cast<double>((ceiling->weights + ceiling->cache).value());
  EXPECT_NEAR(ceiling->tokensPerSecond, 4 * 3350e9 / bytes, 1e-6);
  EXPECT_FALSE(decodeCeiling(s, e, std::nullopt));
  // Two devices that share every layer read at once; two with half of the layers each, one after the other.
  Scenario two = s;
  two.devices.front().count = 2;
  const auto shared = decodeCeiling(two, estimate(two), 3350);
  EXPECT_NEAR(shared->tokensPerSecond, 2 * ceiling->tokensPerSecond, 0.01 * ceiling->tokensPerSecond);
  two.parallel.pipeline = 2, two.parallel.tensor = 1;
  const auto stages = decodeCeiling(two, estimate(two), 3350);
  EXPECT_NEAR(static_cast<double>(stages->weights.value()), weights, 0.001 * weights);
  // Of 128 experts a token uses 8.
  const Scenario moe = read(R"({"model": "Qwen/Qwen3-30B-A3B", "engine": "vllm", "context": 128})");
  EXPECT_LT(decodeCeiling(moe, estimate(moe), 1000)->weights, Bytes(7'000'000'000));
  const Scenario training = read(R"({"model": "Qwen/Qwen3-8B", "workload": "lora"})");
  EXPECT_FALSE(decodeCeiling(training, estimate(training), 1000));
}

TEST(Devices, OrderPutsWhatIsNotKnownLast) {
  const Scenario s = read(R"({"model": "meta-llama/Llama-3.1-8B", "engine": "vllm", "context": 8192})");
  std::vector<DeviceAnswer> answers = devicesFor(s, allMachines(), {8, {}, false});
  for (const std::string_view name : deviceOrders()) {
    ASSERT_TRUE(deviceOrder(name)) << name;
    putInOrder(answers, *deviceOrder(name));
    putInOrder(answers, *deviceOrder(name), true);
  }
  putInOrder(answers, DeviceOrder::price);
  ASSERT_TRUE(answers.front().usdPerHour);
  EXPECT_FALSE(answers.back().usdPerHour);
  for (std::size_t i = 1; i < answers.size() && answers[i].usdPerHour; ++i)
    EXPECT_LE(*answers[i - 1].usdPerHour, *answers[i].usdPerHour);
  putInOrder(answers, DeviceOrder::smallest);
  const auto memory = [](const DeviceAnswer& a) { return a.devices * *a.machine.capacity(); };
  for (std::size_t i = 1; i < answers.size() && answers[i].fits(); ++i)
    EXPECT_LE(memory(answers[i - 1]), memory(answers[i]));
  MachineFilter filter;
  filter.vendor = "amd", filter.since = 2023;
  for (const Machine& m : allMachines()) {
    if (!filter.passes(m)) continue;
    EXPECT_EQ(m.accelerator->vendor, "AMD");
    EXPECT_TRUE(m.accelerator->year == 0 || m.accelerator->year >= 2023);
  }
}

// Along the second field the boundary is the last value that fits, by its neighbours and by every value of the grid.
TEST(Map, BoundariesAreWhatEveryEstimateSays) {
  ScenarioDraw draw(13);
  int bounded = 0;
  for (int i = 0; i < kDraws && !testing::Test::HasFailure(); ++i) {
    Scenario s = draw.next();
    ASSERT_NE(s.model, nullptr);
    s.devices = {machine(kDevices[i % 7]).request()};
    const bool adapters = s.workload == Workload::lora || s.workload == Workload::qlora;
    const Knob first = i % 2 == 0 ? Knob::batch : Knob::context;
    const Knob second = adapters && i % 5 == 0 ? Knob::rank : i % 2 == 0 ? Knob::context : Knob::batch;
    const std::int64_t across[] = {1, 6}, down[] = {1, 3, 64, 3000};
    std::vector<Scenario> cells;
    for (const std::int64_t y : down)
      for (const std::int64_t x : across) {
        cells.push_back(s);
        turn(cells.back(), first, x);
        turn(cells.back(), second, y);
      }
    const FieldMap map = mapOf(cells, 2, second);
    ASSERT_EQ(map.boundary.size(), 2u);
    for (std::size_t c = 0; c < 2; ++c) {
      std::optional<std::size_t> last;
      bool oneWay = true, ended = false;
      for (std::size_t row = 0; row < 4; ++row) {
        const Estimate e = estimate(cells[2 * row + c]);
        const MapCell& cell = map.cells[2 * row + c];
        EXPECT_EQ(cell.verdict, e.verdict());
        EXPECT_EQ(cell.device, decidingRank(e).device);
        EXPECT_EQ(cell.onHost, weightsLeftToHost(e) > Bytes(0));
        const bool good = e.verdict() != Verdict::exceeds && !cell.onHost;
        oneWay &= !(good && ended);
        ended |= !good;
        if (good && !ended) last = row;
      }
      const MapBoundary& b = map.boundary[c];
      EXPECT_EQ(b.oneWay, oneWay);
      EXPECT_EQ(b.last, oneWay ? last : std::nullopt) << s.name;
      Scenario at = cells[c];
      if (!b.largest) {
        turn(at, second, mostOf(second));
        EXPECT_TRUE(fits(at)) << s.name;
        continue;
      }
      if (*b.largest > 0) {
        turn(at, second, *b.largest);
        EXPECT_TRUE(fits(at)) << s.name;
      }
      turn(at, second, *b.largest + 1);
      EXPECT_FALSE(fits(at)) << s.name;
      bounded += *b.largest > 0;
    }
  }
  EXPECT_GT(bounded, 300);
}

// What applied advice saves is what it promised, and what is proposed first does make it fit.
TEST(Advice, AppliedSavesWhatItPromised) {
  ScenarioDraw draw(17);
  int more = 0, pairs = 0, flips = 0;
  for (int i = 0; i < kDraws && !testing::Test::HasFailure(); ++i) {
    Scenario s = draw.next();
    ASSERT_NE(s.model, nullptr);
    if (i % 2 == 0) s.parallel = {};
    s.devices = {machine(kDevices[i % 7]).request()};
    const Estimate before = estimate(s);
    const std::vector<Advice> advice = adviceOf(s, before, 12);
    bool single = false;
    for (const Advice& a : advice) {
      const Estimate after = estimate(a.scenario);
      EXPECT_EQ(before.heaviest().device - after.heaviest().device, a.saved) << a.change << "\n" << s.name;
      EXPECT_EQ(after.verdict(), a.verdict) << a.change << "\n" << s.name;
      const bool helps = a.verdict && *a.verdict != Verdict::exceeds;
      if (a.id == "pair" || a.id == "more-devices") {
        EXPECT_TRUE(helps);
        (a.id == "pair" ? pairs : more) += 1;
      } else {
        single |= helps;
      }
    }
    for (const Advice& a : advice) EXPECT_FALSE(single && a.id == "pair") << s.name;
    for (const SwitchPrice& p : switchesOf(s, before)) {
      const Estimate other = estimate(p.scenario);
      EXPECT_EQ(other.heaviest().device, p.device);
      EXPECT_EQ(other.verdict(), p.verdict);
      const Bytes change = before.heaviest().device - p.device;
      EXPECT_EQ(p.saved, p.on ? Bytes(0) - change : change) << p.id;
      ++flips;
    }
  }
  EXPECT_GT(more, 20);
  EXPECT_GT(pairs, 20);
  EXPECT_GT(flips, 3000);
}

// Replicas that keep everything need no less each; sharded over several devices the job fits.
TEST(Advice, MoreDevicesAreShardedOver) {
  const Scenario s = read(
      R"({"model": "meta-llama/Llama-3.1-8B", "workload": "full", "engine": "pytorch", "context": 4096,
          "devices": [{"accelerator": "a100-sxm-40gb"}]})");
  const std::vector<Advice> advice = adviceOf(s, estimate(s), 12);
  const auto more = std::ranges::find(advice, "more-devices", &Advice::id);
  ASSERT_NE(more, advice.end());
  EXPECT_EQ(more->change, "Use 8 such devices, and shard over them (zero3)");
  EXPECT_EQ(more->scenario.devices.front().count, 8);
  EXPECT_TRUE(fits(more->scenario));
  // What leaves the result alone comes before adapters instead of all weights.
  EXPECT_TRUE(
      std::ranges::is_sorted(advice.begin(), std::ranges::find(advice, "lora", &Advice::id), {}, &Advice::outcome));
  EXPECT_EQ(advice.front().outcome, Outcome::same);
}

TEST(Advice, SwitchesSayWhetherTheyAreOnAndWhatTheyChange) {
  const Scenario s = read(
      R"({"model": "meta-llama/Llama-3.1-8B", "workload": "qlora", "batch": 2, "context": 2048,
          "training": {"checkpointing": "full"}, "devices": [{"accelerator": "a100-sxm-80gb"}]})");
  const std::vector<SwitchPrice> all = switchesOf(s, estimate(s));
  const auto named = [&](std::string_view id) {
    const auto at = std::ranges::find(all, id, &SwitchPrice::id);
    EXPECT_NE(at, all.end()) << id;
    return *at;
  };
  EXPECT_TRUE(named("checkpointing").on);
  EXPECT_EQ(named("checkpointing").outcome, Outcome::same);
  EXPECT_GT(named("checkpointing").saved, Bytes(0));
  EXPECT_TRUE(named("qlora").on);
  EXPECT_EQ(named("qlora").outcome, Outcome::rounding);
  EXPECT_EQ(named("qlora").scenario.workload, Workload::lora);
  EXPECT_TRUE(named("lora").on);
  EXPECT_EQ(named("lora").outcome, Outcome::other);
  EXPECT_FALSE(named("optimizer-8-bit").on);
  EXPECT_FALSE(named("micro-batch").on);
}

}  // namespace
}  // namespace headroom
