#include "core/readers/commands/powershell_lists.h"

#include <algorithm>
#include <cctype>

#include "core/readers/commands/text_lines.h"

namespace headroom {
namespace {

constexpr std::size_t kMostWords = 256, kLongestItem = 400;

bool isNameChar(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// "text" or 'text' without its quotes; empty for anything else.
std::string_view quoted(std::string_view item) {
  const bool is = item.size() > 1 && (item.front() == '"' || item.front() == '\'') && item.back() == item.front();
  return is ? item.substr(1, item.size() - 2) : std::string_view();
}

// What `$Name = 262144` or `$Name = "text"` sets it to, the first time; empty for what is computed.
std::string valueOf(std::string_view script, const std::string& name) {
  for (std::size_t at = script.find(name); at != script.npos; at = script.find(name, at + 1)) {
    std::string_view rest = script.substr(at + name.size(), kLongestItem);
    const std::size_t equals = rest.find_first_not_of(' ');
    if (equals == rest.npos || rest[equals] != '=') continue;
    rest = trimmed(rest.substr(equals + 1, rest.find('\n', equals) - equals - 1));
    while (rest.ends_with(',') || rest.ends_with(' ')) rest.remove_suffix(1);
    if (const std::string_view text = quoted(rest); !text.empty()) return std::string(text);
    const bool number = !rest.empty() && rest.find_first_not_of("0123456789.") == rest.npos;
    return number ? std::string(rest) : std::string();
  }
  return {};
}

// "$Name" and "$Name" in quotes with what the script sets it to.
std::string wordOf(std::string_view script, std::string_view item) {
  const std::string_view text = quoted(item);
  std::string word(text.empty() ? item : text);
  const bool name = word.size() > 1 && word.front() == '$' && std::all_of(word.begin() + 1, word.end(), isNameChar);
  if (!name) return word;
  const std::string value = valueOf(script, word);
  return value.empty() ? word : value;
}

}  // namespace

std::vector<std::string> powershellWords(std::string_view script) {
  for (std::size_t at = script.find("@("); at != script.npos; at = script.find("@(", at + 2)) {
    std::vector<std::string> words;
    std::string item;
    char open = 0;
    int depth = 0;
    const auto end = [&] {
      if (const std::string_view bare = trimmed(item); !bare.empty()) words.push_back(wordOf(script, bare));
      item.clear();
    };
    for (std::size_t i = at + 2; i < script.size() && words.size() < kMostWords && item.size() < kLongestItem; ++i) {
      const char c = script[i];
      if (open == 0 && c == ')' && depth == 0) {
        end();
        if (!words.empty() && words.front().starts_with('-') && words.size() > 3) return words;
        break;
      }
      if (open == 0) depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
      if (c == '"' || c == '\'') open = open == 0 ? c : open == c ? '\0' : open;
      if (open == 0 && depth == 0 && (c == ',' || c == '\n'))
        end();
      else
        item += c;
    }
  }
  return {};
}

}  // namespace headroom
