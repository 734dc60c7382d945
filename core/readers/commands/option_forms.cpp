#include "core/readers/commands/option_forms.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>

#include "core/base/lower_case.h"
#include "core/readers/commands/file_words.h"
#include "core/readers/commands/option_table.h"

namespace headroom {
namespace {

using Json = nlohmann::ordered_json;
constexpr std::string_view kOwn[] = {"llama", "vllm", "sglang", "serve"};

}  // namespace

std::optional<ServerCall> callOfWords(const std::vector<std::string>& words) {
  if (words.empty() || !words.front().starts_with("--")) return std::nullopt;
  std::size_t options = 0, best = 0;
  std::string_view engine;
  for (const std::string_view candidate : {"vllm", "sglang", "llama.cpp"}) {
    std::size_t known = 0;
    options = 0;
    for (const std::string& word : words) {
      if (!word.starts_with("--")) continue;
      ++options;
      known += optionTable(candidate)->find(word.substr(0, word.find('='))).option != nullptr ? 1 : 0;
    }
    if (known == best) engine = {};
    if (known > best) best = known, engine = candidate;
  }
  // Two that no other engine has are enough.
  if (engine.empty() || best < (best == options ? 2U : 3U) || best * 10 < options * 8) return std::nullopt;
  ServerCall call;
  call.engine = engine, call.program = "options", call.modelElsewhere = true, call.arguments = words;
  return call;
}

namespace {

bool says(const ServerCall& call, std::string_view option) {
  const OptionTable& table = *optionTable(call.engine);
  const EngineOption* const asked = table.find(option.substr(0, option.find('='))).option;
  return asked != nullptr && std::ranges::any_of(call.arguments, [&](const std::string& word) {
           return word.starts_with('-') && table.find(word.substr(0, word.find('='))).option == asked;
         });
}

// Options of the same engine that say nothing the call says already; an array that does is another choice.
bool joins(const ServerCall& call, const std::vector<std::string>& words) {
  if (words.empty() || !words.front().starts_with("--")) return false;
  return std::ranges::all_of(words, [&](const std::string& word) {
    return !word.starts_with("--") ||
           (optionTable(call.engine)->find(word.substr(0, word.find('='))).option != nullptr && !says(call, word));
  });
}

}  // namespace

std::optional<ServerCall> callOfScript(const ShellScript& script) {
  std::optional<ServerCall> call;
  for (const auto& [name, words] : script.arrays)
    if (!call && (call = callOfWords(words))) call->program = name;
  if (call)
    for (const auto& [name, words] : script.arrays)
      if (joins(*call, words)) call->arguments.insert(call->arguments.end(), words.begin(), words.end());
  for (const ShellCommand& command : script.commands) {
    if (call || command.words.empty()) break;
    const std::string& program = command.words.front();
    // A script or a function of one's own that is called after its engine: run_llama_server --model … --ctx-size …
    const std::string called = lowerCase(program);
    const bool own = std::ranges::any_of(kOwn, [&](std::string_view word) { return called.find(word) != called.npos; });
    if (!program.ends_with(".sh") && !program.starts_with('$') && !own) continue;
    const auto first =
        std::ranges::find_if(command.words, [](const std::string& word) { return word.starts_with("--"); });
    call = callOfWords({first, command.words.end()});
    if (call) call->program = program, call->environment = command.environment;
  }
  if (!call) return call;
  for (const char* name : {"MODEL", "MODEL_ID", "MODEL_PATH", "MODEL_NAME", "MODEL_DIR", "model", "model_path"}) {
    const auto said = script.variables.find(name);
    if (said == script.variables.end() || said->second.empty() || said->second.find(' ') != std::string::npos) continue;
    const std::string option = call->engine == "sglang" ? "--model-path" : "--model";
    if (!says(*call, option)) call->arguments.insert(call->arguments.end(), {option, said->second});
    break;
  }
  return call;
}

std::string unwrapped(std::string_view text) {
  static const std::vector<std::string> kNames = [] {
    std::vector<std::string> all;
    for (const std::string_view engine : {"vllm", "sglang", "llama.cpp"})
      for (const std::string& name : optionTable(engine)->names()) all.push_back(name);
    std::ranges::sort(all);
    return all;
  }();
  const auto isOption = [](std::string_view word) {
    std::string name(word);
    std::ranges::replace(name, '_', '-');
    return std::ranges::binary_search(kNames, name);
  };
  std::string out;
  for (;;) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out.append(text.substr(0, end));
    if (end == text.size()) return out;
    text.remove_prefix(end + 1);
    const std::size_t begin = out.find_last_of(" \n") + 1;
    const std::string_view word = std::string_view(out).substr(begin);
    const std::string_view rest = text.substr(0, std::min(text.find_first_of(" =\n"), text.size()));
    const bool broken = word.starts_with("--") && word.size() > 2 && !rest.empty() && rest.front() != '-' &&
                        !isOption(word) && isOption(std::string(word) + std::string(rest));
    if (!broken) out.push_back('\n');
  }
}

std::optional<ServerCall> callOfOptions(const Json& root) {
  if (!root.is_object() || root.size() > 500) return std::nullopt;
  for (const std::string_view engine : {"vllm", "sglang", "llama.cpp"}) {
    const OptionTable& table = *optionTable(engine);
    std::size_t known = 0;
    bool model = false;
    for (const auto& [key, value] : root.items()) {
      const FoundOption found = table.find("--" + key);
      // A description of an option is no value of it: "block_size: token block size."
      const bool number =
          found.option != nullptr && (found.option->takes == Takes::integer || found.option->takes == Takes::number ||
                                      found.option->takes == Takes::size);
      if (number && value.is_string() && value.get<std::string>().find(' ') != std::string::npos) continue;
      // A section of another program's file is no option's value.
      if (found.option == nullptr || (value.is_object() && found.option->takes != Takes::json)) continue;
      ++known;
      model = model || found.option->key == "/model";
    }
    // Without a model it must be plainer whose options they are.
    if (known * 10 < root.size() * (model ? 6 : 8) || known < (model ? 2U : 3U)) continue;
    ServerCall call;
    call.engine = engine, call.program = "options", call.modelElsewhere = !model;
    for (const auto& [key, value] : root.items()) {
      const std::string name = "--" + key;
      if (value.is_null() || value == false) {
        if (value == false) call.arguments.push_back(name + "=false");
        continue;
      }
      call.arguments.push_back(name);
      if (value == true) continue;
      if (value.is_array())
        for (const Json& item : value) call.arguments.push_back(wordOf(item));
      else
        call.arguments.push_back(wordOf(value));
    }
    return call;
  }
  return std::nullopt;
}

}  // namespace headroom
