#include "ui/document/stated_setting.h"

#include <QStringList>
#include <algorithm>

#include "core/estimate/chosen_settings.h"
#include "core/open/said_key.h"
#include "core/scenario/settings.h"
#include "ui/document/keyed_setting.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

QString joined(const std::vector<std::string>& texts, const char* between) {
  QStringList list;
  for (const std::string& text : texts) list << QString::fromStdString(text);
  return list.join(QLatin1String(between));
}

struct Text {
  QString operator()(std::monostate) const { return {}; }
  QString operator()(bool v) const { return v ? QStringLiteral("on") : QStringLiteral("off"); }
  QString operator()(std::int64_t v) const { return QString::number(v); }
  QString operator()(double v) const { return QString::number(v, 'g', 10); }
  QString operator()(std::string_view v) const { return fromView(v); }
  QString operator()(const WeightFormat& v) const { return QString::fromStdString(idOf(v)); }
  QString operator()(const KvFormats& v) const {
    return v.k == v.v ? fromView(info(v.k).id)
                      : fromView(info(v.k).id) + QStringLiteral(" / ") + fromView(info(v.v).id);
  }
  QString operator()(const Targets* v) const {
    if (v->kind == Targets::Kind::named) return joined(v->names, ", ");
    return v->kind == Targets::Kind::attention ? QStringLiteral("attention") : QStringLiteral("all-linear");
  }
  QString operator()(const SideModel* v) const {
    if (!v->id.empty()) return QString::fromStdString(v->id);
    return v->parameters > 0 ? QString::number(v->parameters, 'g', 10) : QStringLiteral("none");
  }
  QString operator()(const std::vector<std::string>* v) const { return joined(*v, ", "); }
};

}  // namespace

std::vector<StatedSetting> statedSettings(const Scenario& scenario) {
  if (!scenario.model) return {};
  std::vector<Setting> settings;
  std::vector<ChosenSetting> chosen;
  settingsAsRun(scenario, settings, chosen);
  std::vector<StatedSetting> stated;
  stated.reserve(settings.size() + 4);
  for (const Setting& s : settings)
    stated.push_back({s.key, std::visit(Text{}, s.value), s.origin == SettingOrigin::asked, fromView(s.why)});
  // Objects that may be absent, and lists, which the settings count.
  const auto put = [&](std::string_view key, const QString& value, bool asked) {
    const auto at = std::ranges::find(stated, key, &StatedSetting::key);
    if (at != stated.end())
      at->value = value, at->asked = asked;
    else
      stated.push_back({key, value, asked, {}});
  };
  put("lora", Text{}(scenario.lora.has_value()), scenario.lora.has_value());
  put("speculative", Text{}(scenario.speculative.has_value()), scenario.speculative.has_value());
  put("images", Text{}(scenario.images.has_value()), scenario.images.has_value());
  QStringList shares;
  for (double share : scenario.tensorSplit) shares << QString::number(share, 'g', 10);
  put("tensor_split", shares.join(QStringLiteral(", ")), !shares.isEmpty());
  put("unmodelled", joined(scenario.unmodelled, "; "), !scenario.unmodelled.empty());
  return stated;
}

const StatedSetting* findStated(const std::vector<StatedSetting>& settings, std::string_view key) {
  const auto at = std::ranges::find(settings, key, &StatedSetting::key);
  return at == settings.end() ? nullptr : &*at;
}

StatedSetting defaultOf(const Scenario& scenario, std::string_view key) {
  Scenario unsaid = scenario;
  if (!sayKey(unsaid, key, {})) return {key, {}, false, {}};
  const std::vector<StatedSetting> settings = statedSettings(unsaid);
  const StatedSetting* found = findStated(settings, key);
  return found == nullptr ? StatedSetting{key, {}, false, {}} : *found;
}

std::vector<Field> askedKeyed(const std::vector<const Scenario*>& scenarios) {
  std::vector<std::vector<StatedSetting>> all;
  for (const Scenario* s : scenarios) all.push_back(statedSettings(*s));
  std::vector<Field> out;
  for (const KeyedSetting& setting : keyedSettings()) {
    const auto asks = [&](const std::vector<StatedSetting>& settings) {
      const StatedSetting* found = findStated(settings, setting.key);
      return found != nullptr && found->asked;
    };
    if (std::ranges::any_of(all, asks)) out.push_back(fieldOf(setting));
  }
  return out;
}

}  // namespace headroom::ui
