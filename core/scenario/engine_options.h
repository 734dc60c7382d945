// Options of serving engines by their own names (resources/launch_options/): which of them a scenario's
// `engine_options` may hold, and what becomes of each.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/scenario/scenario.h"

namespace headroom {

enum class OptionEffect : std::uint8_t {
  none,     // moves no memory
  key,      // a key of the scenario says the same
  counted,  // the estimate reads it under its own name
  memory,   // moves memory and is not counted
};
enum class OptionType : std::uint8_t { any, integer, number, flag, text };

struct EngineOptionRow {
  std::string name;  // with underscores: "block_size"
  std::vector<std::string> aliases;
  OptionEffect effect = OptionEffect::none;
  OptionType type = OptionType::any;
  std::string key;    // effect key: "parallel.tensor"
  std::string reads;  // effect key: how the value becomes the key's, where it is not the value itself
  bool host = false;  // what it moves is the host's memory
  bool on = false;    // a flag that is on where nobody says
  std::string since, until;
};

// The row of an option; dashes count as underscores. nullptr: the engine has none of this name.
const EngineOptionRow* optionRow(Engine engine, std::string_view name);
// " Did you mean 'block_size'?" with its leading blank, or nothing.
std::string didYouMeanOption(Engine engine, std::string_view name);
// Whether a value is of the row's type; numbers and booleans may be spelled as text.
bool isOfType(OptionType type, const AskedOption& option);
std::string_view nameOf(OptionType type);  // "a whole number", …

// What a scenario asks of an option that the estimate counts; nothing where it does not, or says what is no such value.
std::optional<std::int64_t> integerOption(const Scenario& scenario, std::string_view name);
std::optional<double> numberOption(const Scenario& scenario, std::string_view name);
std::optional<bool> flagOption(const Scenario& scenario, std::string_view name);
std::string_view textOption(const Scenario& scenario, std::string_view name);  // empty: not asked

}  // namespace headroom
