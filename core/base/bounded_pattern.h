// Regular expressions that people write, tried on short names. A pattern that could take the matcher long is not tried.
#pragma once

#include <optional>
#include <regex>
#include <string>

namespace headroom {

class BoundedPattern {
 public:
  // Nothing for a pattern that is none, or that repeats what repeats.
  static std::optional<BoundedPattern> of(const std::string& text);
  bool within(const std::string& name) const { return std::regex_search(name, regex_); }
  bool whole(const std::string& name) const { return std::regex_match(name, regex_); }

 private:
  explicit BoundedPattern(const std::string& text) : regex_(text) {}
  std::regex regex_;
};

}  // namespace headroom
