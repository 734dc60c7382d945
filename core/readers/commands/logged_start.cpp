#include "core/readers/commands/logged_start.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/base/lower_case.h"
#include "core/readers/commands/launch_command.h"
#include "core/readers/commands/logged_ollama.h"
#include "core/readers/commands/option_table.h"
#include "core/readers/commands/server_call.h"
#include "core/readers/page_parts.h"
#include "core/readers/python_calls.h"

namespace headroom {
namespace {

using Json = nlohmann::ordered_json;
constexpr std::size_t kLongestLine = 128 * 1024;

// A line in which a server says its arguments, and how they stand behind the words that lead to them.
struct Mark {
  std::string_view words, engine;
  std::string_view before, after;  // what makes a call of Python of them
  bool all = false;                // the defaults stand among them
};
// vllm/entrypoints/utils.py and api_server.py, vllm/v1/engine/core.py and engine/llm_engine.py (0.4-0.28);
// sglang/srt/entrypoints/engine.py and server_args.py (0.3-0.5). The ones that say more come first.
constexpr Mark kMarks[] = {{"non-default args: {", "vllm", "Args(**{", ")", false},
                           {"args: Namespace(", "vllm", "Namespace(", "", true},
                           {"server_args=ServerArgs(", "sglang", "ServerArgs(", "", true},
                           {" with config: model=", "vllm", "Config(model=", ")", true}};

std::string_view lineAt(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at, kLongestLine);
  return rest.substr(0, rest.find_first_of("\r\n"));
}

// Words that Python prints without quotes ("kv_cache_dtype=fp8", "load_format=LoadFormat.AUTO") in quotes.
std::string quotedWords(std::string_view line) {
  std::string out;
  char quote = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    out += c;
    if (quote != 0) {
      if (c == '\\' && i + 1 < line.size()) out += line[++i];
      if (c == quote) quote = 0;
      continue;
    }
    if (c == '\'' || c == '"') quote = c;
    if (c != '=' || i + 1 >= line.size() || std::isalpha(static_cast<unsigned char>(line[i + 1])) == 0) continue;
    const std::size_t end = std::min(line.find_first_of(",)", i + 1), line.size());
    const std::string_view word = line.substr(i + 1, end - i - 1);
    const bool plain = std::ranges::all_of(
        word, [](unsigned char ch) { return std::isalnum(ch) != 0 || ch == '_' || ch == '-' || ch == '.'; });
    if (!plain || word == "None" || word == "True" || word == "False" || word.starts_with("torch.")) continue;
    // "LoadFormat.AUTO": an enumerator, which commands say in small letters.
    const std::size_t dot = word.find('.');
    std::string said(
        dot != word.npos && std::isupper(static_cast<unsigned char>(word.front())) != 0 ? word.substr(dot + 1) : word);
    if (said.size() != word.size()) said = lowerCase(said);
    out.append("'").append(said).append("'");
    i = end - 1;
  }
  return out;
}

std::string textOf(const Json& value) {
  return value.is_string() ? value.get<std::string>() : jsonText(value);
}

// What the line's names are as options, where they are not called so.
std::string optionOf(const std::string& key) {
  if (key == "max_seq_len") return "--max-model-len";
  std::string name = "--" + key;
  std::ranges::replace(name, '_', '-');
  return name;
}

// The arguments as a command of the engine. A log lists what was never asked too: what is off, empty or the default.
ServerCall callOf(const Json& named, const Mark& mark, std::vector<std::string>& unknown) {
  constexpr std::string_view kNames[] = {"model_tag", "subparser",      "dispatch_function",  "served_model_name",
                                         "tokenizer", "tokenizer_path", "skip_tokenizer_init"};
  ServerCall call;
  call.engine = mark.engine, call.program = "log", call.server = false;
  const OptionTable& table = *optionTable(mark.engine);
  for (const auto& [key, value] : named.items()) {
    if (std::ranges::find(kNames, key) != std::end(kNames) || value.is_null() || value == "") continue;
    const std::string name = optionOf(key);
    const EngineOption* const option = table.find(name).option;
    const bool empty = value.is_structured() && value.empty();
    if (mark.all && (value == false || empty || (option != nullptr && option->usual == jsonText(value)))) continue;
    if (option == nullptr) {
      unknown.push_back(key);
    } else if (value.is_boolean()) {
      call.arguments.push_back(name + (value == true ? "" : "=false"));
    } else if (value.is_array() && option->takes == Takes::list) {
      call.arguments.push_back(name);
      for (const Json& item : value) call.arguments.push_back(textOf(item));
    } else {
      call.arguments.push_back(name + "=" + textOf(value));
    }
  }
  return call;
}

// The text behind the last of the words, up to the line's end; empty where they do not stand.
std::string_view behind(std::string_view text, std::string_view words) {
  const std::size_t at = text.rfind(words);
  return at == text.npos ? std::string_view() : lineAt(text, at + words.size());
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '=')) text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::string digitsOf(std::string_view text) {
  text = trimmed(text);
  const std::size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
  return std::string(text.substr(0, end));
}

