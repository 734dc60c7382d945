// The forms in which people write down how they start a server: a shell's lines, a list of words, a container's or a
// cluster's file, a unit, a script, the engine's own file. Internal to core/readers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/readers/commands/server_call.h"

namespace headroom {

struct FoundCalls {
  std::string form;  // "compose file", "Python", …; empty: a command as a shell has it
  std::vector<ServerCall> calls;
  std::vector<std::string> notes;
};

// Errors: text that no form fits (unknown_name); a server that is known to have no account here (unsupported); an
// unclosed quote.
Result<FoundCalls> findCalls(std::string_view text);

}  // namespace headroom
