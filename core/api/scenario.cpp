#include <headroom/scenario.h>
#include <headroom/version.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/api/content.h"
#include "core/base/json_reader.h"
#include "core/base/json_text.h"
#include "core/base/version.h"
#include "core/open/scenario_json.h"
#include "core/readers/recognise.h"

namespace headroom::api {
namespace {

using Json = nlohmann::ordered_json;

Result<Scenario> wrapped(headroom::Result<headroom::Scenario> read) {
  if (!read) return failureOf(read.error());
  return Scenario(std::make_shared<const Scenario::Content>(Scenario::Content{std::move(*read)}));
}

}  // namespace

const char* version() {
  return headroomVersion();
}

Failure failureOf(const Error& error) {
  static constexpr std::array<const char*, 8> kCodes{"usage",       "syntax",    "value", "unknown-name",
                                                     "unsupported", "not-found", "io",    "network"};
  return {kCodes[static_cast<std::size_t>(error.code)], error.message, error.where};
}

Scenario::Scenario(std::shared_ptr<const Content> content) : content_(std::move(content)) {}

Result<Scenario> Scenario::read(std::string_view json, const std::string& folder) {
  return wrapped(readScenario(json, "", folder));
}

Result<Scenario> Scenario::readFile(const std::string& path) {
  return wrapped(readScenarioFile(path));
}

Result<Scenario> Scenario::recognise(std::string_view text, const std::string& folder, std::string_view model) {
  const auto reading = headroom::recognise(text, "", folder);
  if (!reading) return failureOf(reading.error());
  std::string document = reading->scenario;
  if (!model.empty()) {
    Json asked = Json::parse(document, nullptr, false);
    const Json named = Json::parse(model, nullptr, false);
    if (named.is_discarded()) return Failure{"syntax", "The model is no JSON.", "model"};
    if (asked.is_object() && !asked.contains("model")) asked["model"] = named;
    document = jsonText(asked);
  }
  auto scenario = readScenario(document, "", folder);
  if (!scenario) return failureOf(scenario.error());
  for (const Remark& remark : reading->remarks) scenario->notes.push_back(remark.message);
  // What matters stands in the scenario itself, as not modelled.
  for (const LeftOut& left : reading->leftOut)
    if (!left.matters) scenario->notes.push_back(fmt::format("Left out: {}.", left.text));
  return wrapped(std::move(scenario));
}

Result<Scenario> Scenario::with(std::string_view key, std::string_view json) const {
  const Json value = Json::parse(json, nullptr, false);
  if (value.is_discarded()) return Failure{"syntax", fmt::format("'{}' is no JSON.", json), std::string(key)};
  Json document = Json::parse(write(), nullptr, false);
  std::string pointer = "/" + std::string(key);
  std::ranges::replace(pointer, '.', '/');
  if (key.empty() || pointer.find("//") != std::string::npos || pointer.ends_with('/'))
    return Failure{"usage", "A key is names joined by dots: training.rank.", std::string(key)};
  const Json::json_pointer at(pointer);
  for (Json::json_pointer above = at.parent_pointer(); !above.empty(); above = above.parent_pointer())
    if (document.contains(above) && !document[above].is_object())
      return Failure{"value", "An object was expected there.", above.to_string()};
  // Another model is described anew.
  if (pointer == "/model") document.erase("resolved_model");
  document[at] = value;
  return wrapped(readScenario(jsonText(document), ""));
}

std::string Scenario::write() const {
  return writeScenario(content().scenario);
}

std::string Scenario::modelId() const {
  return content().scenario.model->id;
}

std::vector<std::string> Scenario::notes() const {
  return content().scenario.notes;
}

}  // namespace headroom::api
