#include "core/report/settings_json.h"

#include "core/base/json_text.h"
#include "core/estimate/chosen_settings.h"
#include "core/open/engine_options_reader.h"

namespace headroom {
namespace {

// Writes one value.
struct ValueWriter {
  JsonWriter& json;

  void operator()(std::monostate) const { json.null(); }
  template <typename T>
  requires std::is_arithmetic_v<T>
  void operator()(T v) const { json.value(v); }
  void operator()(std::string_view v) const { json.value(v); }
  void operator()(const WeightFormat& v) const { json.value(idOf(v)); }
  void operator()(const KvFormats& v) const {
    if (v.k == v.v) return json.value(info(v.k).id);
    json.element([&] { json.member("k", info(v.k).id), json.member("v", info(v.v).id); });
  }
  void operator()(const Targets* v) const {
    if (v->kind == Targets::Kind::named) return (*this)(&v->names);
    json.value(v->kind == Targets::Kind::attention ? "attention" : "all-linear");
  }
  void operator()(const SideModel* v) const {
    if (!v->id.empty()) return json.value(v->id);
    v->parameters > 0 ? json.value(v->parameters) : json.value("none");
  }
  void operator()(const std::vector<std::string>* v) const { list(*v); }
  void operator()(const std::vector<double>* v) const { list(*v); }
  void operator()(const std::vector<AskedOption>* v) const { json.json(engineOptionsJson(*v).dump()); }

 private:
  template <typename T>
  void list(const std::vector<T>& values) const {
    json.beginArray();
    for (const T& value : values) json.value(value);
    json.endArray();
  }
};

}  // namespace

nlohmann::ordered_json settingValueJson(const SettingValue& value) {
  return jsonTree([&](JsonWriter& json) { std::visit(ValueWriter{json}, value); });
}

void writeSettings(JsonWriter& json, const std::vector<Setting>& settings) {
  json.beginObject();
  for (const Setting& s : settings)
    json.object(s.key, [&] {
      json.key("value"), std::visit(ValueWriter{json}, s.value);
      json.member("origin", nameOf(s.origin));
      json.member("why", s.why);
    });
  json.endObject();
}

nlohmann::ordered_json settingsJson(const Scenario& scenario) {
  std::vector<Setting> settings;
  std::vector<ChosenSetting> chosen;
  settingsAsRun(scenario, settings, chosen);
  return jsonTree([&](JsonWriter& json) { writeSettings(json, settings); });
}

}  // namespace headroom
