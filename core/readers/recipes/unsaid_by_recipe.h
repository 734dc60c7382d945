// What of a scenario is lost in a recipe. Internal to core/readers.
#pragma once

#include <string>
#include <vector>

#include "core/readers/recipes/recipe.h"

namespace headroom {

// Keys of `asked` ("offload.optimizer") without which a step of another size is read back from the recipe written for
// it; devices and how a launcher spreads the step over them left out. Reads no file but the catalogue's.
std::vector<std::string> unsaidBy(const ReadRecipe& recipe, const Scenario& asked);

}  // namespace headroom
