#include "core/readers/logs/log_lines.h"

#include <array>
#include <charconv>
#include <cmath>

namespace headroom::logs {
namespace {

constexpr double kGi = static_cast<double>(kGiB), kMi = static_cast<double>(kMiB);

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

// Between a phrase and its number: "takes ", "is ", ": ", "=".
std::string_view withoutFiller(std::string_view text) {
  for (bool again = true; again;) {
    again = false;
    while (!text.empty() && (text.front() == ' ' || text.front() == ':' || text.front() == '=' || text.front() == '\t'))
      text.remove_prefix(1);
    for (const std::string_view word : {"takes ", "take ", "is ", "was ", "of ", "\"", "'"})
      if (text.starts_with(word)) text.remove_prefix(word.size()), again = true;
  }
  return text;
}

}  // namespace

// vllm/v1/worker/gpu_worker.py, gpu_model_runner.py and worker/worker.py (0.6-0.28); sglang model_runner.py,
// memory_pool.py (0.4-0.5). Training: torch's out-of-memory message (c10/cuda/CUDACachingAllocator.cpp, 1.10-2.9),
// axolotl's, torchtune's, torchtitan's, Megatron's, Unsloth's, ms-swift's and llama-recipes' metrics.
const std::vector<Pattern> kPatterns{
    {Engine::vllm, "Model loading took ", "weights"},
    {Engine::vllm, "Loading model weights took ", "weights"},
    {Engine::vllm, "model weights take ", "weights"},
    {Engine::vllm, "weights memory: ", "weights"},
    {Engine::vllm, "for weight,", "weights", true},
    {Engine::vllm, "for weights,", "weights", true},  // vllm-ascend/worker/worker.py
    {Engine::vllm, "Current kv cache memory in use is ", "kv_cache"},
    {Engine::vllm, "larger than the available KV cache memory (", "kv_cache"},
    {Engine::vllm, "that can be stored in KV cache (", "kv_tokens", false, true},
    {Engine::vllm, "PyTorch activation peak memory ", "activations"},
    {Engine::vllm, "torch peak memory increase: ", "activations"},
    {Engine::vllm, "for peak activation", "activations", true},
    {Engine::vllm, "non_torch_memory ", "runtime"},
    {Engine::vllm, " non_torch_memory=", "runtime"},
    {Engine::vllm, " kv_cache_size=", "kv_cache"},
    {Engine::vllm, "non-torch forward increase memory: ", "runtime"},
    {Engine::vllm, "for non-torch memory", "runtime", true},
    {Engine::vllm, "memory reserved for KV Cache is ", "kv_cache"},
    {Engine::vllm, "Available KV cache memory: ", "kv_cache"},
    {Engine::vllm, "available_kv_cache_memory ", "kv_cache"},
    {Engine::vllm, "GPU KV cache size: ", "kv_tokens", false, true},
    {Engine::vllm, "memory for KV Cache as specified by kv_cache_memory_bytes", "kv_cache", true},
    {Engine::vllm, "for CUDAGraph memory", "cuda_graphs", true},
    {Engine::vllm, "CUDA graph pool memory: ", "cuda_graphs"},
    {Engine::sglang, "mem usage=", "weights"},  // of the "Load weight end" line; graphs elsewhere
    {Engine::sglang, "KV size: ", "kv_cache"},
    {Engine::sglang, "K size: ", "kv_cache.k"},
    {Engine::sglang, "V size: ", "kv_cache.v"},
    {Engine::sglang, "#tokens: ", "kv_tokens", false, true},
    {Engine::sglang, "conv_state size: ", "state_cache.conv"},
    {Engine::sglang, "ssm_state size: ", "state_cache.ssm"},
    // tensorrt_llm/_torch/pyexecutor/_util.py (1.0 to 1.2); engines built ahead: cpp/tensorrt_llm/runtime.
    {Engine::tensorrt_llm, "model weights (inside torch) in memory usage profiling: ", "weights"},
    {Engine::tensorrt_llm, "during inference (inside torch) in memory usage profiling: ", "activations"},
    {Engine::tensorrt_llm, "CUDA graphs) in memory usage profiling: ", "runtime"},
    {Engine::tensorrt_llm, "Loaded engine size: ", "weights"},
    {Engine::tensorrt_llm, "for execution context memory", "activations", true},
    {Engine::tensorrt_llm, "Max tokens in paged KV cache: ", "kv_tokens", false, true},
    {Engine::tensorrt_llm, ". Allocating ", "kv_cache", false, false, 1},  // of that line: "205520896 bytes."
    {Engine::tensorrt_llm, "for max tokens in paged KV cache", "kv_cache", true},
    {Engine::tensorrt_llm, "for max tokens in paged KV cache (", "kv_tokens", false, true},
    // mlx_lm/generate.py, mlx_lm/tuner/trainer.py.
    {Engine::mlx, "Peak memory: ", "allocated", false, false, 0, true},
    {Engine::mlx, "Peak mem ", "allocated", false, false, 0, true},
    {Engine::pytorch, "is allocated by PyTorch", "allocated", true},
    {Engine::pytorch, "is reserved by PyTorch but unallocated", "reserved.unallocated", true},
    {Engine::pytorch, "already allocated", "allocated", true},
    {Engine::pytorch, "reserved in total by PyTorch", "reserved", true},
    {Engine::pytorch, "memory in use. Of the allocated", "device", true},  // of several processes none is this one
    {Engine::pytorch, "memory/max_allocated (GiB)'", "allocated", false, false, kGi},
    {Engine::pytorch, "memory/max_mem_allocated(gib)'", "allocated", false, false, kGi},
    {Engine::pytorch, "memory/device_mem_reserved(gib)'", "reserved", false, false, kGi},
    {Engine::pytorch, "memory/device_reserved (GiB)'", "reserved", false, false, kGi},
    // axolotl/utils/bench.py (0.3 to 0.16): "7.494GB (+0.114GB cache, +1.341GB misc)".
    {Engine::pytorch, "GPU memory usage after model load: ", "allocated"},
    {Engine::pytorch, "GPU memory usage while training: ", "allocated"},
    {Engine::pytorch, "cuda memory usage while training: ", "allocated"},
    {Engine::pytorch, "cuda memory usage after model load: ", "allocated"},
    {Engine::pytorch, " cache, +", "reserved.unallocated", true},
    {Engine::pytorch, "peak_memory_alloc:", "allocated", false, false, kGi},
    {Engine::pytorch, "peak_memory_reserved:", "reserved", false, false, kGi},
    {Engine::pytorch, "GPU peak memory allocation: ", "allocated"},
    {Engine::pytorch, "GPU peak memory reserved: ", "reserved"},
    {Engine::pytorch, "| max allocated: ", "allocated", false, false, kMi},
    {Engine::pytorch, "| max reserved: ", "reserved", false, false, kMi},
    {Engine::pytorch, "Peak reserved memory = ", "reserved"},
    {Engine::pytorch, "Peak reserved memory for training = ", "reserved.training"},
    {Engine::pytorch, "'memory(GiB)': ", "reserved", false, false, kGi},
    {Engine::pytorch, "\"memory(GiB)\": ", "reserved", false, false, kGi},
    {Engine::pytorch, "Max CUDA memory allocated was ", "allocated"},
    {Engine::pytorch, "Max CUDA memory reserved was ", "reserved"},
    {Engine::pytorch, "max_memory_allocated: ", "allocated"},
    {Engine::pytorch, "max_memory_reserved: ", "reserved"},
    {Engine::pytorch, "max_memory_allocated(): ", "allocated", false, false, 1},
    {Engine::pytorch, "max_memory_allocated() = ", "allocated", false, false, 1},
    {Engine::pytorch, "max_memory_reserved(): ", "reserved", false, false, 1},
    {Engine::pytorch, "max_memory_reserved() = ", "reserved", false, false, 1},
    {Engine::pytorch, "Peak memory allocated: ", "allocated"},
    {Engine::pytorch, "Peak memory reserved: ", "reserved"},
    {Engine::pytorch, "Max memory allocated: ", "allocated"},
    {Engine::pytorch, "Max memory reserved: ", "reserved"},
    {Engine::pytorch, "Peak allocated memory: ", "allocated"},
    {Engine::pytorch, "Peak reserved memory: ", "reserved"},
    {Engine::pytorch, "peak allocated memory: ", "allocated"},
    {Engine::pytorch, "peak reserved memory: ", "reserved"},
    {Engine::pytorch, "MaxMemAllocated: ", "allocated"},
    {Engine::pytorch, "Max_MA ", "allocated"},
    {Engine::pytorch, "Max_CA ", "reserved"},
    {Engine::pytorch, "Memory used: ", "reserved"},
    // optimum-habana's utils.py divides by 2^30; Megatron-Bridge's and Composer's monitors by 10^9.
    {Engine::pytorch, "'max_memory_allocated (GB)': ", "allocated", false, false, kGi},
    {Engine::pytorch, "mem-max-allocated-gigabytes:", "allocated", false, false, 1e9},
};

std::optional<Number> numberAt(std::string_view text) {
  text = withoutFiller(text);
  std::array<char, 48> digits{};
  std::size_t n = 0, i = 0;
  int decimals = -1;
  for (; i < text.size() && n + 1 < digits.size(); ++i) {
    const char c = text[i];
    if (c == ',' && decimals < 0 && i + 3 < text.size() && isDigit(text[i + 1]) && isDigit(text[i + 2]) &&
        isDigit(text[i + 3]))
      continue;
    const bool point = c == '.' && decimals < 0 && i + 1 < text.size() && isDigit(text[i + 1]);
    if (!isDigit(c) && !point && !(c == '-' && n == 0)) break;
    if (point) decimals = 0;
    if (isDigit(c) && decimals >= 0) ++decimals;
    digits[n++] = c;
  }
  Number out;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + n, out.value);
  if (n == 0 || error != std::errc() || end != digits.data() + n) return std::nullopt;
  out.step = decimals > 0 ? std::pow(10.0, -decimals) : 1.0;
  out.rest = text.substr(i);
  return out;
}

