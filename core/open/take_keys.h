// A part of a scenario document, taken into a scenario that stands.
#pragma once

#include <string_view>

#include "core/base/result.h"
#include "core/scenario/scenario.h"

namespace headroom {

// Keys that the part leaves out stay as they are, and model and devices are not resolved. `engine_options` replace the
// ones there are. An error changes nothing.
Result<void> takeKeys(Scenario& scenario, std::string_view json);

}  // namespace headroom
