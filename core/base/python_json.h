// JSON as Python's json module writes it: NaN, Infinity and -Infinity stand bare in many a config.json
// ("time_step_limit": [0.0, Infinity] of Mamba 2), where JSON has no such numbers.
#pragma once

#include <string>
#include <string_view>

namespace headroom {

// False where no such number can be: nearly every text.
inline bool holdsPythonNumbers(std::string_view text) {
  return text.find("NaN") != std::string_view::npos || text.find("Infinity") != std::string_view::npos;
}

// The text with each such number replaced by a harmless value of the same length (null, or 0.0 for NaN), so that
// positions in errors stay true.
std::string withoutPythonNumbers(std::string_view text);
// The text with each of them in quotes: a reader that wants a number names it instead of taking another.
std::string withPythonNumbersQuoted(std::string_view text);

}  // namespace headroom
