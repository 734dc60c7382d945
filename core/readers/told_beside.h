// What the words of a page add to the command or log in it. Internal to core/readers.
#pragma once

#include <optional>
#include <string_view>

#include "core/readers/reading.h"

namespace headroom {

// Takes the release and the model that the words around a command or a log name where it names none itself, and options
// that a log's start does not say; what they say otherwise than the command is named in a remark.
void takeTold(Reading& reading, std::string_view text);

// A text without a command that tells two of an engine's options in words; nothing for any other.
std::optional<Reading> readTold(std::string_view text);

}  // namespace headroom
