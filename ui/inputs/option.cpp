#include "ui/inputs/option.h"

#include <algorithm>

#include "core/scenario/ignored_keys.h"
#include "ui/document/stated_setting.h"
#include "ui/inputs/option_tables.h"
#include "ui/languages/core_text.h"
#include "ui/languages/tr.h"
#include "ui/style/names.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

// Keys that the core's rules look at where they are asked for only.
bool readsAskedValue(std::string_view key) {
  return key == "precision.weights" || key == "precision.kv_cache" || key == "training.checkpointing" ||
         key == "engine" || key == "engine_version";
}

// Whether an object of the scenario that may be absent is there.
bool isThere(std::string_view object, const Scenario& s) {
  return object == "lora"          ? s.lora.has_value()
         : object == "speculative" ? s.speculative.has_value()
                                   : s.images.has_value();
}

}  // namespace

std::span<const Option> allOptions() {
  static const std::vector<Option> kAll = [] {
    const auto written = writtenOptions();
    std::vector<Option> all(written.begin(), written.end());
    for (auto& more : {partOptions(), keyedOptions()}) all.insert(all.end(), more.begin(), more.end());
    std::stable_sort(all.begin(), all.end(), [](const Option& a, const Option& b) { return a.section < b.section; });
    return all;
  }();
  return kAll;
}

QString defaultText(const Option& option, const Snapshot& snapshot) {
  if (keyedSetting(option.field) != nullptr) {
    const std::string_view key = keyOf(option.field);
    const StatedSetting* now = findStated(snapshot.stated, key);
    const QString value = now != nullptr && !now->asked ? now->value : defaultOf(snapshot.scenario, key).value;
    return value.isEmpty() ? tr("none") : groupedDigits(spelled(value.toStdString()));
  }
  Scenario unset = snapshot.scenario;
  option.apply(unset, {});
  return valueText(option.field, unset);
}

QString defaultReason(const Option& option, const Snapshot& snapshot) {
  const std::string_view key = keyOf(option.field);
  const StatedSetting* now = findStated(snapshot.stated, key);
  const StatedSetting usual = now != nullptr && !now->asked ? *now : defaultOf(snapshot.scenario, key);
  const QString value = defaultText(option, snapshot);
  return usual.why.isEmpty() ? tr("Default: %1").arg(value) : tr("Default: %1 (%2)").arg(value, coreText(usual.why));
}

QString idleReason(const Option& option, const Snapshot& snapshot) {
  const std::string_view key = keyOf(option.field);
  if (readsAskedValue(key)) return {};
  const std::string_view object = key.substr(0, std::min(key.find('.'), key.size()));
  for (const KeyedSetting& holder : keyedSettings())
    if (holder.key == object && holder.key != key && !isThere(object, snapshot.scenario))
      return tr("a part of “%1”, which is off").arg(labelOf(fieldOf(holder)));
  std::string_view why = setAsideFor(key, snapshot.scenario, snapshot.settings);
  const std::size_t dot = key.find('.');
  if (why.empty() && dot != std::string_view::npos)
    why = setAsideFor(key.substr(0, dot), snapshot.scenario, snapshot.settings);
  return coreText(why);
}

}  // namespace headroom::ui
