// Reading a header of 100,000 tensors (about 10 MB) from a file. Safetensors by simdjson On-Demand takes 13 ms of one
// core (its DOM took 46, a scanner of our own 5), GGUF 4 ms; Xeon of 2021 whose other cores are busy.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>

#include "core/formats/gguf/gguf.h"
#include "core/formats/safetensors/safetensors.h"

namespace {

namespace fs = std::filesystem;
constexpr int kTensors = 100'000;

// A file of `header` and as many bytes of data, which are a hole.
class HeaderFile {
 public:
  HeaderFile(const char* name, const std::string& header, std::uint64_t data)
      : path_(fs::temp_directory_path() / name) {
    std::ofstream(path_, std::ios::binary) << header;
    fs::resize_file(path_, header.size() + data);
  }
  ~HeaderFile() {
    std::error_code ignored;
    fs::remove(path_, ignored);
  }
  HeaderFile(const HeaderFile&) = delete;
  HeaderFile& operator=(const HeaderFile&) = delete;
  std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

template <typename T>
void put(std::string& to, T value) {
  to.append(reinterpret_cast<const char*>(&value), sizeof value);
}

std::string nameOf(int tensor) {
  return fmt::format("model.layers.{}.mlp.experts.{}.up_proj.weight", tensor / 1000, tensor % 1000);
}

// As the safetensors library writes it (serde_json: compact, in this order).
std::string safetensorsHeader() {
  std::string json = R"({"__metadata__":{"format":"pt"})";
  for (int i = 0; i < kTensors; ++i)
    json += fmt::format(R"(,"{}":{{"dtype":"U8","shape":[2,2],"data_offsets":[{},{}]}})", nameOf(i), 4 * i, 4 * i + 4);
  json += '}';
  json.append((8 - json.size() % 8) % 8, ' ');
  std::string header;
  put(header, static_cast<std::uint64_t>(json.size()));
  return header + json;
}

std::string ggufHeader() {
  std::string header = "GGUF";
  put<std::uint32_t>(header, 3);
  put<std::uint64_t>(header, kTensors);
  put<std::uint64_t>(header, 0);
  for (int i = 0; i < kTensors; ++i) {
    const std::string name = nameOf(i);
    put<std::uint64_t>(header, name.size());
    header += name;
    put<std::uint32_t>(header, 4);
    for (const std::int64_t extent : {32, 1, 1, 1}) put(header, extent);
    put<std::uint32_t>(header, 0);  // F32
    put<std::uint64_t>(header, 128 * static_cast<std::uint64_t>(i));
  }
  return header;
}

void report(benchmark::State& state, std::size_t headerBytes) {
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(headerBytes));
  state.counters["header_MB"] = static_cast<double>(headerBytes) / 1e6;
}

void readSafetensorsHeader(benchmark::State& state) {
  const std::string header = safetensorsHeader();
  const HeaderFile file("headroom-bench.safetensors", header, 4 * kTensors);
  for (auto _ : state) {
    const auto read = headroom::readSafetensorsFile(file.path());
    if (!read || read->tensors.size() != kTensors) state.SkipWithError("not read");
    benchmark::DoNotOptimize(read);
  }
  report(state, header.size());
}
BENCHMARK(readSafetensorsHeader)->Unit(benchmark::kMillisecond);

void readGgufHeader(benchmark::State& state) {
  const std::string header = ggufHeader();
  const HeaderFile file("headroom-bench.gguf", header, 128 * (kTensors + 1));
  for (auto _ : state) {
    const auto read = headroom::readGgufFile(file.path());
    if (!read || read->tensors.size() != kTensors) state.SkipWithError("not read");
    benchmark::DoNotOptimize(read);
  }
  report(state, header.size());
}
BENCHMARK(readGgufHeader)->Unit(benchmark::kMillisecond);

}  // namespace
