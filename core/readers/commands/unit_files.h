// Starts that a service manager's file states.
#pragma once

#include "core/readers/commands/command_forms.h"

namespace headroom {

// The start a line of a unit states: systemd's ExecStart=, supervisord's command=; empty where it states none.
std::string_view startOfLine(std::string_view line);

// Every start of the file with its Environment= lines; of a container's unit (podman-systemd.unit) Image= with Exec=.
void unitFile(std::string_view text, FoundCalls& out);

}  // namespace headroom
