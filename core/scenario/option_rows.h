// All options that are known of an engine, for front ends that offer them.
#pragma once

#include <span>

#include "core/scenario/engine_options.h"

namespace headroom {

// Empty where the engine has none of its own (Feature::options).
std::span<const EngineOptionRow> optionRows(Engine engine);

}  // namespace headroom
