// What flipping a switch would change: the same scenario estimated with another value of one option.
#pragma once

#include <optional>

#include "ui/inputs/option.h"

namespace headroom::ui {

// True for the options whose purpose is to save memory in training.
bool savesMemory(const Option& option);

// Device bytes of the fullest device with this value, less what they are now; nothing where the value is refused.
std::optional<Bytes> changeBy(const Option& option, const Snapshot& snapshot, const QString& value);
// The same for any change.
Bytes changeBy(const Snapshot& snapshot, const Scenario& other);

// "−3.20 GiB", "+0.40 GiB"; empty for a change too small to show.
QString changeText(Bytes change, ByteUnit unit);
// What to write beside a control, from the changes its values would make: "saves 3.20 GiB" where the present value
// needs less than the neediest, else "up to −3.20 GiB"; empty where nothing would change.
QString savingText(const std::vector<Bytes>& changes, ByteUnit unit);

}  // namespace headroom::ui
