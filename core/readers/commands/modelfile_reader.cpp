// Ollama's Modelfile and environment (https://github.com/ollama/ollama/blob/main/docs/modelfile.md,
// envconfig/config.go).
#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/base/json_text.h"
#include "core/numerics/weight_format.h"
#include "core/readers/commands/launch_command.h"

namespace headroom {
namespace {

using nlohmann::ordered_json;
constexpr std::size_t kLongest = 65536;

// A parameter or variable, and the scenario's key for it (a JSON pointer); empty: known, and nothing to memory.
struct Parameter {
  std::string_view name, pointer;
};
// Without a batch of its own llama.cpp's micro-batch is Ollama's batch (runner/llamarunner/runner.go: NumUBatch).
constexpr Parameter kParameters[] = {{"num_ctx", "/context"},
                                     {"num_batch", "/prefill_tokens"},
                                     {"num_gpu", "/offload/gpu_layers"},
                                     {"OLLAMA_CONTEXT_LENGTH", "/context"},
                                     {"OLLAMA_NUM_PARALLEL", "/batch"},
                                     {"OLLAMA_KV_CACHE_TYPE", "/precision/kv_cache"},
                                     {"OLLAMA_FLASH_ATTENTION", "/attention"}};

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '"'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

// The first word, taken off the text.
std::string_view nextWord(std::string_view& text) {
  text = trimmed(text);
  const std::size_t end = std::min(text.find_first_of(" \t="), text.size());
  const std::string_view word = text.substr(0, end);
  text = trimmed(text.substr(std::min(end + 1, text.size())));
  return word;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

class ModelfileReader {
 public:
  ModelfileReader() { out_["headroom"] = 1, out_["engine"] = std::string(nameOf(Engine::llama_cpp)); }

  Result<void> line(std::string_view text) {
    const std::string_view whole = trimmed(text);
    if (whole.empty() || whole.starts_with('#')) return {};
    std::string_view rest = whole;
    const std::string first(nextWord(rest));
    const std::string word = lower(first);
    if (word == "from") return from(rest);
    if (word == "parameter") {
      const std::string_view name = nextWord(rest);
      return take(name, rest, whole);
    }
    if (word == "export" || word == "/set") {  // /set parameter num_ctx 8192, of the prompt
      std::string_view name = nextWord(rest);
      if (name == "parameter") name = nextWord(rest);
      return take(name, rest, whole);
    }
    if (first.starts_with("OLLAMA_") || word.starts_with("num_")) return take(first, rest, whole);
    if (word != "template" && word != "system" && word != "license" && word != "message" && word != "adapter")
      return {};  // the inside of a template's text
    ignored_.push_back(first);
    return {};
  }

  bool empty() const { return !found_; }
  ReadCommand finish() { return {jsonText(out_, 2), std::move(ignored_)}; }

 private:
  Result<void> from(std::string_view name) {
    found_ = true;
    if (name.ends_with(".gguf") || name.starts_with('/') || name.starts_with('.')) {
      out_["model"] = {{"path", std::string(name)}};
      return {};
    }
    const std::size_t colon = std::min(name.rfind(':'), name.size());
    const std::string_view tag = name.substr(std::min(colon + 1, name.size()));
    out_["model"] = std::string(name.substr(0, colon));
    out_["precision"]["weights"] = "Q4_K_M";  // what Ollama's library holds under a tag that names no format
    for (std::size_t at = 0; at <= tag.size(); at = std::min(tag.find('-', at), tag.size()) + 1)
      if (const std::string_view part = tag.substr(at, tag.find('-', at) - at); !part.empty())
        for (const GgufFileTypeInfo& type : allGgufFileTypes())
          if (lower(type.name) == lower(part)) out_["precision"]["weights"] = std::string(type.name);
    return {};
  }

  Result<void> take(std::string_view name, std::string_view value, std::string_view whole) {
    for (const Parameter& p : kParameters) {
      if (name != p.name) continue;
      found_ = true;
      const ordered_json::json_pointer at{std::string(p.pointer)};
      if (p.pointer == "/precision/kv_cache") {
        out_[at] = std::string(value);
      } else if (p.pointer == "/attention") {
        out_[at] = value == "0" || value == "false" ? "eager" : "flash";
      } else {
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
        if (error != std::errc() || end != value.data() + value.size())
          return fail(ErrorCode::value, fmt::format("{} wants a number, not '{}'.", name, value.substr(0, 80)));
        if (number >= 0) out_[at] = number;  // -1: Ollama's own choice
      }
      return {};
    }
    ignored_.emplace_back(whole.substr(0, 80));
    return {};
  }

  ordered_json out_;
  std::vector<std::string> ignored_;
  bool found_ = false;
};

}  // namespace

Result<ReadCommand> readModelfile(std::string_view text) {
  if (text.size() > kLongest) return fail(ErrorCode::value, "A Modelfile of more than 64 KiB is not read.");
  ModelfileReader reader;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (const Result<void> read = reader.line(text.substr(0, end)); !read) return tl::unexpected(read.error());
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (reader.empty())
    return fail(ErrorCode::unknown_name,
                "No line of a Modelfile (FROM, PARAMETER num_ctx) and no OLLAMA_ variable was found.");
  return reader.finish();
}

}  // namespace headroom
