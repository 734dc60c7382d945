#include "core/readers/commands/described_pod.h"

#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

#include "core/readers/commands/text_lines.h"

namespace headroom {
namespace {

// "Container ID", "State" of a line "State:          Running"; empty where a word of a command stands.
std::string_view fieldOf(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == line.npos || colon == 0 || (colon + 1 < line.size() && line[colon + 1] != ' ')) return {};
  const std::string_view name = line.substr(0, colon);
  const bool words = std::isupper(static_cast<unsigned char>(name.front())) != 0 &&
                     std::ranges::all_of(name, [](unsigned char c) { return std::isalpha(c) != 0 || c == ' '; });
  return words ? name : std::string_view();
}

}  // namespace

void describedPod(std::string_view text, FoundCalls& out) {
  std::string image;
  std::vector<std::string> words;
  bool inside = false;
  const auto end = [&] {
    std::vector<ServerCall> found = serverCalls(words, {});
    const ServerCall own = callOfImage(image);
    if (found.empty() && !own.engine.empty() && !words.empty()) {
      found.push_back(own);
      found.front().arguments = words;
    }
    for (ServerCall& call : found) {
      if (call.version.empty() && call.engine == own.engine) call.version = own.version;
      out.calls.push_back(std::move(call));
    }
    words.clear(), inside = false;
  };
  eachLine(text, [&](std::string_view line) {
    line = trimmed(line);
    const std::string_view field = fieldOf(line);
    if (field == "Container ID") end();
    if (field == "Image") image = trimmed(line.substr(6));
    if (!field.empty())
      return void(inside = (field == "Command" || field == "Args") && line.size() == field.size() + 1);
    if (inside && !line.empty()) words.emplace_back(line);
  });
  end();
}

}  // namespace headroom
