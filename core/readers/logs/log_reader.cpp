#include "core/readers/logs/log_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/base/pickle.h"
#include "core/readers/logs/cut_log.h"
#include "core/readers/logs/log_lines.h"
#include "core/readers/logs/memory_snapshot.h"
#include "core/readers/logs/refused_start.h"

namespace headroom {
namespace {

using namespace logs;

constexpr std::size_t kMostBytes = std::size_t{64} << 20;
constexpr std::size_t kLongestLine = 8192;

constexpr std::string_view kVllmFigures[] = {"weights",  "activations", "runtime",
                                             "kv_cache", "kv_tokens",   "cuda_graphs"};
constexpr std::string_view kSglangFigures[] = {"weights", "kv_cache", "kv_tokens", "cuda_graphs"};
constexpr std::string_view kTensorRtFigures[] = {"weights", "activations", "kv_cache", "kv_tokens"};
constexpr std::string_view kLlamaFigures[] = {"weights", "kv_cache", "workspace"};

bool has(std::string_view text, std::string_view phrase) {
  return text.find(phrase) != text.npos;
}

// One start of one server, or one training run.
struct Start {
  struct Entry {
    Engine engine;
    LogFigure figure;
  };
  std::vector<Entry> entries;
  std::vector<LogFigure> breakdown, totals, forecast;
  std::string version;
  std::optional<double> blocks, blocksStep, perRequest, concurrency;
  std::size_t blocksLine = 0;
  std::vector<std::string> notes;
  std::optional<Engine> refused;  // whose words say so
  bool loaded = false;            // it came as far as its caches or its graph
  bool empty() const { return entries.empty() && breakdown.empty() && totals.empty() && forecast.empty() && !blocks; }
};

class Reader {
 public:
  void line(std::string_view whole, std::size_t number, bool ended) {
    ended_ = ended;
    // What a script's comments tell of a log is none.
    if (number == 1) script_ = whole.starts_with("#!");
    if (script_ && whole.starts_with('#')) return;
    const std::string plain = inOwnLetters(withoutColours(whole.substr(0, kLongestLine)));
    // A progress bar writes over its line; what stands between the returns are lines of their own.
    for (std::string_view rest = plain; !rest.empty();) {
      const std::size_t end = std::min(rest.find('\r'), rest.size());
      piece(rest.substr(0, end), number);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }

  LogReading finish() {
    if (starts_.size() > 1 && starts_.back().empty()) starts_.pop_back();
    const std::size_t skipped =
        static_cast<std::size_t>(std::ranges::count_if(starts_, [](const Start& s) { return !s.empty(); })) -
        (starts_.back().empty() ? 0 : 1);
    Start& start = starts_.back();
    LogReading out;
    if (skipped > 0) out.notes.push_back(fmt::format("The log holds {} starts; the last one is read.", skipped + 1));
    takeLlama(start);
    takeBlocks(start);
    const auto count = [&](Engine e) {
      return std::ranges::count_if(start.entries, [e](const Start::Entry& entry) { return entry.engine == e; });
    };
    out.engine = start.refused.value_or(Engine::vllm);
    for (Engine e : {Engine::sglang, Engine::llama_cpp, Engine::tensorrt_llm, Engine::mlx, Engine::pytorch})
      if (count(e) > count(out.engine)) out.engine = e;
    for (Start::Entry& entry : start.entries)
      if (entry.engine == out.engine) out.figures.push_back(std::move(entry.figure));
    mergeParts(out.figures);
    out.version = start.version.empty() ? version_ : start.version;
    out.date = date_;
    for (std::string& note : start.notes) out.notes.push_back(std::move(note));
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
    if (out.engine == Engine::tensorrt_llm) want(kTensorRtFigures);
    return out;
  }

  // Nothing but that no cache would fit is something too.
  bool empty() const {
    return std::ranges::all_of(starts_, [](const Start& s) { return s.empty() && s.notes.empty(); });
  }

 private:
  void piece(std::string_view text, std::size_t number) {
    beginning(text);
    for (const Pattern& p : kPatterns) matchPattern(text, number, p);
    if (has(text, "Graph capturing finished")) add(text, text.find(", took ") + 7, number, Engine::vllm, "cuda_graphs");
    takeLlamaLine(llamaLine(text, number));
    matchBlocks(text, number);
    matchRefusal(text);
    matchProfile(text, number);
    matchSmi(text, number);
    matchComponents(text, number);
    matchShare(text, number);
    matchTrainer(text, number);
    matchVersion(text);
    if (date_.empty()) date_ = dateIn(text);
  }

  Start& now() { return starts_.back(); }

  // A line that begins a start, where the one before came as far as its caches: what several ranks or the two loads
  // of one start print is none.
  void beginning(std::string_view text) {
    constexpr std::string_view kBeginnings[] = {"vLLM API server version",
                                                "Initializing a V1 LLM engine",
                                                "Initializing an LLM engine",
                                                "server_args=ServerArgs(",
                                                "main: build",
                                                "build: ",
                                                "load_model: loading model '",
                                                "starting llama server",
                                                "starting go runner",
                                                "starting runner"};
    const bool dataParallel = has(text, "EngineCore_DP") && !has(text, "EngineCore_DP0");
    if (now().loaded && !dataParallel && std::ranges::any_of(kBeginnings, [text](auto b) { return has(text, b); }))
      starts_.emplace_back();
    // Excerpts of several starts, without the lines that begin one: weights are loaded before there is a cache.
    // Workers' lines may come late.
    if (has(text, "Model loading took") && !dataParallel && !has(text, "Worker") && tokens_ == starts_.size())
      starts_.emplace_back();
    if (has(text, "loading draft model '")) draft_ = true;
    if (has(text, "load_model: loading model '")) draft_ = false;
    // llama.cpp loads once without memory to see what fits; that is no load.
    if (has(text, "successfully fit params") || has(text, "fitting params to free memory took")) {
      std::erase_if(now().entries, [](const Start::Entry& e) { return e.engine == Engine::llama_cpp; });
      now().breakdown.clear(), now().totals.clear();
    }
  }

  void push(Engine engine, LogFigure figure) {
    // TensorRT-LLM makes its pool twice: for the dry run, and then for good.
    if (engine == Engine::tensorrt_llm && figure.name.starts_with("kv_"))
      std::erase_if(now().entries, [&](const Start::Entry& e) {
        return e.engine == engine && e.figure.name == figure.name && e.figure.line != figure.line;
      });
    if (figure.name == "kv_tokens" || figure.name == "workspace" || figure.name == "cuda_graphs") now().loaded = true;
    if (figure.name == "kv_tokens" && engine == Engine::vllm) tokens_ = starts_.size();
    figure.draft = draft_ && engine == Engine::llama_cpp;
    now().entries.push_back({engine, std::move(figure)});
  }

  void add(std::string_view text, std::size_t at, std::size_t number, Engine engine, std::string_view figure,
           double otherwise = 0, bool decimal = false) {
    if (at >= text.size()) return;
    const std::optional<Number> n = numberAt(text.substr(at));
    if (!n) return;
    std::optional<double> unit = unitOf(n->rest);
    // A number that the text's end cuts off may go on behind it.
    if (!unit && otherwise > 0 && (ended_ || !n->rest.empty())) unit = otherwise;
    if (unit && decimal) unit = 1e9;
    // Nothing was left for a cache, which is no size of one.
    if (unit && n->value < 0 && figure == "kv_cache")
      return note("The server did not start: weights, activations and graphs leave nothing of its share for a cache.");
    if (unit) push(engine, {std::string(figure), {}, n->value * *unit, n->step * *unit, number});
  }

  // Every place of the phrase: ranks write into one line.
  void matchPattern(std::string_view text, std::size_t number, const Pattern& p) {
    for (std::size_t at = text.find(p.phrase); at != text.npos; at = text.find(p.phrase, at + p.phrase.size())) {
      std::string_view figure = p.figure;
      if (p.phrase == "mem usage=") {
        if (has(text, "cuda graph end") || has(text, "graph end."))
          figure = "cuda_graphs";
        else if (!has(text, "Load weight end"))
          return;
      }
      if (p.phrase == "V size: " && at > 0 && text[at - 1] == 'K') continue;  // "KV size: "
      // kvcached's addresses, behind which no memory stands yet.
      if (p.engine == Engine::sglang && has(text, "VirtualKV")) return;
      if (p.phrase.starts_with("memory in use. Of") && !has(text, "this process has") &&
          text.find("Process ") != text.rfind("Process ") && at > 0 && !isOwnProcess(text, at))
        continue;
      if (p.count || p.before) {
        const std::optional<Number> n =
            p.before ? numberBefore(text.substr(0, at)) : numberAt(text.substr(at + p.phrase.size()));
        if (!n || (p.count && n->value < 0)) continue;
        const std::optional<double> unit = p.count ? std::optional<double>(1.0) : unitOf(n->rest);
        if (unit) push(p.engine, {std::string(figure), {}, n->value * *unit, n->step * *unit, number});
        continue;
      }
      add(text, at + p.phrase.size(), number, p.engine, figure, p.unit, p.decimal);
    }
  }

  // The V0 engine printed blocks, "# GPU blocks: 7445, # CPU blocks: 2048", of 16 tokens unless the log says otherwise.
  void matchBlocks(std::string_view text, std::size_t number) {
    for (std::string_view phrase : {"# GPU blocks: ", "# cuda blocks: "}) {
      const std::size_t at = text.find(phrase);
      if (at == text.npos) continue;
      if (const std::optional<Number> n = numberAt(text.substr(at + phrase.size())))
        now().blocks = std::min(n->value, now().blocks.value_or(n->value)), now().blocksLine = number;
    }
    constexpr std::string_view kConcurrency = "Maximum concurrency for ";
    if (const std::size_t at = text.find(kConcurrency); at != text.npos)
      if (const auto tokens = numberAt(text.substr(at + kConcurrency.size())))
        if (const std::size_t colon = tokens->rest.find("request: "); colon != tokens->rest.npos)
          if (const auto times = numberAt(tokens->rest.substr(colon + 9)))
            now().perRequest = tokens->value, now().concurrency = times->value;
  }

  void takeBlocks(Start& start) {
    if (!start.blocks) return;
    double tokens = 16;
    if (start.perRequest && *start.blocks > 0)
      for (const double size : {1.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0})
        if (std::abs(*start.perRequest * *start.concurrency - *start.blocks * size) <=
            0.02 * *start.blocks * size + *start.perRequest * 0.006)
          tokens = size;
    start.entries.push_back({Engine::vllm, {"kv_tokens", {}, *start.blocks * tokens, tokens, start.blocksLine}});
  }

  void note(std::string text) {
    std::vector<std::string>& notes = now().notes;
    if (std::ranges::find(notes, text) == notes.end()) notes.push_back(std::move(text));
  }

  void matchRefusal(std::string_view text) {
    if (std::optional<std::string> why = refusedStart(text)) note(std::move(*why));
    if ((has(text, "Malloc failed") && has(text, ": allocating ")) || has(text, "device memory vs.") ||
        has(text, "alloc_tensor_range: failed"))
      now().refused = Engine::llama_cpp;
    // sglang/srt/model_executor/model_runner.py (0.1 to 0.5)
    if (!has(text, "Not enough memory. Please try to increase --mem-fraction-static")) return;
    note("The server did not start: its share holds the weights and no cache.");
    now().refused = Engine::sglang;
  }

  // vLLM 0.6.3's one line of it all, whose peak holds the weights too (vllm/worker/worker.py).
  void matchProfile(std::string_view text, std::size_t number) {
    constexpr std::string_view kPeak = "peak_torch_memory=";
    const std::size_t at = text.find(kPeak);
    if (at == text.npos || !has(text, "Memory profiling results:")) return;
    const std::optional<Number> peak = numberAt(text.substr(at + kPeak.size()));
    const auto weights =
        std::ranges::find(now().entries, "weights", [](const Start::Entry& e) { return e.figure.name; });
    if (!peak || weights == now().entries.end()) return;
    constexpr auto kGi = static_cast<double>(kGiB);
    if (const double left = peak->value * kGi - weights->figure.value; left > 0)
      push(Engine::vllm, {"activations", {}, left, peak->step * kGi, number});
  }

  // nvidia-smi's table: "|  30%   45C    P2   120W / 350W |  22134MiB / 24576MiB |".
  void matchSmi(std::string_view text, std::size_t number) {
    const std::size_t at = text.find("MiB / ");
    // A slice's second row is of what the bus maps: "|                  |      4MiB / 32767MiB |".
    const std::size_t cell = text.starts_with('|') ? text.find_first_not_of(' ', 1) : text.npos;
    if (at == text.npos || cell == text.npos || text[cell] == '|') return;
    if (const auto n = numberBefore(text.substr(0, at)))
      push(Engine::pytorch, {"device", {}, n->value * static_cast<double>(kMiB), static_cast<double>(kMiB), number});
  }

  // What was free before and after each part of TensorRT-LLM's PyTorch backend, where one of them found no room
  // (tensorrt_llm/_torch/pyexecutor/py_executor_creator.py, 1.0): "Model: 139.55 / 110.70", in GiB.
  void matchComponents(std::string_view text, std::size_t number) {
    if (has(text, "free GPU memory before/after creation (GiB)")) return void(components_ = true);
    constexpr std::string_view kModel = "Model: ";
    if (!components_ || !text.starts_with(kModel)) return;
    const auto before = numberAt(text.substr(kModel.size()));
    if (!before || !before->rest.starts_with(" / ")) return;
    const auto after = numberAt(before->rest.substr(3));
    constexpr auto kGi = static_cast<double>(kGiB);
    if (after && after->value < before->value)
      push(Engine::tensorrt_llm,
           {"weights", {}, (before->value - after->value) * kGi, (before->step + after->step) * kGi, number});
  }

  // torchtitan's steps, of what is reserved (components/metrics.py): "memory: 47.12GiB(49.58%)".
  void matchShare(std::string_view text, std::size_t number) {
    constexpr std::string_view kMemory = " memory: ";
    const std::size_t at = text.find(kMemory);
    if (at == text.npos) return;
    const std::optional<Number> n = numberAt(text.substr(at + kMemory.size()));
    if (n && n->rest.starts_with("GiB("))
      push(Engine::pytorch,
           {"reserved", {}, n->value * static_cast<double>(kGiB), n->step * static_cast<double>(kGiB), number});
  }

  // Transformers' Trainer without skip_memory_metrics (trainer_utils.py, TrainerMemoryTracker): what was there before
  // it, what the start and the training left, and the peak above that; MB of the table are 2^20 bytes.
  void matchTrainer(std::string_view text, std::size_t number) {
    constexpr std::pair<std::string_view, bool> kParts[] = {{"before_init_mem_gpu", false},
                                                            {"init_mem_gpu_alloc_delta", false},
                                                            {"train_mem_gpu_alloc_delta", false},
                                                            {"train_mem_gpu_peaked_delta", true}};
    for (const auto& [name, last] : kParts) {
      const std::size_t at = text.find(name);
      if (at == text.npos) continue;
      const std::optional<Number> n = numberAt(text.substr(at + name.size()));
      if (!n) continue;
      const double unit = unitOf(n->rest).value_or(1);
      if (!trainer_.insert_or_assign(std::string(name), std::pair(n->value * unit, unit)).second && !last) continue;
      if (!last || !trainer_.contains("init_mem_gpu_alloc_delta")) continue;
      LogFigure sum{"allocated", {}, 0, 0, number};
      for (const auto& [part, bytes] : trainer_) sum.value += bytes.first, sum.step += bytes.second;
      push(Engine::pytorch, std::move(sum));
    }
  }

  void takeLlamaLine(LlamaLine line) {
    for (LogFigure& f : line.buffers) push(Engine::llama_cpp, std::move(f));
    if (!line.breakdown.empty()) {
      // A device's line begins its table anew where it stands in it already.
      if (std::ranges::any_of(now().breakdown,
                              [&](const LogFigure& f) { return f.device == line.breakdown.front().device; }))
        now().breakdown.clear();
      for (LogFigure& f : line.breakdown) now().breakdown.push_back(std::move(f));
    }
    for (LogFigure& f : line.totals) now().totals.push_back(std::move(f));
    for (LogFigure& f : line.forecast) now().forecast.push_back(std::move(f));
  }

  static void takeCut(Start& start) {
    std::vector<LogFigure> own;
    for (const Start::Entry& e : start.entries)
      if (e.engine == Engine::llama_cpp) own.push_back(e.figure);
    if (!mendCut(own, start.totals, start.notes)) return;
    std::erase_if(start.entries, [](const Start::Entry& e) { return e.engine == Engine::llama_cpp; });
    for (LogFigure& f : own) start.entries.push_back({Engine::llama_cpp, std::move(f)});
  }

  // What a log says twice counts once: buffers device by device, else the table at its end, else totals, else what
  // Ollama expected. A "Meta" device holds one device's share of several, so there the total counts.
  static void takeLlama(Start& start) {
    const auto name = [](const LogFigure& f) {
      return std::string_view(f.name).substr(f.name.starts_with("host.") ? 5 : 0);
    };
    const auto known = [&](std::string_view figure) {
      return std::ranges::any_of(start.entries, [&](const Start::Entry& e) {
        return e.engine == Engine::llama_cpp && name(e.figure) == figure;
      });
    };
    const auto addMissing = [&](const std::vector<LogFigure>& figures) {
      std::vector<LogFigure> missing;
      for (const LogFigure& f : figures)
        if (!known(name(f))) missing.push_back(f);
      for (LogFigure& f : missing) start.entries.push_back({Engine::llama_cpp, std::move(f)});
    };
    for (const LogFigure& total : start.totals)
      std::erase_if(start.entries, [&](const Start::Entry& e) {
        return e.figure.device.starts_with("Meta") && name(e.figure) == total.name;
      });
    takeCut(start);
    addMissing(start.breakdown);
    addMissing(start.totals);
    addMissing(start.forecast);
  }

  void matchVersion(std::string_view text) {
    std::string& version = now().version;
    if (!version.empty()) return;
    for (std::string_view phrase :
         {"vLLM API server version ", "LLM engine (v", "vLLM version ", "build: ", "\u2588  version "}) {
      const std::size_t at = text.find(phrase);
      if (at == text.npos) continue;
      const std::string_view rest = text.substr(at + phrase.size());
      // "build: vLLM 0.26.1" of somebody's notes.
      if (rest.find_first_of("0123456789") > 1) continue;
      version = rest.substr(0, std::min(rest.find_first_of(" ),\r"), std::size_t{40}));
      version_ = version;
      return;
    }
  }

  // K and V, convolution and recurrent states stand apart in SGLang's lines; what torch reserves beyond what it
  // allocates in its message.
  static void mergeParts(std::vector<LogFigure>& figures) {
    std::vector<LogFigure> merged;
    for (LogFigure& f : figures) {
      if (f.name == "reserved.training") continue;  // less what was reserved before
      const std::size_t dot = f.name.find('.');
      const bool part = dot != f.name.npos && !f.name.starts_with("host.");
      if (part) f.name.resize(dot);
      if (part && f.name == "reserved" && !merged.empty() && merged.back().name == "allocated" &&
          merged.back().line == f.line) {
        f.value += merged.back().value;
        merged.push_back(std::move(f));
      } else if (part && !merged.empty() && merged.back().name == f.name && merged.back().line == f.line) {
        merged.back().value += f.value, merged.back().step += f.step;
      } else {
        merged.push_back(std::move(f));
      }
    }
    // Of a message that lists processes the last one listed may be another.
    std::erase_if(merged, [&](const LogFigure& device) {
      return device.name == "device" && std::ranges::any_of(merged, [&](const LogFigure& f) {
               return f.name == "allocated" && f.line == device.line && f.value > device.value;
             });
    });
    figures = std::move(merged);
  }

  std::vector<Start> starts_ = std::vector<Start>(1);
  std::string version_, date_;
  std::map<std::string, std::pair<double, double>, std::less<>> trainer_;  // bytes and step of a part
  std::size_t tokens_ = 0;  // starts, at the last line of a cache's tokens
  bool draft_ = false;
  bool ended_ = false;       // the line has its end
  bool script_ = false;      // the text is one
  bool components_ = false;  // a table of TensorRT-LLM's parts has begun
};

}  // namespace

Result<LogReading> readLog(std::string_view text, std::string_view where) {
  if (Pickle::begins(text)) return readSnapshot(text, where);
  if (text.size() > kMostBytes)
    return fail(ErrorCode::value, "A log of more than 64 MiB is not read.", std::string(where));
  Reader reader;
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    reader.line(text.substr(0, end), ++number, end < text.size());
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (reader.empty())
    return fail(ErrorCode::value,
                "No memory line of vLLM (\"Model loading took …\"), SGLang (\"Load weight end …\"), llama.cpp (\"… "
                "buffer size = …\"), TensorRT-LLM (\"… for max tokens in paged KV cache …\") or a training run (\"… is "
                "allocated by PyTorch\") was found.",
                std::string(where));
  return reader.finish();
}

}  // namespace headroom
