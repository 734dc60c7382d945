// What engines take by themselves, release by release: settings say what the release that is named did, not the newest.
// From vllm/config.py and engine/arg_utils.py (0.6 to 0.28), ollama envconfig and server/sched.go (0.1 to 0.33),
// llama.cpp common/common.h (b6318 to b10256), sglang/srt/server_args.py (0.4 to 0.5.23).
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string>

#include "core/open/scenario_json.h"
#include "core/report/settings_json.h"

namespace headroom {
namespace {

using nlohmann::json;

struct Default {
  const char* engine;
  const char* version;
  const char* device;
  const char* more;  // of the scenario
  const char* key;
  const char* value;
};

constexpr const char* kSmall = "rtx-4090-24gb";
constexpr const char* kLarge = "h100-sxm-80gb";

constexpr Default kDefaults[] = {
    // V0 reads prompts in pieces beyond 32768 tokens of context, others whole.
    {"vllm", "0.6.3", kSmall, "{}", "prefill_tokens", "512"},
    {"vllm", "0.6.3", kLarge, "{}", "prefill_tokens", "512"},
    {"vllm", "0.6.3", kLarge, R"({"context": 8192})", "prefill_tokens", "8192"},
    {"vllm", "0.6.3", kLarge, R"({"context": 1000})", "prefill_tokens", "2048"},
    {"vllm", "0.7.3", kSmall, "{}", "prefill_tokens", "2048"},
    {"vllm", "0.7.3", kSmall, R"({"context": 30000})", "prefill_tokens", "30000"},
    {"vllm", "0.8.0", kSmall, R"({"context": 30000})", "prefill_tokens", "2048"},
    {"vllm", "0.9.2", kLarge, "{}", "prefill_tokens", "8192"},
    {"vllm", "0.27", "b200", "{}", "prefill_tokens", "8192"},
    {"vllm", "0.28", "b200", "{}", "prefill_tokens", "16384"},
    {"vllm", "0.7.3", kLarge, "{}", "max_sequences", "256"},
    {"vllm", "0.8.3", kSmall, "{}", "max_sequences", "1024"},
    {"vllm", "0.8.5", kSmall, "{}", "max_sequences", "256"},
    {"vllm", "0.8.5", kLarge, "{}", "max_sequences", "1024"},
    {"vllm", "0.7.3", kLarge, "{}", "prefix_caching", "false"},
    {"vllm", "0.8.0", kLarge, "{}", "prefix_caching", "true"},
    {"vllm", "0.19", kLarge, "{}", "memory_utilization", "0.9"},
    {"vllm", "0.20", kLarge, "{}", "memory_utilization", "0.92"},
    {"sglang", "0.4.0", kLarge, "{}", "memory_utilization", "0.88"},
    {"sglang", "0.5.3", kLarge, "{}", "prefill_tokens", "8192"},
    {"ollama", "0.1.48", kSmall, "{}", "context", "2048"},
    {"ollama", "0.6.7", kSmall, "{}", "context", "4096"},
    {"ollama", "0.15.5", kSmall, "{}", "context", "32768"},
    {"ollama", "0.1.48", kSmall, "{}", "batch", "1"},
    {"ollama", "0.3.0", kSmall, "{}", "batch", "4"},
    {"ollama", "0.3.0", kSmall, "{}", "max_sequences", "4"},
    {"ollama", "0.7.0", kSmall, "{}", "batch", "2"},
    {"ollama", "0.10.0", kSmall, "{}", "batch", "1"},
    {"ollama", "0.3.0", kSmall, R"({"batch": 2})", "batch", "2"},
    {"ollama", "0.11.0", kSmall, "{}", "attention", "\"eager\""},
    {"ollama", "0.30.0", kSmall, "{}", "attention", "\"flash\""},
    {"ollama", "0.20.0", kSmall, "{}", "full_window_cache", "true"},
    {"ollama", "0.30.0", kSmall, "{}", "full_window_cache", "false"},
    {"ollama", "0.20.0", kSmall, R"({"context": 40000})", "prefill_tokens", "512"},
    {"llama.cpp", "b7300", kLarge, "{}", "context", "4096"},
    {"llama.cpp", "2025-06", kLarge, "{}", "context", "4096"},
    {"llama.cpp", "b7300", kLarge, R"({"batch": 4})", "context", "1024"},
    {"llama.cpp", "b7437", kLarge, "{}", "context", "131072"},
    {"llama.cpp", "0.5.0", kLarge, "{}", "context", "131072"},
    {"llama.cpp", "b6000", kLarge, "{}", "attention", "\"eager\""},
    {"llama.cpp", "b6327", kLarge, "{}", "attention", "\"flash\""},
    {"llama.cpp", "0.5.0", kLarge, "{}", "attention", "\"flash\""},
};

TEST(EngineDefaults, AreThoseOfTheReleaseThatIsNamed) {
  for (const Default& d : kDefaults) {
    json scenario{{"model", "meta-llama/Llama-3.1-8B"},
                  {"workload", "inference"},
                  {"engine", d.engine},
                  {"engine_version", d.version},
                  {"devices", {{{"accelerator", d.device}, {"count", 1}}}}};
    if (std::string_view(d.engine) == "ollama") scenario["precision"]["weights"] = "Q4_K_M";
    scenario.update(json::parse(d.more));
    const Result<Scenario> s = readScenario(scenario.dump(), "");
    ASSERT_TRUE(s) << s.error().text() << scenario.dump();
    EXPECT_EQ(json(settingsJson(*s))[d.key]["value"].dump(), d.value)
        << d.engine << " " << d.version << " " << d.device << " " << d.more << " " << d.key;
  }
}

}  // namespace
}  // namespace headroom
