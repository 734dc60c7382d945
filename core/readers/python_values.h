// What plain values of a Python script make of each other. Internal to core/readers.
#pragma once

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/readers/python_calls.h"

namespace headroom {

// str(8192), int("4"), os.getenv("LENGTH", "4096"): the value, or what stands there where nobody sets it.
std::optional<nlohmann::ordered_json> plainValue(const PythonCall& call);

// Puts what is known in the place of "{name}" of an f-string; false: a name is left that nobody knows.
bool filledIn(std::string& text, const std::function<const nlohmann::ordered_json*(std::string_view)>& lookup);

// Words behind the words of a list; of ones that may not be added the values are not known, and flags are named.
void appendWords(nlohmann::ordered_json& list, const nlohmann::ordered_json& more, bool maybe);

// parser.add_argument("--lora_r", default=8): what args.lora_r is unless a command line says otherwise; an empty name
// for any other call.
std::pair<std::string, nlohmann::ordered_json> argumentDefault(const PythonCall& call);

// NAME.split(","): the parts of a text that is known.
std::optional<nlohmann::ordered_json> partsOf(const nlohmann::ordered_json* text, const PythonCall& call,
                                              std::size_t most);

// args.lora_r and script_args.lora_r of a parser's defaults; nullptr for any other word.
const nlohmann::ordered_json* defaultOf(std::string_view word,
                                        const std::map<std::string, nlohmann::ordered_json, std::less<>>& defaults);

// A whole number or a real one; nothing for any other word.
std::optional<nlohmann::ordered_json> numberOf(const std::string& digits);

// How many values a value holds, itself among them.
std::size_t valuesIn(const nlohmann::ordered_json& value);

// How far a place stands from its line's beginning.
std::size_t columnOf(std::string_view text, std::size_t at);

}  // namespace headroom
