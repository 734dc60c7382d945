// Serving engines: figures real servers printed, and what a user would expect of any configuration.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/estimate/estimate.h"
#include "core/evidence/validation.h"
#include "core/open/scenario_json.h"

namespace headroom {
namespace {

Scenario scenarioOf(const std::string& json) {
  const Result<Scenario> s = readScenario(json, "test");
  if (!s) throw std::runtime_error(s.error().text());
  return *s;
}

Scenario llama8b(Engine engine, const std::string& accelerator = "h100-80gb") {
  Scenario s = scenarioOf(
      R"({"headroom": 1, "model": "meta-llama/Llama-3.1-8B", "context": 8192, "devices": [{"accelerator": ")" +
      accelerator + R"("}]})");
  s.engine = engine;
  return s;
}

double gib(Bytes b) {
  return static_cast<double>(b.value()) / static_cast<double>(kGiB);
}

bool says(const Estimate& e, std::string_view code) {
  return std::ranges::any_of(e.diagnostics, [code](const Diagnostic& d) { return d.code == code; });
}

constexpr Engine kEngines[] = {Engine::vllm, Engine::sglang, Engine::transformers};

// llm-d config_explorer's table for one H100 and vLLM 0.11.0: weights 14.99, activation 4.76, non-torch 0.13, KV 51.38
// GiB.
TEST(Vllm, PrintsWhatAnH100Printed) {
  Scenario s = llama8b(Engine::vllm);
  s.engineVersion = "v0.11.0";
  s.prefillTokens = 8192, s.maxSequences = 1024, s.memoryUtilization = 0.9;
  const Estimate e = estimate(s);
  const Ledger& l = e.heaviest().ledger;
  EXPECT_NEAR(gib(l.bytes(ComponentId::weights)), 14.99, 0.005);
  EXPECT_NEAR(gib(l.bytes(ComponentId::activations)), 4.76, 0.01);
  EXPECT_NEAR(gib(l.bytes(ComponentId::runtime)), 0.13, 0.01);
  ASSERT_TRUE(e.pool.kvBytes);
  EXPECT_NEAR(gib(*e.pool.kvBytes), 51.38, 0.03);
  EXPECT_EQ(e.kvBytesPerToken, 131072);
}

// The same table: fp8 weights of a 70B leave -1.44 GiB on one H100, and the server refused to start.
TEST(Vllm, RefusesWhereWeightsLeaveNoRoom) {
  Scenario s = scenarioOf(
      R"({"headroom": 1, "model": "meta-llama/Llama-3.3-70B-Instruct", "engine": "vllm", "engine_version": "v0.11.0",
    "precision": {"weights": "fp8", "kv_cache": "bf16"}, "prefill_tokens": 8192, "max_sequences": 1024, "devices": [{"accelerator": "h100-80gb"}]})");
  const Estimate e = estimate(s);
  EXPECT_NEAR(gib(e.heaviest().ledger.bytes(ComponentId::weights)), 67.72, 0.01);
  EXPECT_EQ(e.pool.kvBytes, Bytes(0));
  EXPECT_EQ(e.verdict(), Verdict::exceeds);
  EXPECT_TRUE(says(e, "no-kv-room"));
}

TEST(Vllm, KeyValueHeadsAreReplicatedBeyondTheirNumber) {
  Scenario s = llama8b(Engine::vllm);
  s.parallel.tensor = 8;
  const double eight = estimate(s).kvBytesPerToken;
  s.parallel.tensor = 16;
  EXPECT_EQ(eight, 131072 / 8);
  EXPECT_EQ(estimate(s).kvBytesPerToken, eight);
}

TEST(Vllm, AnUnknownVersionTakesTheNewestRulesAndSaysSo) {
  Scenario s = llama8b(Engine::vllm);
  s.engineVersion = "0.33.0";
  const Estimate newest = estimate(s);
  s.engineVersion = "nightly";
  const Estimate unknown = estimate(s);
  EXPECT_EQ(unknown.pool.kvBytes, newest.pool.kvBytes);
  EXPECT_TRUE(says(unknown, "engine-version"));
  EXPECT_FALSE(says(newest, "engine-version"));
}

