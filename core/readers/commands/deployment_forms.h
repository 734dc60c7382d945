// Files of deployment tools that state an engine's settings under names of their own instead of a command line.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/readers/commands/server_call.h"

namespace headroom {

// The starts that one object of such a file describes; none where it is nothing that is known.
std::vector<ServerCall> deploymentCalls(const nlohmann::ordered_json& object);

// The shell script that a task of SkyPilot or dstack runs, with its variables set in front of it; empty for other
// texts.
std::string taskScript(std::string_view text);

// TensorRT-LLM's options file (trtllm-serve --config): keys of LlmArgs, sections joined with a dot.
std::optional<ServerCall> trtllmOptions(const nlohmann::ordered_json& root);

}  // namespace headroom
