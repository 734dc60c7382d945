// What transformers' TrainingArguments say, for the dialects that pass them on. Internal to core/readers/recipes.
#pragma once

#include "core/readers/recipes/recipe_reader.h"

namespace headroom::recipes {

// per_device_train_batch_size of transformers' TrainingArguments, which is 8 where nobody says it
// (transformers/training_args.py, all releases).
void readTrainerBatch(Source& source);

// transformers' words for FSDP: fsdp and fsdp_config.
void readTrainerFsdp(Source& source);

}  // namespace headroom::recipes
