// The settings as JSON: {key: {value, origin, why}} for every key of a scenario (DESIGN 3.2). Whoever includes it
// includes nlohmann's.
#pragma once

#include <nlohmann/json.hpp>

#include "core/base/json_writer.h"
#include "core/scenario/settings.h"

namespace headroom {

void writeSettings(JsonWriter& json, const std::vector<Setting>& settings);
// Those of a scenario, as a tree.
nlohmann::ordered_json settingsJson(const Scenario& scenario);

// A setting's value as a scenario file would say it.
nlohmann::ordered_json settingValueJson(const SettingValue& value);

}  // namespace headroom
