#include "core/readers/commands/option_files.h"

#include <algorithm>

#include "core/readers/commands/option_table.h"
#include "core/readers/commands/text_lines.h"

namespace headroom {
namespace {

constexpr std::size_t kMostCalls = 64;

}  // namespace

void presetFile(std::string_view text, FoundCalls& out) {
  std::vector<std::string> shared;
  const OptionTable& table = *optionTable("llama.cpp");
  ServerCall call;
  std::string section;
  std::size_t lines = 0, known = 0;
  std::vector<ServerCall> found;
  const auto end = [&] {
    if (section == "*" || section.empty())
      shared.insert(shared.end(), call.arguments.begin(), call.arguments.end());
    else if (found.size() < kMostCalls) {
      call.engine = "llama.cpp", call.program = "[" + section + "]";
      call.arguments.insert(call.arguments.begin(), shared.begin(), shared.end());
      found.push_back(call);
    }
    call = {};
  };
  eachLine(text, [&](std::string_view line) {
    line = trimmed(line);
    if (line.empty() || line.front() == ';' || line.front() == '#') return;
    if (line.front() == '[' && line.back() == ']') {
      end();
      section = line.substr(1, line.size() - 2);
      return;
    }
    const std::size_t equals = line.find('=');
    if (equals == line.npos) return;
    const std::string key(trimmed(line.substr(0, equals))), value(trimmed(line.substr(equals + 1)));
    ++lines;
    known += key.starts_with("LLAMA_ARG_") || table.find("--" + key).option != nullptr ||
                     table.find("-" + key).option != nullptr
                 ? 1
                 : 0;
    if (key.starts_with("LLAMA_ARG_"))
      call.environment.emplace_back(key, value);
    else if (value == "true" || value == "false")
      call.arguments.push_back((value == "true" ? "--" : "--no-") + key);
    else
      call.arguments.insert(call.arguments.end(), {(key.size() < 4 ? "-" : "--") + key, value});
  });
  end();
  // Sections and assignments are those of many files, shell scripts among them.
  if (known * 2 < lines) return;
  std::erase_if(found, [](const ServerCall& c) {
    return std::ranges::none_of(c.arguments, [](const std::string& w) {
      return w == "--model" || w == "-m" || w == "--hf-repo" || w == "-hf" || w == "--hf";
    });
  });
  for (ServerCall& preset : found) out.calls.push_back(std::move(preset));
}

void variableFile(std::string_view text, FoundCalls& out) {
  ServerCall call;
  call.engine = "llama.cpp", call.program = "environment";
  bool alone = true, ours = false;
  eachLine(text, [&](std::string_view line) {
    line = trimmed(line);
    if (line.starts_with("export ")) line = trimmed(line.substr(7));
    if (line.empty() || line.front() == '#') return;
    const std::size_t equals = line.find('=');
    alone = alone && equals != line.npos && line.substr(0, equals).find_first_of(" \t:-") == line.npos;
    if (!alone) return;
    std::string value(trimmed(line.substr(equals + 1)));
    if (value.size() > 1 && value.front() == value.back() && (value.front() == '"' || value.front() == '\''))
      value = value.substr(1, value.size() - 2);
    else
      alone = alone && value.find(' ') == value.npos;  // NAME=value llama-server: a command
    ours = ours || line.starts_with("LLAMA_ARG_MODEL=") || line.starts_with("LLAMA_ARG_HF_REPO=");
    call.environment.emplace_back(std::string(line.substr(0, equals)), std::move(value));
  });
  if (alone && ours) out.calls.push_back(std::move(call));
}

}  // namespace headroom
