// One key of a scenario file at a time, by its dotted path ("training.loss_rows"): what may be said of it, saying it
// and taking it back. For front ends that offer every key without knowing each.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/scenario/scenario.h"

namespace headroom {

enum class KeyKind : std::uint8_t {
  flag,  // true or false
  integer,
  real,
  name,  // one of `names`
  number_format,
  weight_format,
  text,
  list,    // of texts or numbers
  object,  // there or not; its own keys follow it
  other,   // a model, devices, options: said by means of their own
};

struct KeyDescription {
  std::string key;
  KeyKind kind = KeyKind::other;
  double low = 0, high = 0;             // of integers and reals
  std::vector<std::string_view> names;  // of KeyKind::name
};

// Every key a scenario file may have, in the order of the file, objects that may be absent among them.
std::span<const KeyDescription> describedKeys();
const KeyDescription* describedKey(std::string_view key);

// Says a key the way a file would; numbers and truth values as texts too. No text takes the key back, an object's
// presence is "true" or "false". An error changes nothing.
Result<void> sayKey(Scenario& scenario, std::string_view key, const std::vector<std::string>& texts);

// Sets an option of an engine by its own name, or takes it back with an empty text. An option that is a key of the
// scenario becomes that key.
Result<void> sayEngineOption(Scenario& scenario, Engine engine, std::string_view name, std::string_view text);
// An option's value as a person would write it: "32", "true", "fp8".
std::string optionText(const AskedOption& option);

}  // namespace headroom
