#include "core/readers/recipes/shared_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "core/base/json_text.h"
#include "core/base/text_file.h"
#include "core/readers/scenario_check.h"

namespace headroom::recipes {
namespace {

void merge(Json& into, const Json& more) {
  for (const auto& [key, value] : more.items()) {
    if (value.is_object() && into.contains(key) && into[key].is_object())
      merge(into[key], value);
    else if (key == "unmodelled" && into.contains(key))
      into[key].insert(into[key].end(), value.begin(), value.end());
    else if (!into.contains(key) || key == "engine")
      into[key] = value;
  }
}

// What accelerate's file says, where it stands beside the command; else a word that it was not read.
void takeConfiguration(Reading& reading, const std::string& file, const std::string& folder) {
  namespace fs = std::filesystem;
  Json scenario = Json::parse(reading.scenario, nullptr, false);
  std::error_code failed;
  const fs::path path = fs::path(folder) / file;
  const bool there = !folder.empty() && fs::is_regular_file(path, failed);
  const Result<std::string> text = there ? readTextFile(path.string()) : fail(ErrorCode::not_found, "");
  const Result<Reading> read = text ? readAccelerate(*text, file) : fail(ErrorCode::not_found, "");
  if (read) {
    Json said = Json::parse(read->scenario, nullptr, false);
    said.erase("workload");
    merge(scenario, said);
    for (const LeftOut& left : read->leftOut) reading.leftOut.push_back(left);
  } else {
    scenario["unmodelled"].push_back("how " + file + " shares the run");
    reading.leftOut.push_back({"--config_file " + file, true});
    reading.remarks.push_back({"unread-file", Severity::warning,
                               file + " says over how many devices the run is shared, and how; it is not read."});
  }
  takeScenario(reading, std::move(scenario));
}

bool isUnread(const std::string& what) {
  return (what.starts_with("how ") && what.ends_with(" shares the run")) || what.starts_with("ZeRO's stage, which ");
}

// What stood for the file that is there now.
void forgetUnread(Reading& reading, Json& scenario) {
  Json left = Json::array();
  for (const Json& what : scenario.value("unmodelled", Json::array()))
    if (!what.is_string() || !isUnread(what.get<std::string>())) left.push_back(what);
  scenario.erase("unmodelled");
  if (!left.empty()) scenario["unmodelled"] = left;
  std::erase_if(reading.leftOut,
                [](const LeftOut& one) { return isUnread(one.text) || one.text.starts_with("--config_file "); });
  std::erase_if(reading.remarks, [](const Remark& one) {
    return one.code == "unread-file" || one.message.find("the file itself is not opened") != std::string::npos;
  });
}

}  // namespace

void addShared(Reading& reading, const Json& shared, const Launch& launch, const std::string& folder) {
  if (!shared.empty()) {
    Json scenario = Json::parse(reading.scenario, nullptr, false);
    merge(scenario, shared);
    takeScenario(reading, std::move(scenario));
  }
  if (!launch.configuration.empty()) takeConfiguration(reading, launch.configuration, folder);
  if (launch.devices) setRanks(reading, *launch.devices);
  if (launch.varies)
    reading.remarks.push_back({"assumed-ranks", Severity::assumed,
                               "A variable that the text does not set says over how many processes or machines the run "
                               "is shared; one is assumed for it."});
}

void takeSharedBeside(Reading& reading, const std::vector<std::string>& parts) {
  Json scenario = Json::parse(reading.scenario, nullptr, false);
  if (!scenario.is_object()) return;
  const bool unread =
      std::ranges::any_of(scenario.value("unmodelled", Json::array()),
                          [](const Json& what) { return what.is_string() && isUnread(what.get<std::string>()); }) ||
      std::ranges::any_of(reading.remarks, [](const Remark& one) {
        return one.message.find("the file itself is not opened") != std::string::npos;
      });
  const bool shared = scenario.contains(Json::json_pointer("/parallel/sharding"));
  if (shared && !unread) return;
  for (const std::string& part : parts) {
    Json said;
    if (const Result<Reading> file = readAccelerate(part, "")) {
      said = Json::parse(file->scenario, nullptr, false);
    } else if (unread && part.find("zero_optimization") != part.npos) {
      const Result<ReadRecipe> recipe = readRecipe(part, "", {});
      if (!recipe || recipe->dialect != RecipeDialect::deepspeed) continue;
      said = Json::parse(recipe->scenario, nullptr, false);
      for (const char* key : {"batch", "training", "precision"}) said.erase(key);
    } else {
      continue;
    }
    for (const char* key : {"workload", "headroom"}) said.erase(key);
    forgetUnread(reading, scenario);
    // The file decides what its name was only asked for.
    for (const char* key : {"sharding"})
      if (const Json::json_pointer at(std::string("/parallel/") + key); said.contains(at)) scenario[at] = said[at];
    if (unread && scenario.contains("offload") && !said.contains("offload")) scenario.erase("offload");
    merge(scenario, said);
    reading.remarks.push_back({"recipe", Severity::assumed,
                               "What stands beside the training is taken for the file that says how it is shared."});
    return takeScenario(reading, std::move(scenario));
  }
}

}  // namespace headroom::recipes
