// What must hold for every estimate, over scenarios drawn at random: the formulas shown are the numbers shown, the
// parts are the whole, and more of anything never needs less memory.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/estimate/estimate.h"
#include "core/formats/model_source.h"
#include "core/report/explanation.h"
#include "tests/support/expression.h"
#include "tests/support/random_scenario.h"

namespace headroom {
namespace {

constexpr unsigned kSeed = 20260807;
constexpr int kDraws = 1500;

void expectFormulasGiveBytes(const Ledger& ledger, const std::string& asked) {
  Bytes sum;
  for (ComponentId id : componentsOf(ledger)) {
    const Explanation e = explain(ledger, id);
    sum += e.bytes;
    std::map<std::string, double, std::less<>> terms;
    for (const ExplainedTerm& t : e.terms)
      EXPECT_TRUE(terms.emplace(t.symbol, t.number).second) << t.symbol << " stands twice in " << idOf(id) << asked;
    const double bytes = static_cast<double>(e.bytes.value());
    // Each line is rounded to a byte; beyond 2^53 a double has no room for one.
    const double slack = 0.51 * static_cast<double>(e.lines.size()) + 1e-15 * bytes;
    EXPECT_NEAR(evaluate(e.formula, terms), bytes, slack) << idOf(id) << ": " << e.formula << asked;
    EXPECT_LE(e.low, e.bytes) << idOf(id) << asked;
    EXPECT_GE(e.high, e.bytes) << idOf(id) << asked;
    for (const ExplainedLine& l : e.lines) EXPECT_FALSE(l.source.empty()) << idOf(id) << ": " << l.label << asked;
  }
  EXPECT_EQ(sum, ledger.total()) << asked;
}

// The heaviest device. llama.cpp's compute buffer is left out: it reserves a graph of n_ubatch tokens rounded up to a
// multiple of the sequences (llama-context.cpp graph_reserve), so 8 sequences may truly need less of it than 7. Blocks
// that torch's allocator caches are left out of training: larger requests may fit the segments of others better.
Bytes most(const Scenario& s, const Estimate& e) {
  using enum ComponentId;
  const bool planned = s.engine == Engine::llama_cpp, trains = s.workload != Workload::inference;
  Bytes need;
  for (const RankEstimate& r : e.ranks)
    need = std::max(need, planned  ? r.device - r.ledger.bytes(workspace)
                          : trains ? r.device - r.ledger.bytes(fragmentation)
                                   : r.device);
  return need;
}

TEST(EveryEstimate, IsTheSumOfFormulasThatGiveItsBytes) {
  ScenarioDraw draw(kSeed);
  for (int i = 0; i < kDraws && !testing::Test::HasFailure(); ++i) {
    const Scenario s = draw.next();
    ASSERT_NE(s.model, nullptr);
    const Estimate e = estimate(s);
    const std::string asked = "\n" + s.name;
    ASSERT_FALSE(e.ranks.empty()) << asked;
    for (const RankEstimate& r : e.ranks) {
      expectFormulasGiveBytes(r.ledger, asked);
      EXPECT_EQ(r.device, r.ledger.total()) << asked;
      EXPECT_EQ(r.device,
                r.allocated + r.ledger.bytes(ComponentId::fragmentation) + r.ledger.bytes(ComponentId::runtime))
          << asked;
      EXPECT_LE(r.low, r.device) << asked;
      EXPECT_GE(r.high, r.device) << asked;
      EXPECT_GE(r.device, Bytes(0)) << asked;  // of a small model over many devices some hold nothing
      if (r.verdict) {
        EXPECT_EQ(*r.headroom, *r.usable - r.device) << asked;
        EXPECT_EQ(*r.verdict == Verdict::exceeds, !e.refused.empty() || *r.headroom + r.releasable < Bytes(0)) << asked;
      }
    }
    EXPECT_GT(e.heaviest().device, Bytes(0)) << asked;
    expectFormulasGiveBytes(e.host, asked);
    EXPECT_TRUE(std::ranges::is_sorted(e.ranks, std::ranges::greater{}, [](const RankEstimate& r) { return r.device; }))
        << asked;
  }
}

TEST(EveryEstimate, NeverNeedsLessForMore) {
  ScenarioDraw draw(kSeed + 1);
  for (int i = 0; i < kDraws && !testing::Test::HasFailure(); ++i) {
    Scenario s = draw.next();
    ASSERT_NE(s.model, nullptr);
    // An engine that makes room by itself may need less of a device for more.
    if (s.engine == Engine::llama_cpp) s.engineOptions = {{"fit", "off"}};
    const Bytes need = most(s, estimate(s));
    const auto more = [&](const char* what, auto turn) {
      Scenario larger = s;
      turn(larger);
      EXPECT_GE(most(larger, estimate(larger)).value(), need.value()) << "with more " << what << " than in\n" << s.name;
    };
    more("batch", [](Scenario& l) { l.batch = l.batch.value_or(1) + 1; });
    more("tokens", [](Scenario& l) { l.context = *l.context + 128; });
    if (s.workload == Workload::lora || s.workload == Workload::qlora)
      more("rank", [](Scenario& l) { l.training.rank = l.training.rank.value_or(16) * 2; });
  }
}

// Beyond 64 bits a number is a lower bound and says so; every other sum is exact.
TEST(EveryEstimate, SaysWhereItsSumsMeetTheLargestNumber) {
  DimensionsModel dimensions;
  dimensions.layers = 4096, dimensions.hidden = 65'536, dimensions.heads = 8;
  dimensions.intermediate = 10'000'000, dimensions.vocabulary = 100'000'000;
  const Result<Model> largest = modelFromDimensions(dimensions);
  ASSERT_TRUE(largest) << largest.error().text();
  ScenarioDraw draw(kSeed + 1);
  int met = 0, within = 0;
  for (int i = 0; i < 300 && !testing::Test::HasFailure(); ++i) {
    Scenario s = draw.next();
    if (i % 2 == 0) s.batch = 1'000'000;
    if (i % 3 == 0) s.context = 1'000'000'000;
    if (i % 5 == 0) s.model = std::make_shared<const Model>(*largest);
    const Estimate e = estimate(s);
    const bool saturated =
        std::ranges::any_of(e.diagnostics, [](const Diagnostic& d) { return d.code == "saturated"; });
    ++(saturated ? met : within);
    for (const RankEstimate& r : e.ranks) {
      __extension__ typedef __int128 Wide;
      Wide sum = 0;
      for (const ComponentId id : componentsOf(r.ledger)) {
        sum += r.ledger.bytes(id).value();
        EXPECT_GE(r.ledger.bytes(id), Bytes(0)) << idOf(id) << "\n" << s.name;
        Wide lines = 0;
        for (const ExplainedLine& l : explain(r.ledger, id).lines) lines += l.bytes.value();
        EXPECT_TRUE(saturated || lines == r.ledger.bytes(id).value()) << idOf(id) << "\n" << s.name;
      }
      EXPECT_TRUE(saturated || sum == r.device.value()) << s.name;
      EXPECT_TRUE(!saturated || !r.verdict || r.device < Bytes::max() || r.verdict == Verdict::exceeds) << s.name;
    }
  }
  EXPECT_GT(met, 10);
  EXPECT_GT(within, 10);
}

}  // namespace
}  // namespace headroom
