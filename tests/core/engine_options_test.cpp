// Options of an engine by its own names: each is a key, is counted, is said not to matter, or stands in the verdict.
#include "core/scenario/engine_options.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "core/analysis/effects.h"
#include "core/open/said_key.h"
#include "core/open/scenario_json.h"
#include "core/scenario/option_rows.h"

namespace headroom {
namespace {

using testing::HasSubstr;

Result<Scenario> read(const std::string& members, const std::string& engine = "vllm") {
  return readScenario(R"({"model": "meta-llama/Llama-3.1-8B", "context": 5001, "devices": [{"accelerator": "h200"}],)"
                      R"("engine": ")" +
                          engine + "\", " + members + "}",
                      "test");
}
Estimate estimated(const std::string& members, const std::string& engine = "vllm") {
  const Result<Scenario> s = read(members, engine);
  if (!s) throw std::runtime_error(s.error().text());
  return estimate(*s);
}
bool says(const Estimate& e, std::string_view code) {
  return std::ranges::any_of(e.diagnostics, [&](const Diagnostic& d) { return d.code == code; });
}

TEST(EngineOptions, AnUnknownOneIsAnErrorThatNamesTheNearest) {
  const auto s = read(R"("engine_options": {"blok_size": 32})");
  ASSERT_FALSE(s);
  EXPECT_THAT(s.error().text(), HasSubstr("vLLM has no option 'blok_size'. Did you mean 'block_size'?"));
  EXPECT_THAT(s.error().where, HasSubstr("/engine_options/blok_size"));
  EXPECT_FALSE(read(R"("engine_options": {"block_size": 32})", "sglang")) << "another engine's";
  EXPECT_FALSE(read(R"("engine_options": {"block_size": "many"})"));
  EXPECT_FALSE(read(R"("engine_options": {"block_size": 0})"));
}

TEST(EngineOptions, OneThatIsAKeyIsReadAsThatKey) {
  const auto asOption = read(
      R"("engine_options": {"max-num-seqs": 7, "enforce_eager": true, "kv_cache_dtype": "fp8", "tp": 2, "dtype": "auto"})");
  const auto asKey =
      read(R"("max_sequences": 7, "cuda_graphs": false, "precision": {"kv_cache": "fp8"}, "parallel": {"tensor": 2})");
  ASSERT_TRUE(asOption && asKey);
  EXPECT_EQ(*asOption, *asKey);
  EXPECT_FALSE(read(R"("engine_options": {"max_num_seqs": 7}, "max_sequences": 8)")) << "two answers";
  EXPECT_TRUE(read(R"("engine_options": {"max_num_seqs": 7}, "max_sequences": 7)"));
}

TEST(EngineOptions, ACountedOneChangesThePool) {
  const Estimate plain = estimated(R"("engine_version": "0.22.0")");
  const Estimate blocks =
      estimated(R"("engine_version": "0.22.0", "engine_options": {"num_gpu_blocks_override": 100})");
  EXPECT_EQ(*blocks.pool.kvBytes, Bytes(100LL * 16 * 131072));
  EXPECT_LT(*blocks.pool.kvBytes, *plain.pool.kvBytes);
  const Estimate longer = estimated(R"("engine_version": "0.22.0", "engine_options": {"block_size": 128})");
  EXPECT_GT(longer.heaviest().ledger.bytes(ComponentId::kv_cache), plain.heaviest().ledger.bytes(ComponentId::kv_cache))
      << "5001 tokens in whole blocks of 128";
  const Estimate pages = estimated(R"("engine_options": {"page_size": 64})", "sglang");
  EXPECT_EQ(*pages.pool.kvTokens % 64, 0);
  const Estimate few = estimated(R"("engine_options": {"max_total_tokens": 7000})", "sglang");
  EXPECT_EQ(few.pool.kvTokens, 7000);
}

TEST(EngineOptions, WhatIsNotCountedStandsInTheVerdict) {
  const Estimate moves = estimated(R"("engine_options": {"all2all_backend": "deepep_low_latency"})");
  EXPECT_TRUE(says(moves, "option-not-counted"));
  ASSERT_EQ(moves.unmodelled.size(), 1u);
  EXPECT_THAT(moves.unmodelled[0], HasSubstr("all2all_backend"));
  const Estimate off = estimated(R"("engine_options": {"enable_eplb": false})");
  EXPECT_TRUE(off.unmodelled.empty());
  const Estimate port = estimated(R"("engine_options": {"port": 8001})");
  EXPECT_TRUE(says(port, "option-without-effect"));
  EXPECT_TRUE(port.unmodelled.empty());
  EXPECT_TRUE(says(estimated(R"("engine_version": "0.9.2", "engine_options": {"mamba_cache_mode": "all"})"),
                   "option-of-another-release"));
}

TEST(EngineOptions, SurviveTheFile) {
  const auto s = read(R"("engine_options": {"block_size": 32, "compilation_config": {"mode": 3}, "port": 8001})");
  ASSERT_TRUE(s);
  const auto again = readScenario(writeScenario(*s), "again");
  ASSERT_TRUE(again) << again.error().text();
  EXPECT_EQ(*again, *s);
}

// Every option the estimate reads by name stands in the table as counted.
TEST(EngineOptions, TheTableKnowsWhatIsCounted) {
  for (const char* name : {"block_size", "decode_context_parallel_size", "num_gpu_blocks_override",
                           "disable_hybrid_kv_cache_manager", "async_scheduling", "mamba_cache_mode"}) {
    const EngineOptionRow* row = optionRow(Engine::vllm, name);
    ASSERT_NE(row, nullptr) << name;
    EXPECT_EQ(row->effect, OptionEffect::counted) << name;
  }
  for (const char* name : {"page_size", "swa_full_tokens_ratio", "mamba_full_memory_ratio", "max_total_tokens"}) {
    const EngineOptionRow* row = optionRow(Engine::sglang, name);
    ASSERT_NE(row, nullptr) << name;
    EXPECT_EQ(row->effect, OptionEffect::counted) << name;
  }
}

TEST(EngineOptions, ThoseOfAnEngineWithoutATableStandInTheVerdict) {
  const Estimate e = estimated(R"("engine_options": {"rpc": "10.0.0.2:50052"})", "llama.cpp");
  ASSERT_EQ(e.unmodelled.size(), 1u);
  EXPECT_THAT(e.unmodelled[0], HasSubstr("llama.cpp's rpc"));
}

TEST(KvCacheMemory, SaysHowLargeThePoolIs) {
  const Estimate e = estimated(R"("kv_cache_memory_bytes": 20000000000, "memory_utilization": 0.5)");
  EXPECT_EQ(e.pool.kvBytes, Bytes(20'000'000'000));
  EXPECT_EQ(*e.heaviest().claimed - Bytes(20'000'000'000),
            e.heaviest().device - e.heaviest().ledger.bytes(ComponentId::kv_cache));
  EXPECT_TRUE(std::ranges::any_of(e.diagnostics, [](const Diagnostic& d) { return d.key == "memory_utilization"; }));
  EXPECT_EQ(estimated(R"("kv_cache_memory_bytes": 900000000000)").verdict(), Verdict::exceeds)
      << "a pool larger than the device";
}

TEST(EngineOptions, AreSaidOneAtATimeAndTakenBack) {
  Scenario s = *read(R"("batch": 1)");
  const Scenario before = s;
  ASSERT_TRUE(sayEngineOption(s, Engine::vllm, "block-size", "32"));
  EXPECT_EQ(s, *read(R"("batch": 1, "engine_options": {"block_size": 32})"));
  EXPECT_EQ(optionText(s.engineOptions.front()), "32");
  // An option that is a key becomes the key, and leaves the others alone.
  ASSERT_TRUE(sayEngineOption(s, Engine::vllm, "max_num_seqs", "7"));
  EXPECT_EQ(s, *read(R"("batch": 1, "max_sequences": 7, "engine_options": {"block_size": 32})"));
  const Scenario good = s;
  EXPECT_FALSE(sayEngineOption(s, Engine::vllm, "block_size", "many"));
  EXPECT_FALSE(sayEngineOption(s, Engine::vllm, "blok_size", "32"));
  EXPECT_EQ(s, good);
  ASSERT_TRUE(sayEngineOption(s, Engine::vllm, "block_size", ""));
  s.maxSequences.reset();
  EXPECT_EQ(s, before);
  EXPECT_GT(optionRows(Engine::vllm).size(), 50U);
  EXPECT_TRUE(optionRows(Engine::pytorch).empty());
}

// Values that mean a key's value in other words, by either engine's own names.
TEST(EngineOptions, ValuesInOtherWordsBecomeTheKeys) {
  const auto same = [](const std::string& options, const std::string& keys, const std::string& engine) {
    const auto asOption = read(R"("engine_options": {)" + options + "}", engine), asKey = read(keys, engine);
    ASSERT_TRUE(asOption) << options << asOption.error().text();
    ASSERT_TRUE(asKey) << keys;
    EXPECT_EQ(*asOption, *asKey) << options;
  };
  same(R"("enable_lora": true, "max_lora_rank": 32)", R"("lora": {"rank": 32})", "vllm");
  same(R"("enable_expert_parallel": true, "tensor_parallel_size": 4)", R"("parallel": {"tensor": 4, "expert": 4})",
       "vllm");
  same(R"("speculative_config": {"method": "ngram", "num_speculative_tokens": 5})",
       R"("speculative": {"method": "ngram", "tokens": 5})", "vllm");
  same(R"("speculative_algorithm": "EAGLE3", "speculative_num_draft_tokens": 4)",
       R"("speculative": {"method": "eagle", "tokens": 4})", "sglang");
  same(R"("n_cpu_moe": 20, "tensor_split": "3,1")", R"("offload": {"experts": 20}, "tensor_split": [3, 1])",
       "llama.cpp");
  same(R"("no_op_offload": true)", R"("engine_options": {"op_offload": false})", "llama.cpp");
  EXPECT_FALSE(read(R"("engine_options": {"speculative_algorithm": "medusa"})", "sglang"));
  EXPECT_FALSE(read(R"("engine_options": {"enable_expert_parallel": "yes"})"));
  EXPECT_FALSE(read(R"("engine_options": {"speculative_config": {"method": 5}})"));
  const auto broken = read(R"("parallel": 5, "engine_options": {"tensor_parallel_size": 2})");
  ASSERT_FALSE(broken) << "and no crash";
}

TEST(EngineOptions, WhatTheHostTakesOverIsCountedThere) {
  const Estimate plain = estimated(R"("engine_version": "0.19.0")");
  const Estimate moved = estimated(R"("engine_version": "0.19.0", "engine_options": {"cpu_offload_gb": 4})");
  EXPECT_EQ(plain.heaviest().ledger.bytes(ComponentId::weights) - moved.heaviest().ledger.bytes(ComponentId::weights),
            Bytes(4 * kGiB));
  EXPECT_EQ(moved.host.bytes(ComponentId::weights), Bytes(4 * kGiB));
  EXPECT_EQ(*moved.pool.kvBytes - *plain.pool.kvBytes, Bytes(4 * kGiB));
  const Estimate cached = estimated(R"("engine_version": "0.19.0", "engine_options": {"kv_offloading_size": 16})");
  EXPECT_EQ(cached.host.bytes(ComponentId::kv_cache), Bytes(16 * kGiB));
  const Estimate twice = estimated(
      R"("engine_version": "0.5.10", "engine_options": {"enable_hierarchical_cache": true, "hicache_ratio": 3})",
      "sglang");
  EXPECT_EQ(twice.host.bytes(ComponentId::kv_cache), Bytes(3 * *twice.pool.kvTokens * 131072));
  const Estimate sized = estimated(
      R"("engine_version": "0.5.10", "engine_options": {"enable_hierarchical_cache": true, "hicache_size": 40})",
      "sglang");
  EXPECT_EQ(sized.host.bytes(ComponentId::kv_cache), Bytes(40'000'000'000));
}

// SGLang's draft keeps room for every branch of every pass, or for the tokens it proposes, if they are more.
TEST(EngineOptions, PassesAndBranchesOfADraftAreCounted) {
  const auto cache = [](const char* more) {
    return estimated(std::string(R"("engine_options": {"speculative_algorithm": "EAGLE", )") +
                         R"("speculative_num_draft_tokens": 4)" + more + "}",
                     "sglang")
        .heaviest()
        .ledger.bytes(ComponentId::kv_cache);
  };
  const Bytes plain = cache("");
  EXPECT_EQ(cache(R"(, "speculative_num_steps": 3, "speculative_eagle_topk": 1)"), plain);
  EXPECT_EQ(cache(R"(, "speculative_num_steps": 5, "speculative_eagle_topk": 8)") - plain,
            Bytes(36LL * 2 * 8 * 128 * 2));
}

TEST(EngineOptions, BlocksThatNoKernelWorksOnAreRefused) {
  const auto fits = [](const char* release, const char* block) {
    return estimated(std::string(R"("engine_version": ")") + release + R"(", "engine_options": {"block_size": )" +
                     block + "}")
               .heaviest()
               .verdict == Verdict::fits;
  };
  EXPECT_TRUE(fits("0.14.0", "32") && fits("0.22.0", "48"));
  EXPECT_FALSE(fits("0.14.0", "48") || fits("0.14.0", "8") || fits("0.22.0", "33"));
}

// llama.cpp's -ot: the first pattern decides; what no device has is refused, and no pattern is left aside in silence.
TEST(EngineOptions, TensorsPlacedByName) {
  const auto placed = [](const std::string& options) {
    return estimated(R"("precision": {"weights": "Q8_0"}, "engine_options": {)" + options + "}", "llama.cpp");
  };
  const auto weights = [](const Estimate& e) { return e.heaviest().ledger.bytes(ComponentId::weights); };
  const Estimate plain = placed(R"("op_offload": true)");
  const Estimate first = placed(R"("override_tensor": "blk\\.1\\.ffn_up=CPU")"),
                 both = placed(R"("override_tensor": "blk\\.[12]\\.ffn_up=CPU")"),
                 kept = placed(R"("override_tensor": "blk\\.1\\.=CUDA0,blk\\.[12]\\.ffn_up=CPU")"),
                 dense = placed(R"("n_cpu_ffn": 1)");
  const Bytes matrix(14336LL * 4096 / 32 * 34);
  EXPECT_EQ(weights(plain) - weights(first), matrix);
  EXPECT_EQ(weights(plain) - weights(both), matrix * 2);
  EXPECT_EQ(weights(plain) - weights(kept), matrix);
  EXPECT_EQ(weights(plain) - weights(dense), matrix * 3);
  EXPECT_TRUE(says(placed(R"("override_tensor": "ffn=CUDA1")"), "unknown-buffer-type"));
  EXPECT_TRUE(says(placed(R"("override_tensor": "ffn=")"), "unknown-buffer-type"));
  EXPECT_TRUE(says(placed(R"("split_mode": "none", "main_gpu": 1)"), "no-such-device"));
  EXPECT_THAT(placed(R"("override_tensor": "(a+)+=CPU")").unmodelled, testing::SizeIs(1));
  EXPECT_THAT(placed(R"("split_mode": "row")").unmodelled, testing::SizeIs(1));
  EXPECT_TRUE(placed(R"("main_gpu": 0)").unmodelled.empty());
}

}  // namespace
}  // namespace headroom
