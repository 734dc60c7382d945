// The keys that say how a training step is run in detail, each with the code's own default. Internal to core/scenario.
#pragma once

#include "core/scenario/setting_recorder.h"

namespace headroom {

// Fills out.training and out.parallel; everything else of `out` that a step depends on is settled.
void stepSettings(const Scenario& scenario, SettingRecorder& recorder, Settings& out);

}  // namespace headroom
