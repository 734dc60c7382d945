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

bool holdsAll(const std::vector<std::string>& words, std::initializer_list<std::string_view> texts,
              const std::vector<std::string>& aliases) {
  return std::ranges::all_of(words, [&](const std::string& word) {
    const auto holds = [part = folded(word)](std::string_view text) {
      return folded(text).find(part) != std::string::npos;
    };
    return std::ranges::any_of(texts, holds) || std::ranges::any_of(aliases, holds);
  });
}

}  // namespace headroom
