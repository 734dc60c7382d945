// Lists of words with blanks between, as rows of tables hold them.
#pragma once

#include <algorithm>
#include <string_view>

namespace headroom {

// Calls take(word) for every word.
template <typename Take>
void eachWord(std::string_view words, Take take) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    if (end > 0) take(words.substr(0, end));
    words.remove_prefix(std::min(end + 1, words.size()));
  }
}

// Whether a word is one of the list's.
inline bool listedIn(std::string_view words, std::string_view word) {
  bool found = false;
  eachWord(words, [&](std::string_view w) { found |= w == word; });
  return found;
}

}  // namespace headroom
