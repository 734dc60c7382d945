// The options of the engines as data (resources/launch_options/): what each is called, what it takes, which key of the
// scenario it sets, and whether memory depends on it. Internal to core/readers/commands.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace headroom {

// What stands behind an option: nothing, a value if the next word is one, one value, or all words up to the next
// option.
enum class Takes { flag, optional, integer, number, text, json, list, size };

struct EngineOption {
  std::string name;   // its first name
  std::string key;    // JSON pointer of the scenario; empty: none has it
  std::string reads;  // how the value becomes the key; empty: as the number, text or flag it is
  Takes takes = Takes::text;
  bool memory = false, counted = false;
  std::string usual;                     // what is so where nobody says, as JSON; empty: not known, or nothing
  std::vector<std::string> environment;  // variables that say the same
};

struct FoundOption {
  const EngineOption* option = nullptr;
  bool off = false;  // by its name for not: --no-enforce-eager
};

class OptionTable {
 public:
  explicit OptionTable(std::string_view json);

  // By any of its names. Underscore for dash, unique beginnings and --no- where the engine's own parser allows them.
  FoundOption find(std::string_view name) const;
  // Every name in it, sorted.
  std::vector<std::string> names() const;
  // By the variable that stands for it.
  const EngineOption* byEnvironment(std::string_view variable) const;

 private:
  void add(EngineOption option, std::string_view names, std::string_view off);

  bool underscores_ = false, prefixes_ = false, negations_ = false;
  std::vector<EngineOption> options_;
  std::map<std::string, std::pair<std::size_t, bool>, std::less<>> names_;
  std::map<std::string, std::size_t, std::less<>> environment_;
};

// The table of an engine ("vllm"), read on first use; nullptr for one without.
const OptionTable* optionTable(std::string_view engine);

}  // namespace headroom
