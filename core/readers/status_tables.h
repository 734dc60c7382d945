// What a machine's own tools say of it, as people paste it: `ollama ps`, nvidia-smi's table and lists, rocm-smi.
// Internal to core/readers.
#pragma once

#include <optional>
#include <string_view>

#include "core/readers/reading.h"

namespace headroom {

// The loaded model, or the devices, with what is in use of them as figures; nothing where no such table stands.
std::optional<Reading> readStatus(std::string_view text);

}  // namespace headroom
