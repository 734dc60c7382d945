// What every key of a scenario means at the moment, as text: what was asked, or what the engine would do and why.
#pragma once

#include <QString>
#include <string_view>
#include <vector>

#include "core/scenario/scenario.h"
#include "ui/document/field.h"

namespace headroom::ui {

struct StatedSetting {
  std::string_view key;  // "training.loss_rows"; the core's own text
  QString value;         // as a scenario file says it, switches "on" and "off"; empty: nothing
  bool asked = false;    // the scenario says so itself
  QString why;           // of a default
};

// One for every key that means something at the moment.
std::vector<StatedSetting> statedSettings(const Scenario& scenario);
const StatedSetting* findStated(const std::vector<StatedSetting>& settings, std::string_view key);

// What the key would mean if the scenario did not say it.
StatedSetting defaultOf(const Scenario& scenario, std::string_view key);

// The settings known by their key alone that one of the scenarios asks for, in their order.
std::vector<Field> askedKeyed(const std::vector<const Scenario*>& scenarios);

}  // namespace headroom::ui
