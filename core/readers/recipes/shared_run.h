// How a run is shared over devices: what its launcher says, and the files that say it. Internal to core/readers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/readers/recipes/training_command.h"

namespace headroom::recipes {

// How the launcher shares the run; accelerate's file is read where it stands in the folder.
void addShared(Reading& reading, const Json& shared, const Launch& launch, const std::string& folder);

// What accelerate's or DeepSpeed's file says that is pasted beside the training it is of.
void takeSharedBeside(Reading& reading, const std::vector<std::string>& parts);

}  // namespace headroom::recipes
