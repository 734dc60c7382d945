// Training codes that are told everything on their command line (verl, OpenRLHF, Megatron-LM), by tables of their
// options (resources/training_commands). Internal to core/readers/recipes.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/readers/commands/shell_words.h"
#include "core/readers/reading.h"
#include "core/readers/recipes/recipe_tree.h"

namespace headroom::recipes {

// The commands of one of these codes in the text as a scenario. Errors: none of them in it (unknown_name).
Result<Reading> readToldCode(std::string_view text, std::string_view where);

// Keys that a code printed of itself, by its table.
Reading readToldKeys(const char* code, Json keys, std::string_view recognised);

}  // namespace headroom::recipes
