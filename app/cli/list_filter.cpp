#include "app/cli/list_filter.h"

#include <algorithm>
#include <cctype>

namespace headroom {
namespace {

std::string folded(std::string_view text) {
  std::string out;
  for (char c : text)
    if (c != ' ' && c != '-' && c != '_') out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

}  // namespace

bool holdsAll(const std::vector<std::string>& words, std::initializer_list<std::string_view> texts) {
  return std::ranges::all_of(words, [&](const std::string& word) {
    return std::ranges::any_of(
        texts, [&](std::string_view text) { return folded(text).find(folded(word)) != std::string::npos; });
  });
}

}  // namespace headroom
