#include "core/formats/config/edited_copy.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/json_text.h"
#include "core/base/python_json.h"
#include "core/formats/config/edited_model.h"
#include "core/formats/config/families/dimensions.h"

namespace headroom {
namespace {

using nlohmann::json;

std::string dumped(const json& value) {
  return jsonText(value);
}

// How a list with one value per layer goes on: by its last values' shortest repetition.
void resize(json& list, std::size_t length) {
  const std::size_t old = list.size();
  while (list.size() > length) list.erase(list.size() - 1);
  std::size_t period = 1;
  const auto repeats = [&](std::size_t p) {
    for (std::size_t i = old; i-- > std::max(old / 2, p);)
      if (list[i] != list[i - p]) return false;
    return true;
  };
  while (list.size() < length && period < old && !repeats(period)) ++period;
  while (list.size() < length) list.push_back(list[list.size() - period]);
}

}  // namespace

EditedCopy::EditedCopy(const ModelReference& reference, const Model& model)
    : root_(json::parse(withoutPythonNumbers(model.config), nullptr, false)) {
  if (!root_.is_object()) root_ = json::object();
  if (root_.contains(kEditsKey) && root_[kEditsKey].is_object()) memory_ = root_[kEditsKey];
  root_.erase(kEditsKey);
  if (memory_.empty()) begin(reference, model);
  for (const char* part : {"values", "added"})
    if (!memory_.contains(part) || !memory_[part].is_object()) memory_[part] = json::object();
}

void EditedCopy::begin(const ModelReference& reference, const Model& model) {
  const std::size_t slash = model.id.rfind('/');
  memory_ = {{"name", !model.label.empty()         ? model.label
                      : slash == std::string::npos ? model.id
                                                   : model.id.substr(slash + 1)},
             {"source", model.source}};
  if (const auto* m = std::get_if<CatalogueModel>(&reference)) memory_["from"] = m->id;
  if (const auto* m = std::get_if<FileModel>(&reference)) memory_["from"] = {{"path", m->path}};
  if (const auto* m = std::get_if<HubModel>(&reference)) memory_["from"] = {{"hub", m->id}, {"revision", m->revision}};
  if (const auto* m = std::get_if<ConfigModel>(&reference)) memory_["from"] = {{"name", m->name}};
}

bool EditedCopy::isEdited(const Pointer& at) const {
  return memory_["values"].contains(at.to_string()) || wasAdded(at);
}

void EditedCopy::set(const Pointer& at, const Json& value) {
  const bool there = root_.contains(at);
  const json before = there ? root_[at] : json();
  const std::string key = at.to_string();
  if (!isEdited(at)) there ? memory_["values"][key] = before : memory_["added"][key] = true;
  if (value.is_null())
    root_[at.parent_pointer()].erase(at.back());
  else
    root_[at] = value;
  const bool asBefore = root_.contains(at) ? memory_["values"].contains(key) && memory_["values"][key] == root_[at]
                                           : memory_["added"].contains(key);
  if (!asBefore) return;
  memory_["values"].erase(key);
  memory_["added"].erase(key);
}

void EditedCopy::setLayers(const Pointer& at, std::int64_t layers) {
  const json before = root_.contains(at) ? root_[at] : json();
  set(at, layers);
  if (!before.is_number_integer() || layers < 1 || layers > kMostLayers) return;
  const json part = root_[at.parent_pointer()];
  for (const auto& [key, value] : part.items()) {
    if (!value.is_array() || value.size() != before.get<std::size_t>() || value.empty()) continue;
    json list = original(at.parent_pointer() / key, value);
    resize(list, static_cast<std::size_t>(layers));
    set(at.parent_pointer() / key, list);
  }
}

std::string EditedCopy::text() const {
  json whole = root_;
  whole[kEditsKey] = memory_;
  return dumped(whole);
}

// The configuration as it was before the first edit.
json EditedCopy::restored() const {
  json whole = root_;
  for (const auto& [key, value] : memory_["values"].items())
    if (whole.contains(Pointer(key).parent_pointer())) whole[Pointer(key)] = value;
  for (const auto& [key, value] : memory_["added"].items())
    if (whole.contains(Pointer(key))) whole[Pointer(key).parent_pointer()].erase(Pointer(key).back());
  return whole;
}

ModelReference EditedCopy::from() const {
  const json from = memory_.value("from", json());
  if (from.is_string()) return CatalogueModel{from.get<std::string>()};
  const auto text = [&](const char* key) {
    return from.is_object() && from.contains(key) && from[key].is_string() ? from[key].get<std::string>()
                                                                           : std::string();
  };
  if (!text("path").empty()) return FileModel{text("path")};
  if (!text("hub").empty()) return HubModel{text("hub"), text("revision")};
  return ConfigModel{dumped(restored()), text("name")};
}

std::string EditedCopy::changes() const {
  std::string text;
  const auto add = [&](const std::string& key, const std::string& was) {
    const Pointer at(key);
    if (root_.contains(at) && root_[at].is_structured()) return;
    const std::string now = root_.contains(at) ? dumped(root_[at]) : "absent";
    text += fmt::format("{}{} {} instead of {}", text.empty() ? "" : ", ", at.back(), now, was);
  };
  for (const auto& [key, value] : memory_["values"].items()) add(key, dumped(value));
  for (const auto& [key, value] : memory_["added"].items()) add(key, "absent");
  return text;
}

std::string EditedCopy::textOf(const char* key) const {
  return memory_.contains(key) && memory_[key].is_string() ? memory_[key].get<std::string>() : std::string();
}

// What a key held before the first edit.
json EditedCopy::original(const Pointer& at, const Json& now) const {
  const std::string key = at.to_string();
  return memory_["values"].contains(key) ? memory_["values"][key] : now;
}

}  // namespace headroom
