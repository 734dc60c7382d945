#include "core/readers/recipes/training_script.h"

#include <algorithm>

#include "core/base/json_text.h"
#include "core/readers/recipes/recipe_tree.h"
#include "core/readers/scenario_check.h"

namespace headroom {

using recipes::Json;

Reading readingOf(const ReadRecipe& recipe) {
  Reading out;
  out.recognised = std::string(nameOf(recipe.dialect)) + " recipe";
  for (const std::string& key : recipe.unknown) out.leftOut.push_back({key, false});
  for (const std::string& note : recipe.notes) out.remarks.push_back({"recipe", Severity::assumed, note});
  Json scenario = Json::parse(recipe.scenario, nullptr, false);
  withoutImpossible(scenario, out.leftOut, out.remarks);
  std::ranges::stable_partition(out.leftOut, [](const LeftOut& left) { return left.matters; });
  out.scenario = jsonText(scenario, 2);
  return out;
}

Result<Reading> readTrainingScript(std::string_view, std::string_view where, const std::string&) {
  return fail(ErrorCode::unknown_name, "No training code is called here.", std::string(where));
}

}  // namespace headroom
