// Names of modules as quantization configurations spell them: plain names, parts of names, "*" wildcards and
// expressions. Matching is bounded whatever the pattern holds: hostile files are no exception.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "core/formats/quantization/module_regex.h"

namespace headroom {

// How a loader holds a list against a module's full name.
enum class Matching : std::uint8_t {
  names,       // any way that tools write: the name, a parent, a part between dots, wildcards, "re:" expressions
  components,  // transformers 5: an expression from the beginning to the end of a component, or a suffix
  substring,   // transformers 4: anywhere in the name
  parts4,   // transformers 4, bitsandbytes.py, eetq.py, fbgemm_fp8.py: the last component, the name, a part up to a dot
  suffix,   // transformers 4, higgs.py: the end of the name
  exact,    // compressed-tensors: the whole name, or a "re:" expression
  weights,  // transformers 4, aqlm.py and spqr.py: the whole name with ".weight" behind it
};

class ModulePatterns {
 public:
  // An expression that is not understood is kept in `unread` and matches nothing.
  explicit ModulePatterns(const std::vector<std::string>& patterns, Matching matching = Matching::names);

  // True where one of them names the module ("model.layers.0.mlp.gate").
  bool match(std::string_view module) const;

  bool empty() const { return names_.empty() && parts_.empty() && globs_.empty() && expressions_.empty(); }
  const std::vector<std::string>& unread() const { return unread_; }
  // What match() takes at most, in comparisons of a name: callers that match thousands of modules bound the sum.
  std::int64_t cost() const {
    return 1 + static_cast<std::int64_t>(parts_.size() + 200 * globs_.size() + 500 * expressions_.size());
  }

 private:
  void addName(const std::string& pattern);
  void addExpression(std::string_view expression, const std::string& pattern);
  bool matchName(std::string_view module) const;

  Matching matching_;
  std::unordered_set<std::string> names_;  // full names; with Matching::names they match their children too
  std::vector<std::string> parts_;         // names without a layer number, which match anywhere on component borders
  std::vector<std::string> globs_;         // "*" any run, "?" any character
  std::vector<ModuleRegex> expressions_;
  std::vector<std::string> unread_;
};

// True where `text` matches the glob as a whole. Linear in the product of the lengths.
bool globMatch(std::string_view glob, std::string_view text);

}  // namespace headroom
