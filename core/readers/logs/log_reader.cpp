#include "core/readers/logs/log_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace headroom {
namespace {

constexpr std::size_t kMostBytes = std::size_t{64} << 20;
constexpr std::size_t kLongestLine = 8192;

// What stands in a line: a number right after the phrase, or right before it.
struct Pattern {
  Engine engine;
  std::string_view phrase;
  std::string_view figure;
  bool before = false;
  bool count = false;  // tokens, not bytes
};
// vllm/v1/worker/gpu_worker.py, gpu_model_runner.py and worker/worker.py (0.6-0.25); sglang model_runner.py,
// memory_pool.py (0.4-0.5).
constexpr Pattern kPatterns[] = {
    {Engine::vllm, "Model loading took ", "weights"},
    {Engine::vllm, "Loading model weights took ", "weights"},
    {Engine::vllm, "model weights take ", "weights"},
    {Engine::vllm, "for weight,", "weights", true},
    {Engine::vllm, "PyTorch activation peak memory takes ", "activations"},
    {Engine::vllm, "for peak activation", "activations", true},
    {Engine::vllm, "non_torch_memory takes ", "runtime"},
    {Engine::vllm, "for non-torch memory", "runtime", true},
    {Engine::vllm, "memory reserved for KV Cache is ", "kv_cache"},
    {Engine::vllm, "Available KV cache memory: ", "kv_cache"},
    {Engine::vllm, "GPU KV cache size: ", "kv_tokens", false, true},
    {Engine::vllm, "for CUDAGraph memory", "cuda_graphs", true},
    {Engine::sglang, "mem usage=", "weights"},  // of the "Load weight end" line; graphs below
    {Engine::sglang, "KV size: ", "kv_cache"},
    {Engine::sglang, "K size: ", "kv_cache.k"},
    {Engine::sglang, "V size: ", "kv_cache.v"},
    {Engine::sglang, "#tokens: ", "kv_tokens", false, true},
    {Engine::sglang, "conv_state size: ", "state_cache.conv"},
    {Engine::sglang, "ssm_state size: ", "state_cache.ssm"},
};

// "llama_context: CUDA0 compute buffer size = 258.50 MiB" (llama.cpp of 2023-2026).
struct Buffer {
  std::string_view phrase, figure;
};
constexpr Buffer kBuffers[] = {{"model buffer size", "weights"},
                               {"KV buffer size", "kv_cache"},
                               {"RS buffer size", "state_cache"},
                               {"compute buffer size", "workspace"},
                               {"output buffer size", "output"}};

constexpr std::string_view kVllmFigures[] = {"weights",  "activations", "runtime",
                                             "kv_cache", "kv_tokens",   "cuda_graphs"};
constexpr std::string_view kSglangFigures[] = {"weights", "kv_cache", "kv_tokens", "cuda_graphs"};
constexpr std::string_view kLlamaFigures[] = {"weights", "kv_cache", "workspace"};

struct Number {
  double value = 0, step = 1;
  std::string_view rest;  // what follows
};

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

// "1,391,552", "14.9888", "-0.17" at the start of the text, spaces skipped.
std::optional<Number> numberAt(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
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

// The number (and unit) whose text ends where the phrase begins: "4.76 GiB for peak activation".
std::optional<Number> numberBefore(std::string_view text) {
  std::size_t start = text.size();
  int words = 0;
  for (; start > 0; --start) {
    const char c = text[start - 1];
    if (isDigit(c)) break;
    if (++words > 8) return std::nullopt;
  }
  while (start > 0 &&
         (isDigit(text[start - 1]) || text[start - 1] == '.' || text[start - 1] == ',' || text[start - 1] == '-'))
    --start;
  return numberAt(text.substr(start));
}

// Bytes of the unit that follows a number; nothing where none does.
std::optional<double> unitOf(std::string_view rest) {
  while (rest.starts_with(' ')) rest.remove_prefix(1);
  if (rest.starts_with("GiB") || rest.starts_with("GB")) return static_cast<double>(kGiB);
  if (rest.starts_with("MiB") || rest.starts_with("MB")) return static_cast<double>(kMiB);
  return std::nullopt;
}

class Reader {
 public:
  void line(std::string_view text, std::size_t number) {
    text = text.substr(0, kLongestLine);
    for (const Pattern& p : kPatterns) matchPattern(text, number, p);
    if (text.find("Graph capturing finished") != text.npos)
      add(text, text.find(", took ") + 7, number, Engine::vllm, "cuda_graphs");
    matchBuffer(text, number);
    matchBlocks(text, number);
    matchVersion(text);
    matchDate(text);
  }

  LogReading finish() {
    const auto count = [this](Engine e) { return std::ranges::count(engines_, e); };
    LogReading out;
    out.engine = Engine::vllm;
    for (Engine e : {Engine::sglang, Engine::llama_cpp})
      if (count(e) > count(out.engine)) out.engine = e;
    for (std::size_t i = 0; i < figures_.size(); ++i)
      if (engines_[i] == out.engine) out.figures.push_back(figures_[i]);
    mergeParts(out.figures);
    out.version = version_;
    out.date = date_;
    const auto want = [&](auto&& names) {
      for (std::string_view name : names)
        if (std::ranges::none_of(out.figures, [name](const LogFigure& f) {
              return f.name == name || f.name == "host." + std::string(name);
            }))
          out.missing.emplace_back(name);
    };
    if (out.engine == Engine::vllm) want(kVllmFigures);
    if (out.engine == Engine::sglang) want(kSglangFigures);
    if (out.engine == Engine::llama_cpp) want(kLlamaFigures);
    return out;
  }

  bool empty() const { return figures_.empty(); }

 private:
  void push(Engine engine, LogFigure figure) {
    engines_.push_back(engine);
    figures_.push_back(std::move(figure));
  }

  void add(std::string_view text, std::size_t at, std::size_t number, Engine engine, std::string_view figure) {
    if (at >= text.size()) return;
    const std::optional<Number> n = numberAt(text.substr(at));
    if (!n) return;
    if (const std::optional<double> unit = unitOf(n->rest))
      push(engine, {std::string(figure), {}, n->value * *unit, n->step * *unit, number});
  }

  void matchPattern(std::string_view text, std::size_t number, const Pattern& p) {
    const std::size_t at = text.find(p.phrase);
    if (at == text.npos) return;
    std::string_view figure = p.figure;
    if (p.phrase == "mem usage=") {
      if (text.find("Capture cuda graph end") != text.npos)
        figure = "cuda_graphs";
      else if (text.find("Load weight end") == text.npos)
        return;
    }
    if (p.phrase == "V size: " && at > 0 && text[at - 1] == 'K') return;  // "KV size: "
    if (p.count || p.before) {
      const std::optional<Number> n =
          p.before ? numberBefore(text.substr(0, at)) : numberAt(text.substr(at + p.phrase.size()));
      if (!n || (p.count && n->value < 0)) return;
      const std::optional<double> unit = p.count ? std::optional<double>(1.0) : unitOf(n->rest);
      if (unit) push(p.engine, {std::string(figure), {}, n->value * *unit, n->step * *unit, number});
      return;
    }
    add(text, at + p.phrase.size(), number, p.engine, figure);
  }

  // The V0 engine printed blocks of 16 tokens: "# GPU blocks: 7445, # CPU blocks: 2048".
  void matchBlocks(std::string_view text, std::size_t number) {
    for (std::string_view phrase : {"# GPU blocks: ", "# cuda blocks: "}) {
      const std::size_t at = text.find(phrase);
      if (at == text.npos) continue;
      if (const std::optional<Number> n = numberAt(text.substr(at + phrase.size())))
        push(Engine::vllm, {"kv_tokens", {}, n->value * 16, 16, number});
    }
  }

  void matchBuffer(std::string_view text, std::size_t number) {
    for (const Buffer& b : kBuffers) {
      const std::size_t at = text.find(b.phrase);
      if (at == text.npos || at == 0) continue;
      std::string_view device = text.substr(0, at);
      while (device.ends_with(' ')) device.remove_suffix(1);
      if (const std::size_t space = device.find_last_of(" :"); space != device.npos) device.remove_prefix(space + 1);
      const std::size_t equals = text.find('=', at);
      if (device.empty() || equals == text.npos) continue;
      const std::optional<Number> n = numberAt(text.substr(equals + 1));
      const std::optional<double> unit = n ? unitOf(n->rest) : std::nullopt;
      if (!unit) continue;
      const bool host = device.starts_with("CPU") || device.ends_with("_Host") || device == "BLAS";
      push(Engine::llama_cpp, {(host ? "host." : "") + std::string(b.figure), std::string(device), n->value * *unit,
                               n->step * *unit, number});
    }
  }

  void matchVersion(std::string_view text) {
    if (!version_.empty()) return;
    for (std::string_view phrase : {"vLLM API server version ", "LLM engine (v", "vLLM version ", "build: "}) {
      const std::size_t at = text.find(phrase);
      if (at == text.npos) continue;
      const std::string_view rest = text.substr(at + phrase.size());
      version_ = rest.substr(0, std::min(rest.find_first_of(" ),\r"), std::size_t{40}));
      return;
    }
  }

  // "[2025-05-01 10:00:00]" or, of vLLM, "INFO 10-01 12:00:01".
  void matchDate(std::string_view text) {
    if (!date_.empty()) return;
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
          return void(date_ = shape[0] == 'd' ? start.substr(at, 10) : start.substr(at + 1, 5));
  }

  // K and V, convolution and recurrent states stand apart in SGLang's lines.
  static void mergeParts(std::vector<LogFigure>& figures) {
    std::vector<LogFigure> merged;
    for (LogFigure& f : figures) {
      const std::size_t dot = f.name.find('.');
      const bool part = dot != f.name.npos && !f.name.starts_with("host.");
      if (part) f.name.resize(dot);
      if (part && !merged.empty() && merged.back().name == f.name && merged.back().line == f.line)
        merged.back().value += f.value, merged.back().step += f.step;
      else
        merged.push_back(std::move(f));
    }
    figures = std::move(merged);
  }

  std::vector<LogFigure> figures_;
  std::vector<Engine> engines_;
  std::string version_, date_;
};

}  // namespace

std::vector<MeasuredFigure> LogReading::summary() const {
  std::vector<MeasuredFigure> out;
  for (const LogFigure& f : figures) {
    const auto found = std::ranges::find(out, f.name, &MeasuredFigure::name);
    if (found == out.end())
      out.push_back(
          {f.name, f.value, f.step, 'B', engine == Engine::llama_cpp ? FigureScope::sum : FigureScope::heaviest});
    else if (engine == Engine::llama_cpp)
      found->value += f.value;
    else if (f.name == "kv_tokens" || f.name == "kv_cache")
      found->value = std::min(found->value, f.value);  // the poorest rank sets the pool
    else
      found->value = std::max(found->value, f.value);
  }
  return out;
}

Result<LogReading> readLog(std::string_view text, std::string_view where) {
  if (text.size() > kMostBytes)
    return fail(ErrorCode::value, "A log of more than 64 MiB is not read.", std::string(where));
  Reader reader;
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    reader.line(text.substr(0, end), ++number);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (reader.empty())
    return fail(ErrorCode::value,
                "No memory line of vLLM (\"Model loading took …\"), SGLang (\"Load weight end …\") or llama.cpp (\"… "
                "buffer size = …\") was found.",
                std::string(where));
  return reader.finish();
}

}  // namespace headroom
