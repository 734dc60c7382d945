// Readings of a model alone: what a name, a file or a folder says. Internal to core/readers.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/readers/reading.h"

namespace headroom {

// A scenario of a model and nothing else; GGUF files are llama.cpp's. `weights`: their format, where the name says it.
Reading readingOfModel(std::string recognised, nlohmann::ordered_json reference, std::string weights = {});

// One name: an id, an address, a model of Ollama's library. Errors: not_found, unsupported, unknown_name.
Result<Reading> readName(std::string_view name);

}  // namespace headroom
