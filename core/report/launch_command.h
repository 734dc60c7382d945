// "Copy as": the command line that starts a server the way a scenario describes it, and the way back.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
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

// A server's command as people paste it: line continuations, quotes, leading variables (CUDA_VISIBLE_DEVICES=0), sudo
// and docker-less. Errors: no known server in it, no model, a number that is none, an unclosed quote.
Result<ReadCommand> readLaunchCommand(std::string_view command);

}  // namespace headroom
