#include "core/report/settings_json.h"

#include <array>

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

void writeSetting(JsonWriter& json, const Setting& s) {
  json.object(s.key, [&] {
    json.key("value"), std::visit(ValueWriter{json}, s.value);
    json.member("origin", nameOf(s.origin));
    json.member("why", s.why);
  });
}

// A setting and what was written of it.
class WrittenSetting {
 public:
  // Of values that lie elsewhere, and may change where they lie, nothing is kept.
  static bool keeps(const Setting& s) { return s.value.index() <= kLastValue; }

  bool is(const Setting& s) const {
    if (text_.empty() || s.origin != origin_ || s.value.index() != value_.index() || s.why != why_ || s.key != key_)
      return false;
    const auto* const words = std::get_if<std::string_view>(&s.value);
    return words != nullptr ? *words == words_ : s.value == value_;
  }

  void write(const Setting& s) {
    key_ = s.key, why_ = s.why, origin_ = s.origin, value_ = s.value;
    if (const auto* const words = std::get_if<std::string_view>(&s.value)) words_ = *words, value_ = std::string_view();
    text_.clear();
    {
      JsonWriter json(text_);
      json.element([&] { writeSetting(json, s); });
    }
    text_.pop_back(), text_.erase(0, 1);  // the object's brackets
  }

  std::string_view text() const { return text_; }

 private:
  static constexpr std::size_t kLastValue = 6;  // KvFormats; behind it stand pointers
  static_assert(std::is_same_v<std::variant_alternative_t<kLastValue, SettingValue>, KvFormats>);

  std::string key_, why_, words_, text_;
  SettingOrigin origin_{};
  SettingValue value_;  // words stand in words_: these would be somebody else's
};

// What was written of one place among the settings. Documents that follow one another (--jsonl) are of few kinds and
// differ in few settings, which are most of their text.
class WrittenPlace {
 public:
  std::string_view of(const Setting& s) {
    for (const WrittenSetting& one : kept_)
      if (one.is(s)) return one.text();
    WrittenSetting& oldest = kept_[next_++ % kept_.size()];
    oldest.write(s);
    return oldest.text();
  }

 private:
  std::array<WrittenSetting, 6> kept_;
  std::size_t next_ = 0;
};

}  // namespace

nlohmann::ordered_json settingValueJson(const SettingValue& value) {
  return jsonTree([&](JsonWriter& json) { std::visit(ValueWriter{json}, value); });
}

void writeSettings(JsonWriter& json, const std::vector<Setting>& settings) {
  thread_local std::vector<WrittenPlace> written;
  if (written.size() < settings.size()) written.resize(settings.size());
  json.beginObject();
  for (std::size_t i = 0; i < settings.size(); ++i) {
    if (json.onOneLine() && WrittenSetting::keeps(settings[i]))
      json.json(written[i].of(settings[i]));
    else
      writeSetting(json, settings[i]);
  }
  json.endObject();
}

nlohmann::ordered_json settingsJson(const Scenario& scenario) {
  std::vector<Setting> settings;
  std::vector<ChosenSetting> chosen;
  settingsAsRun(scenario, settings, chosen);
  return jsonTree([&](JsonWriter& json) { writeSettings(json, settings); });
}

}  // namespace headroom
