// What must hold for every served model, over questions drawn at random from all engines, their releases, their options
// by their own names, formats, layouts and cards. HEADROOM_RANDOM_SERVED sets their number (half a million in the
// nightly run), HEADROOM_RANDOM_FIRST the first one's.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "core/estimate/estimate.h"
#include "core/open/catalogue.h"
#include "core/open/scenario_json.h"

namespace headroom {
namespace {

using nlohmann::json;

std::uint64_t numberFrom(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

// What people give an engine: releases whose rules differ, formats it takes, and options that the estimate counts.
struct Served {
  const char *engine, *versions, *weights, *caches, *options;
};
constexpr Served kServed[] = {
    {"transformers", R"(["", "transformers 4.46.3", "transformers 5.24.0"])", R"(["bf16", "fp8", "awq-int4", "nf4"])",
     R"(["fp8"])", R"({})"},
    {"vllm", R"(["", "0.6.3", "0.8.5", "0.11.0", "0.20.0", "0.28.0"])", R"(["bf16", "fp8", "awq-int4", "gptq-int4"])",
     R"(["fp8"])",
     R"({"block_size": [16, 32, 128], "cpu_offload_gb": [1, 8], "decode_context_parallel_size": [1, 2],
         "disable_hybrid_kv_cache_manager": [true, false], "kv_offloading_size": [4], "mamba_cache_mode": ["all", "align"],
         "mamba_cache_dtype": ["float32"], "mamba_ssm_cache_dtype": ["float32"], "num_gpu_blocks_override": [4096],
         "async_scheduling": [true, false], "enforce_eager": [true]})"},
    {"sglang", R"(["", "0.4.6", "0.5.3"])", R"(["bf16", "fp8", "awq-int4"])", R"(["fp8"])",
     R"({"page_size": [1, 16, 64], "cpu_offload_gb": [2], "cuda_graph_max_bs": [8, 256], "disable_hybrid_swa_memory": [true],
         "enable_dp_attention": [true], "enable_hierarchical_cache": [true], "hicache_ratio": [2.0], "hicache_size": [8],
         "mamba_full_memory_ratio": [0.5], "mamba_ssm_dtype": ["float32"], "max_mamba_cache_size": [64],
         "max_total_tokens": [20000], "speculative_eagle_topk": [4], "speculative_num_steps": [3],
         "swa_full_tokens_ratio": [0.5], "disable_piecewise_cuda_graph": [true]})"},
    {"llama.cpp", R"([""])", R"(["Q4_K_M", "Q8_0", "F16"])", R"(["q8_0", "q4_0"])",
     R"({"n_cpu_ffn": [2], "split_mode": ["row", "layer"], "op_offload": [false], "main_gpu": [0]})"},
    {"mlx", R"([""])", R"(["bf16", "int4", "mxfp4"])", R"(["int8", "int4"])",
     R"({"max_kv_size": [4096], "prompt_cache_size": [4], "prompt_concurrency": [2], "quantized_kv_start": [1000]})"},
    {"ollama", R"(["", "0.5.7", "0.12.3", "0.31.0"])", R"(["Q4_K_M", "F16"])", R"(["q8_0"])",
     R"({"OLLAMA_FLASH_ATTENTION": [true, false], "OLLAMA_GPU_OVERHEAD": [1000000000], "OLLAMA_SCHED_SPREAD": [true],
         "OLLAMA_NEW_ENGINE": [true]})"},
    {"tensorrt-llm", R"([""])", R"(["bf16", "fp8", "nvfp4", "awq-int4"])", R"(["fp8", "int8"])",
     R"({"kv_cache_config.tokens_per_block": [32, 128], "kv_cache_config.max_tokens": [20000],
         "kv_cache_config.host_cache_size": [1000000000], "backend": ["pytorch", "tensorrt"]})"},
};

class Draw {
 public:
  explicit Draw(std::uint64_t seed) : random_(seed) {}

