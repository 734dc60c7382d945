#include "core/readers/recipes/unsaid_by_recipe.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/estimate/estimate.h"
#include "core/open/scenario_json.h"
#include "core/readers/said_elsewhere.h"

namespace headroom {
namespace {

using Json = nlohmann::ordered_json;

Bytes needOf(const Scenario& s) {
  return estimate(s).heaviest().device;
}

}  // namespace

std::vector<std::string> unsaidBy(const ReadRecipe& recipe, const Scenario& asked) {
  std::vector<std::string> lost;
  const Result<Scenario> again = scenarioOfRecipe(recipe, asked);
  if (!again) return lost;
  const Json wanted = Json::parse(writeScenario(asked), nullptr, false).flatten();
  const Json got = Json::parse(writeScenario(*again), nullptr, false);
  const Json said = got.flatten();
  const Bytes need = needOf(*again);
  for (const auto& [pointer, value] : wanted.items()) {
    if (saidElsewhere(pointer, {"/reserve", "/framework", "/unmodelled", "/parallel/data", "/engine_options"}) ||
        (said.contains(pointer) && said[pointer] == value))
      continue;
    Json with = got;
    with[Json::json_pointer(pointer)] = value;
    const Result<Scenario> other = readScenario(jsonText(with), "");
    if (other && needOf(*other) == need) continue;  // the training code does so by itself
    std::string name = pointer.substr(1);
    std::ranges::replace(name, '/', '.');
    lost.push_back(std::move(name));
  }
  return lost;
}

}  // namespace headroom
