// What Ollama's log says of the runner it starts and of its own variables. Internal to core/readers.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/readers/reading.h"

namespace headroom {

std::optional<Reading> loggedOllama(std::string_view text);

// The words of `ollama runner …` as llama.cpp's own, without what every start is given.
std::vector<std::string> runnerArguments(const std::vector<std::string>& words);

}  // namespace headroom
