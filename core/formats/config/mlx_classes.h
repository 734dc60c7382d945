// What mlx-lm's class of a model type decides by itself.
#pragma once

#include <string_view>

#include "core/model/mlx_modules.h"

namespace headroom {

MlxTraits mlxTraits(std::string_view family);

}  // namespace headroom
