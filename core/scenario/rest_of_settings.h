// The keys whose defaults nothing in estimate() reads from the settings. Internal to core/scenario.
#pragma once

#include "core/scenario/setting_recorder.h"

namespace headroom {

// Writes down what each of them was taken for.
void recordRest(const Scenario& scenario, const Settings& settings, SettingRecorder& recorder);

}  // namespace headroom
