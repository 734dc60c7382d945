// An engine's options without the program they are for. Internal to core/readers/commands.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/readers/commands/server_call.h"
#include "core/readers/commands/shell_words.h"

namespace headroom {

// Options that stand alone ("--page-size 256 --mem-fraction-static 0.85"): whose they are, where that is plain.
std::optional<ServerCall> callOfWords(const std::vector<std::string>& words);

// A file of an engine's options ("max-model-len: 8192", vLLM's and SGLang's --config): which engine's they are.
std::optional<ServerCall> callOfOptions(const nlohmann::ordered_json& root);

// A script that starts no server known here, but has an engine's options: in an array (ENGINE_ARGS=( --tp 8 … )) or
// behind a script of its own (./serve.sh --max-num-seqs 4 …), and maybe the model in a variable called so.
std::optional<ServerCall> callOfScript(const ShellScript& script);

// A terminal's window breaks lines in the midst of words, "--gpu-memo\nry-utilization 0.9": the text with such options
// put together, where only the whole is one.
std::string unwrapped(std::string_view text);

}  // namespace headroom
