#include "core/readers/printed_arguments.h"

#include <algorithm>
#include <cctype>

#include "core/base/lower_case.h"
#include "core/readers/commands/text_lines.h"
#include "core/readers/python_calls.h"

namespace headroom {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostNames = 2000, kLongest = std::size_t{256} << 10;

bool isName(std::string_view word) {
  return !word.empty() && std::isdigit(static_cast<unsigned char>(word.front())) == 0 &&
         std::ranges::all_of(word, [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; });
}

// A value as Python prints it.
Json printed(std::string_view text) {
  text = trimmed(text);
  const std::vector<PythonCall> calls = pythonCalls("printed(" + std::string(text.substr(0, 2000)) + ")");
  for (const PythonCall& call : calls)
    if (call.name == "printed" && call.positional.size() == 1 && !call.positional.front().is_null())
      return call.positional.front();
  return text == "None" || text.empty() ? Json() : Json(std::string(text.substr(0, 200)));
}

}  // namespace

Json dottedArguments(std::string_view text) {
  Json out = Json::object();
  std::size_t dotted = 0;
  eachLine(text.substr(0, kLongest), [&](std::string_view line) {
    if (const std::size_t at = line.find(":print]"); at != line.npos) line.remove_prefix(at + 7);
    line = trimmed(line);
    const std::size_t end = std::min(line.find(' '), line.size());
    std::string_view rest = trimmed(line.substr(end));
    const std::size_t dots = std::min(rest.find_first_not_of('.'), rest.size());
    // A name as long as the column has no dots behind it.
    const bool two = rest.find(' ') == rest.npos && out.size() > 1 && !rest.empty();
    if (!isName(line.substr(0, end)) || (dots < 2 && !two) || out.size() > kMostNames) return;
    dotted += dots < 2 ? 0 : 1;
    if (dots >= 2) rest.remove_prefix(dots);
    out[std::string(line.substr(0, end))] = printed(rest);
  });
  return dotted < 3 ? Json(Json::object()) : out;
}

Json printedDictionary(std::string_view text, std::size_t least) {
  text = text.substr(0, kLongest);
  for (std::size_t at = text.find("{'"); at != text.npos; at = text.find("{'", at + 2)) {
    const bool begins = at == 0 || text[at - 1] == '\n' || text[at - 1] == ' ' || text[at - 1] == '(';
    if (!begins) continue;
    for (const PythonCall& call : pythonCalls("printed(**" + std::string(text.substr(at)) + ")"))
      if (call.name == "printed" && call.named.size() >= least) return call.named;
  }
  return Json::object();
}

Json settingLines(std::string_view text) {
  Json out = Json::object();
  text = text.substr(0, kLongest);
  // NAME = value of a script, in capitals as constants are written.
  const Json names = pythonNames(text);
  for (const auto& [name, value] : names.items())
    if (name.size() > 2 && isName(name) && !value.is_null() && out.size() < kMostNames &&
        std::ranges::none_of(name, [](unsigned char c) { return std::islower(c) != 0; }))
      out[lowerCase(name)] = value;
  bool below = false;
  eachLine(text, [&](std::string_view line) {
    const std::string_view bare = trimmed(line);
    if (lowerCase(bare.substr(0, 200)).ends_with("with params:")) return void(below = true);
    const std::size_t at = line.find(':');
    if (bare.empty() || bare.front() == '`') below = false;
    if (!below || at == line.npos || out.size() > kMostNames || !isName(trimmed(line.substr(0, at)))) return;
    if (const Json read = printed(line.substr(at + 1)); !read.is_null())
      out[lowerCase(trimmed(line.substr(0, at)))] = read;
  });
  return out;
}

}  // namespace headroom
