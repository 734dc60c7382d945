// The file that a command's --config names, where the same text writes it. Internal to core/readers/commands.
#pragma once

#include "core/readers/commands/server_call.h"
#include "core/readers/commands/shell_words.h"

namespace headroom {

// Takes the file's keys into the call's settings, and the option that named it off its arguments.
void takeConfigFile(ServerCall& call, const ShellScript& script);

// The same of lines "max-model-len: 8192" that stand in the text beside its one command: the file was pasted with it.
void takeConfigLines(ServerCall& call, std::string_view text);

}  // namespace headroom
