// "Copy as": the command line that starts a server the way a scenario describes it, and the way back.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/readers/reading.h"
#include "core/scenario/scenario.h"

namespace headroom {

struct LaunchCommand {
  std::string text;                // arguments quoted for a POSIX shell where they must be
  std::vector<std::string> notes;  // what of the scenario the command cannot say
};

// `vllm serve …`, `python -m sglang.launch_server …`, `llama-server …`, `mlx_lm.server …`, an Ollama Modelfile with its
// server's variables, or `trtllm-serve …` behind the file of its --config. Errors: an engine without a server
// (transformers, training), or a model that has no name to start it by (bare dimensions, an inline configuration
// without a name).
Result<LaunchCommand> launchCommand(const Scenario& scenario);

// An Ollama Modelfile, or parts of one (FROM …, PARAMETER num_ctx …, OLLAMA_KV_CACHE_TYPE=q8_0), as a scenario of
// Ollama. Errors: none of its lines. Without FROM there is no model in it.
Result<Reading> readModelfile(std::string_view text);

// A server's start as people paste it, in any form findCalls() knows (core/readers/commands/command_forms.h): the first
// one, the others behind it. What is not understood is listed and loses nothing else; the model's reference is not
// resolved. Errors: no known server in it, a server without an account here, no model, an unclosed quote.
Result<Reading> readLaunchCommand(std::string_view command);

struct PastedCommand {
  Scenario scenario;
  std::vector<std::string> ignored;  // what was not understood, the model's name included where it is not known here
};

// What the current scenario becomes by a server's command or an Ollama Modelfile: serving, with what the command says
// and the engine's defaults for what it does not; name, devices and reserve stay, and so does the model where the
// command names none that is known. Errors: as of the two readers.
Result<PastedCommand> pasteCommand(const Scenario& current, std::string_view text);

}  // namespace headroom
