// A training that a text tells by what its program printed of its arguments, or by the settings its script begins
// with. Internal to core/readers.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/readers/reading.h"

namespace headroom::recipes {

Result<Reading> readPrinted(std::string_view text, std::string_view where, const std::string& folder);

// What the Trainer and Unsloth print of a run before its first step; it names no model.
Result<Reading> readTrainerBanner(std::string_view text, std::string_view where);

}  // namespace headroom::recipes
