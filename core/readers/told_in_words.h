// What a text says beside what is read of it: by the conditions of a script, and of a training in sentences.
#pragma once

#include <string_view>

#include "core/readers/reading.h"

namespace headroom {

// Adds remarks on values that a shell script's conditions choose, and on a way to share a run that only sentences name;
// takes from them over how many devices a run is shared that shares its states, where they say one number.
void noteWords(Reading& reading, std::string_view text);

}  // namespace headroom
