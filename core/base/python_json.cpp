#include "core/base/python_json.h"

namespace headroom {

std::string withoutPythonNumbers(std::string_view text) {
  std::string plain(text);
  bool quoted = false;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    if (quoted && plain[i] == '\\') {
      ++i;
      continue;
    }
    if (plain[i] == '"') quoted = !quoted;
    if (quoted) continue;
    for (const std::string_view number :
         {std::string_view("-Infinity"), std::string_view("Infinity"), std::string_view("NaN")}) {
      if (!std::string_view(plain).substr(i).starts_with(number)) continue;
      // Three letters leave no room for "null".
      plain.replace(i, number.size(),
                    number == "NaN" ? "0.0" : std::string("null") + std::string(number.size() - 4, ' '));
      i += number.size() - 1;
      break;
    }
  }
  return plain;
}

}  // namespace headroom
