#include "core/formats/config/config.h"
#include "core/base/json_text.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

namespace headroom {
namespace {

using nlohmann::json;

const json& emptyObject() {
  static const json kEmpty = json::object();
  return kEmpty;
}

template <typename Visit>
void eachKey(std::string_view keys, Visit visit) {
  for (std::size_t at = 0; at < keys.size();) {
    const std::size_t end = std::min(keys.find(' ', at), keys.size());
    if (!visit(keys.substr(at, end - at))) return;
    at = end + 1;
  }
}

std::string_view firstKey(std::string_view keys) {
  return keys.substr(0, keys.find(' '));
}

const json* member(const json* object, std::string_view key) {
  const auto it = object->find(key);
  return it == object->end() ? nullptr : &*it;
}

}  // namespace

void ConfigFindings::fail(ErrorCode code, std::string message, std::string where) {
  if (!error) error = Error{code, std::move(message), std::move(where)};
}

void ConfigFindings::note(std::string text) {
  for (const std::string& n : notes)
    if (n == text) return;
  notes.push_back(std::move(text));
}

Config::Found Config::find(std::string_view keys) const {
  Found found;
  bool present = false;
  for (const json* source : {object_, defaults_}) {
    eachKey(keys, [&](std::string_view key) {
      const json* value = member(source, key);
      if (value == nullptr) return true;
      present = true;
      if (value->is_null()) return true;
      found = {value, key};
      return false;
    });
    if (present) break;
  }
  return found;
}

bool Config::given(std::string_view keys) const {
  bool yes = false;
  eachKey(keys, [&](std::string_view key) {
    const json* value = member(object_, key);
    yes = value != nullptr && !value->is_null();
    return !yes;
  });
  return yes;
}

std::string Config::pointer(std::string_view key) const {
  return key.empty() ? where_ : fmt::format("{}{}{}", where_, where_.ends_with('/') ? "" : "/", key);
}

void Config::fail(ErrorCode code, std::string message, std::string_view key) const {
  findings_->fail(code, std::move(message), pointer(key));
}

std::optional<std::int64_t> Config::integer(std::string_view keys, std::string_view& key, std::int64_t least,
                                            std::int64_t most) const {
  const Found found = find(keys);
  key = found.value ? found.key : firstKey(keys);
  if (found.value == nullptr) return std::nullopt;
  double value = 0;
  const json* number = found.value;
  if (number->is_array() && !number->empty() && number->front().is_number()) {  // one value per layer, or per modality
    number = &found.value->front();
    for (const json& e : *found.value)
      if (e != *number) {
        note(fmt::format("{} differs along its list; its first value is taken.", key));
        break;
      }
  }
  if (number->is_number()) {
    value = number->get<double>();
  } else {
    fail(ErrorCode::value, fmt::format("{} must be a number, not {}.", key, found.value->type_name()), key);
    return least;
  }
  if (value != std::floor(value) || value < static_cast<double>(least) || value > static_cast<double>(most)) {
    fail(ErrorCode::value,
         fmt::format("{} is {}, but must be a whole number from {} to {}.", key, jsonText(*found.value), least, most),
         key);
    return least;
  }
  return static_cast<std::int64_t>(value);
}

std::int64_t Config::count(std::string_view keys, std::optional<std::int64_t> fallback, std::int64_t most) const {
  std::string_view key;
  if (const auto value = integer(keys, key, 1, most)) return *value;
  if (fallback) return *fallback;
  fail(ErrorCode::value, fmt::format("{} is missing; without it the model's size is not known.", key), key);
  return 1;
}

std::int64_t Config::size(std::string_view keys, std::int64_t fallback, std::int64_t most) const {
  std::string_view key;
  return integer(keys, key, 0, most).value_or(fallback);
}

double Config::real(std::string_view keys, double fallback) const {
  const Found found = find(keys);
  return found.value && found.value->is_number() ? found.value->get<double>() : fallback;
}

bool Config::flag(std::string_view keys, bool fallback) const {
  const Found found = find(keys);
  if (found.value == nullptr) return fallback;
  if (found.value->is_boolean()) return found.value->get<bool>();
  if (found.value->is_number()) return found.value->get<double>() != 0;
  fail(ErrorCode::value, fmt::format("{} must be true or false, not {}.", found.key, found.value->type_name()),
       found.key);
  return fallback;
}

std::string Config::text(std::string_view keys, std::string_view fallback) const {
  const Found found = find(keys);
  return found.value && found.value->is_string() ? found.value->get<std::string>() : std::string(fallback);
}

std::vector<std::string> Config::texts(std::string_view keys) const {
  const Found found = find(keys);
  std::vector<std::string> list;
  if (found.value == nullptr || !found.value->is_array()) return list;
  for (const json& e : *found.value) list.push_back(e.is_string() ? e.get<std::string>() : jsonText(e));
  return list;
}

std::vector<std::int64_t> Config::integers(std::string_view keys) const {
  const Found found = find(keys);
  std::vector<std::int64_t> list;
  if (found.value == nullptr || !found.value->is_array()) return list;
  for (const json& e : *found.value) {
    const double value = e.is_number() ? e.get<double>() : e.is_boolean() ? (e.get<bool>() ? 1.0 : 0.0) : -1.0;
    if (e.is_null()) {
      list.push_back(0);
    } else if (value < 0 || value > static_cast<double>(kMostElements) || value != std::floor(value)) {
      fail(ErrorCode::value, fmt::format("{} must hold whole numbers from 0 to {}.", found.key, kMostElements),
           found.key);
      list.push_back(0);
    } else {
      list.push_back(static_cast<std::int64_t>(value));
    }
  }
  return list;
}

std::size_t Config::listSize(std::string_view keys) const {
  const Found found = find(keys);
  return found.value && found.value->is_array() ? found.value->size() : 0;
}

bool Config::isList(std::string_view keys) const {
  const Found found = find(keys);
  return found.value && found.value->is_array();
}

bool Config::isObject(std::string_view keys) const {
  const Found found = find(keys);
  return found.value && found.value->is_object();
}

bool Config::isNumber(std::string_view keys) const {
  const Found found = find(keys);
  return found.value && found.value->is_number();
}

Config Config::child(std::string_view key, std::string_view defaultType) const {
  const Found found = find(key);
  if (found.value != nullptr && !found.value->is_object())
    fail(ErrorCode::value, fmt::format("{} must be an object, not {}.", found.key, found.value->type_name()),
         found.key);
  const json* object = found.value && found.value->is_object() ? found.value : &emptyObject();
  const json* type = member(object, "model_type");
  if ((type == nullptr || !type->is_string()) && defaultType.empty()) {  // the type the class itself gives this part
    const json* usual = member(defaults_, found.value ? found.key : firstKey(key));
    if (usual != nullptr && usual->is_object()) type = member(usual, "model_type");
  }
  std::string name = type && type->is_string() ? type->get<std::string>() : std::string(defaultType);
  // A part that the class completes with values of its own, not with those of the part's class (Voxtral).
  if (const json* usual = member(defaults_, found.value ? found.key : firstKey(key)); usual && usual->is_object())
    if (const json* filled = member(usual, "filled_by"); filled && usual->value("model_type", "") == name)
      name = filled->get<std::string>();
  const json* defaults = &classDefaults(name);
  if (defaults->empty()) defaults = &classDefaults(defaultType);
  return Config(object, defaults, pointer(found.value ? found.key : firstKey(key)), findings_);
}

Config Config::at(std::string_view key, std::size_t index) const {
  const Found found = find(key);
  const bool there =
      found.value && found.value->is_array() && index < found.value->size() && (*found.value)[index].is_object();
  return Config(there ? &(*found.value)[index] : &emptyObject(), &emptyObject(),
                fmt::format("{}/{}", pointer(firstKey(key)), index), findings_);
}

Config Config::withDefaultsOf(std::string_view modelType) const {
  return Config(object_, &classDefaults(modelType), where_, findings_);
}

std::vector<std::string> Config::keys() const {
  std::vector<std::string> names;
  for (const auto& [name, value] : object_->items()) names.push_back(name);
  return names;
}

std::string Config::dump(std::string_view keys) const {
  const Found found = find(keys);
  return found.value ? jsonText(*found.value) : std::string();
}

}  // namespace headroom
