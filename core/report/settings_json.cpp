#include "core/report/settings_json.h"

#include "core/base/json_text.h"
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

void writeSetting(JsonWriter& json, const Setting& s) {
  json.object(s.key, [&] {
    json.key("value"), std::visit(ValueWriter{json}, s.value);
    json.member("origin", nameOf(s.origin));
    json.member("why", s.why);
  });
}

// A setting and what was written of it. Documents that follow one another (--jsonl) differ in few of their settings,
// which are most of their text.
class WrittenSetting {
 public:
  // What is written of the setting; empty for values that lie elsewhere and may change where they lie.
  std::string_view of(const Setting& s) {
    const auto* const words = std::get_if<std::string_view>(&s.value);
    if (words == nullptr && s.value.index() > kLastValue) return {};
    const bool known = !text_.empty() && s.key == key_ && s.origin == origin_ && s.why == why_ &&
                       (words != nullptr ? isWords_ && *words == words_ : !isWords_ && s.value == value_);
    if (!known) keep(s, words);
    return text_;
  }

 private:
  static constexpr std::size_t kLastValue = 6;  // KvFormats; behind it stand pointers
  static_assert(std::is_same_v<std::variant_alternative_t<kLastValue, SettingValue>, KvFormats>);

  void keep(const Setting& s, const std::string_view* words) {
    key_ = s.key, why_ = s.why, origin_ = s.origin, isWords_ = words != nullptr;
    if (words != nullptr)
      words_ = *words;
    else
      value_ = s.value;
    text_.clear();
    {
      JsonWriter json(text_);
      json.element([&] { writeSetting(json, s); });
    }
    text_.pop_back(), text_.erase(0, 1);  // the object's brackets
  }

  std::string key_, why_, words_, text_;
  SettingOrigin origin_{};
  bool isWords_ = false;
  SettingValue value_;  // never words: they would be somebody else's
};

}  // namespace

nlohmann::ordered_json settingValueJson(const SettingValue& value) {
  return jsonTree([&](JsonWriter& json) { std::visit(ValueWriter{json}, value); });
}

void writeSettings(JsonWriter& json, const std::vector<Setting>& settings) {
  thread_local std::vector<WrittenSetting> written;
  if (written.size() < settings.size()) written.resize(settings.size());
  json.beginObject();
  for (std::size_t i = 0; i < settings.size(); ++i) {
    const std::string_view text = json.onOneLine() ? written[i].of(settings[i]) : std::string_view();
    text.empty() ? writeSetting(json, settings[i]) : json.memberJson(text);
  }
  json.endObject();
}

nlohmann::ordered_json settingsJson(const Scenario& scenario) {
  std::vector<Setting> settings;
  settingsOf(scenario, &settings);
  return jsonTree([&](JsonWriter& json) { writeSettings(json, settings); });
}

}  // namespace headroom
