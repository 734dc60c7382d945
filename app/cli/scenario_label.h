// What a scenario is called beside others.
#pragma once

#include <string>

#include "core/scenario/scenario.h"

namespace headroom {

// Its name, else the file's without its folder and ending, else its model's id.
std::string labelOf(const Scenario& scenario, const std::string& file);

}  // namespace headroom
