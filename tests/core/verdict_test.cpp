// One verdict: which device decides, numbers that add up, pools, what gives way and what is not modelled.
#include "core/analysis/verdict.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <regex>

#include "core/open/scenario_json.h"
#include "core/report/estimate_report.h"
#include "core/report/verdict_text.h"
#include "core/scenario/training_codes.h"
#include "tests/support/random_scenario.h"

namespace headroom {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

Scenario llama(const std::string& members) {
  const auto scenario = readScenario(R"({"model": "meta-llama/Llama-3.1-8B", )" + members + "}", "test");
  EXPECT_TRUE(scenario) << scenario.error().text();
  return *scenario;
}

Bytes mib(std::int64_t count) {
  return Bytes(count << 20);
}

RankEstimate rankOf(std::string label, std::int64_t device, std::int64_t usable, Verdict verdict) {
  RankEstimate rank;
  rank.label = std::move(label);
  rank.device = rank.low = rank.high = mib(device);
  rank.usable = rank.capacity = mib(usable);
  rank.headroom = *rank.usable - rank.device;
  rank.verdict = verdict;
  return rank;
}

// Need, room and gap of a sentence, in whole steps of the last decimal shown.
std::vector<std::int64_t> numbersIn(const std::string& sentence) {
  std::vector<std::int64_t> numbers;
  const std::regex number(R"((\d+)\.(\d+))");
  for (std::sregex_iterator at(sentence.begin(), sentence.end(), number), end; at != end; ++at)
    numbers.push_back(std::stoll((*at)[1].str() + (*at)[2].str()));
  return numbers;
}

TEST(Verdict, TheNumbersOfTheSentenceAddUpAsPrinted) {
  ScenarioDraw draw(31);
  int fits = 0, not_ = 0;
  for (int i = 0; i < 400; ++i) {
    Scenario s = draw.next();
    s.devices = {DeviceRequest{"h100-sxm-80gb", 1, {}, {}, nullptr}};
    ASSERT_TRUE(resolve(s));
    const Judgement j = judge(estimate(s));
    ASSERT_TRUE(j.word);
    if (!j.refused.empty()) continue;  // it has a reason and no numbers
    for (const ByteUnit unit : {ByteUnit::gib, ByteUnit::gb}) {
      const std::string sentence = verdictSentence(j, unit);
      const std::vector<std::int64_t> n = numbersIn(sentence);
      const bool shared = j.hostWeights > Bytes(0) && *j.word != Verdict::exceeds;
      ASSERT_EQ(n.size(), shared ? 4U : 3U) << sentence;
      EXPECT_EQ(std::abs(n[1] - n[0]), n[2]) << sentence;
      EXPECT_EQ(*j.word == Verdict::exceeds, sentence.starts_with("Does not fit: ")) << sentence;
    }
    (*j.word == Verdict::exceeds ? not_ : fits) += 1;
  }
  EXPECT_GT(fits, 20);
  EXPECT_GT(not_, 20);
}

// 17.449 and 22.160 would be "17.4 of 22.2, 4.7 left" in one decimal.
TEST(Verdict, TakesAnotherDecimalWhereRoundingWouldNotAddUp) {
  Estimate e;
  e.ranks.push_back(rankOf("one", 17868, 22692, Verdict::fits));
  EXPECT_EQ(verdictSentence(judge(e), ByteUnit::gib), "Fits: 17.45 of 22.16 GiB, 4.71 GiB left");
  e.ranks[0] = rankOf("one", 10445, 24269, Verdict::fits);
  EXPECT_EQ(verdictSentence(judge(e), ByteUnit::gib), "Fits: 10.2 of 23.7 GiB, 13.5 GiB left");
  e.ranks[0] = rankOf("one", 24270, 24269, Verdict::exceeds);
  EXPECT_EQ(verdictSentence(judge(e), ByteUnit::gib), "Does not fit: 23.701 of 23.700 GiB, 0.001 GiB too much");
  e.ranks[0].headroom = Bytes(-1);
  e.ranks[0].device = *e.ranks[0].usable + Bytes(1);
  EXPECT_THAT(verdictSentence(judge(e), ByteUnit::gib), HasSubstr("less than 0.001 GiB too much"));
}

TEST(Verdict, TheRankWithTheLeastLeftOfTheWorstDecides) {
  Estimate e;
  e.ranks.push_back(rankOf("large", 70000, 80000, Verdict::fits));
  e.ranks.push_back(rankOf("small", 23000, 22000, Verdict::exceeds));
  e.ranks.push_back(rankOf("smaller", 22500, 20000, Verdict::exceeds));
  const Judgement j = judge(e);
  EXPECT_EQ(j.rank, 2u);
  EXPECT_EQ(j.word, Verdict::exceeds);
  EXPECT_EQ(j.left, mib(-2500));
  EXPECT_EQ(j.room - j.need, j.left);
  EXPECT_EQ(&decidingRank(e), &e.ranks[2]);
}

TEST(Verdict, OneUnknownCapacityLeavesNoVerdictUnlessAnotherExceeds) {
  Estimate e;
  e.ranks.push_back(rankOf("known", 10000, 22000, Verdict::fits));
  e.ranks.emplace_back().device = mib(9000);
  EXPECT_FALSE(e.verdict());
  EXPECT_EQ(verdictSentence(judge(e), ByteUnit::gib), "Needs 9.8 GiB; no capacity is known");
  e.ranks[0] = rankOf("known", 23000, 22000, Verdict::exceeds);
  EXPECT_EQ(e.verdict(), Verdict::exceeds);
}

TEST(Verdict, ReasonsSayWhyItIsTight) {
  Estimate e;
  e.ranks.push_back(rankOf("one", 19000, 20000, Verdict::tight));
  EXPECT_THAT(judge(e).reasons, ElementsAre("near-full"));
  e.ranks[0] = rankOf("one", 15000, 20000, Verdict::tight);
  e.ranks[0].high = mib(20001);
  EXPECT_THAT(judge(e).reasons, ElementsAre("band-over"));
}

// Llama-3.1-8B on an L40S: what is left is what the pool holds beyond the asked tokens, everywhere.
TEST(Verdict, OfAnEngineWithAPoolIsAboutThePool) {
  for (const char* engine : {"vllm", "sglang"}) {
    const Estimate e =
        estimate(llama(R"("batch": 2, "context": 8192, "devices": [{"accelerator": "l40s"}], "engine": ")" +
                       std::string(engine) + '"'));
    const RankEstimate& r = e.heaviest();
    ASSERT_TRUE(e.pool.kvBytes && r.headroom);
    EXPECT_EQ(*r.headroom, *e.pool.kvBytes - r.ledger.bytes(ComponentId::kv_cache)) << engine;
    EXPECT_EQ(*r.usable - r.device, *r.headroom) << engine;
    const Judgement j = judge(e);
    EXPECT_TRUE(j.pool);
    EXPECT_EQ(j.claimed, r.claimed);
    EXPECT_THAT(verdictSentence(j, ByteUnit::gib), testing::EndsWith(" left in the KV pool"));
  }
}

