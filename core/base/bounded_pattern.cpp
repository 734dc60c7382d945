#include "core/base/bounded_pattern.h"

#include <algorithm>

namespace headroom {

std::optional<BoundedPattern> BoundedPattern::of(const std::string& text) {
  constexpr std::size_t kLongest = 300;
  constexpr std::ptrdiff_t kMostRepeats = 6;
  if (text.empty() || text.size() > kLongest) return std::nullopt;
  for (const char* nested : {")+", ")*", "){", "\\1", "\\2", "+*", "*+"})
    if (text.find(nested) != text.npos) return std::nullopt;
  if (std::ranges::count_if(text, [](char c) { return c == '*' || c == '+' || c == '{'; }) > kMostRepeats)
    return std::nullopt;
  // Python's groups that only group, and anchors that std::regex does not know.
  std::string plain = text;
  for (const char* anchor : {"\\A", "\\Z"})
    for (std::size_t at = plain.find(anchor); at != plain.npos; at = plain.find(anchor)) plain.erase(at, 2);
  try {
    return BoundedPattern(plain);
  } catch (const std::regex_error&) {
    return std::nullopt;
  }
}

}  // namespace headroom
