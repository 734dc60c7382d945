// What the name of a training script and the beginnings of its options say. Internal to core/readers/recipes.
#pragma once

#include <string_view>

#include "core/readers/recipes/recipe_reader.h"

namespace headroom::recipes {

// argparse takes the beginning of a name for the whole (HfArgumentParser): --model_name.
void takeModelName(Json& keys);

// Words of scripts around the Trainer that are not the Trainer's, in its own: --lora_dim, --zero_stage, --enable_fsdp.
// How the run is shared goes to `shared`, as a scenario says it.
void takeScriptWords(Json& keys, Json& shared);

// Whether a script of that name makes something else of a model, or asks it: export_model.py, merge_lora.py.
bool isNoTraining(std::string_view script);

// Whether a script's name says how it trains: grpo_fast.py, train_dpo.py.
bool namesMethod(std::string_view script);

// The method that a script's name says and no key of it: examples/scripts/orpo.py of TRL, train_dpo.py.
void takeMethod(std::string_view script, Json& keys);

}  // namespace headroom::recipes
