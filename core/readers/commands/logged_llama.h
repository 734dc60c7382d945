// What llama.cpp's log says of how it was started. Internal to core/readers/commands.
#pragma once

#include <optional>
#include <string_view>

#include "core/readers/reading.h"

namespace headroom {

// What it prints of its model, its context and its layers, and of a part of a log what is there.
std::optional<Reading> loggedLlama(std::string_view text);

}  // namespace headroom
