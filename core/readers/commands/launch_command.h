// "Copy as": the command line that starts a server the way a scenario describes it, and the way back.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/scenario/scenario.h"

namespace headroom {

struct LaunchCommand {
  std::string text;                // one line, arguments quoted for a POSIX shell where they must be
  std::vector<std::string> notes;  // what of the scenario the command cannot say
};

// `vllm serve …`, `python -m sglang.launch_server …` or `llama-server …`. Errors: an engine without a server
// (transformers, training), or a model that has no name to start it by (bare dimensions, an inline configuration
// without a name).
Result<LaunchCommand> launchCommand(const Scenario& scenario);

struct ReadCommand {
  std::string scenario;              // JSON text for readScenario; the model is not resolved
  std::vector<std::string> ignored;  // options that say nothing about memory, or are not known here
};

// An Ollama Modelfile, or parts of one (FROM …, PARAMETER num_ctx …, OLLAMA_KV_CACHE_TYPE=q8_0), as a scenario of
// llama.cpp, which Ollama runs. Errors: none of its lines, a number that is none. Without FROM there is no model in it.
Result<ReadCommand> readModelfile(std::string_view text);

// A server's command as people paste it: line continuations, quotes, leading variables (CUDA_VISIBLE_DEVICES=0), sudo
// and docker-less. Errors: no known server in it, no model, a number that is none, an unclosed quote.
Result<ReadCommand> readLaunchCommand(std::string_view command);

struct PastedCommand {
  Scenario scenario;
  std::vector<std::string> ignored;  // what was not understood, the model's name included where it is not known here
};

// What the current scenario becomes by a server's command or an Ollama Modelfile: serving, with what the command says
// and the engine's defaults for what it does not; name, devices and reserve stay, and so does the model where the
// command names none that is known. Errors: as of the two readers.
Result<PastedCommand> pasteCommand(const Scenario& current, std::string_view text);

}  // namespace headroom
