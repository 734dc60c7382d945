// The programs of the training codes that have one of their own, and what each is told. Internal to
// core/readers/recipes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/readers/commands/shell_words.h"
#include "core/readers/recipes/recipe.h"
#include "core/readers/recipes/recipe_tree.h"

namespace headroom::recipes {

// What a training code's command line is read as.
struct Launcher {
  std::string_view program, next;
  RecipeDialect dialect;
  std::string_view framework;  // empty: the dialect's own
};

// What a launcher says of the processes it starts.
struct Launch {
  std::optional<std::int64_t> devices;  // all of them together
  std::int64_t machines = 1;
  std::string configuration;  // accelerate's file; empty where none is named
  bool varies = false;        // a variable that the text does not set says how many there are
};

// The launcher's own words, which are no keys of the code it starts: how many processes on how many machines.
Launch launchOf(const ShellCommand& command, Json& keys);

// A word of a command line as a recipe would hold it.
Json wordValue(const std::string& text);

// What a command's environment gives a variable; empty where nothing.
std::string variable(const ShellCommand& command, std::string_view name);

// "0,1,2,3": four.
std::int64_t listed(std::string_view devices);

// A word without the folder in front of it.
std::string programOf(const std::string& word);

// The words of a launcher's program at `at` and how many of the command's they are: "swift sft", and what such a
// program starts itself, "…/swift/cli/sft.py" (swift/cli/main.py).
const Launcher* launcherAt(const std::vector<std::string>& words, std::size_t at, std::size_t& taken);

// ms-swift's names in those of the Trainer, with its own defaults (swift/llm/argument, 3.5).
Json ofSwift(const Json& given, std::vector<std::string>& notes);

// Whether what a scenario names as its model is one of the catalogue that has a tower for images.
bool hasTower(const Json& model);

}  // namespace headroom::recipes
