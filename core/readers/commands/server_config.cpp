#include "core/readers/commands/server_config.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/readers/commands/option_table.h"
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

}  // namespace

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
    const auto at = call.arguments.begin() + static_cast<std::ptrdiff_t>(i);
    call.arguments.erase(at, at + 2);
    return;
  }
}

}  // namespace headroom
