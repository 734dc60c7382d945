// Files that hold a server's options alone, without the command that names them. Internal to core/readers/commands.
#pragma once

#include <string_view>

#include "core/readers/commands/command_forms.h"

namespace headroom {

// llama-server's presets: [name] sections of long option names, most of which are known.
void presetFile(std::string_view text, FoundCalls& out);

// launchd's property list: <key>ProgramArguments</key>, an array of <string>.
void propertyList(std::string_view text, FoundCalls& out);

// A file of variables alone (docker's --env-file), of llama-server's twins among them.
void variableFile(std::string_view text, FoundCalls& out);

}  // namespace headroom
