// Training as people start it without a recipe file: plain Python calls (Unsloth, TRL, PEFT, Transformers) and the
// command lines of training codes (accelerate launch, torchrun, deepspeed, llamafactory-cli, swift, …).
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/readers/reading.h"
#include "core/readers/recipes/recipe.h"

namespace headroom {

// The script or command line as a scenario, read as the recipe it amounts to. Errors: nothing of a training code in it
// (unknown_name); what readRecipe refuses.
Result<Reading> readTrainingScript(std::string_view text, std::string_view where, const std::string& folder,
                                   std::string_view beside = {});

// A read recipe as a reading: unknown keys as what is left out, notes as remarks.
Reading readingOf(const ReadRecipe& recipe);

}  // namespace headroom
