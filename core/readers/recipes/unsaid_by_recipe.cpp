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
using Pointer = Json::json_pointer;

struct Need {
  Bytes device, low, high, host;
  bool refused = false;
  bool operator==(const Need&) const = default;
};

Need needOf(const Scenario& s) {
  const Estimate e = estimate(s);
  const RankEstimate& r = e.heaviest();
  return {r.device, r.low, r.high, e.host.total(), !e.refused.empty()};
}

// Nothing of a scenario that cannot be read.
std::optional<Need> needOf(const Json& scenario) {
  const Result<Scenario> s = readScenario(jsonText(scenario), "");
  return s ? std::optional(needOf(*s)) : std::nullopt;
}

// Gives a member of one scenario the other's value, or takes it away where that one has none.
void take(Json& scenario, const Json& other, const Pointer& at) {
  if (other.contains(at))
    scenario[at] = other[at];
  else if (scenario.contains(at))
    scenario[at.parent_pointer()].erase(at.back());
}

// Members that two scenarios have otherwise, lists as a whole.
void addDifferences(const Json& a, const Json& b, const Pointer& at, std::vector<Pointer>& out) {
  if (!a.is_object() || !b.is_object()) {
    if (a != b) out.push_back(at);
    return;
  }
  const Json none;
  for (const auto& [key, value] : a.items())
    addDifferences(value, b.contains(key) ? b[key] : value.is_object() ? Json::object() : none, at / key, out);
  for (const auto& [key, value] : b.items())
    if (!a.contains(key)) addDifferences(value.is_object() ? Json::object() : none, value, at / key, out);
}

}  // namespace

std::vector<std::string> unsaidBy(const ReadRecipe& recipe, const Scenario& asked) {
  std::vector<std::string> lost;
  const Result<Scenario> again = scenarioOfRecipe(recipe, asked);
  if (!again) return lost;
  const Json wanted = Json::parse(writeScenario(asked), nullptr, false);
  Json got = Json::parse(writeScenario(*again), nullptr, false);
  // The launcher says how many ranks there are, the environment which releases.
  for (const char* of : {"/parallel/data", "/engine_version"}) take(got, wanted, Pointer(of));
  const Need need = needOf(asked);
  std::optional<Need> now = needOf(got);
  if (now == need) return lost;
  std::vector<Pointer> differ, without;
  addDifferences(wanted, got, Pointer(), differ);
  std::erase_if(differ, [](const Pointer& at) {
    const std::string text = at.to_string();
    return text != "/workload" && text != "/engine" &&
           saidElsewhere(text, {"/reserve", "/unmodelled", "/engine_options"});
  });
  const auto isLost = [&](const Pointer& at) {
    std::string name = at.to_string().substr(1);
    std::ranges::replace(name, '/', '.');
    lost.push_back(std::move(name));
  };
  // What the code does by itself needs no word. Beside what is lost another member may matter.
  for (bool more = true; more && now != need;) {
    more = false;
    without.clear();
    for (const Pointer& at : differ) {
      Json with = got;
      take(with, wanted, at);
      const std::optional<Need> then = needOf(with);
      if (!then || then == now) {
        without.push_back(at);
        continue;
      }
      got = std::move(with), now = then, more = true;
      isLost(at);
    }
    differ = without;
  }
  if (now == need) return lost;
  // Members that only mean something together.
  Json all = got;
  for (const Pointer& at : differ) take(all, wanted, at);
  for (const Pointer& at : differ) {
    Json with = all;
    take(with, got, at);
    if (needOf(with) == need)
      all = std::move(with);
    else
      isLost(at);
  }
  return lost;
}

}  // namespace headroom
