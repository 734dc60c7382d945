#include "core/readers/commands/option_files.h"

#include <algorithm>
#include <map>

#include "core/readers/commands/option_table.h"
#include "core/readers/commands/server_call.h"
#include "core/readers/commands/shell_text.h"
#include "core/readers/commands/text_lines.h"

namespace headroom {
namespace {

constexpr std::size_t kMostCalls = 64;

// "${HOME_OF_MODELS}/${NAME}" by what stands above it, and of "${NAME:-default}" the default.
std::string filledIn(std::string value, std::string_view own,
                     const std::map<std::string, std::string, std::less<>>& known) {
  constexpr std::size_t kLongest = 2000;
  for (std::size_t at = value.find("${"); at != value.npos && value.size() < kLongest; at = value.find("${", at)) {
    const std::size_t end = bracketEnd(value, at + 1);
    if (end == value.npos) break;
    const std::string inside = value.substr(at + 2, end - at - 2);
    const std::size_t mark = inside.find(":-");
    const std::string name = inside.substr(0, mark);
    std::string with = mark == inside.npos ? std::string() : inside.substr(mark + 2);
    if (with.size() > 1 && with.front() == '"' && with.back() == '"') with = with.substr(1, with.size() - 2);
    if (const auto set = known.find(name); set != known.end() && name != own) with = set->second;
    if (with.find("${") != with.npos) with.clear();
    if (!with.empty()) value.replace(at, end + 1 - at, with);
    at += with.empty() ? end + 1 - at : with.size();
  }
  return value;
}

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

void propertyList(std::string_view text, FoundCalls& out) {
  constexpr std::string_view kKey = "<key>ProgramArguments</key>", kBegin = "<string>", kEnd = "</string>";
  constexpr std::size_t kMostWords = 200;
  const std::size_t key = text.find(kKey), last = key == text.npos ? key : text.find("</array>", key);
  if (last == text.npos) return;
  std::vector<std::string> words;
  for (std::size_t at = key; words.size() < kMostWords;) {
    const std::size_t begin = text.find(kBegin, at), comment = text.find("<!--", at);
    if (begin == text.npos || begin > last) break;
    if (comment < begin) {
      at = text.find("-->", comment);
      if (at == text.npos) break;
      continue;
    }
    at = text.find(kEnd, begin);
    if (at == text.npos) break;
    words.emplace_back(text.substr(begin + kBegin.size(), at - begin - kBegin.size()));
  }
  for (ServerCall& call : serverCalls(words, {})) out.calls.push_back(std::move(call));
}

void variableFile(std::string_view text, FoundCalls& out) {
  ServerCall call;
  call.engine = "llama.cpp", call.program = "environment";
  bool alone = true, ours = false;
  std::map<std::string, std::string, std::less<>> known;
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
    const std::string name(line.substr(0, equals));
    known[name] = filledIn(value, name, known);
    call.environment.emplace_back(name, known[name]);
  });
  if (alone && ours) out.calls.push_back(std::move(call));
}

}  // namespace headroom
