// Names of modules as quantization configurations spell them: plain names, parts of names, "*" wildcards and "re:"
// expressions. Matching is bounded whatever the pattern holds: hostile files are no exception.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace headroom {

class ModulePatterns {
 public:
  // Takes the patterns of an ignore list. An expression outside the known subset (literals, ".", ".*", ".+", "\d+",
  // "[0-9]+", groups of alternatives, "^", "$") is kept in `unread` and matches nothing.
  explicit ModulePatterns(const std::vector<std::string>& patterns);

  // True where one of them names the module ("model.layers.0.mlp.gate"), one of its parents, or a part of its path.
  bool match(std::string_view module) const;

  bool empty() const { return plain_.empty() && parts_.empty() && globs_.empty(); }
  const std::vector<std::string>& unread() const { return unread_; }

 private:
  std::unordered_set<std::string> plain_;  // full names, which match themselves and their children
  std::vector<std::string> parts_;         // names without a layer number, which match anywhere on component borders
  std::vector<std::string> globs_;         // "*" any run, "?" any character, "#" a run of digits
  std::vector<std::string> unread_;
};

// True where `text` matches the glob as a whole. Linear in the product of the lengths.
bool globMatch(std::string_view glob, std::string_view text);

}  // namespace headroom
