#include <fmt/format.h>

#include <cctype>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/base/json_text.h"
#include "core/readers/commands/launch_command.h"

namespace headroom {
namespace {

using nlohmann::ordered_json;
constexpr std::size_t kLongest = 65536;

// The command's words as a POSIX shell splits them; backslash-newline joins lines.
Result<std::vector<std::string>> shellWords(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  bool inWord = false;
  char quote = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quote == 0 && c == '\\' && i + 1 < text.size()) {
      ++i;
      if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') ++i;
      if (text[i] != '\n') word += text[i], inWord = true;
    } else if (quote != 0 ? c == quote : c == '"' || c == '\'') {
      quote = quote != 0 ? '\0' : c;
      inWord = true;
    } else if (quote == 0 && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) {
      if (inWord) words.push_back(std::move(word));
      word.clear(), inWord = false;
    } else {
      word += c, inWord = true;
    }
  }
  if (quote != 0) return fail(ErrorCode::syntax, "A quote is opened and not closed.");
  if (inWord) words.push_back(std::move(word));
  return words;
}

enum class Kind { number, ratio, text, flag, off };

// One option: its spellings (separated by spaces), where it goes in the scenario (a JSON pointer), and what it takes.
struct Option {
  Engine engine;
  std::string_view names, pointer;
  Kind kind;
};
// vllm/engine/arg_utils.py (0.11), sglang/srt/server_args.py (0.5), llama.cpp common/arg.cpp (2026-08).
constexpr Option kOptions[] = {
    {Engine::vllm, "--model", "/model", Kind::text},
    {Engine::vllm, "--tensor-parallel-size -tp", "/parallel/tensor", Kind::number},
    {Engine::vllm, "--pipeline-parallel-size -pp", "/parallel/pipeline", Kind::number},
    {Engine::vllm, "--data-parallel-size -dp", "/parallel/data", Kind::number},
    {Engine::vllm, "--decode-context-parallel-size -dcp", "/parallel/context", Kind::number},
    {Engine::vllm, "--max-model-len", "/context", Kind::number},
    {Engine::vllm, "--gpu-memory-utilization", "/memory_utilization", Kind::ratio},
    {Engine::vllm, "--max-num-batched-tokens", "/prefill_tokens", Kind::number},
    {Engine::vllm, "--max-num-seqs", "/max_sequences", Kind::number},
    {Engine::vllm, "--quantization -q", "/precision/weights", Kind::text},
    {Engine::vllm, "--dtype", "/precision/compute", Kind::text},
    {Engine::vllm, "--kv-cache-dtype", "/precision/kv_cache", Kind::text},
    {Engine::vllm, "--enforce-eager", "/cuda_graphs", Kind::off},
    {Engine::vllm, "--enable-expert-parallel", "/parallel/expert", Kind::flag},
    {Engine::vllm, "--enable-lora", "/lora/enabled", Kind::flag},
    {Engine::vllm, "--max-loras", "/lora/slots", Kind::number},
    {Engine::vllm, "--max-lora-rank", "/lora/rank", Kind::number},
    {Engine::vllm, "--runner", "/task", Kind::text},
    {Engine::vllm, "--task", "/task", Kind::text},
    {Engine::vllm, "--limit-mm-per-prompt", "/images", Kind::text},
    {Engine::vllm, "--language-model-only", "/images", Kind::flag},
    {Engine::vllm, "--speculative-config -sc", "/speculative", Kind::text},
    {Engine::sglang, "--model-path --model", "/model", Kind::text},
    {Engine::sglang, "--tp-size --tensor-parallel-size --tp", "/parallel/tensor", Kind::number},
    {Engine::sglang, "--pp-size --pipeline-parallel-size --pp", "/parallel/pipeline", Kind::number},
    {Engine::sglang, "--dp-size --data-parallel-size --dp", "/parallel/data", Kind::number},
    {Engine::sglang, "--ep-size --expert-parallel-size --ep", "/parallel/expert", Kind::number},
    {Engine::sglang, "--context-length", "/context", Kind::number},
    {Engine::sglang, "--mem-fraction-static", "/memory_utilization", Kind::ratio},
    {Engine::sglang, "--chunked-prefill-size", "/prefill_tokens", Kind::number},
    {Engine::sglang, "--max-running-requests", "/max_sequences", Kind::number},
    {Engine::sglang, "--quantization", "/precision/weights", Kind::text},
    {Engine::sglang, "--dtype", "/precision/compute", Kind::text},
    {Engine::sglang, "--kv-cache-dtype", "/precision/kv_cache", Kind::text},
    {Engine::sglang, "--disable-cuda-graph", "/cuda_graphs", Kind::off},
    {Engine::sglang, "--enable-lora", "/lora/enabled", Kind::flag},
    {Engine::sglang, "--max-loras-per-batch", "/lora/slots", Kind::number},
    {Engine::sglang, "--max-lora-rank", "/lora/rank", Kind::number},
    {Engine::sglang, "--is-embedding", "/task", Kind::flag},
    {Engine::sglang, "--speculative-algorithm --speculative-algo", "/speculative/method", Kind::text},
    {Engine::sglang, "--speculative-num-draft-tokens", "/speculative/tokens", Kind::number},
    {Engine::sglang, "--speculative-draft-model-path --speculative-draft-model", "/speculative/model", Kind::text},
    {Engine::llama_cpp, "--embedding --embeddings", "/task", Kind::flag},
    {Engine::llama_cpp, "-md --model-draft", "/speculative/model", Kind::text},
    {Engine::llama_cpp, "-hfd -hfrd --hf-repo-draft", "/speculative/model", Kind::text},
    {Engine::llama_cpp, "--draft --draft-n --draft-max", "/speculative/tokens", Kind::number},
    {Engine::llama_cpp, "-m --model", "/model", Kind::text},
    {Engine::llama_cpp, "-hf -hfr --hf-repo", "/model", Kind::text},
    {Engine::llama_cpp, "-c --ctx-size", "/context", Kind::number},
    {Engine::llama_cpp, "-np --parallel", "/batch", Kind::number},
    {Engine::llama_cpp, "-ub --ubatch-size", "/prefill_tokens", Kind::number},
    {Engine::llama_cpp, "-ngl --gpu-layers --n-gpu-layers", "/offload/gpu_layers", Kind::number},
    {Engine::llama_cpp, "-ncmoe --n-cpu-moe", "/offload/experts", Kind::number},
    {Engine::llama_cpp, "-cmoe --cpu-moe", "/offload/experts", Kind::flag},
    {Engine::llama_cpp, "-nkvo --no-kv-offload", "/offload/kv_cache", Kind::flag},
    {Engine::llama_cpp, "-kvu --kv-unified", "/unified_kv", Kind::flag},
    {Engine::llama_cpp, "--swa-full", "/full_window_cache", Kind::flag},
    {Engine::llama_cpp, "-fa --flash-attn", "/attention", Kind::text},
    {Engine::llama_cpp, "-ctk --cache-type-k", "/precision/kv_cache/k", Kind::text},
    {Engine::llama_cpp, "-ctv --cache-type-v", "/precision/kv_cache/v", Kind::text},
    {Engine::llama_cpp, "-ts --tensor-split", "/tensor_split", Kind::text},
};

