#include "core/formats/quantization/module_pattern.h"

#include <algorithm>
#include <cctype>
#include <optional>

namespace headroom {
namespace {

constexpr std::size_t kMostAlternatives = 64, kLongest = 512;

bool isDigit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

// A regular expression of the known subset as globs, one for each combination of alternatives.
std::optional<std::vector<std::string>> globsOf(std::string_view expression) {
  std::vector<std::string> globs{""};
  const auto append = [&](std::string_view text) {
    for (std::string& g : globs) g += text;
  };
  bool anchored = false;
  for (std::size_t i = 0; i < expression.size(); ++i) {
    const std::string_view rest = expression.substr(i);
    const auto run = [&](std::string_view token) {  // token followed by + or *
      return rest.starts_with(token) && rest.size() > token.size() &&
             (rest[token.size()] == '+' || rest[token.size()] == '*');
    };
    if (rest.starts_with("^")) continue;
    if (rest.starts_with("$")) {
      anchored = i + 1 == expression.size();
      continue;
    }
    if (run(".")) {
      append("*");
      ++i;
    } else if (run("\\d") || run("[0-9]")) {
      append("#");
      i += rest[0] == '\\' ? 2 : 5;
    } else if (rest.starts_with("\\d") || rest.starts_with("[0-9]")) {
      append("#");
      i += rest[0] == '\\' ? 1 : 4;
    } else if (rest.starts_with("\\.") || rest.starts_with("\\_") || rest.starts_with("\\-")) {
      append(rest.substr(1, 1));
      ++i;
    } else if (rest.starts_with("[.]")) {
      append(".");
      i += 2;
    } else if (rest[0] == '(') {
      const std::size_t close = rest.find(')');
      if (close == std::string_view::npos || rest.find('(', 1) < close) return std::nullopt;
      std::string_view inner = rest.substr(1, close - 1);
      if (inner.starts_with("?:")) inner.remove_prefix(2);
      std::vector<std::string> next;
      for (std::size_t at = 0; at <= inner.size();) {
        const std::size_t end = std::min(inner.find('|', at), inner.size());
        const auto parts = globsOf(inner.substr(at, end - at));
        if (!parts) return std::nullopt;
        for (std::string part : *parts) {
          if (part.ends_with('*')) part.pop_back();  // the alternative's open end
          for (const std::string& g : globs) next.push_back(g + part);
        }
        at = end + 1;
      }
      if (next.size() > kMostAlternatives) return std::nullopt;
      globs = std::move(next);
      i += close;
      if (i + 1 < expression.size() &&
          (expression[i + 1] == '?' || expression[i + 1] == '*' || expression[i + 1] == '+'))
        return std::nullopt;
    } else if (rest[0] == '.') {
      append("?");
    } else if (std::isalnum(static_cast<unsigned char>(rest[0])) != 0 || rest[0] == '_' || rest[0] == '-') {
      append(rest.substr(0, 1));
    } else {
      return std::nullopt;
    }
  }
  if (!anchored) append("*");  // Python's re.match binds the beginning only
  return globs;
}

// Matches the components of `part` at any place of `module` where components begin and end.
bool containsPart(std::string_view module, std::string_view part) {
  for (std::size_t at = module.find(part); at != std::string_view::npos; at = module.find(part, at + 1)) {
    const std::size_t end = at + part.size();
    if ((at == 0 || module[at - 1] == '.') && (end == module.size() || module[end] == '.')) return true;
  }
  return false;
}

}  // namespace

bool globMatch(std::string_view glob, std::string_view text) {
  if (glob.size() > kLongest || text.size() > kLongest) return false;
  // One row of a table: row[j] says whether glob[0, i) matches text[0, j).
  std::vector<char> row(text.size() + 1, 0), next;
  row[0] = 1;
  for (const char c : glob) {
    next.assign(text.size() + 1, 0);
    if (c == '*') next[0] = row[0];
    for (std::size_t j = 1; j <= text.size(); ++j) {
      if (c == '*')
        next[j] = row[j] || next[j - 1];
      else if (c == '#')
        next[j] = isDigit(text[j - 1]) && (row[j - 1] || next[j - 1]);
      else
        next[j] = row[j - 1] && (c == '?' || c == text[j - 1]);
    }
    row.swap(next);
  }
  return row[text.size()] != 0;
}

ModulePatterns::ModulePatterns(const std::vector<std::string>& patterns) {
  for (const std::string& pattern : patterns) {
    if (pattern.empty() || pattern.size() > kLongest) continue;
    if (pattern.starts_with("re:")) {
      if (const auto globs = globsOf(std::string_view(pattern).substr(3)))
        globs_.insert(globs_.end(), globs->begin(), globs->end());
      else
        unread_.push_back(pattern);
    } else if (pattern.find('*') != std::string::npos) {
      std::string glob;
      for (const char c : pattern)
        if (c != '*' || !glob.ends_with('*')) glob += c;
      globs_.push_back(glob);
      globs_.push_back(glob + ".*");
    } else if (std::any_of(pattern.begin(), pattern.end(), isDigit)) {
      plain_.insert(pattern);
    } else {
      parts_.push_back(pattern);
    }
  }
}

bool ModulePatterns::match(std::string_view module) const {
  if (!plain_.empty())  // the name itself or any parent, with or without the leading components
    for (std::size_t end = module.size(); end != std::string_view::npos && end > 0; end = module.rfind('.', end - 1))
      for (std::size_t begin = 0; begin != std::string_view::npos && begin < end;
           begin = module.find('.', begin) == std::string_view::npos ? std::string_view::npos
                                                                     : module.find('.', begin) + 1)
        if (plain_.count(std::string(module.substr(begin, end - begin))) > 0) return true;
  return std::any_of(parts_.begin(), parts_.end(), [&](const std::string& p) { return containsPart(module, p); }) ||
         std::any_of(globs_.begin(), globs_.end(), [&](const std::string& g) { return globMatch(g, module); });
}

}  // namespace headroom