std::optional<Number> numberBefore(std::string_view text) {
  std::size_t start = text.size();
  int words = 0;
  for (; start > 0; --start) {
    if (isDigit(text[start - 1])) break;
    if (++words > 8) return std::nullopt;
  }
  while (start > 0 &&
         (isDigit(text[start - 1]) || text[start - 1] == '.' || text[start - 1] == ',' || text[start - 1] == '-'))
    --start;
  return numberAt(text.substr(start));
}

std::optional<double> unitOf(std::string_view rest) {
  while (rest.starts_with(' ')) rest.remove_prefix(1);
  if (rest.starts_with("GiB") || rest.starts_with("GB")) return kGi;
  if (rest.starts_with("MiB") || rest.starts_with("MB")) return kMi;
  if (rest.starts_with("KiB")) return 1024;
  if (rest.starts_with("TiB")) return kGi * 1024;
  return std::nullopt;
}

std::string withoutColours(std::string_view line) {
  std::string out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\x1b' && i + 1 < line.size() && line[i + 1] == '[') {
      i += 2;
      while (i < line.size() && !(line[i] >= '@' && line[i] <= '~')) ++i;
    } else if (line[i] != '\0') {
      out += line[i];
    }
  }
  return out;
}

std::string inOwnLetters(std::string line) {
  if (line.find("out of memory. tried to allocate") == line.npos) return line;
  for (const auto& [small, own] : {std::pair{" gib", " GiB"}, {" mib", " MiB"}, {"pytorch", "PyTorch"}})
    for (std::size_t at = line.find(small); at != line.npos; at = line.find(small, at + 1))
      line.replace(at, std::string_view(small).size(), own);
  return line;
}

