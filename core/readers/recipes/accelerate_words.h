// The words by which accelerate shares a run over devices, in its file and on its command line
// (accelerate/commands/launch.py and utils/dataclasses.py, 1.15).
#pragma once

#include "core/readers/recipes/training_command.h"

namespace headroom::recipes {

// fsdp_version, fsdp_sharding_strategy, … as scenario keys; the ones that were understood leave `words`.
void takeFsdpWords(Json& words, Json& scenario);

// accelerate launch's own words for what its file would say.
void takeLauncherWords(Json& keys, Json& scenario);

// TRL's --accelerate_config: one of its own files by name, eight processes each (trl/accelerate_configs, 1.10), or a
// path, which becomes the launch's.
void takeProfile(Json& keys, Json& scenario, Launch& launch);

}  // namespace headroom::recipes
