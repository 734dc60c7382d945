// TensorRT-LLM against what its logs print, and the rules of its pool.
#include <gmock/gmock.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/estimate/estimate.h"
#include "core/open/scenario_json.h"
#include "core/readers/commands/launch_command.h"
#include "core/readers/logs/log_reader.h"

namespace headroom {
namespace {

using nlohmann::json;

Estimate estimated(json scenario) {
  scenario["headroom"] = 1, scenario["engine"] = "tensorrt-llm";
  const Result<Scenario> s = readScenario(jsonText(scenario), "test");
  if (!s) throw std::runtime_error(s.error().text());
  return estimate(*s);
}

double of(const Estimate& e, ComponentId id) {
  return static_cast<double>(e.heaviest().ledger.bytes(id).value());
}

// https://github.com/mlcommons/inference_results_v5.1, closed/CoreWeave/log_70B_serve.txt: an engine in NVFP4.
TEST(TensorRtLlm, AnEngineOfASubmissionTakesWhatItsLogPrints) {
  const Estimate e = estimated({{"model", "meta-llama/Llama-2-70b-hf"},
                                {"engine_version", "1.0.0rc1 (engine 1.0.0rc2)"},
                                {"devices", {{{"accelerator", "b200"}}}},
                                {"context", 2048},
                                {"prefill_tokens", 3584},
                                {"max_sequences", 2048},
                                {"precision", {{"weights", "nvfp4"}, {"compute", "fp16"}, {"kv_cache", "fp8"}}}});
  EXPECT_NEAR(of(e, ComponentId::weights), 39556481024.0, 0.01 * 39556481024.0);
  EXPECT_NEAR(of(e, ComponentId::activations), 734475059.0, 0.01 * 734475059.0);
  EXPECT_NEAR(of(e, ComponentId::workspace), 1005133496.0, 0.01 * 1005133496.0);
  ASSERT_TRUE(e.pool.kvBytes && e.pool.kvTokens);
  EXPECT_NEAR(static_cast<double>(e.pool.kvBytes->value()), 131651485041.0, 0.05 * 131651485041.0);
  EXPECT_NEAR(static_cast<double>(*e.pool.kvTokens), 803520.0, 0.05 * 803520.0);
  EXPECT_EQ(*e.pool.kvTokens % 32, 0);
  EXPECT_DOUBLE_EQ(e.kvBytesPerToken, 163840);
}

// https://github.com/NVIDIA/TensorRT-LLM/issues/2683: TensorRT holds 46,523 MiB of each rank's engine.
TEST(TensorRtLlm, ABuiltEngineOfLatentAttentionHoldsWhatItsConverterWrites) {
  const Estimate e = estimated({{"model", "deepseek-ai/DeepSeek-V3"},
                                {"engine_version", "0.17.0"},
                                {"parallel", {{"tensor", 8}}},
                                {"devices", {{{"accelerator", "h20-96gb"}, {"count", 8}}}},
                                {"precision", {{"weights", "int4"}}}});
  EXPECT_NEAR(of(e, ComponentId::weights), 46523.0 * 1048576, 0.02 * 46523 * 1048576);
}

TEST(TensorRtLlm, TheShareIsOfWhatIsLeft) {
  const auto pool = [](const json& more) {
    json s{{"model", "meta-llama/Llama-3.1-8B"}, {"devices", {{{"accelerator", "h100-sxm-80gb"}}}}, {"context", 8192}};
    s.update(more);
    return estimated(s);
  };
  const Estimate whole = pool({{"memory_utilization", 1.0}}), half = pool({{"memory_utilization", 0.5}});
  EXPECT_NEAR(static_cast<double>(half.pool.kvBytes->value()), static_cast<double>(whole.pool.kvBytes->value()) / 2, 2);
  const Estimate few = pool({{"engine_options", {{"kv_cache_config", {{"max_tokens", 4096}}}}}});
  EXPECT_EQ(*few.pool.kvTokens, 4096) << "the smaller of both bounds";
  EXPECT_EQ(*pool({{"engine_options", {{"kv_cache_config.max_gpu_total_bytes", 1'000'000'000}}}}).pool.kvTokens,
            1'000'000'000 / (131072 * 32) * 32);
  const Estimate host = pool({{"engine_options", {{"kv_cache_config", {{"host_cache_size", 5'000'000'000}}}}}});
  EXPECT_EQ(host.host.bytes(ComponentId::kv_cache), Bytes(5'000'000'000));
  EXPECT_EQ(*pool({{"engine_version", "0.17.0"}}).pool.kvTokens % 64, 0) << "blocks of 64 until 0.17";
  const Estimate option = pool({{"engine_options", {{"max_num_tokens", 1024}, {"free_gpu_memory_fraction", 0.5}}}});
  EXPECT_LT(*option.pool.kvTokens, *whole.pool.kvTokens);
  EXPECT_LT(of(option, ComponentId::activations), of(whole, ComponentId::activations));
}

TEST(TensorRtLlm, ItsCommandAndItsLogAreRead) {
  const auto read = readLaunchCommand(
      "trtllm-serve meta-llama/Llama-3.1-8B --backend pytorch --max_num_tokens 4096 --max_batch_size 64 "
      "--kv_cache_free_gpu_memory_fraction 0.8 --tp_size 2");
  ASSERT_TRUE(read) << read.error().text();
  const json s = json::parse(read->scenario);
  EXPECT_EQ(s["engine"], "tensorrt-llm");
  EXPECT_EQ(s["prefill_tokens"], 4096);
  EXPECT_EQ(s["memory_utilization"], 0.8);
  EXPECT_EQ(s["parallel"]["tensor"], 2);
  EXPECT_EQ(s["engine_options"]["backend"], "pytorch");

  const auto log = readLog(
      "Memory used after loading model weights (inside torch) in memory usage profiling: 15.00 GiB\n"
      "[MemUsageChange] Allocated 1.00 GiB for max tokens in paged KV cache (8192).\n"
      "Memory dynamically allocated during inference (inside torch) in memory usage profiling: 1.25 GiB\n"
      "Memory used outside torch (e.g., NCCL and CUDA graphs) in memory usage profiling: 0.75 GiB\n"
      "[MemUsageChange] Allocated 56.00 GiB for max tokens in paged KV cache (458752).\n",
      "log");
  ASSERT_TRUE(log) << log.error().text();
  EXPECT_EQ(log->engine, Engine::tensorrt_llm);
  const auto figure = [&](std::string_view name) {
    const auto all = log->summary();
    const auto at = std::ranges::find(all, name, &MeasuredFigure::name);
    return at == all.end() ? -1.0 : at->value;
  };
  EXPECT_DOUBLE_EQ(figure("kv_cache"), 56.0 * static_cast<double>(kGiB)) << "the second line is the pool";
  EXPECT_DOUBLE_EQ(figure("kv_tokens"), 458752);
  EXPECT_DOUBLE_EQ(figure("weights"), 15.0 * static_cast<double>(kGiB));
  EXPECT_DOUBLE_EQ(figure("runtime"), 0.75 * static_cast<double>(kGiB));
}

}  // namespace
}  // namespace headroom
