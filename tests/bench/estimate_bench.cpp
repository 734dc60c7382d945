// One estimate per workload and engine (DESIGN 5: at most 2 µs for Llama-3.1-8B on one device), the searches and the
// texts built on it, and reading a scenario.
#include <benchmark/benchmark.h>

#include "core/analysis/advice.h"
#include "core/analysis/limits.h"
#include "core/report/estimate_report.h"
#include "tests/bench/bench_scenario.h"

namespace headroom {
namespace {

void estimateOf(benchmark::State& state, const char* rest) {
  const Scenario scenario = benchScenario(llama(rest));
  Estimate result;
  for (auto _ : state) {
    estimateInto(scenario, result);
    benchmark::DoNotOptimize(result.ranks.data());
  }
}

BENCHMARK_CAPTURE(estimateOf, transformers, R"("engine": "transformers", "context": 8192)");
BENCHMARK_CAPTURE(estimateOf, vllm, R"("engine": "vllm", "engine_version": "0.11", "context": 8192)");
BENCHMARK_CAPTURE(estimateOf, sglang, R"("engine": "sglang", "context": 8192)");
BENCHMARK_CAPTURE(estimateOf, llama_cpp, R"("engine": "llama.cpp", "context": 8192)");
BENCHMARK_CAPTURE(estimateOf, lora, R"("workload": "lora", "context": 4096)");
BENCHMARK_CAPTURE(estimateOf, qlora, R"("workload": "qlora", "context": 4096)");
BENCHMARK_CAPTURE(estimateOf, full, R"("workload": "full", "context": 4096)");
BENCHMARK_CAPTURE(
    estimateOf, full_zero3,
    R"("workload": "full", "engine": "deepspeed", "context": 4096, "parallel": {"data": 8, "sharding": "zero3"})");
BENCHMARK_CAPTURE(estimateOf, full_trainer, R"("workload": "full", "framework": "transformers", "context": 4096)");
BENCHMARK_CAPTURE(estimateOf, lora_trl, R"("workload": "lora", "framework": "trl", "context": 4096)");
BENCHMARK_CAPTURE(estimateOf, chapter_rule, R"("workload": "full", "method": "fourteen-tensors-per-block")");

void limits(benchmark::State& state, const char* rest) {
  const Scenario scenario = benchScenario(llama(rest));
  for (auto _ : state) benchmark::DoNotOptimize(limitsOf(scenario));
}
BENCHMARK_CAPTURE(limits, vllm, R"("engine": "vllm", "engine_version": "0.11", "context": 8192)");
BENCHMARK_CAPTURE(limits, lora, R"("workload": "lora", "context": 4096)");
BENCHMARK_CAPTURE(limits, llama_cpp, R"("engine": "llama.cpp", "context": 8192)");

void reading(benchmark::State& state) {
  const std::string text =
      llama(R"("engine": "vllm", "batch": 4, "context": 8192, "precision": {"weights": "bf16", "kv_cache": "fp8"})");
  for (auto _ : state) benchmark::DoNotOptimize(readScenario(text, "benchmark"));
}
BENCHMARK(reading);

void writing(benchmark::State& state) {
  const Scenario scenario = benchScenario(llama(R"("engine": "vllm")"));
  for (auto _ : state) benchmark::DoNotOptimize(writeScenario(scenario));
}
BENCHMARK(writing);

void jsonText(benchmark::State& state) {
  const Scenario scenario = benchScenario(llama(R"("engine": "vllm", "engine_version": "0.11")"));
  const Estimate result = estimate(scenario);
  for (auto _ : state) benchmark::DoNotOptimize(estimateJson(scenario, result, {}, -1));
}
BENCHMARK(jsonText);

void advice(benchmark::State& state) {
  const Scenario scenario = benchScenario(llama(R"("workload": "full", "context": 4096)"));
  const Estimate result = estimate(scenario);
  for (auto _ : state) benchmark::DoNotOptimize(adviceOf(scenario, result));
}
BENCHMARK(advice);

}  // namespace
}  // namespace headroom
