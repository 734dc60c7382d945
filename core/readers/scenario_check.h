// Readers write scenarios word by word; one word too many must not lose the others. Internal to core/readers.
#pragma once

#include <nlohmann/json.hpp>

#include "core/readers/reading.h"

namespace headroom {

// Makes `scenario` the reading's. What readScenario would refuse is taken out of it first, one after another, and said;
// the model is not looked at: no file is opened and no hub asked. What was left out is put in order, what matters
// first.
void takeScenario(Reading& reading, nlohmann::ordered_json scenario);

}  // namespace headroom
