// Regular expressions over module names, as Python's re reads them: literals, classes, groups, alternatives,
// repetitions, "^", "$" and look-ahead. Every text is matched in one pass over it, whatever the expression holds:
// hostile files are no exception.
#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace headroom {

class ModuleRegex {
 public:
  // Nothing for what is not understood (back-references, look-behind) or larger than any real pattern.
  static std::optional<ModuleRegex> compile(std::string_view expression);

  bool matchesBeginning(std::string_view text) const;  // re.match
  bool matchesWhole(std::string_view text) const;      // re.fullmatch
  bool matchesAnywhere(std::string_view text) const;   // re.search
  // From the beginning up to where a component of the name ends: "mlp.gate" and "mlp.gate.x", not "mlp.gate_proj"
  // (transformers quantizers_utils.py should_convert_module, 5.24).
  bool matchesComponents(std::string_view text) const;

  struct Step {
    enum class Kind : std::uint8_t { set, split, jump, begin, end, ahead, not_ahead, accept };
    Kind kind = Kind::accept;
    std::bitset<256> set;
    std::uint32_t a = 0, b = 0;  // split: both ways; jump: a; look-ahead: its program begins at a, the rest at b
  };

 private:
  // Marks every place where a match that begins at `from` may end.
  void ends(std::string_view text, std::size_t from, std::uint32_t start, std::vector<char>& out) const;
  bool follow(std::string_view text, std::size_t at, std::uint32_t step, std::vector<std::uint32_t>& list,
              std::vector<std::size_t>& seen) const;

  std::vector<Step> steps_;
};

}  // namespace headroom
