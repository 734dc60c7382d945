#include "core/readers/commands/option_forms.h"

#include <nlohmann/json.hpp>
#include <string_view>

#include "core/base/json_text.h"
#include "core/readers/commands/option_table.h"

namespace headroom {
namespace {

using Json = nlohmann::ordered_json;

std::string wordOf(const Json& value) {
  return value.is_string() ? value.get<std::string>() : jsonText(value);
}

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

std::optional<ServerCall> callOfOptions(const Json& root) {
  if (!root.is_object() || root.size() > 500) return std::nullopt;
  for (const std::string_view engine : {"vllm", "sglang", "llama.cpp"}) {
    const OptionTable& table = *optionTable(engine);
    std::size_t known = 0;
    bool model = false;
    for (const auto& [key, value] : root.items()) {
      const FoundOption found = table.find("--" + key);
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
