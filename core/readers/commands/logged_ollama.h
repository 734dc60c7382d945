// What Ollama's log says of the runner it starts and of its own variables. Internal to core/readers.
#pragma once

#include <optional>
#include <string_view>

#include "core/readers/reading.h"

namespace headroom {

std::optional<Reading> loggedOllama(std::string_view text);

}  // namespace headroom