const Option* optionNamed(Engine engine, std::string_view word) {
  for (const Option& o : kOptions) {
    if (o.engine != engine) continue;
    std::string_view names = o.names;
    while (!names.empty()) {
      const std::size_t space = std::min(names.find(' '), names.size());
      if (names.substr(0, space) == word) return &o;
      names.remove_prefix(std::min(space + 1, names.size()));
    }
  }
  return nullptr;
}

// "8192", "0.9", and vLLM's "8k" (1000) and "8K" (1024).
std::optional<double> numberOf(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || !std::isfinite(value)) return std::nullopt;
  const std::string_view suffix(end, static_cast<std::size_t>(text.data() + text.size() - end));
  if (suffix.empty()) return value;
  if (suffix == "k") return value * 1e3;
  if (suffix == "K") return value * 1024;
  if (suffix == "m") return value * 1e6;
  if (suffix == "M") return value * 1024 * 1024;
  return std::nullopt;
}

struct Server {
  Engine engine;
  std::size_t next;  // the first word after the program
};

std::optional<Server> serverOf(const std::vector<std::string>& words) {
  const auto named = [](std::string_view word, std::string_view name) {
    return word == name || word.ends_with("/" + std::string(name));
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (named(words[i], "vllm") && i + 1 < words.size() && words[i + 1] == "serve") return Server{Engine::vllm, i + 2};
    if (words[i] == "vllm.entrypoints.openai.api_server") return Server{Engine::vllm, i + 1};
    if (words[i] == "sglang.launch_server") return Server{Engine::sglang, i + 1};
    if (named(words[i], "llama-server") || named(words[i], "llama-cli")) return Server{Engine::llama_cpp, i + 1};
  }
  return std::nullopt;
}

