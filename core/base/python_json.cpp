#include "core/base/python_json.h"

namespace headroom {

namespace {

// The text with replacement(number) where such a number stands outside quotes.
template <typename Replacement>
std::string replaced(std::string_view text, Replacement replacement) {
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
      const std::string instead = replacement(number);
      plain.replace(i, number.size(), instead);
      i += instead.size() - 1;
      break;
    }
  }
  return plain;
}

}  // namespace

std::string withoutPythonNumbers(std::string_view text) {
  // Three letters leave no room for "null".
  return replaced(text, [](std::string_view number) {
    return number == "NaN" ? std::string("0.0") : "null" + std::string(number.size() - 4, ' ');
  });
}

std::string withPythonNumbersQuoted(std::string_view text) {
  return replaced(text, [](std::string_view number) { return '"' + std::string(number) + '"'; });
}

}  // namespace headroom
