// A command's words and variables as JSON and YAML hold them. Internal to core/readers/commands.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace headroom {

using Environment = std::vector<std::pair<std::string, std::string>>;

std::string wordOf(const nlohmann::ordered_json& value);

// A command as files hold it: a list of words, or one text that a shell splits. An option and its value may share a
// list's item.
std::vector<std::string> wordsOf(const nlohmann::ordered_json& value);

// {"NAME": value}, ["NAME=value"], [{"name": …, "value": …}].
Environment environmentOf(const nlohmann::ordered_json& value);

// The text with values for the names between `open` and `close`.
std::string withNames(std::string text, std::string_view open, char close, const Environment& names);

// bash -c 'exec vllm serve "$@"' -- and then the words: what they stand for in the script, in which Compose writes a
// dollar twice.
void putArguments(std::vector<std::string>& words);

}  // namespace headroom
