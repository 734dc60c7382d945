// Weight formats to choose from, grouped, each with its bits per weight and what the model's weights come to in it.
#pragma once

#include <vector>

#include "core/base/format.h"
#include "core/scenario/scenario.h"
#include "ui/inputs/picker_field.h"

namespace headroom::ui {

// Those this workload can hold: the engine's own, and for inference GGUF file types, which llama.cpp would run. Found
// by bits too: "4 bit", "q4", "int4".
std::vector<PickerItem> formatItems(const Scenario& scenario, ByteUnit unit);

// Takes a format, and with a GGUF file type the engine that reads it where the present one does not.
void chooseFormat(Scenario& scenario, const WeightFormat& format);

}  // namespace headroom::ui