std::optional<Reading> ofArguments(std::string_view text) {
  for (const Mark& mark : kMarks) {
    const std::size_t at = text.rfind(mark.words);
    if (at == text.npos) continue;
    const std::string line =
        std::string(mark.before) + quotedWords(lineAt(text, at + mark.words.size())) + std::string(mark.after);
    for (const PythonCall& found : pythonCalls(line)) {
      if (!line.starts_with(found.name + "(")) continue;
      std::vector<std::string> unknown;
      ServerCall call = callOf(found.named, mark, unknown);
      for (const std::string_view words : {"LLM engine (v", "vLLM API server version ", "\u2588  version "})
        if (const std::string_view version = behind(text, words); call.version.empty() && mark.engine == "vllm")
          call.version = version.substr(0, version.find_first_of(" ),"));
      Result<Reading> reading = readServerCall(call);
      if (!reading) break;
      if (!unknown.empty())
        reading->remarks.push_back(
            {"unknown-arguments", Severity::note,
             fmt::format("Arguments in the log that are not known here: {}.", fmt::join(unknown, ", "))});
      return std::move(*reading);
    }
  }
  return std::nullopt;
}

// llama.cpp prints what it made of its arguments (src/llama-context.cpp, llama-model.cpp, llama-kv-cache.cpp).
std::optional<Reading> ofLlama(std::string_view text) {
  std::string model;
  for (const std::string_view words : {"load_model: loading model '", "llama_model_loader: loaded meta data with "}) {
    std::string_view line = behind(text, words);
    if (line.empty()) continue;
    if (const std::size_t from = line.find(" tensors from "); from != line.npos) {
      line.remove_prefix(from + 14);
      line = line.substr(0, line.find(" (version"));
    }
    model = line.substr(0, line.find('\''));
    break;
  }
  if (model.empty() && text.find(": n_ctx ") == text.npos) return std::nullopt;
  ServerCall call;
  call.engine = "llama.cpp", call.program = "log", call.server = false, call.modelElsewhere = model.empty();
  if (!model.empty()) call.arguments = {"-m", model};
  constexpr std::pair<std::string_view, std::string_view> kNumbers[] = {
      {": n_ctx ", "-c"}, {": n_batch ", "-b"}, {": n_ubatch ", "-ub"}, {": n_seq_max ", "-np"}};
  for (const auto& [words, option] : kNumbers)
    if (std::string number = digitsOf(behind(text, words)); !number.empty())
      call.arguments.insert(call.arguments.end(), {std::string(option), std::move(number)});
  // Without debug lines only a length below the trained one is said: "n_ctx_seq (131072) < n_ctx_train (262144)".
  if (text.find(": n_ctx ") == text.npos)
    for (const std::string_view words : {"n_ctx_seq (", "n_ctx_per_seq ("})
      if (std::string number = digitsOf(behind(text, words)); !number.empty())
        call.arguments.insert(call.arguments.end(), {"-c", std::move(number)});
  if (const std::string_view flash = trimmed(behind(text, ": flash_attn ")); !flash.empty())
    call.arguments.insert(call.arguments.end(), {"-fa", flash.front() == '0' || flash.starts_with("disabled") ? "off"
                                                        : flash.starts_with("auto")                           ? "auto"
                                                                                                              : "on"});
  if (trimmed(behind(text, ": kv_unified ")).starts_with("true")) call.arguments.emplace_back("--kv-unified");
  if (std::string layers = digitsOf(behind(text, "load_tensors: offloaded ")); !layers.empty())
    call.arguments.insert(call.arguments.end(), {"-ngl", std::move(layers)});
  // ik_llama.cpp's compressed cache is one of keys: "c^KV (f16): 10980.00 MiB".
  const bool compressed = text.find("c^KV (") != text.npos;
  for (const auto& [words, option] : {std::pair{compressed ? "c^KV (" : "K (", "-ctk"}, {"V (", "-ctv"}}) {
    if (compressed && option == std::string_view("-ctv")) continue;
    const std::string_view format = behind(text, words);
    const std::size_t end = format.find("):");
    if (end != format.npos && end < 12)
      call.arguments.insert(call.arguments.end(), {option, std::string(format.substr(0, end))});
  }
  Result<Reading> reading = readServerCall(call);
  return reading ? std::optional(std::move(*reading)) : std::nullopt;
}

}  // namespace

Result<Reading> commandBeside(std::string_view text) {
  Result<Reading> command = readLaunchCommand(text);
  if (text.size() > kLongestPage || text.find('`') == text.npos) return command;
  for (const std::string& part : quotedParts(text))
    if (!command) command = readLaunchCommand(part);
  return command;
}

std::optional<Reading> loggedStart(std::string_view text) {
  if (std::optional<Reading> reading = ofArguments(text)) return reading;
  if (std::optional<Reading> reading = loggedOllama(text)) return reading;
  return ofLlama(text);
}

}  // namespace headroom
