// llama.cpp's lines of 2023-2026 (src/llama-model.cpp, llama-context.cpp, llama-kv-cache.cpp,
// llama-memory-recurrent.cpp, tools and common/; before 2024-10 llama.cpp itself), ik_llama.cpp's, and Ollama's
// (ml/device.go, llm/server.go, llm/memory.go).
#include <algorithm>

#include "core/readers/logs/log_lines.h"

namespace headroom::logs {
namespace {

struct Buffer {
  std::string_view phrase, figure;
};
constexpr Buffer kBuffers[] = {{"model buffer size", "weights"},  {"KV buffer size", "kv_cache"},
                               {"RS buffer size", "state_cache"}, {"compute buffer size", "workspace"},
                               {"output buffer size", "output"},  {"LoRA buffer size", "adapters"}};
// Totals of all devices, as older builds print them and newer ones beside the devices' own.
constexpr Buffer kTotals[] = {{"KV self size", "kv_cache"},
                              {"kv self size", "kv_cache"},
                              {"llama_kv_cache: size", "kv_cache"},
                              {"llama_kv_cache_unified: size", "kv_cache"},
                              {"llama_memory_recurrent: size", "state_cache"},
                              {"compute buffer total size", "workspace"},
                              {"total VRAM used", "device"}};
constexpr Buffer kOllama[] = {
    {"msg=\"model weights\"", "weights"}, {"msg=\"kv cache\"", "kv_cache"}, {"msg=\"compute graph\"", "workspace"}};
constexpr Buffer kForecast[] = {
    {"memory.weights.total=", "weights"}, {"memory.required.kv=", "kv_cache"}, {"memory.graph.full=", "workspace"}};

bool onHost(std::string_view device) {
  return device.starts_with("CPU") || device.ends_with("_Host") || device == "BLAS" || device == "Host";
}

LogFigure figureOf(std::string_view name, std::string_view device, double bytes, double step, std::size_t line) {
  return {(onHost(device) ? "host." : "") + std::string(name), std::string(device), bytes, step, line};
}

// "llama_context: CUDA0 compute buffer size = 258.50 MiB"; of 2024 "llm_load_tensors: CUDA0 buffer size = …".
void buffers(std::string_view text, std::size_t number, std::vector<LogFigure>& out) {
  const bool loading = text.find("load_tensors:") != text.npos;
  const auto match = [&](std::string_view phrase, std::string_view figure) {
    const std::size_t at = text.find(phrase);
    if (at == text.npos || at == 0) return false;
    std::string_view device = text.substr(0, at);
    while (device.ends_with(' ')) device.remove_suffix(1);
    if (const std::size_t space = device.find_last_of(" :"); space != device.npos) device.remove_prefix(space + 1);
    const std::size_t equals = text.find('=', at);
    if (device.empty() || equals == text.npos) return false;
    const auto n = numberAt(text.substr(equals + 1));
    const auto unit = n ? unitOf(n->rest) : std::nullopt;
    if (!unit) return false;
    out.push_back(figureOf(figure, device, n->value * *unit, n->step * *unit, number));
    return true;
  };
  for (const Buffer& b : kBuffers)
    if (match(b.phrase, b.figure)) return;
  if (loading) (void)match("buffer size", "weights");
}

// "|   - CUDA0 (RTX 4090) | 24080 = 16500 + ( 7063 =  4455 +    2304 +     304) + 517 |", in MiB: total, free, and
// what the process holds as model, context and compute.
void breakdown(std::string_view text, std::size_t number, std::vector<LogFigure>& out) {
  const std::size_t mark = text.find("memory_breakdown_print: |");
  std::size_t dash = text.find("  - ", mark == text.npos ? text.npos : mark);
  if (mark == text.npos || dash == text.npos) return;
  std::string_view device = text.substr(dash + 4);
  const std::size_t bar = device.find('|');
  if (bar == device.npos) return;
  std::string_view sums = device.substr(bar + 1);
  device = device.substr(0, device.find_first_of(" ("));
  if (const std::size_t open = sums.find('('); open != sums.npos) sums.remove_prefix(open + 1);
  const std::size_t equals = sums.find('=');
  if (equals == sums.npos) return;
  sums.remove_prefix(equals + 1);
  for (const std::string_view name : {"weights", "kv_cache", "workspace"}) {
    const auto n = numberAt(sums);
    if (!n) return;
    out.push_back(figureOf(name, device, n->value * static_cast<double>(kMiB), static_cast<double>(kMiB), number));
    const std::size_t plus = n->rest.find('+');
    if (plus == n->rest.npos) return;
    sums = n->rest.substr(plus + 1);
  }
}

std::string_view valueOf(std::string_view text, std::string_view key) {
  const std::size_t at = text.find(key);
  if (at == text.npos) return {};
  std::string_view value = text.substr(at + key.size());
  if (value.starts_with('"')) return value = value.substr(1), value.substr(0, value.find('"'));
  return value.substr(0, value.find(' '));
}

void ofOllama(std::string_view text, std::size_t number, LlamaLine& out) {
  for (const Buffer& b : kOllama) {
    if (text.find(b.phrase) == text.npos) continue;
    const std::string_view size = valueOf(text, "size=");
    std::string_view device;  // "buffer=" and "buffer_type=" of ml/backend/ggml/ggml.go (0.5 to 0.11)
    for (const std::string_view key : {" device=", " buffer=", " buffer_type="})
      if (device.empty()) device = valueOf(text, key);
    const auto n = numberAt(size);
    const auto unit = n ? unitOf(n->rest) : std::nullopt;
    if (unit) out.buffers.push_back(figureOf(b.figure, device, n->value * *unit, n->step * *unit, number));
  }
  for (const Buffer& b : kForecast) {
    const auto n = numberAt(valueOf(text, b.phrase));
    const auto unit = n ? unitOf(n->rest) : std::nullopt;
    const std::string figure = (valueOf(text, "library=") == "cpu" ? "host." : "") + std::string(b.figure);
    if (unit) out.forecast.push_back({figure, {}, n->value * *unit, n->step * *unit, number});
  }
}

}  // namespace

LlamaLine llamaLine(std::string_view text, std::size_t number) {
  LlamaLine out;
  if (text.find("buffer size") != text.npos) buffers(text, number, out.buffers);
  breakdown(text, number, out.breakdown);
  for (const Buffer& t : kTotals) {
    const std::size_t at = text.find(t.phrase), equals = at == text.npos ? text.npos : text.find('=', at);
    if (equals == text.npos) continue;
    const auto n = numberAt(text.substr(equals + 1));
    const auto unit = n ? unitOf(n->rest) : std::nullopt;
    if (unit) out.totals.push_back({std::string(t.figure), {}, n->value * *unit, n->step * *unit, number});
  }
  ofOllama(text, number, out);
  return out;
}

}  // namespace headroom::logs
