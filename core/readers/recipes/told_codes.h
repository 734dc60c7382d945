// Training codes that are told everything on their command line (verl, OpenRLHF, Megatron-LM), by tables of their
// options (resources/training_commands). Internal to core/readers/recipes.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/readers/commands/shell_words.h"
#include "core/readers/reading.h"

namespace headroom::recipes {

// The commands of one of these codes in the text as a scenario. Errors: none of them in it (unknown_name).
Result<Reading> readToldCode(std::string_view text, std::string_view where);

}  // namespace headroom::recipes
