// Readers write scenarios word by word; one word too many must not lose the others. Internal to core/readers.
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "core/readers/reading.h"

namespace headroom {

// Takes out of the scenario, one after another, what readScenario would refuse, and says so. The model is not looked
// at: no file is opened and no hub asked.
void withoutImpossible(nlohmann::ordered_json& scenario, std::vector<LeftOut>& leftOut, std::vector<Remark>& remarks);

}  // namespace headroom
