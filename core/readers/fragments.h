// What a thread took out of a file or broke off: an object without its end or beginning, a section alone, what a
// program printed of itself. Internal to core/readers.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/readers/reading.h"

namespace headroom {

// Reads it, or refuses it by name; unknown_name where it is nothing of the kind.
Result<Reading> readFragment(std::string_view text, std::string_view where, const std::string& folder);

// The refusal of an object that says of a model only how its weights are stored; nothing for any other.
std::optional<Error> quantizationAlone(const nlohmann::json& object, std::string_view where);

}  // namespace headroom
