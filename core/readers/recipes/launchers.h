// The programs of the training codes that have one of their own, and what each is told. Internal to
// core/readers/recipes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/readers/recipes/recipe.h"
#include "core/readers/recipes/recipe_tree.h"

namespace headroom::recipes {

// What a training code's command line is read as.
struct Launcher {
  std::string_view program, next;
  RecipeDialect dialect;
  std::string_view framework;  // empty: the dialect's own
};

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
