// Recipes: the configuration files of training codes, read into a scenario and written from one. Only what memory
// depends on is taken; every other key is left alone and listed.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/scenario/scenario.h"

namespace headroom {

// trl: transformers TrainingArguments with TRL's and PEFT's own fields, and PEFT's adapter_config.json.
enum class RecipeDialect : std::uint8_t { trl, axolotl, llama_factory, torchtune, deepspeed };

// "trl", "axolotl", "llama-factory", "torchtune", "deepspeed"; the names people read; and back.
std::string_view idOf(RecipeDialect dialect);
std::string_view nameOf(RecipeDialect dialect);
std::optional<RecipeDialect> recipeDialect(std::string_view id);
std::vector<std::string_view> recipeDialects();

struct ReadRecipe {
  RecipeDialect dialect = RecipeDialect::trl;
  std::string scenario;              // JSON text for readScenario; without "model" where the recipe names none
  std::string model;                 // what it is called there; may be no model of the catalogue
  bool modelKnown = false;           // the scenario names a model of the catalogue or an existing file
  std::vector<std::string> read;     // keys taken, "zero_optimization.stage"
  std::vector<std::string> matters;  // keys that memory depends on and no scenario says, with their values
  std::vector<std::string> unknown;  // keys left alone: they say nothing about memory, or nothing Headroom knows
  std::vector<std::string> notes;    // what was assumed
  std::map<std::string, std::string> places;  // by JSON pointer of the scenario: "recipe.yml:12, lora_r"
};

// Reads YAML or JSON. `where` names the text in errors; `folder` is where relative model paths start. Errors name file
// and line and say what to do: broken or too large or too deeply nested text, aliases that expand without end, a value
// of the wrong kind, a file that is no recipe of a known code.
Result<ReadRecipe> readRecipe(std::string_view text, std::string_view where, const std::string& folder = {},
                              std::optional<RecipeDialect> dialect = std::nullopt);

// The recipe as a scenario in place of `base`, which keeps what recipes do not say: devices, reserve and name, and the
// model where the recipe names none that is known. Errors as readScenario, with the recipe's own lines.
Result<Scenario> scenarioOfRecipe(const ReadRecipe& recipe, const Scenario& base);

// True for text that looks like a recipe rather than a scenario or a model's configuration.
bool looksLikeRecipe(std::string_view text);

// The scenario's error with the recipe's own line in place of the scenario's key.
Error inRecipe(Error error, const ReadRecipe& recipe);

struct WrittenRecipe {
  std::string text;
  std::vector<std::string> changed;  // keys set
  std::vector<std::string> notes;    // what of the scenario this code's recipe cannot say
};

// A recipe of the dialect: into `existing`, whose other keys, order and (where a line can be changed alone) comments
// stay, or a new one. Writes only what means something else already. Errors: an inference scenario; `existing` that
// cannot be read.
Result<WrittenRecipe> writeRecipe(const Scenario& scenario, RecipeDialect dialect, std::string_view existing = {},
                                  std::string_view where = {});

}  // namespace headroom
