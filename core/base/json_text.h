// JSON as text. What comes from outside (a path, a pasted command, a log) may not be UTF-8; each byte that is not
// becomes U+FFFD instead of an exception, and what would steer a terminal stands as JSON's own escape, which every
// reader takes for the same text.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "core/base/printable.h"

namespace headroom {

// The value as text: on one line, or indented by that many blanks a level.
template <typename Json>
std::string jsonText(const Json& value, int indent = -1) {
  return withSteeringEscaped(value.dump(indent, ' ', false, Json::error_handler_t::replace));
}

}  // namespace headroom
