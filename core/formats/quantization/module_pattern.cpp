#include "core/formats/quantization/module_pattern.h"

#include <algorithm>
#include <cctype>

namespace headroom {
namespace {

constexpr std::size_t kLongest = 512, kMostExpressions = 256;

bool isDigit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
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
    for (std::size_t j = 1; j <= text.size(); ++j)
      next[j] = c == '*' ? row[j] || next[j - 1] : row[j - 1] && (c == '?' || c == text[j - 1]);
    row.swap(next);
  }
  return row[text.size()] != 0;
}

ModulePatterns::ModulePatterns(const std::vector<std::string>& patterns, Matching matching) : matching_(matching) {
  for (const std::string& pattern : patterns) {
    if (pattern.empty()) continue;
    const bool marked = pattern.starts_with("re:");
    if (marked && (matching == Matching::names || matching == Matching::exact)) {
      addExpression(std::string_view(pattern).substr(3), pattern);
    } else if (matching == Matching::names) {
      addName(pattern);
    } else if (matching == Matching::components) {
      if (pattern.find_first_of("*+?()[]{}|^$\\") != std::string::npos) addExpression(pattern, pattern);
      parts_.push_back(pattern);
    } else if (matching == Matching::exact || matching == Matching::weights) {
      names_.insert(pattern);
    } else {
      parts_.push_back(pattern);
    }
  }
}

void ModulePatterns::addName(const std::string& written) {
  std::string pattern = written;
  if (pattern.ends_with(".weight")) pattern.erase(pattern.size() - 7);  // AQLM and SpQR list weights
  if (pattern.size() > kLongest) {
    unread_.push_back(pattern.substr(0, 40));
  } else if (pattern.find('*') != std::string::npos) {
    std::string glob;
    for (const char c : pattern)
      if (c != '*' || !glob.ends_with('*')) glob += c;
    globs_.push_back(glob);
    globs_.push_back(glob + ".*");
  } else if (std::any_of(pattern.begin(), pattern.end(), isDigit)) {
    names_.insert(pattern);
  } else {
    parts_.push_back(pattern.ends_with('.') ? pattern.substr(0, pattern.size() - 1) : pattern);
  }
}

void ModulePatterns::addExpression(std::string_view expression, const std::string& pattern) {
  auto compiled = expressions_.size() < kMostExpressions ? ModuleRegex::compile(expression) : std::nullopt;
  if (compiled)
    expressions_.push_back(std::move(*compiled));
  else
    unread_.push_back(pattern.substr(0, 80));
}

// The name itself or any parent, with or without the leading components.
bool ModulePatterns::matchName(std::string_view module) const {
  if (names_.empty()) return false;
  for (std::size_t end = module.size(); end != std::string_view::npos && end > 0; end = module.rfind('.', end - 1))
    for (std::size_t begin = 0; begin != std::string_view::npos && begin < end;
         begin = module.find('.', begin) == std::string_view::npos ? std::string_view::npos
                                                                   : module.find('.', begin) + 1)
      if (names_.contains(std::string(module.substr(begin, end - begin)))) return true;
  return false;
}

bool ModulePatterns::match(std::string_view module) const {
  const auto anyPart = [&](auto&& test) { return std::ranges::any_of(parts_, test); };
  const auto anyExpression = [&](auto&& test) { return std::ranges::any_of(expressions_, test); };
  switch (matching_) {
    case Matching::names:
      return matchName(module) || anyPart([&](const std::string& p) { return containsPart(module, p); }) ||
             std::ranges::any_of(globs_, [&](const std::string& g) { return globMatch(g, module); }) ||
             anyExpression([&](const ModuleRegex& r) { return r.matchesBeginning(module); });
    case Matching::components:
      return anyPart([&](const std::string& p) {
               return module.ends_with(p) ||
                      (module.starts_with(p) && (module.size() == p.size() || module[p.size()] == '.'));
             }) ||
             anyExpression([&](const ModuleRegex& r) { return r.matchesComponents(module); });
    case Matching::substring:
      return anyPart([&](const std::string& p) { return module.find(p) != std::string_view::npos; });
    case Matching::parts4:
      return anyPart([&](const std::string& p) {
        return module == p || module.substr(module.rfind('.') + 1) == p ||
               module.find(p + ".") != std::string_view::npos;
      });
    case Matching::suffix:
      return anyPart([&](const std::string& p) { return module.ends_with(p); });
    case Matching::exact:
      return names_.contains(std::string(module)) ||
             anyExpression([&](const ModuleRegex& r) { return r.matchesBeginning(module); });
    case Matching::weights:
      return names_.contains(std::string(module) + ".weight");
  }
  return false;
}

}  // namespace headroom
