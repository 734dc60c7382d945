#include "core/readers/commands/server_config.h"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/readers/commands/option_table.h"
#include "core/readers/commands/text_lines.h"
#include "core/readers/recipes/recipe_tree.h"

namespace headroom {
namespace {

using Json = nlohmann::ordered_json;
constexpr int kDeepest = 4;

// An option that takes an object whole stays whole; of other objects the keys are options: kv_cache_config.dtype.
void take(const Json& object, const std::string& prefix, int depth, const OptionTable& table, ServerCall& call) {
  for (const auto& [key, value] : object.items()) {
    const std::string name = prefix + key;
    if (value.is_object() && depth < kDeepest && table.find(name).option == nullptr)
      take(value, name + ".", depth + 1, table, call);
    else
      call.settings.emplace_back(name, value.is_string() ? value.get<std::string>() : jsonText(value));
  }
}

// "max-model-len" of "max-model-len: 8192"; empty where the line is no key of the table.
std::string_view keyOf(std::string_view line, const OptionTable& table) {
  const std::size_t colon = line.find(':');
  if (colon == line.npos || colon < 2 || (colon + 1 < line.size() && line[colon + 1] != ' ')) return {};
  const std::string_view key = line.substr(0, colon);
  const bool plain =
      std::ranges::all_of(key, [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_'; });
  if (!plain || std::isalpha(static_cast<unsigned char>(key.front())) == 0) return {};
  return table.find("--" + std::string(key)).option != nullptr ? key : std::string_view();
}

// The option that names the file, with what it names.
void dropConfig(ServerCall& call) {
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    const std::string& word = call.arguments[i];
    const auto at = call.arguments.begin() + static_cast<std::ptrdiff_t>(i);
    if (word == "--config" || word == "--extra_llm_api_options")
      return void(call.arguments.erase(at, at + std::min<std::ptrdiff_t>(2, call.arguments.end() - at)));
    if (word.starts_with("--config=") || word.starts_with("--extra_llm_api_options="))
      return void(call.arguments.erase(at));
  }
}

}  // namespace

void takeConfigLines(ServerCall& call, std::string_view text) {
  const OptionTable* const table = optionTable(call.engine);
  if (table == nullptr) return;
  std::string lines;
  // What the command says itself wins (vllm/utils/argparse_utils.py); a client's file names the model too.
  const auto said = [&](const EngineOption* option) {
    if (option->key == "/model" || option->reads == "model") return true;
    return std::ranges::any_of(call.arguments, [&](const std::string& word) {
      return word.starts_with('-') && table->find(word.substr(0, word.find('='))).option == option;
    });
  };
  bool inside = false;  // below a key whose value stands in the next lines
  eachLine(text, [&](std::string_view line) {
    const bool indented = line.starts_with(' ') || line.starts_with("- ");
    const std::string_view key = keyOf(line, *table);
    inside = (inside && indented) || (!key.empty() && !said(table->find("--" + std::string(key)).option));
    if (inside) lines.append(line).push_back('\n');
  });
  if (lines.empty()) return;
  const Result<recipes::RecipeTree> tree = recipes::parseRecipe(lines, "");
  if (!tree || !tree->root.is_object()) return;
  take(tree->root, "", 0, *table, call);
  dropConfig(call);
}

void takeConfigFile(ServerCall& call, const ShellScript& script) {
  const OptionTable* const table = optionTable(call.engine);
  if (table == nullptr) return;
  for (std::size_t i = 0; i + 1 < call.arguments.size(); ++i) {
    if (call.arguments[i] != "--config" && call.arguments[i] != "--extra_llm_api_options") continue;
    const auto file =
        std::ranges::find(script.files, call.arguments[i + 1], &std::pair<std::string, std::string>::first);
    if (file == script.files.end()) continue;
    const Result<recipes::RecipeTree> tree = recipes::parseRecipe(file->second, file->first);
    if (!tree || !tree->root.is_object()) continue;
    take(tree->root, "", 0, *table, call);
    return dropConfig(call);
  }
}

}  // namespace headroom
