// JSON as text. What comes from outside (a path, a pasted command, a log) may not be UTF-8; each byte that is not
// becomes U+FFFD instead of an exception.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace headroom {

// The value as text: on one line, or indented by that many blanks a level.
template <typename Json>
std::string jsonText(const Json& value, int indent = -1) {
  return value.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace headroom