TEST(Vllm, WithoutADeviceThereIsALedgerAndNoPool) {
  Scenario s = llama8b(Engine::vllm);
  s.devices.clear();
  const Estimate e = estimate(s);
  EXPECT_GT(gib(e.heaviest().ledger.bytes(ComponentId::weights)), 14.9);
  EXPECT_FALSE(e.pool.kvBytes);
  EXPECT_FALSE(e.verdict());
}

// g6.12xlarge, four L4, QwQ-32B: weights 15.54, K and V 1.42 GB each, 46,611 tokens at a static share of 0.85.
TEST(Sglang, PoolOfFourL4) {
  Scenario s =
      scenarioOf(R"({"headroom": 1, "model": "Qwen/Qwen2.5-32B", "engine": "sglang", "memory_utilization": 0.85,
    "parallel": {"tensor": 4}, "precision": {"weights": "bf16"}, "devices": [{"accelerator": "l4", "count": 4}]})");
  const Estimate e = estimate(s);
  EXPECT_NEAR(gib(e.heaviest().ledger.bytes(ComponentId::weights)), 15.54, 0.05);
  ASSERT_TRUE(e.pool.kvBytes && e.pool.kvTokens);
  EXPECT_NEAR(gib(*e.pool.kvBytes), 2.84, 0.05);
  EXPECT_NEAR(static_cast<double>(*e.pool.kvTokens), 46611, 700);
}

TEST(Sglang, TheStaticShareIsTheEnginesOwnWhenNotGiven) {
  // server_args.py: at least 10 GiB stay outside the share above 60 GiB; a 24 GB card keeps 0.5 + 3 GiB for a chunk of
  // 2048 (0.5.12), since 0.5.23 6 GiB for one of 4096.
  Scenario earlier = llama8b(Engine::sglang, "rtx-4090");
  const Estimate newest = estimate(earlier);
  EXPECT_NEAR(gib(*newest.heaviest().capacity) - gib(*newest.heaviest().claimed), 7.1, 0.2);
  earlier.engineVersion = "0.5.12";
  const Estimate large = estimate(llama8b(Engine::sglang)), small = estimate(earlier);
  ASSERT_TRUE(large.heaviest().claimed && small.heaviest().claimed);
  EXPECT_GE(gib(*large.heaviest().capacity) - gib(*large.heaviest().claimed), 10.0);
  EXPECT_NEAR(gib(*small.heaviest().capacity) - gib(*small.heaviest().claimed), 3.7, 0.4);
}

TEST(Transformers, EagerAttentionGrowsWithTheSquareOfTheContext) {
  Scenario s = llama8b(Engine::transformers);
  s.attention = AttentionImplementation::eager;
  s.context = 8192;
  const Bytes shorter = estimate(s).heaviest().ledger.bytes(ComponentId::activations);
  s.context = 16384;
  const Bytes longer = estimate(s).heaviest().ledger.bytes(ComponentId::activations);
  EXPECT_GT(longer.value(), 3.5 * static_cast<double>(shorter.value()));
  EXPECT_GE(longer.value(), std::int64_t{32} * 16384 * 16384 * 8);  // 32 heads' scores alone
  s.attention = AttentionImplementation::flash;
  EXPECT_LT(estimate(s).heaviest().ledger.bytes(ComponentId::activations), shorter);
}

TEST(Transformers, AllLogitsOfAPromptCanBeThePeak) {
  Scenario s = llama8b(Engine::transformers);
  s.logits = LogitsRows::all;
  const Estimate all = estimate(s);
  EXPECT_EQ(all.heaviest().peakMoment, "prefill: logits");
  EXPECT_GE(all.heaviest().ledger.bytes(ComponentId::logits), Bytes(std::int64_t{8192} * 128256 * 2));
  s.logits = LogitsRows::last;
  EXPECT_LT(estimate(s).heaviest().device, all.heaviest().device);
}

TEST(Transformers, AnOffloadedCacheLiesInHostMemory) {
  Scenario s = llama8b(Engine::transformers);
  const Bytes whole = estimate(s).heaviest().ledger.bytes(ComponentId::kv_cache);
  s.offload.kvCache = true;
  const Estimate e = estimate(s);
  EXPECT_EQ(e.host.bytes(ComponentId::kv_cache), whole);
  EXPECT_EQ(e.heaviest().ledger.bytes(ComponentId::kv_cache), Bytes(whole.value() / 16));  // two of 32 layers
}

