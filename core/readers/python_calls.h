// The calls of a Python script with their arguments, read by pattern; nothing is run. Internal to core/readers.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace headroom {

struct PythonCall {
  std::string name;                                // "FastLanguageModel.from_pretrained"
  std::vector<nlohmann::ordered_json> positional;  // null where a value is not plain
  nlohmann::ordered_json named = nlohmann::ordered_json::object();
  std::vector<std::string> unread;    // names of arguments whose values are computed
  std::vector<std::string> commands;  // texts in it that have options, with names in braces that nobody knows
  std::string assigned;               // the variable it goes to; empty where there is none
  int line = 1;
};

// Every call of the text in order, inner ones before outer ones. Numbers, texts, booleans, None, lists, dictionaries
// and names that the script sets to such a value are read; everything else is listed. At most 2000 calls, 256 KiB.
std::vector<PythonCall> pythonCalls(std::string_view text);

// The names that the script sets to such a value, with the last one each is set to.
nlohmann::ordered_json pythonNames(std::string_view text);

}  // namespace headroom
