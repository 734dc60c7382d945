// The questions that ask many estimates: a plan of 10⁵ layouts (DESIGN 5: at most 0.5 s on all cores), every
// accelerator, and a map of two fields.
#include <benchmark/benchmark.h>

#include "core/analysis/devices.h"
#include "core/analysis/map.h"
#include "core/analysis/plan.h"
#include "tests/bench/bench_scenario.h"

namespace headroom {
namespace {

void plan(benchmark::State& state, const char* json) {
  const Scenario scenario = benchScenario(json);
  const PlanAxes axes = planAxes(scenario, 1024);
  Plan last;
  for (auto _ : state) {
    last = planFor(scenario, axes);
    benchmark::DoNotOptimize(last.layouts.data());
  }
  state.counters["tried"] = static_cast<double>(last.tried);
  state.counters["valid"] = static_cast<double>(last.valid);
  state.counters["shown"] = static_cast<double>(last.layouts.size());
}
BENCHMARK_CAPTURE(
    plan, megatron_256,
    R"({"headroom": 1, "model": "meta-llama/Llama-3.1-70B", "workload": "full", "engine": "megatron", "context": 8192,
        "devices": [{"accelerator": "h100-sxm-80gb", "count": 256}]})")
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(
    plan, experts_128,
    R"({"headroom": 1, "model": "Qwen/Qwen3-30B-A3B", "workload": "full", "engine": "megatron", "context": 4096,
        "devices": [{"accelerator": "h100-sxm-80gb", "count": 128}]})")
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(
    plan, fsdp_64,
    R"({"headroom": 1, "model": "meta-llama/Llama-3.1-8B", "workload": "full", "engine": "fsdp", "context": 8192,
        "devices": [{"accelerator": "h100-sxm-80gb", "count": 64}]})")
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

void everyDevice(benchmark::State& state, const char* rest) {
  const Scenario scenario = benchScenario(llama(rest));
  const std::vector<Machine> machines = allMachines();
  for (auto _ : state) benchmark::DoNotOptimize(devicesFor(scenario, machines, {}));
}
BENCHMARK_CAPTURE(everyDevice, vllm, R"("engine": "vllm", "context": 8192)")
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(everyDevice, llama_cpp, R"("engine": "llama.cpp", "context": 8192)")
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(everyDevice, qlora, R"("workload": "qlora", "context": 4096)")
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

void mapOfTwo(benchmark::State& state) {
  const Scenario scenario = benchScenario(llama(R"("engine": "vllm", "context": 8192)"));
  std::vector<Scenario> cells;
  for (int y = 1; y <= 50; ++y)
    for (int x = 1; x <= 50; ++x) {
      cells.push_back(scenario);
      turn(cells.back(), Knob::context, 512 * x);
      turn(cells.back(), Knob::batch, y);
    }
  for (auto _ : state) benchmark::DoNotOptimize(mapOf(cells, 50, Knob::batch));
}
BENCHMARK(mapOfTwo)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace headroom
