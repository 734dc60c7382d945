#include "core/readers/page_parts.h"

#include <algorithm>
#include <cctype>

#include "core/readers/commands/text_lines.h"

namespace headroom {

std::vector<std::string> quotedParts(std::string_view text) {
  constexpr std::size_t kMost = 16;
  std::vector<std::string> out;
  for (std::size_t at = text.find("```"); at != text.npos && out.size() < kMost;) {
    const std::size_t begin = text.find('\n', at), end = begin == text.npos ? begin : text.find("```", begin);
    if (end == text.npos) break;
    out.emplace_back(text.substr(begin + 1, end - begin - 1));
    at = text.find("```", end + 3);
  }
  if (!out.empty()) return out;
  if (const std::size_t at = text.find("`{"); at != text.npos)
    if (const std::size_t end = text.find('`', at + 1); end != text.npos)
      return {std::string(text.substr(at + 1, end - at - 1))};
  // Every line a piece of code of its own: "`--tp 4 \`".
  std::string joined;
  bool all = true;
  for (std::string_view rest = text; !rest.empty() && all;) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = trimmed(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.empty()) continue;
    all = line.size() > 2 && line.front() == '`' && line.back() == '`';
    if (all) line = trimmed(line.substr(1, line.size() - 2));
    if (line.ends_with('\\')) line = trimmed(line.substr(0, line.size() - 1));
    joined.append(line).push_back(' ');
  }
  if (all && text.find('\n') != text.npos) out.push_back(std::move(joined));
  for (std::size_t at = text.find("`--"); at != text.npos && out.size() < kMost; at = text.find("`--", at)) {
    const std::size_t end = text.find('`', at + 1);
    if (end == text.npos) break;
    out.emplace_back(text.substr(at + 1, end - at - 1));
    at = end + 1;
  }
  return out;
}

std::string_view assignedName(std::string_view text) {
  if (text.ends_with(',')) text.remove_suffix(1);  // of a file in JSON
  const std::size_t equals = text.size() < 300 ? text.find_first_of("=:") : text.npos;
  if (equals == text.npos) return {};
  std::string_view name = trimmed(text.substr(0, equals));
  if (name.size() > 2 && name.front() == '"' && name.back() == '"') name = name.substr(1, name.size() - 2);
  const std::string_view value = trimmed(text.substr(equals + 1));
  const bool plain = std::ranges::all_of(name, [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; });
  if (!plain || name.empty() || value.size() < 4 || value.front() != value.back()) return {};
  const std::string_view id = value.substr(1, value.size() - 2);
  const bool quotes = value.front() == '"' || value.front() == '\'';
  return quotes && id.find('/') != id.npos && id.find_first_of(" \t\n\"'") == id.npos ? id : std::string_view();
}

}  // namespace headroom