TEST(Transformers, TheMomentOfThePeakIsTheLargest) {
  for (const bool eager : {false, true}) {
    Scenario s = llama8b(Engine::transformers);
    if (eager) s.attention = AttentionImplementation::eager;
    const Estimate e = estimate(s);
    const RankEstimate& r = e.heaviest();
    Bytes most;
    for (const Moment& m : r.moments) most = std::max(most, m.total());
    EXPECT_NEAR(static_cast<double>(most.value()), static_cast<double>(r.device.value()), 8);
  }
}

TEST(Serving, ComponentsSumToTheDeviceAndLieInTheirBands) {
  for (const Engine engine : kEngines)
    for (const char* accelerator : {"l4", "h100-80gb", "mi300x"}) {
      const Estimate e = estimate(llama8b(engine, accelerator));
      const RankEstimate& r = e.heaviest();
      Bytes sum;
      for (std::size_t i = 0; i < kComponentCount; ++i) {
        const auto id = static_cast<ComponentId>(i);
        sum += r.ledger.bytes(id);
        EXPECT_LE(r.ledger.low(id), r.ledger.bytes(id)) << idOf(id);
        EXPECT_GE(r.ledger.high(id), r.ledger.bytes(id)) << idOf(id);
      }
      EXPECT_EQ(sum, r.device);
    }
}

TEST(Serving, MoreSequencesOrTokensNeverNeedLess) {
  for (const Engine engine : kEngines)
    for (const std::string model : {"meta-llama/Llama-3.1-8B", "google/gemma-3-1b-it", "mistralai/Mistral-7B-v0.1"}) {
      Scenario s = scenarioOf(R"({"headroom": 1, "model": ")" + model + R"(", "devices": [{"accelerator": "l40s"}]})");
      s.engine = engine;
      Bytes before;
      for (const std::int64_t batch : {1, 2, 7, 64}) {
        s.batch = batch;
        const Bytes now = estimate(s).heaviest().device;
        EXPECT_GE(now, before) << model << " batch " << batch;
        before = now;
      }
      before = Bytes(0);
      for (const std::int64_t context : {16, 100, 512, 513, 4096, 32768}) {
        s.context = context;
        const Bytes now = estimate(s).heaviest().device;
        EXPECT_GE(now, before) << model << " context " << context;
        before = now;
      }
    }
}

TEST(Serving, TwoStagesHoldTheModelOnce) {
  Scenario s = scenarioOf(
      R"({"headroom": 1, "model": "meta-llama/Llama-3.3-70B-Instruct", "engine": "vllm", "context": 8192, "devices": [{"accelerator": "h200", "count": 2}]})");
  s.parallel.tensor = s.parallel.pipeline = 1;
  const double whole = gib(estimate(s).heaviest().ledger.bytes(ComponentId::weights));
  s.parallel.pipeline = 2;
  const Estimate e = estimate(s);
  ASSERT_EQ(e.ranks.size(), 2u);
  double stages = 0;
  for (const RankEstimate& r : e.ranks) stages += gib(r.ledger.bytes(ComponentId::weights));
  EXPECT_NEAR(stages, whole, 0.05);
  EXPECT_NE(e.ranks[0].stage, e.ranks[1].stage);
}

TEST(Serving, MiddleStagesThatAreAlikeAreOneRank) {
  Scenario s = scenarioOf(
      R"({"headroom": 1, "model": "meta-llama/Llama-3.3-70B-Instruct", "engine": "vllm", "context": 8192, "parallel": {"pipeline": 8, "tensor": 2}})");
  const Estimate e = estimate(s);
  std::int64_t devices = 0;
  for (const RankEstimate& r : e.ranks) devices += r.devices;
  EXPECT_EQ(devices, 16);
  EXPECT_EQ(e.ranks.size(), 3u);
}

TEST(Serving, AbsurdQuestionsGetAnAnswer) {
  for (const Engine engine : kEngines) {
    Scenario s = llama8b(engine);
    s.batch = 1'000'000, s.context = 1'000'000'000, s.maxSequences = 1'000'000, s.prefillTokens = 1'000'000'000;
    s.parallel.tensor = 1'000'000;
    const Estimate e = estimate(s);
    EXPECT_GT(e.heaviest().device, Bytes(0));
    EXPECT_NE(e.verdict(), Verdict::fits);
  }
}

}  // namespace
}  // namespace headroom