// What the engines call formats, in the scenario's words; empty where the word means "as the checkpoint".
std::string formatWord(const std::string& value) {
  if (value == "auto" || value == "compressed-tensors" || value == "modelopt") return {};
  if (value.starts_with("fp8")) return "fp8";
  if (value == "bitsandbytes") return "nf4-dq";
  if (value.starts_with("awq")) return "awq-int4";
  if (value.starts_with("gptq")) return "gptq-int4";
  if (value == "half") return "fp16";
  if (value == "float") return "fp32";
  return value;
}

class CommandReader {
 public:
  explicit CommandReader(Engine engine) : engine_(engine) {
    out_["headroom"] = 1, out_["engine"] = std::string(nameOf(engine));
  }

  Result<void> read(const std::vector<std::string>& words, std::size_t first) {
    for (std::size_t i = first; i < words.size(); ++i) {
      std::string word = words[i];
      if (!word.starts_with('-')) {
        if (engine_ == Engine::vllm && !out_.contains("model"))
          out_["model"] = word;
        else
          ignored_.push_back(word);
        continue;
      }
      std::optional<std::string> value;
      if (const std::size_t equals = word.find('='); equals != word.npos)
        value = word.substr(equals + 1), word.resize(equals);
      const Option* option = optionNamed(engine_, word);
      if (option == nullptr) {
        const bool takesNext = !value && i + 1 < words.size() && !words[i + 1].starts_with('-');
        ignored_.push_back(takesNext ? word + " " + words[++i] : words[i]);
        continue;
      }
      if (option->kind == Kind::flag || option->kind == Kind::off) {
        out_[pointerTo(option->pointer)] = option->kind == Kind::flag;
        continue;
      }
      // -fa may stand without a value
      const bool bare =
          option->pointer == "/attention" && !value && (i + 1 == words.size() || words[i + 1].starts_with('-'));
      if (bare) value = "on";
      if (!value && i + 1 < words.size()) value = words[++i];
      if (!value) return fail(ErrorCode::usage, fmt::format("{} wants a value.", word));
      if (const Result<void> done = take(*option, word, *value); !done) return done;
    }
    return {};
  }

  Result<ReadCommand> finish() {
    if (!out_.contains("model")) return fail(ErrorCode::usage, "The command names no model.");
    finishModel();
    // Whole experts over all ranks of a replica group (vLLM --enable-expert-parallel).
    const auto expert = pointerTo("/parallel/expert");
    if (out_.contains(expert) && out_[expert].is_boolean())
      out_[expert] =
          out_["parallel"].value("tensor", std::int64_t{1}) * out_["parallel"].value("data", std::int64_t{1});
    if (out_.contains("lora")) out_["lora"].erase("enabled");
    if (out_.contains("task") && out_["task"].is_boolean()) out_["task"] = "embed";
    if (out_.contains("images") && out_["images"].is_boolean()) out_["images"] = {{"per_request", 0}};
    const auto experts = pointerTo("/offload/experts");
    if (out_.contains(experts) && out_[experts].is_boolean()) out_[experts] = "cpu";
    // -c counts all cells; a scenario without a unified cache counts per sequence.
    const std::int64_t batch = out_.value("batch", std::int64_t{1});
    if (engine_ == Engine::llama_cpp && batch > 1 && out_.contains("context") && !out_.value("unified_kv", false))
      out_["context"] = out_["context"].get<std::int64_t>() / batch;
    return ReadCommand{jsonText(out_, 2), std::move(ignored_)};
  }

 private:
  static ordered_json::json_pointer pointerTo(std::string_view pointer) {
    return ordered_json::json_pointer(std::string(pointer));
  }

  Result<void> take(const Option& option, const std::string& word, const std::string& value) {
    const auto at = pointerTo(option.pointer);
    if (option.kind == Kind::number || option.kind == Kind::ratio) {
      const std::optional<double> number = numberOf(value);
      if (!number || *number < 0 || *number > 1e12) {
        // -ngl takes "all" and "auto"
        if (option.pointer == "/offload/gpu_layers" && (value == "all" || value == "auto" || value == "-1")) return {};
        return fail(ErrorCode::value, fmt::format("{} wants a number, not '{}'.", word, value));
      }
      if (option.kind == Kind::number)
        out_[at] = static_cast<std::int64_t>(*number);
      else
        out_[at] = *number;
      return {};
    }
    if (option.pointer == "/task") {
      out_[at] = value == "pooling" || value.starts_with("embed") || value == "score" || value == "classify"
                     ? "embed"
                     : "generate";
    } else if (option.pointer == "/images") {
      return takeImages(word, value);
    } else if (option.pointer == "/speculative") {
      return takeSpeculative(word, value);
    } else if (option.pointer == "/speculative/method") {
      out_[at] = draftMethod(value);
    } else if (option.pointer == "/speculative/model") {
      out_[at] = modelOf(value);
    } else if (option.pointer == "/attention") {
      if (value != "auto") out_[at] = value == "off" || value == "0" ? "eager" : "flash";
    } else if (option.pointer == "/tensor_split") {
      return takeSplit(word, value);
    } else if (option.pointer.starts_with("/precision")) {
      if (const std::string format = formatWord(value); !format.empty()) out_[at] = format;
    } else {
      out_[at] = value;
    }
    return {};
  }

