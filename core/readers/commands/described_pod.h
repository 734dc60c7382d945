// What `kubectl describe pod` prints of a container. Internal to core/readers/commands.
#pragma once

#include <string_view>

#include "core/readers/commands/command_forms.h"

namespace headroom {

// "Image:", "Command:" and "Args:", whose words stand on lines of their own.
void describedPod(std::string_view text, FoundCalls& out);

}  // namespace headroom
