#include "core/readers/logs/refused_start.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/readers/logs/log_lines.h"

namespace headroom::logs {
namespace {

std::optional<Number> behind(std::string_view line, std::string_view phrase) {
  const std::size_t at = line.find(phrase);
  return at == line.npos ? std::nullopt : numberAt(line.substr(at + phrase.size()));
}

}  // namespace

// vllm/v1/core/kv_cache_utils.py (0.8 to 0.28) and worker/worker.py raise_if_cache_size_invalid (0.3 to 0.10).
std::optional<std::string> refusedStart(std::string_view line) {
  std::string why;
  if (const std::size_t needed = line.find("KV cache is needed"); needed != line.npos)
    if (const auto n = numberBefore(line.substr(0, needed)))
      why += fmt::format(" one request of the full length needs {} GiB of cache;", n->value);
  if (const auto n = behind(line, "maximum model length is "))
    why += fmt::format(" a length of {:.0f} tokens would fit;", n->value);
  if (const auto n = behind(line, "that can be stored in KV cache ("))
    why += fmt::format(" its cache would hold {:.0f} tokens, less than one request of the full length;", n->value);
  // vllm/v1/worker/utils.py request_memory and gpu_worker.py (0.9 to 0.28): "(59.32/79.15 GiB) on startup is less
  // than"; behind a full stop the same words are of a server that did start.
  constexpr std::string_view kFree = "Free memory on device";
  if (const std::size_t at = line.find(kFree);
      at != line.npos && line.find("on startup", at) != line.npos && line.find("on startup.", at) == line.npos)
    if (const auto free = behind(line.substr(at), " ("); free && free->rest.starts_with('/'))
      if (const auto all = numberAt(free->rest.substr(1)))
        why += fmt::format(" {} of the device's {} GiB were free, less than the share it is to take;", free->value,
                           all->value);
  if (line.find("No available memory for the cache blocks") != line.npos)
    why += " weights, activations and graphs leave nothing of its share for a cache;";
  // ggml/src/ggml-cuda/ggml-cuda.cu (2024 to 2026): "allocating 144817.04 MiB on device 0: cudaMalloc failed".
  if (const auto n = behind(line, ": allocating "); n && line.find("Malloc failed") != line.npos)
    if (const auto device = behind(line, " on device "))
      why += fmt::format(" a buffer of {} MiB found no room on device {:.0f};", n->value, device->value);
  // ggml/src/ggml-alloc.c: of other backends than CUDA this line alone says it.
  if (const auto n = behind(line, " buffer of size "); n && line.find("failed to allocate ") != line.npos)
    if (const std::size_t at = line.find("failed to allocate ") + 19; !line.substr(at).starts_with("CUDA"))
      why += fmt::format(" a buffer of {:.0f} MiB found no room on {};", n->value / static_cast<double>(kMiB),
                         line.substr(at, line.find(' ', at) - at));
  // common/fit.cpp, src/llama.cpp (2025-12 to 2026)
  if (const auto n = behind(line, "projected to use "); why.empty() && n && line.find("device memory vs.") != line.npos)
    if (const auto free = behind(line, " vs. "))
      return fmt::format("Before it loaded, llama.cpp expected to use {} MiB of device memory where {} MiB were free.",
                         n->value, free->value);
  if (why.empty()) return std::nullopt;
  why.back() = '.';
  return "The server did not start:" + why;
}

std::int64_t loggedRanks(std::string_view log) {
  constexpr std::size_t kDigits = 4;
  std::int64_t most = 0;
  for (const std::string_view mark : {" TP", "_TP", "(VllmWorker rank="})
    for (std::size_t at = log.find(mark); at != log.npos; at = log.find(mark, at + mark.size())) {
      const std::string_view rest = log.substr(at + mark.size(), kDigits + 1);
      const std::size_t end = rest.find_first_not_of("0123456789");
      if (end == 0 || end == rest.npos || std::string_view(" ]_)").find(rest[end]) == std::string_view::npos) continue;
      const auto rank = numberAt(rest.substr(0, end));
      if (rank) most = std::max(most, static_cast<std::int64_t>(rank->value));
    }
  return most + 1;
}

// vllm/v1/core/kv_cache_utils.py, worker.py and executor_base.py (0.5 to 0.28); sglang/srt/managers/scheduler.py (0.4,
// 0.5), whose line goes on with a comma behind each number.
std::vector<LoggedSetting> loggedSettings(std::string_view log, Engine engine) {
  struct Line {
    Engine engine;
    std::string_view words, key;
    bool share = false;
  };
  constexpr Line kLines[] = {{Engine::vllm, " max seq len (", "context"},
                             {Engine::vllm, "Maximum concurrency for ", "context"},
                             {Engine::vllm, "gpu_memory_utilization (", "memory_utilization", true},
                             {Engine::vllm, "gpu_memory_utilization=", "memory_utilization", true},
                             {Engine::vllm, "The current --gpu-memory-utilization=", "memory_utilization", true},
                             {Engine::vllm, "desired GPU memory utilization (", "memory_utilization", true},
                             {Engine::vllm, "Desired GPU memory utilization is (", "memory_utilization", true},
                             // cpp/tensorrt_llm/batch_manager/trtGptModel.h (0.9 to 1.0)
                             {Engine::tensorrt_llm, "TRTGptModel maxBatchSize: ", "max_sequences"},
                             {Engine::tensorrt_llm, "TRTGptModel maxNumTokens: ", "prefill_tokens"},
                             {Engine::tensorrt_llm, "TRTGptModel maxSequenceLen: ", "context"},
                             {Engine::vllm, "enabled with max_num_batched_tokens=", "prefill_tokens"},
                             {Engine::sglang, "server_args.mem_fraction_static=", "memory_utilization", true},
                             {Engine::sglang, " context_len=", "context"},
                             {Engine::sglang, " max_running_requests=", "max_sequences"},
                             {Engine::sglang, " chunked_prefill_size=", "prefill_tokens"}};
  std::vector<LoggedSetting> out;
  for (const Line& line : kLines) {
    if (line.engine != engine || std::ranges::find(out, line.key, &LoggedSetting::key) != out.end()) continue;
    const std::size_t at = log.rfind(line.words);
    if (at == log.npos) continue;
    const auto n = numberAt(log.substr(at + line.words.size(), 64));
    const bool fits = n && (line.share ? n->value > 0 && n->value <= 1 : n->value >= 1 && n->value < 1e9);
    if (fits) out.push_back({line.key, n->value, !line.share});
  }
  return out;
}

}  // namespace headroom::logs
