// An engine's options without the program they are for. Internal to core/readers/commands.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/readers/commands/server_call.h"

namespace headroom {

// Options that stand alone ("--page-size 256 --mem-fraction-static 0.85"): whose they are, where that is plain.
std::optional<ServerCall> callOfWords(const std::vector<std::string>& words);

// A file of an engine's options ("max-model-len: 8192", vLLM's and SGLang's --config): which engine's they are.
std::optional<ServerCall> callOfOptions(const nlohmann::ordered_json& root);

}  // namespace headroom
