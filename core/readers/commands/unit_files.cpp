#include "core/readers/commands/unit_files.h"

#include "core/readers/commands/shell_words.h"
#include "core/readers/commands/text_lines.h"

namespace headroom {

std::string_view startOfLine(std::string_view line) {
  for (const std::string_view key : {"ExecStart=", "command="})
    if (line.starts_with(key)) return line.substr(key.size());
  return {};
}

void unitFile(std::string_view text, FoundCalls& out) {
  std::vector<std::pair<std::string, std::string>> environment;
  std::string joined;
  std::vector<std::string> lines;
  eachLine(text, [&](std::string_view line) {
    line = trimmed(line);
    // In a here-document whose mark is not quoted the backslash stands twice.
    if (line.ends_with('\\'))
      return void(joined.append(line.substr(0, line.find_last_not_of('\\') + 1)).push_back(' '));
    lines.push_back(joined + std::string(line));
    joined.clear();
  });
  for (const std::string& line : lines)
    if (line.starts_with("Environment="))
      if (const Result<ShellScript> words = shellScript("env " + line.substr(12)))  // else assignments, not words
        for (const ShellCommand& c : words->commands)
          for (const std::string& word : c.words)
            if (const std::size_t equals = word.find('='); equals != word.npos)
              environment.emplace_back(word.substr(0, equals), word.substr(equals + 1));
  std::string image;
  for (const std::string& line : lines)
    if (line.starts_with("Image=")) image = line.substr(6);
  for (const std::string& line : lines) {
    if (ServerCall call = callOfImage(image); line.starts_with("Exec=") && !call.engine.empty())
      if (const Result<ShellScript> words = shellScript(std::string_view(line).substr(5))) {
        for (const ShellCommand& c : words->commands)
          call.arguments.insert(call.arguments.end(), c.words.begin(), c.words.end());
        call.environment = environment;
        out.calls.push_back(std::move(call));
      }
    std::string_view command = startOfLine(line);
    while (!command.empty() && std::string_view("@-:+!").find(command.front()) != std::string_view::npos)
      command.remove_prefix(1);
    const Result<ShellScript> script = shellScript(command);
    if (!script) continue;
    for (const ShellCommand& c : script->commands) {
      std::vector<std::pair<std::string, std::string>> all = environment;
      all.insert(all.end(), c.environment.begin(), c.environment.end());
      for (ServerCall& call : serverCalls(c.words, all)) out.calls.push_back(std::move(call));
    }
  }
}

}  // namespace headroom
