// torchtitan's TOML (torchtitan/config/job_config.py, 0.2) as a scenario. Internal to core/readers/recipes.
#pragma once

#include <string_view>

#include "core/base/result.h"
#include "core/readers/reading.h"

namespace headroom {

// Sections of a job's configuration: [training] beside [model], [parallelism] or [job].
bool looksLikeTitan(std::string_view text);
// Errors: a file without [training] (unknown_name).
Result<Reading> readTitan(std::string_view text, std::string_view where);

// Its command line: run_train.sh and torchrun -m torchtitan.train with --section.key words and a file that is named.
Result<Reading> readTitanCommand(std::string_view text, std::string_view where);

}  // namespace headroom
