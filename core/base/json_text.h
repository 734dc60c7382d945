// JSON as text. What comes from outside (a path, a pasted command, a log) may not be UTF-8; each byte that is not
// becomes U+FFFD instead of an exception, and what would steer a terminal stands as JSON's own escape, which every
// reader takes for the same text.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "core/base/json_writer.h"
#include "core/base/printable.h"

namespace headroom {

// The value as text: on one line, or indented by that many blanks a level.
template <typename Json>
std::string jsonText(const Json& value, int indent = -1) {
  return withSteeringEscaped(value.dump(indent, ' ', false, Json::error_handler_t::replace));
}

// What make(JsonWriter) writes, as a tree: for documents that hold parts of one that is written straight.
template <typename Make>
nlohmann::ordered_json jsonTree(Make&& make) {
  std::string text;
  {
    JsonWriter writer(text);
    make(writer);
  }
  return nlohmann::ordered_json::parse(text);
}

}  // namespace headroom
