// A script as the shells split it (POSIX sh, with what cmd.exe and PowerShell do otherwise), without running any of it.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace headroom {

struct ShellCommand {
  std::vector<std::string> words;
  std::vector<std::pair<std::string, std::string>> environment;  // set before it or in front of it, the last one wins
};

struct ShellScript {
  std::vector<ShellCommand> commands;                      // in order; a pipe's parts are commands of their own
  std::vector<std::pair<std::string, std::string>> files;  // that a here-document fills: cat > NAME <<EOF
  std::vector<std::string> notes;                          // what was read otherwise than a shell would
  std::map<std::string, std::vector<std::string>, std::less<>> arrays;  // NAME=( … ), as they are at the end
  std::map<std::string, std::string, std::less<>> variables;
  std::set<std::string, std::less<>> chosen;  // variables that conditions give one value or another; the last is taken
};

// Quotes, comments, continued lines (\, ^ and `), `;`, `&`, `&&`, `|`, redirections, here-documents, assignments and
// their use ($NAME, ${NAME:-other}, "${NAME[@]}", %NAME%, $env:NAME); typographic quotes and dashes are plain ones. A
// name that nothing assigns stays as it is written. Errors: an unclosed quote; more than 256 KiB.
Result<ShellScript> shellScript(std::string_view text);

}  // namespace headroom
