// The command lines that start training: the codes' own programs (llamafactory-cli, swift, trl, tune), and their
// scripts behind accelerate launch, torchrun and deepspeed. Internal to core/readers/recipes.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/readers/commands/shell_words.h"
#include "core/readers/reading.h"
#include "core/readers/recipes/launchers.h"
#include "core/readers/recipes/recipe.h"
#include "core/readers/recipes/recipe_tree.h"

namespace headroom::recipes {

// Keys of a command line: --key value, --key=value, --flag, key=value; dashes are underscores.
struct CommandKeys {
  Json keys = Json::object();
  std::string file;  // a recipe's file among the words
  Launch launch;
};
CommandKeys commandKeys(const ShellCommand& command, std::size_t first);

// Shares a run over the launcher's processes: data parallel is what the other ways to split leave.
void setRanks(Reading& reading, std::int64_t devices);

// Keys read as a recipe of the dialect; a framework that is named wins over the dialect's.
Result<Reading> readingOfKeys(const Json& keys, RecipeDialect dialect, std::string_view framework,
                              std::string_view where, const std::string& folder, std::string recognised);

// Errors: nothing that trains (unknown_name); a command that only names a recipe's file (usage).
Result<Reading> readTrainingCommand(const ShellCommand& command, std::string_view where, const std::string& folder,
                                    std::string_view beside = {});

// accelerate's configuration (`accelerate config`): how the processes of a run share it; no model and no lengths.
Result<Reading> readAccelerate(std::string_view text, std::string_view where);

}  // namespace headroom::recipes
