// Regular expressions that people write, tried on short names. A pattern that could take the matcher long is not tried.
// Internal to core/readers.
#pragma once

#include <memory>
#include <optional>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

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

// The Linear modules of a decoder ("q_proj") that a pattern takes in every layer alike, matched whole against names
// such as "model.layers.3.self_attn.q_proj"; empty where layers differ or none matches.
std::vector<std::string> modulesMatching(const std::string& pattern);

}  // namespace headroom
