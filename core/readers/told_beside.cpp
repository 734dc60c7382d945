#include "core/readers/told_beside.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/base/json_text.h"
#include "core/base/printable.h"
#include "core/readers/commands/server_call.h"
#include "core/readers/joined.h"
#include "core/readers/page_parts.h"
#include "core/readers/placeholder.h"
#include "core/readers/told_words.h"

namespace headroom {
namespace {

using nlohmann::ordered_json;
constexpr std::size_t kShown = 8;

// What one option means to a scenario; nothing where its value means nothing.
ordered_json meaningOf(std::string_view engine, const std::string& option) {
  ServerCall call;
  call.engine = engine, call.program = "log", call.modelElsewhere = true, call.server = false;
  call.arguments = {option};
  const Result<Reading> reading = readServerCall(call);
  ordered_json said = reading ? ordered_json::parse(reading->scenario, nullptr, false) : ordered_json();
  if (!said.is_object()) return {};
  for (const char* own : {"headroom", "engine", "unmodelled"}) said.erase(own);
  return said;
}

// "-c" counts all slots' cells, a scenario one's.
bool isSame(const ordered_json& said, const ordered_json& whole, const std::string& key) {
  if (said.is_object()) {
    return whole.is_object() && std::all_of(said.items().begin(), said.items().end(), [&](const auto& item) {
             return whole.contains(item.key()) && isSame(item.value(), whole[item.key()], item.key());
           });
  }
  if (said == whole) return true;
  // "q8_0" of both, where keys and values are told apart.
  return key == "kv_cache" && whole.is_object() && whole.contains("k") && whole["k"] == said;
}

bool says(const Reading& reading, const ordered_json& scenario, const ordered_json& meaning,
          const std::string& option) {
  const std::string name = option.substr(0, option.find('='));
  const auto listed = [&](const LeftOut& left) { return left.text.starts_with(name); };
  if (meaning.empty()) return true;
  if (std::any_of(reading.leftOut.begin(), reading.leftOut.end(), listed)) return true;
  for (const auto& [key, value] : meaning.items()) {
    if (!scenario.contains(key)) return false;
    const bool cells = key == "context" && value.is_number() && scenario[key].is_number() &&
                       value == scenario[key].get<std::int64_t>() * scenario.value("batch", std::int64_t{1});
    if (!cells && !isSame(value, scenario[key], key)) return false;
  }
  return true;
}

void merge(ordered_json& into, const ordered_json& more) {
  for (const auto& [key, value] : more.items())
    if (value.is_object() && into.contains(key) && into[key].is_object())
      merge(into[key], value);
    else if (!into.contains(key))
      into[key] = value;
}

bool hasAny(const ordered_json& scenario, const ordered_json& meaning) {
  return std::any_of(meaning.items().begin(), meaning.items().end(), [&](const auto& item) {
    if (!scenario.contains(item.key())) return false;
    return !item.value().is_object() || !scenario[item.key()].is_object() || hasAny(scenario[item.key()], item.value());
  });
}

std::ptrdiff_t timesNamed(const std::vector<std::string>& options, const std::string& option) {
  const std::string name = option.substr(0, option.find('='));
  return std::count_if(options.begin(), options.end(),
                       [&](const std::string& other) { return other.substr(0, other.find('=')) == name; });
}

std::string shown(std::string option) {
  if (const std::size_t equals = option.find('='); equals != option.npos) option[equals] = ' ';
  return printable(option, 60);
}

void takeOptions(Reading& reading, ordered_json& scenario, std::string_view engine, std::string_view text) {
  const std::vector<std::string> told = toldOptions(proseOf(text), engine);
  // Options that stand alone are as little the whole of it as a log.
  const bool log = reading.recognised.ends_with(" log") || reading.recognised.ends_with(", options");
  std::vector<std::string> taken, left;
  const ordered_json before = scenario;
  for (const std::string& option : told) {
    const ordered_json meaning = meaningOf(engine, option);
    if (says(reading, scenario, meaning, option)) continue;
    if (log && timesNamed(told, option) == 1 && !hasAny(before, meaning))
      merge(scenario, meaning), taken.push_back(shown(option));
    else if (left.size() < kShown)
      left.push_back(shown(option));
  }
  if (!taken.empty())
    reading.remarks.push_back({"told-options", Severity::assumed,
                               fmt::format("The words beside it say what it does not: {}.", fmt::join(taken, "; "))});
  if (!left.empty())
    reading.remarks.push_back({"told-options", Severity::warning,
                               fmt::format("The words beside it name what is left: {}.", fmt::join(left, "; "))});
}

void takeRelease(Reading& reading, ordered_json& scenario, std::string_view engine, std::string_view text) {
  if (scenario.contains("engine_version")) return;
  const std::vector<std::string> releases = toldReleases(text, engine);
  if (releases.size() == 1) {
    scenario["engine_version"] = releases.front();
    reading.remarks.push_back({"told-release", Severity::assumed,
                               fmt::format("Release {} is what the words beside it name.", releases.front())});
  } else if (!releases.empty() && releases.size() <= kShown) {
    reading.remarks.push_back(
        {"told-release", Severity::note,
         fmt::format("The words beside it name several releases, and none is taken: {}.", fmt::join(releases, ", "))});
  }
}

void takeModel(Reading& reading, ordered_json& scenario, std::string_view engine, std::string_view text) {
  const auto model = scenario.find("model");
  if (model != scenario.end()) {
    std::string name;
    for (const char* key : {"hub", "path"})
      if (model->is_object() && model->contains(key) && (*model)[key].is_string()) name = (*model)[key];
    if (!isPlaceholder(name)) return;
  }
  const std::vector<std::string> models = toldModels(text);
  if (models.size() != 1) return;
  ServerCall call;
  call.engine = engine, call.program = "log", call.server = false;
  call.arguments = {engine == "llama.cpp" ? "-hf" : engine == "sglang" ? "--model-path" : "--model", models.front()};
  if (engine == "tensorrt-llm" || engine == "mlx") call.arguments = {models.front()}, call.positional = true;
  Result<Reading> named = readServerCall(call);
  if (!named) return;
  const ordered_json said = ordered_json::parse(named->scenario, nullptr, false);
  if (!said.is_object() || !said.contains("model")) return;
  scenario["model"] = said["model"];
  std::erase_if(reading.remarks, [](const Remark& r) { return r.code == "no-model" || r.code == "unknown-model"; });
  reading.remarks.push_back({"told-model", Severity::assumed,
                             fmt::format("The model is the one that the words beside it name: {}.", models.front())});
}

}  // namespace

void takeTold(Reading& reading, std::string_view text) {
  const bool page = text.find("```") != text.npos;
  const bool words = reading.recognised.ends_with(" command") || reading.recognised.ends_with(" log") ||
                     reading.recognised.ends_with(" command, options");
  if (text.size() > kLongestPage || !(page || words) || trains(reading)) return;
  ordered_json scenario = ordered_json::parse(reading.scenario, nullptr, false);
  if (!scenario.is_object() || scenario.contains("workload")) return;
  const std::string engine = scenario.value("engine", "");
  if (engine.empty() || engine == "pytorch") return;
  takeOptions(reading, scenario, reading.recognised.starts_with("ollama") ? "ollama" : engine, text);
  takeRelease(reading, scenario, engine, text);
  takeModel(reading, scenario, engine, text);
  reading.scenario = jsonText(scenario, 2);
}

std::optional<Reading> readTold(std::string_view text) {
  if (text.size() > kLongestPage) return std::nullopt;
  std::optional<Reading> best;
  std::size_t most = 1;
  const std::string prose = proseOf(text);
  for (const std::string_view engine : toldEngines(text)) {
    // What stands with several values is of several servers.
    std::vector<std::string> told = toldOptions(prose, engine);
    const std::vector<std::string> all = told;
    // A bare flag is as often advice.
    std::vector<std::string> left;
    std::erase_if(told, [&](const std::string& option) {
      const bool flag = option.find('=') == option.npos;
      if (flag && left.size() < kShown) left.push_back(shown(option));
      return flag || timesNamed(all, option) > 1;
    });
    if (told.size() <= most) continue;
    ServerCall call;
    call.engine = engine, call.program = "words", call.modelElsewhere = true, call.arguments = told;
    Result<Reading> reading = readServerCall(call);
    if (!reading) continue;
    most = told.size();
    reading->recognised += ", words";
    reading->remarks.push_back(
        {"told-options", Severity::warning, "The text holds no command; what its words say of the options is taken."});
    if (!left.empty())
      reading->remarks.push_back({"told-options", Severity::warning,
                                  fmt::format("The words beside it name what is left: {}.", fmt::join(left, "; "))});
    ordered_json scenario = ordered_json::parse(reading->scenario, nullptr, false);
    takeRelease(*reading, scenario, engine, text);
    takeModel(*reading, scenario, engine, text);
    reading->scenario = jsonText(scenario, 2);
    best = std::move(*reading);
  }
  return best;
}

}  // namespace headroom
