#include "core/readers/scenario_check.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/json_text.h"
#include "core/open/scenario_json.h"

namespace headroom {
namespace {

using nlohmann::ordered_json;

// A model that stands for any.
constexpr const char* kAnyModel = R"({"dimensions": {"layers": 1, "hidden": 64, "heads": 1}})";

void withoutImpossible(ordered_json& scenario, std::vector<LeftOut>& leftOut, std::vector<Remark>& remarks) {
  constexpr int kMost = 64;
  for (int round = 0; round < kMost; ++round) {
    ordered_json tried = scenario;
    tried["model"] = ordered_json::parse(kAnyModel);
    tried.erase("resolved_model");
    const ordered_json::json_pointer draft("/speculative/model");
    if (tried.contains(draft)) tried[draft] = ordered_json::parse(kAnyModel);
    const Result<Scenario> read = readScenario(jsonText(tried), "");
    if (read) return;
    std::string pointer = read.error().where;
    if (const std::size_t at = pointer.find('/'); at != pointer.npos) pointer.erase(0, at);
    // The place, or the nearest above it that is there.
    while (pointer.size() > 1) {
      try {
        if (scenario.contains(ordered_json::json_pointer(pointer))) break;
      } catch (const ordered_json::exception&) {
        return;
      }
      pointer.erase(pointer.rfind('/'));
    }
    if (pointer.size() < 2 || pointer[0] != '/') {
      remarks.push_back({"unreadable-value", Severity::warning, read.error().text()});
      return;
    }
    const ordered_json::json_pointer at(pointer);
    std::string name = pointer.substr(1);
    for (char& c : name)
      if (c == '/') c = '.';
    const std::string text = name + " " + jsonText(scenario[at]).substr(0, 200);
    scenario["unmodelled"].push_back(text);
    leftOut.push_back({text, true});
    remarks.push_back(
        {"impossible-value", Severity::warning, fmt::format("{} is left out: {}", name, read.error().message)});
    const std::size_t slash = pointer.rfind('/');
    ordered_json& above = scenario[ordered_json::json_pointer(pointer.substr(0, slash))];
    if (above.is_object())
      above.erase(pointer.substr(slash + 1));
    else
      scenario.erase(pointer.substr(1, pointer.find('/', 1) - 1));
  }
}

}  // namespace

void takeScenario(Reading& reading, ordered_json scenario) {
  withoutImpossible(scenario, reading.leftOut, reading.remarks);
  // Not std::ranges::stable_partition: clang 14 cannot read libstdc++ 12's.
  std::stable_partition(reading.leftOut.begin(), reading.leftOut.end(),
                        [](const LeftOut& left) { return left.matters; });
  reading.scenario = jsonText(scenario, 2);
}

}  // namespace headroom
