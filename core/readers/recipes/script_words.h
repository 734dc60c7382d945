// What the name of a training script and the beginnings of its options say. Internal to core/readers/recipes.
#pragma once

#include <string_view>

#include "core/readers/recipes/recipe_reader.h"

namespace headroom::recipes {

// argparse takes the beginning of a name for the whole (HfArgumentParser): --model_name.
void takeModelName(Json& keys);

// The method that a script's name says and no key of it: examples/scripts/orpo.py of TRL, train_dpo.py.
void takeMethod(std::string_view script, Json& keys);

}  // namespace headroom::recipes