bool isOwnProcess(std::string_view text, std::size_t end) {
  const std::size_t allocated = text.find("is allocated by PyTorch", end);
  const auto own = allocated == text.npos ? std::nullopt : numberBefore(text.substr(0, allocated));
  const auto unit = own ? unitOf(own->rest) : std::nullopt;
  if (!unit) return false;
  std::size_t fits = 0;
  for (std::size_t at = text.find("Process "); at < end; at = text.find("Process ", at + 1)) {
    const std::size_t has = text.find(" has ", at);
    const auto n = has == text.npos ? std::nullopt : numberAt(text.substr(has + 5));
    const auto bytes = n ? unitOf(n->rest) : std::nullopt;
    fits += bytes && n->value * *bytes >= own->value * *unit ? 1 : 0;
  }
  return fits == 1;
}

std::string dateIn(std::string_view text) {
  constexpr std::string_view kShapes[] = {"dddd-dd-dd", " dd-dd dd:dd"};
  const auto fits = [text](std::string_view shape, std::size_t at) {
    for (std::size_t i = 0; i < shape.size(); ++i)
      if (shape[i] == 'd' ? !isDigit(text[at + i]) : text[at + i] != shape[i]) return false;
    return at + shape.size() == text.size() || !isDigit(text[at + shape.size()]);
  };
  const std::string_view start = text.substr(0, 80);
  for (std::string_view shape : kShapes)
    for (std::size_t at = 0; at + shape.size() <= start.size(); ++at)
      if (fits(shape, at) && (at == 0 || !isDigit(text[at - 1])))
        return std::string(shape[0] == 'd' ? start.substr(at, 10) : start.substr(at + 1, 5));
  return {};
}

Engine serverOf(Engine engine, std::string_view text) {
  constexpr std::pair<std::string_view, Engine> kPlaces[] = {
      {"/vllm/v1/", Engine::vllm},          {"/vllm/worker/", Engine::vllm},
      {"/vllm/engine/", Engine::vllm},      {"/vllm/model_executor/", Engine::vllm},
      {"/sglang/srt/", Engine::sglang},     {"/tensorrt_llm/_torch/", Engine::tensorrt_llm},
      {"[TRT-LLM] [", Engine::tensorrt_llm}};
  // What trains loads a server's package too.
  const bool trains = text.find("/trl/") != text.npos || text.find("/verl/") != text.npos;
  if (engine == Engine::pytorch && !trains)
    for (const auto& [place, server] : kPlaces)
      if (text.find(place) != text.npos) return server;
  return engine;
}

}  // namespace headroom::logs