  json next() {
    static const std::vector<std::string> kModels = [] {
      std::vector<std::string> ids;
      for (const CatalogueEntry& m : modelCatalogue()) ids.push_back(m.id);
      return ids;
    }();
    // A graph that is replayed takes a hundred times as long as a closed form.
    const Served& row = oneIn(8) ? kServed[below(std::size(kServed))] : kServed[kClosed[below(std::size(kClosed))]];
    json s{{"model", kModels[below(kModels.size())]}, {"engine", row.engine}};
    s["engine_version"] = any(json::parse(row.versions));
    s["precision"]["weights"] = any(json::parse(row.weights));
    if (oneIn(3)) s["precision"]["kv_cache"] = any(json::parse(row.caches));
    if (oneIn(5)) s["precision"]["compute"] = any({"bf16", "fp16"});
    s["batch"] = any({1, 2, 7, 32, 200});
    s["context"] = any({1, 100, 1000, 4096, 10'000, 40'000});
    if (oneIn(4)) s["prefill_tokens"] = any({128, 512, 2048, 8192});
    if (oneIn(4)) s["max_sequences"] = any({1, 16, 256});
    if (oneIn(5)) s["memory_utilization"] = any({0.5, 0.85});
    for (const char* flag : {"unified_kv", "full_window_cache", "cuda_graphs", "prefix_caching"})
      if (oneIn(8)) s[flag] = oneIn(2);
    if (oneIn(6)) s["attention"] = any({"flash", "eager"});
    if (oneIn(6)) s["logits"] = any({"last", "all"});
    layout(s);
    beside(s);
    const json options = json::parse(row.options);
    if (!options.empty() && oneIn(2))
      for (std::size_t n = 1 + below(2); n > 0; --n) {
        const auto at = std::next(options.begin(), static_cast<std::ptrdiff_t>(below(options.size())));
        s["engine_options"][at.key()] = any(*at);
      }
    return s;
  }

 private:
  static constexpr std::size_t kClosed[] = {0, 1, 1, 2, 2, 4, 6};

  void layout(json& s) {
    if (oneIn(3)) s["parallel"]["tensor"] = any({1, 2, 4, 8});
    if (oneIn(8)) s["parallel"]["pipeline"] = 2;
    if (oneIn(8)) s["parallel"]["data"] = 2;
    if (oneIn(10)) s["parallel"]["expert"] = any({2, 4});
    if (oneIn(8)) s["offload"]["gpu_layers"] = any({0, 10, 20});
    if (oneIn(12)) s["offload"]["kv_cache"] = true;
    if (oneIn(2))
      s["devices"] = {
          {{"accelerator", any({"rtx-4090", "l4", "h100-sxm-80gb", "h200-sxm", "mi300x"})}, {"count", any({1, 2, 8})}}};
  }
  void beside(json& s) {
    if (oneIn(6)) s["lora"] = {{"slots", any({1, 4})}, {"rank", any({8, 24, 64})}};
    if (oneIn(10)) s["task"] = "embed";
    if (oneIn(8)) s["images"] = {{"per_request", any({0, 1, 3})}};
    if (!oneIn(6)) return;
    const json method = any({"draft-model", "mtp", "eagle", "ngram"});
    s["speculative"] = {{"method", method}, {"tokens", any({1, 5})}};
    if (method == "draft-model") s["speculative"]["model"] = "Qwen/Qwen2.5-0.5B";
  }

  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }
  bool oneIn(std::size_t n) { return below(n) == 0; }
  json any(const json& values) { return values[below(values.size())]; }

  std::mt19937_64 random_;
};

bool planned(const Scenario& s) {
  return s.engine == Engine::llama_cpp || s.engine == Engine::ollama;
}

// The heaviest device. A planned graph is one of its tokens rounded up to a multiple of the sequences
// (llama-context.cpp graph_reserve), so that 8 of them may truly need less of it than 7.
Bytes most(const Scenario& s, const Estimate& e) {
  Bytes need;
  for (const RankEstimate& r : e.ranks)
    need = std::max(need, planned(s) ? r.device - r.ledger.bytes(ComponentId::workspace) : r.device);
  return need;
}

