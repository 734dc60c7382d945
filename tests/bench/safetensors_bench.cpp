// Reading a header of 100,000 tensors (about 10 MB): the bar is 5 ms.
#include <benchmark/benchmark.h>

#include <filesystem>

#include "core/sources/safetensors.h"
#include "tests/support/safetensors_writer.h"

namespace {

void readSafetensorsHeader(benchmark::State& state) {
  std::vector<headroom::test::WrittenTensor> tensors;
  for (int i = 0; i < 100'000; ++i)
    tensors.push_back(
        {"model.layers." + std::to_string(i / 1000) + ".mlp.experts." + std::to_string(i % 1000) + ".w.weight",
         "U8",
         {2, 2},
         4});
  const std::string path = std::filesystem::temp_directory_path() / "headroom-bench.safetensors";
  headroom::test::writeSafetensors(path, tensors);
  for (auto _ : state) {
    const auto header = headroom::readSafetensorsFile(path);
    if (!header) state.SkipWithError(header.error().text().c_str());
    benchmark::DoNotOptimize(header);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(std::filesystem::file_size(path)));
  std::filesystem::remove(path);
}
BENCHMARK(readSafetensorsHeader)->Unit(benchmark::kMillisecond);

}  // namespace
