// Limits, least numbers of devices, boundaries of maps and advice against brute force, over scenarios drawn at random:
// a few in every run, a thousand with HEADROOM_RANDOM_SCENARIOS=1000 (`ctest -C Nightly -L nightly`).
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "core/analysis/advice.h"
#include "core/analysis/devices.h"
#include "core/analysis/limits.h"
#include "core/analysis/map.h"
#include "core/analysis/verdict.h"
#include "core/open/scenario_json.h"
#include "tests/support/random_scenario.h"

namespace headroom {
namespace {

int scenarios() {
  const char* asked = std::getenv("HEADROOM_RANDOM_SCENARIOS");
  return asked != nullptr ? std::atoi(asked) : 12;
}

bool fits(const Scenario& s, Bytes onHost = {}) {
  const Estimate e = estimate(s);
  return e.verdict() && *e.verdict() != Verdict::exceeds && weightsLeftToHost(e) <= onHost;
}

// The next scenario that runs on a device of known memory.
Scenario drawn(ScenarioDraw& draw, std::mt19937& random) {
  constexpr const char* kDevices[] = {"rtx-4090", "l4", "a100-pcie-40gb", "h100-sxm-80gb", "h200-sxm"};
  Scenario s = draw.next();
  if (s.devices.empty())
    s.devices = {
        DeviceRequest{kDevices[random() % std::size(kDevices)], std::int64_t{1} << (random() % 4), {}, {}, nullptr}};
  EXPECT_TRUE(resolve(s)) << s.name;
  return s;
}

// Values at which a knob is tried: all small ones, the neighbours of what was found, and some of every size.
std::vector<std::int64_t> valuesAround(std::optional<std::int64_t> limit, std::int64_t most, std::mt19937& random) {
  std::vector<std::int64_t> values{most};
  for (std::int64_t v = 1; v <= 6; ++v) values.push_back(v);
  if (limit)
    for (std::int64_t v = *limit - 2; v <= *limit + 3; ++v) values.push_back(v);
  const double top = std::log2(static_cast<double>(most));
  for (int i = 0; i < 12; ++i)
    values.push_back(static_cast<std::int64_t>(std::exp2(std::uniform_real_distribution<>(0, top)(random))));
  std::erase_if(values, [most](std::int64_t v) { return v < 1 || v > most; });
  return values;
}

TEST(BruteForce, ALimitDividesWhatFitsFromWhatDoesNot) {
  ScenarioDraw draw(31);
  std::mt19937 random(41);
  for (int i = 0; i < scenarios(); ++i) {
    const Scenario s = drawn(draw, random);
    const Limits limits = limitsOf(s);
    for (const auto& [knob, limit] : {std::pair(Knob::batch, limits.batch), std::pair(Knob::context, limits.context),
                                      std::pair(Knob::rank, limits.rank)}) {
      if (knob == Knob::rank && s.workload != Workload::lora && s.workload != Workload::qlora) continue;
      Scenario turned = s;
      const Bytes onHost = weightsLeftToHost(estimate(s));
      for (const std::int64_t value : valuesAround(limit, mostOf(knob), random)) {
        turn(turned, knob, value);
        EXPECT_EQ(fits(turned, onHost), !limit || value <= *limit)
            << "knob " << static_cast<int>(knob) << " " << value << ", limit " << limit.value_or(-1) << " of\n"
            << s.name;
      }
    }
  }
}

TEST(BruteForce, TheLeastNumberOfDevicesIsTheFirstThatFits) {
  ScenarioDraw draw(32);
  std::mt19937 random(42);
  const char* const kMachines[] = {"rtx-4090", "h100-sxm-80gb"};
  for (int i = 0; i < scenarios(); ++i) {
    Scenario s = drawn(draw, random);
    s.parallel = {};  // a spelled layout is tried as it is
    std::vector<Machine> machines;
    for (const char* id : kMachines) machines.push_back({findAccelerator(id), nullptr, {}, {}, {}});
    DeviceQuestion question;
    question.limits = false;
    const std::vector<DeviceAnswer> answers = devicesFor(s, machines, question);
    for (std::size_t m = 0; m < machines.size(); ++m) {
      std::int64_t least = 0;
      for (std::int64_t n = 1; n <= question.most && least == 0; n *= 2) {
        Scenario on = s;
        on.devices = {machines[m].request()};
        spreadOver(on, n);
        if (fits(on)) least = n;
      }
      EXPECT_EQ(answers[m].devices, least) << machines[m].label() << " for\n" << s.name;
      EXPECT_TRUE(!answers[m].fits() || fits(answers[m].scenario)) << s.name;
      for (const TriedCount& t : answers[m].tried) EXPECT_EQ(t.why.empty(), t.devices == least) << s.name;
    }
    // With users: as many copies as it takes, and a copy's scenario holds its part of them.
    question.users = 1 + static_cast<std::int64_t>(random() % 60);
    if (isTraining(s.workload)) continue;
    for (const DeviceAnswer& a : devicesFor(s, machines, question)) {
      if (!a.fits()) continue;
      EXPECT_TRUE(fits(a.scenario)) << s.name;
      EXPECT_GE(a.scenario.batch.value_or(1) * a.copies, *question.users) << s.name;
    }
  }
}

TEST(BruteForce, TheBoundaryOfAMapIsWhereItsCellsEnd) {
  ScenarioDraw draw(33);
  std::mt19937 random(43);
  for (int i = 0; i < scenarios(); ++i) {
    const Scenario s = drawn(draw, random);
    const std::int64_t batches[] = {1, 4, 32}, contexts[] = {128, 3000, 16'384, 100'000};
    std::vector<Scenario> cells;
    for (const std::int64_t context : contexts)
      for (const std::int64_t batch : batches) {
        cells.push_back(s);
        turn(cells.back(), Knob::batch, batch);
        turn(cells.back(), Knob::context, context);
      }
    const FieldMap map = mapOf(cells, std::size(batches), Knob::context);
    for (std::size_t c = 0; c < cells.size(); ++c) EXPECT_EQ(map.cells[c].verdict, estimate(cells[c]).verdict());
    for (std::size_t b = 0; b < std::size(batches); ++b) {
      const MapBoundary& boundary = map.boundary[b];
      EXPECT_TRUE(boundary.oneWay) << s.name;
      std::optional<std::size_t> last;
      for (std::size_t c = 0; c < std::size(contexts); ++c)
        if (const MapCell& cell = map.cells[c * std::size(batches) + b];
            cell.verdict != Verdict::exceeds && !cell.onHost)
          last = c;
      EXPECT_EQ(boundary.last, last) << s.name;
      Scenario turned = cells[b];
      for (const std::int64_t value : valuesAround(boundary.largest, mostOf(Knob::context), random)) {
        turn(turned, Knob::context, value);
        EXPECT_EQ(fits(turned), !boundary.largest || value <= *boundary.largest) << value << " of\n" << s.name;
      }
    }
  }
}

TEST(BruteForce, AdviceThatIsAppliedSavesWhatItPromised) {
  ScenarioDraw draw(34);
  std::mt19937 random(44);
  int given = 0;
  for (int i = 0; i < scenarios(); ++i) {
    const Scenario s = drawn(draw, random);
    const Estimate before = estimate(s);
    for (const Advice& a : adviceOf(s, before)) {
      ++given;
      // Applied, saved to a file and opened again.
      const Result<Scenario> applied = readScenario(writeScenario(a.scenario), "advice");
      ASSERT_TRUE(applied) << applied.error().text() << "\n" << a.change << " of\n" << s.name;
      const Estimate after = estimate(*applied);
      EXPECT_EQ(before.heaviest().device - after.heaviest().device, a.saved) << a.change << " of\n" << s.name;
      EXPECT_EQ(after.heaviest().device, a.device) << a.change << " of\n" << s.name;
      EXPECT_EQ(after.verdict(), a.verdict) << a.change << " of\n" << s.name;
      EXPECT_GT(a.saved, Bytes(0)) << a.change << " of\n" << s.name;
    }
  }
  EXPECT_GT(given, 0);
}

}  // namespace
}  // namespace headroom