// Where more truly needs less of the device.
bool mayNeedLess(const Scenario& s, std::string_view what) {
  // Ollama puts as many layers on its devices as fit, and more of anything leaves some of them on the host.
  if (s.engine == Engine::ollama && !s.devices.empty()) return true;
  if (what != "tokens" && what != "many tokens") return false;
  // mlx_lm quantizes a cache as a whole once it is longer than quantized_kv_start.
  if (s.engine == Engine::mlx && s.precision.kvCache) return true;
  // vLLM's V0 engine sampled in its profile run only where whole prompts fit into a chunk.
  return s.engine == Engine::vllm && s.engineVersion.starts_with("0.6") && s.prefillTokens.has_value();
}

struct More {
  const char* what;
  bool (*turn)(Scenario&);  // false where it does not apply
};
constexpr More kMore[] = {
    {"sequences", [](Scenario& s) { return s.batch = *s.batch + 1, true; }},
    {"tokens", [](Scenario& s) { return s.context = *s.context + 128, true; }},
    {"many tokens", [](Scenario& s) { return s.context = *s.context * 3, true; }},
    {"adapters", [](Scenario& s) { return s.lora && ++s.lora->slots; }},
    {"rank of adapters", [](Scenario& s) { return s.lora && (s.lora->rank *= 2); }},
    {"tokens of a draft", [](Scenario& s) { return s.speculative && ++s.speculative->tokens; }},
    {"images", [](Scenario& s) { return s.images && s.images->perRequest > 0 && ++s.images->perRequest; }},
};

class RandomServing : public testing::Test {
 protected:
  void fail(const std::string& what, const std::string& told) {
    if (++failures_[what] <= 2) ADD_FAILURE() << what << "\n" << told;
  }
  void sums(const Scenario& s, const Estimate& e, const std::string& told) {
    const bool counted = std::ranges::none_of(e.diagnostics, [](const Diagnostic& d) { return d.code == "saturated"; });
    for (const RankEstimate& r : e.ranks) {
      Bytes lines;
      for (const Line& l : r.ledger.lines()) lines += l.bytes;
      const std::string engine(nameOf(*s.engine));
      if (counted && lines != r.device) fail(engine + ": lines are not the device", told);
      if (r.low > r.device || r.high < r.device) fail(engine + ": a band beside its number", told);
      if (r.device < Bytes(0)) fail(engine + ": less than nothing", told);
      if (r.verdict && e.refused.empty() &&
          (*r.verdict == Verdict::exceeds) != (*r.usable - r.device + r.releasable < Bytes(0)))
        fail(engine + ": a verdict beside its numbers", told);
    }
  }
  std::map<std::string, int> failures_;
};

TEST_F(RandomServing, MoreNeverNeedsLess) {
  const std::uint64_t first = numberFrom("HEADROOM_RANDOM_FIRST", 1),
                      count = numberFrom("HEADROOM_RANDOM_SERVED", 2000);
  std::map<std::string, int> answered, compared;
  Estimate before, after;
  for (std::uint64_t number = first; number < first + count; ++number) {
    const json asked = Draw(number).next();
    const std::string told = asked.dump();
    const Result<Scenario> s = readScenario(told, "drawn");
    if (!s) continue;  // an option a release does not have, a format that is none of the engine's
    ++answered[asked["engine"]];
    estimateInto(*s, before);
    sums(*s, before, told);
    if (!before.refused.empty()) continue;
    for (std::size_t i = 0; i < 2; ++i) {
      const More& more = kMore[(number / 3 + i * 4) % std::size(kMore)];
      Scenario larger = *s;
      if (mayNeedLess(*s, more.what) || !more.turn(larger)) continue;
      estimateInto(larger, after);
      if (!after.refused.empty()) continue;
      ++compared[more.what];
      if (most(larger, after) < most(*s, before))
        fail(asked["engine"].get<std::string>() + ": more " + more.what + " need less",
             std::to_string(most(*s, before).value()) + " -> " + std::to_string(most(larger, after).value()) + " " +
                 told);
    }
  }
  for (const auto& [what, times] : failures_) ADD_FAILURE() << what << ": " << times << " times";
  EXPECT_EQ(compared.size(), std::size(kMore));
  for (const Served& row : kServed) EXPECT_GT(answered[row.engine], static_cast<int>(count / 200)) << row.engine;
}

}  // namespace
}  // namespace headroom