  // The engines' names of ways to draft, in the scenario's words.
  static std::string draftMethod(std::string name) {
    for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (name.find("ngram") != name.npos) return "ngram";
    if (name.find("mtp") != name.npos || name == "nextn") return "mtp";
    if (name.find("eagle") != name.npos) return "eagle";
    return "draft-model";
  }

  static ordered_json modelOf(const std::string& name) {
    const bool path =
        name.starts_with('/') || name.starts_with('.') || name.starts_with('~') || name.ends_with(".gguf");
    return path ? ordered_json{{"path", name}} : ordered_json(name);
  }

  // {"image": 2}, or image=2 of older releases.
  Result<void> takeImages(const std::string& word, const std::string& value) {
    const ordered_json limits = ordered_json::parse(value, nullptr, false);
    std::optional<double> count;
    if (limits.is_object() && limits.contains("image") && limits["image"].is_number())
      count = limits["image"].get<double>();
    else if (const std::size_t at = value.find("image="); limits.is_discarded() && at != value.npos)
      count = numberOf(std::string_view(value).substr(at + 6, value.find(',', at) - at - 6));
    if (!count || *count < 0 || *count > 1e5)
      return fail(ErrorCode::value, fmt::format("{} wants a number of images, not '{}'.", word, value));
    out_["images"] = {{"per_request", static_cast<std::int64_t>(*count)}};
    return {};
  }

  Result<void> takeSpeculative(const std::string& word, const std::string& value) {
    const ordered_json config = ordered_json::parse(value, nullptr, false);
    if (!config.is_object()) return fail(ErrorCode::value, fmt::format("{} wants a JSON object.", word));
    ordered_json& out = out_["speculative"];
    const auto text = [&](const char* key) {
      return config.contains(key) && config[key].is_string() ? config[key].get<std::string>() : std::string();
    };
    const std::string model = text("model"), method = text("method");
    out["method"] = method.empty() && model == "ngram" ? "ngram" : draftMethod(method);
    if (config.contains("num_speculative_tokens") && config["num_speculative_tokens"].is_number_integer())
      out["tokens"] = config["num_speculative_tokens"];
    if (!model.empty() && model != "ngram") out["model"] = modelOf(model);
    return {};
  }

  Result<void> takeSplit(const std::string& word, const std::string& value) {
    ordered_json shares = ordered_json::array();
    std::string_view rest = value;
    while (!rest.empty()) {
      const std::size_t comma = std::min(rest.find_first_of(",/"), rest.size());
      const std::optional<double> share = numberOf(rest.substr(0, comma));
      if (!share) return fail(ErrorCode::value, fmt::format("{} wants numbers, not '{}'.", word, value));
      shares.push_back(*share);
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    out_["tensor_split"] = shares;
    return {};
  }

  // A path, "repository:QUANT" of llama.cpp, or a hub id.
  void finishModel() {
    std::string name = out_["model"].get<std::string>();
    if (engine_ == Engine::llama_cpp && !name.ends_with(".gguf"))
      if (const std::size_t colon = name.rfind(':'); colon != name.npos) {
        out_["precision"]["weights"] = name.substr(colon + 1);
        name.resize(colon);
      }
    out_["model"] = modelOf(name);
  }

  Engine engine_;
  ordered_json out_;
  std::vector<std::string> ignored_;
};

}  // namespace

Result<ReadCommand> readLaunchCommand(std::string_view command) {
  if (command.size() > kLongest) return fail(ErrorCode::value, "A command of more than 64 KiB is not read.");
  const Result<std::vector<std::string>> words = shellWords(command);
  if (!words) return tl::unexpected(words.error());
  const std::optional<Server> server = serverOf(*words);
  if (!server)
    return fail(
        ErrorCode::unknown_name,
        "No server is started here; `vllm serve`, `python -m sglang.launch_server` and `llama-server` are understood.");
  CommandReader reader(server->engine);
  if (const Result<void> done = reader.read(*words, server->next); !done) return tl::unexpected(done.error());
  return reader.finish();
}

}  // namespace headroom
