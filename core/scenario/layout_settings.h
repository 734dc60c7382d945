// How a job is spread over devices, with every way filled in. Internal to core/scenario.
#pragma once

#include "core/scenario/setting_recorder.h"
#include "core/scenario/training_codes.h"

namespace headroom {

// `code` may be nullptr; the engine is settled already.
void layoutSettings(const Scenario& scenario, const TrainingCodeRow* code, SettingRecorder& recorder, Settings& out);

}  // namespace headroom
