#include "core/readers/logs/refused_start.h"

#include <fmt/format.h>

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
  if (line.find("No available memory for the cache blocks") != line.npos)
    why += " weights, activations and graphs leave nothing of its share for a cache;";
  if (why.empty()) return std::nullopt;
  why.back() = '.';
  return "The server did not start:" + why;
}

std::optional<std::int64_t> refusedLength(std::string_view log) {
  constexpr std::string_view kAsked = "model's max seq len (";
  const std::size_t at = log.rfind(kAsked);
  if (at == log.npos) return std::nullopt;
  const auto n = numberAt(log.substr(at + kAsked.size(), 64));
  return n && n->value >= 1 && n->value < 1e9 ? std::optional(static_cast<std::int64_t>(n->value)) : std::nullopt;
}

}  // namespace headroom::logs
