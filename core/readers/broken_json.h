// Objects of JSON in the midst of a text, and what is left of one that the text breaks off or begins inside of.
// Internal to core/readers.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace headroom {

struct MendedJson {
  std::string text;     // an object: every bracket closed behind the last whole member
  std::string last;     // the member it breaks off behind; empty where it is whole
  bool begun = false;   // its beginning was there, a brace
  std::size_t end = 0;  // where the text goes on
};

// The first object of the text that begins a line, or the members that do ("quantization_config": {…},); nothing where
// there is none.
std::optional<MendedJson> mendedJson(std::string_view text);

// Every object that begins a line, one after another, at most so many.
std::vector<MendedJson> objectsIn(std::string_view text, std::size_t most);

}  // namespace headroom
