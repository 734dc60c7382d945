// The file that a command's --config names, where the same text writes it. Internal to core/readers/commands.
#pragma once

#include "core/readers/commands/server_call.h"
#include "core/readers/commands/shell_words.h"

namespace headroom {

// Takes the file's keys into the call's settings, and the option that named it off its arguments.
void takeConfigFile(ServerCall& call, const ShellScript& script);

}  // namespace headroom
