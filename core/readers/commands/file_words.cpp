#include "core/readers/commands/file_words.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/readers/commands/shell_text.h"
#include "core/readers/commands/shell_words.h"

namespace headroom {
namespace {

using Json = nlohmann::ordered_json;

}  // namespace

std::string wordOf(const Json& value) {
  return value.is_string() ? value.get<std::string>() : jsonText(value);
}

std::vector<std::string> wordsOf(const Json& value) {
  std::vector<std::string> words;
  const auto split = [&](const std::string& text) {
    const Result<ShellScript> script = shellScript(text);
    if (!script) return words.push_back(text);
    for (const ShellCommand& command : script->commands)
      words.insert(words.end(), command.words.begin(), command.words.end());
  };
  if (value.is_string()) split(value.get<std::string>());
  if (!value.is_array()) return words;
  for (const Json& item : value) {
    if (item.is_null() || item.is_structured()) continue;
    const std::string word = wordOf(item);
    if (word.find("${") != word.npos && word.find(":-") != word.npos && word.find('"') == word.npos)
      split(word);  // ${MODEL:-Qwen/Qwen3-8B}
    else if (word.starts_with('-') && word.find(' ') != word.npos && word.find('{') == word.npos)
      split(word);
    else
      words.push_back(word);
  }
  return words;
}

Environment environmentOf(const Json& value) {
  Environment out;
  if (value.is_object())
    for (const auto& [name, inner] : value.items())
      if (!inner.is_structured() && !inner.is_null()) out.emplace_back(name, wordOf(inner));
  if (!value.is_array()) return out;
  for (const Json& item : value) {
    if (item.is_string()) {
      const std::string word = item.get<std::string>();
      if (const std::size_t equals = word.find('='); equals != word.npos)
        out.emplace_back(word.substr(0, equals), word.substr(equals + 1));
    } else if (item.is_object() && item.contains("name") && item["name"].is_string() && item.contains("value") &&
               !item["value"].is_structured()) {
      out.emplace_back(item["name"].get<std::string>(), wordOf(item["value"]));
    }
  }
  return out;
}

std::string withNames(std::string text, std::string_view open, char close, const Environment& names) {
  for (std::size_t at = text.find(open); at != text.npos && text.size() < 20'000; at = text.find(open, at + 1)) {
    const std::size_t end = text.find(close, at);
    if (end == text.npos) break;
    const std::string name = text.substr(at + open.size(), end - at - open.size());
    for (const auto& [known, value] : names)
      if (known == name) {
        text.replace(at, end + 1 - at, value);
        break;
      }
  }
  return text;
}

void putArguments(std::vector<std::string>& words) {
  const auto script = std::ranges::find(words, "-c");
  if (script == words.end() || script + 2 >= words.end()) return;
  std::string& text = *(script + 1);
  std::string all;
  for (auto word = script + 3; word < words.end(); ++word) all += (all.empty() ? "" : " ") + shellQuoted(*word);
  bool put = false;
  for (const std::string_view mark : {"\"$$@\"", "\"$@\"", "$$@", "$@"})
    for (std::size_t at = text.find(mark); at != text.npos && text.size() < 100'000;
         at = text.find(mark, at + all.size()))
      text.replace(at, mark.size(), all), put = true;
  if (put) words.erase(script + 2, words.end());
}

}  // namespace headroom
