// Engines that train as well as serve, but whose training steps are not accounted for here.
#pragma once

#include <string_view>

#include "core/scenario/scenario.h"

namespace headroom {

// Why a training job of the engine is refused; empty for every other engine.
std::string_view refusedTraining(Engine engine);

}  // namespace headroom
