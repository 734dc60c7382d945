#include "core/readers/commands/logged_start.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/base/lower_case.h"
#include "core/readers/commands/launch_command.h"
#include "core/readers/commands/logged_llama.h"
#include "core/readers/commands/logged_ollama.h"
#include "core/readers/commands/option_table.h"
#include "core/readers/commands/server_call.h"
#include "core/readers/commands/terminal_text.h"
#include "core/readers/commands/text_lines.h"
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

// The arguments from `at` on, up to the end of the bracket that is open there; a terminal's line breaks inside are
// none. `cut`: the text breaks off before it.
std::string argumentsAt(std::string_view text, std::size_t at, bool& cut) {
  std::string out;
  int depth = 1;
  char quote = 0;
  cut = true;
  for (text = text.substr(0, at + std::min(kLongestLine, text.size() - at)); at < text.size() && depth > 0; ++at) {
    const char c = text[at];
    if (c == '\n') {
      const std::string_view next = text.substr(at + 1, text.find('\n', at + 1) - at - 1);
      if (trimmed(next).empty() || isPrintedLine(next) || next.starts_with("```")) return out;
      continue;
    }
    if (c == '\r') continue;
    out += c;
    if (c == '\\' && quote != 0 && at + 1 < text.size()) out += text[++at];
    if (quote != 0)
      quote = c == quote ? '\0' : quote;
    else if (c == '\'' || c == '"')
      quote = c;
    else if (c == '(' || c == '{' || c == '[')
      ++depth;
    else if (c == ')' || c == '}' || c == ']')
      --depth;
  }
  cut = depth > 0;
  return out;
}

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

const Remark kCut{"arguments-cut", Severity::warning,
                  "The list of arguments breaks off: what stood in the rest of it is not known."};

// The middle of such a list, without the words that lead to it: "…, page_size=128, tp_size=1, …".
std::optional<Reading> ofPiece(std::string_view text) {
  constexpr std::size_t kFew = 10;
  std::string line;
  eachLine(text, [&](std::string_view next) {
    const bool list = next.find("=") != next.npos && next.find(", ") != next.npos;
    if (list || (!line.empty() && !next.empty() && next.find(' ') == next.npos)) line.append(next);
  });
  if (static_cast<std::size_t>(std::ranges::count(line, '=')) < kFew || line.size() > kLongestLine) return std::nullopt;
  line.resize(std::min(line.rfind(", "), line.size()));
  const std::size_t first = line.find(", ");
  if (first == line.npos) return std::nullopt;
  const std::string call = "Piece(" + quotedWords(line.substr(first + 2)) + ")";
  for (const PythonCall& found : pythonCalls(call)) {
    if (found.name != "Piece") continue;
    for (const Mark& mark : kMarks) {
      std::size_t known = 0;
      for (const auto& [key, value] : found.named.items())
        known += optionTable(mark.engine)->find(optionOf(key)).option != nullptr ? 1 : 0;
      if (!mark.all || known < kFew || known * 10 < found.named.size() * 6) continue;
      std::vector<std::string> unknown;
      ServerCall piece = callOf(found.named, mark, unknown);
      piece.modelElsewhere = true;
      Result<Reading> reading = readServerCall(piece);
      if (!reading) continue;
      reading->remarks.push_back(kCut);
      return std::move(*reading);
    }
  }
  return std::nullopt;
}

std::optional<Reading> ofArguments(std::string_view text) {
  for (const Mark& mark : kMarks) {
    const std::size_t at = text.rfind(mark.words);
    if (at == text.npos) continue;
    bool cut = false;
    const bool bracket = mark.words.ends_with('(') || mark.words.ends_with('{');
    const std::string said =
        bracket ? argumentsAt(text, at + mark.words.size(), cut) : std::string(lineAt(text, at + mark.words.size()));
    const std::string line = std::string(mark.before) + quotedWords(said) + std::string(mark.after);
    for (const PythonCall& found : pythonCalls(line)) {
      if (!line.starts_with(found.name + "(")) continue;
      std::vector<std::string> unknown;
      nlohmann::ordered_json named = found.named;
      for (const std::string& key : found.unread)  // an object of its own kind, or where the list breaks off
        if (!cut || key != found.unread.back()) named[key] = "?";
      ServerCall call = callOf(named, mark, unknown);
      for (const std::string_view words : {"LLM engine (v", "vLLM API server version ", "\u2588  version "})
        if (const std::string_view version = behind(text, words); call.version.empty() && mark.engine == "vllm")
          call.version = version.substr(0, version.find_first_of(" ),"));
      call.modelElsewhere = cut;
      Result<Reading> reading = readServerCall(call);
      if (!reading) break;
      if (cut) reading->remarks.push_back(kCut);
      if (!unknown.empty())
        reading->remarks.push_back(
            {"unknown-arguments", Severity::note,
             fmt::format("Arguments in the log that are not known here: {}.", fmt::join(unknown, ", "))});
      return std::move(*reading);
    }
  }
  return std::nullopt;
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
  if (std::optional<Reading> reading = loggedLlama(text)) return reading;
  return ofPiece(text);
}

}  // namespace headroom
