// Servers and engines that a Python script starts. Internal to core/readers/commands.
#pragma once

#include <string_view>

#include "core/readers/commands/command_forms.h"

namespace headroom {

// LLM(model=…), AsyncEngineArgs(…), sgl.Engine(…), Llama(…), and lists of words that a script hands to a process. Adds
// to `out`.
void pythonServers(std::string_view text, FoundCalls& out);

}  // namespace headroom
