// How a job is spread over devices, with every way filled in. Internal to core/scenario.
#pragma once

#include "core/scenario/setting_recorder.h"

namespace headroom {

// Engine and training code are settled already.
void layoutSettings(const Scenario& scenario, SettingRecorder& recorder, Settings& out);

}  // namespace headroom
