// The tables that allOptions() is made of. Internal to ui/inputs.
#pragma once

#include <span>
#include <vector>

#include "ui/inputs/option.h"

namespace headroom::ui {

std::span<const Option> writtenOptions();  // each with a behaviour of its own
std::vector<Option> partOptions();         // parts of a value: keys and values of a cache, a device's size
std::vector<Option> keyedOptions();        // known by their key alone

}  // namespace headroom::ui