// Where the weights alone exceed the claim, it is they that are too large, not only the cache.
TEST(Verdict, OfAPoolThatIsBelowNothingCountsTheWeightsThatDoNotFit) {
  const Scenario s =
      llama(R"("engine": "vllm", "batch": 1, "context": 1024, "devices": [{"memory_bytes": 8000000000}])");
  const Judgement j = judge(estimate(s));
  EXPECT_EQ(j.word, Verdict::exceeds);
  EXPECT_LT(j.room, Bytes(9'000'000'000));
  EXPECT_GT(j.need, Bytes(16'000'000'000));
}

TEST(Verdict, AReserveIsKeptFreeOfAPoolToo) {
  Scenario s = llama(R"("engine": "vllm", "batch": 1, "context": 1024, "devices": [{"accelerator": "l4"}])");
  const Bytes all = judge(estimate(s)).left;
  s.reserve = 0.2;
  const Estimate e = estimate(s);
  EXPECT_LT(judge(e).left, all);
  EXPECT_NEAR(static_cast<double>(e.heaviest().usable->value()),
              0.8 * static_cast<double>(e.heaviest().capacity->value()), 1);
}

TEST(Verdict, SaysWhatTheEngineLeavesToTheHostByItself) {
  const auto sentence = [](const std::string& members) {
    return verdictSentence(judge(estimate(llama(members))), ByteUnit::gib);
  };
  const std::string spilled = sentence(R"("engine": "ollama", "devices": [{"memory_bytes": 12000000000}])");
  EXPECT_THAT(spilled, HasSubstr(" GiB left; "));
  EXPECT_THAT(spilled, HasSubstr(" GiB of weights on the host"));
  // Not what was asked for, nor the table of embeddings, which is always there.
  for (const char* members :
       {R"("engine": "ollama", "devices": [{"memory_bytes": 24000000000}])",
        R"("engine": "llama.cpp", "devices": [{"memory_bytes": 24000000000}], "offload": {"gpu_layers": 16})"})
    EXPECT_THAT(sentence(members), testing::Not(HasSubstr("host"))) << members;
}

TEST(Verdict, WithSomethingUnmodelledIsNeverAPlainFits) {
  const Scenario s = llama(R"("batch": 1, "context": 1024, "devices": [{"accelerator": "h100-sxm-80gb"}])");
  Estimate e = estimate(s);
  ASSERT_EQ(e.verdict(), Verdict::fits);
  EXPECT_THAT(verdictSentence(judge(e), ByteUnit::gib), StartsWith("Fits: "));
  e.unmodelled.push_back("the moon");
  EXPECT_THAT(judge(e).reasons, ElementsAre("unmodelled"));
  EXPECT_THAT(verdictSentence(judge(e), ByteUnit::gib), StartsWith("Fits as far as modelled: "));
  EXPECT_THAT(estimateTable(s, e, {}, ReportFormat::table, ByteUnit::gib), HasSubstr("Not modelled: the moon.\n"));
  const auto json = nlohmann::json::parse(estimateJson(s, e, {}));
  EXPECT_EQ(json["verdict"]["word"], "fits");
  EXPECT_EQ(json["verdict"]["unmodelled"], nlohmann::json({"the moon"}));
  EXPECT_EQ(json["verdict"]["sentence"], verdictSentence(judge(e), ByteUnit::gib));
  EXPECT_EQ(json["verdict"]["rank"], 0);
  // An estimate that is used again forgets it.
  estimateInto(s, e);
  EXPECT_TRUE(e.unmodelled.empty());
}

// What the allocator keeps is what it would keep anywhere; on a device that is too small for it, it gives way.
TEST(Verdict, CachedBlocksGiveWayAndAreNotCutOffAtTheCapacity) {
  const std::string asked = R"("workload": "lora", "batch": 8, "context": 2048, )";
  const Estimate roomy = estimate(llama(asked + R"("devices": [{"accelerator": "b200"}])"));
  const RankEstimate& r = roomy.heaviest();
  const Bytes cached = r.ledger.bytes(ComponentId::fragmentation);
  ASSERT_GT(cached, mib(64));
  EXPECT_EQ(r.releasable, cached);
  EXPECT_EQ(r.reserved, r.device - r.ledger.bytes(ComponentId::runtime));

  const std::int64_t capacity = (r.device - cached + mib(16)).value();
  const Estimate full = estimate(llama(asked + R"("devices": [{"memory_bytes": )" + std::to_string(capacity) + "}]"));
  EXPECT_EQ(full.heaviest().device, r.device);
  EXPECT_EQ(full.heaviest().ledger.bytes(ComponentId::fragmentation), cached);
  EXPECT_EQ(full.heaviest().reserved + r.ledger.bytes(ComponentId::runtime), Bytes(capacity));
  const Judgement j = judge(full);
  EXPECT_EQ(j.word, Verdict::tight);
  EXPECT_EQ(j.givesWay, cached - mib(16));
  EXPECT_EQ(j.left, Bytes(0) - j.givesWay);
  EXPECT_THAT(j.reasons, ElementsAre("cached-blocks-give-way"));
  EXPECT_THAT(verdictSentence(j, ByteUnit::gib), testing::EndsWith(" over that cached blocks give back"));

  const Estimate less =
      estimate(llama(asked + R"("devices": [{"memory_bytes": )" + std::to_string(capacity - mib(17).value()) + "}]"));
  EXPECT_EQ(less.verdict(), Verdict::exceeds);
}

// Every row of a table with a band has its low and high, and they add up to the total's.
TEST(Verdict, TheBandsOfTheRowsAddUpToTheTotals) {
  ScenarioDraw draw(5);
  for (int i = 0; i < 100; ++i) {
    const Scenario s = draw.next();
    const Estimate e = estimate(s);
    const auto json = nlohmann::json::parse(estimateJson(s, e, {}));
    for (const auto& rank : json["ranks"]) {
      std::int64_t bytes = 0, low = 0, high = 0;
      for (const auto& c : rank["components"])
        bytes += c["bytes"].get<std::int64_t>(), low += c["low"].get<std::int64_t>(),
            high += c["high"].get<std::int64_t>();
      EXPECT_EQ(bytes, rank["device_bytes"]) << s.name;
      EXPECT_EQ(low, rank["low"]) << s.name;
      EXPECT_EQ(high, rank["high"]) << s.name;
    }
  }
}

TEST(Verdict, WhatWouldNotRunNeverFits) {
  for (const char* text : {
           R"("engine": "vllm", "parallel": {"tensor": 3},
               "devices": [{"accelerator": "h100-sxm-80gb", "count": 3}])",
           R"("engine": "vllm", "parallel": {"pipeline": 33},
               "devices": [{"accelerator": "h100-sxm-80gb", "count": 33}])",
           R"("workload": "full", "framework": "megatron",
               "parallel": {"pipeline": 8, "virtual_pipeline": 5},
               "devices": [{"accelerator": "h100-sxm-80gb", "count": 8}])",
       }) {
    const Judgement j = judge(estimate(llama(text)));
    EXPECT_EQ(j.word, Verdict::exceeds) << text;
    EXPECT_THAT(j.reasons, testing::Contains("refused")) << text;
    EXPECT_THAT(verdictSentence(j, ByteUnit::gib), StartsWith("Does not run: ")) << text;
  }
}

// 10^15 tokens: storages and sums beyond 64-bit counts.
TEST(Verdict, AbsurdQuestionsNeverFitAndSayTheyAreAbsurd) {
  for (const char* workload : {"lora", "qlora", "full"})
    for (const TrainingCodeRow& code : trainingCodes()) {
      const std::string text = fmt::format(
          R"("workload": "{}", "framework": "{}", "batch": 1000000, "context": 1000000000,
             "devices": [{{"accelerator": "h100-sxm-80gb"}}])",
          workload, code.id);
      const Estimate e = estimate(llama(text));
      EXPECT_EQ(e.verdict(), Verdict::exceeds) << text;
      EXPECT_GE(e.heaviest().allocated, Bytes(0)) << text;
      EXPECT_EQ(e.heaviest().device >= Bytes(std::int64_t{1} << 60),
                std::ranges::any_of(e.diagnostics, [](const Diagnostic& d) { return d.code == "saturated"; }))
          << text;
    }
}

// Megatron's formulas know no zero-bubble schedule and no GPipe cut anew; torchtitan's replayed step knows GPipe.
TEST(Verdict, AStepKeyThatNoFormulaKnowsTakesThePlainness) {
  const auto judged = [](const char* framework, const char* schedule) {
    return judge(estimate(llama(fmt::format(
        R"("workload": "full", "framework": "{}", "precision": {{"weights": "bf16"}},
           "parallel": {{"pipeline": 4, "pipeline_schedule": "{}", "micro_batches": 16}},
           "devices": [{{"accelerator": "b200", "count": 4}}])",
        framework, schedule))));
  };
  EXPECT_THAT(judged("megatron", "zero-bubble").unmodelled,
              testing::Contains("what parallel.pipeline_schedule changes"));
  EXPECT_THAT(judged("megatron", "gpipe").unmodelled, testing::Contains("what parallel.micro_batches changes"));
  EXPECT_THAT(judged("torchtitan", "gpipe").unmodelled, testing::IsEmpty());
}

}  // namespace
}  // namespace headroom
