#include "core/readers/recipes/printed_training.h"

#include "core/base/json_text.h"
#include "core/readers/commands/text_lines.h"
#include "core/readers/printed_arguments.h"
#include "core/readers/recipes/recipe_tree.h"
#include "core/readers/recipes/script_words.h"
#include "core/readers/recipes/told_codes.h"
#include "core/readers/recipes/training_command.h"
#include "core/readers/recipes/training_script.h"
#include "core/readers/scenario_check.h"

namespace headroom::recipes {
namespace {

bool isTrue(const Json& keys, const char* key) {
  return keys.contains(key) && keys[key] == true;
}

// DeepSpeed's own print of its configuration (runtime/config.py, print_user_config).
Result<Reading> ofDeepspeed(const Json& said, std::string_view where, const std::string& folder) {
  Json keys = Json::object();
  for (const char* key : {"train_batch_size", "train_micro_batch_size_per_gpu", "gradient_accumulation_steps"})
    if (said.contains(key) && said[key].is_number_integer()) keys[key] = said[key];
  if (said.contains("zero_optimization_stage")) keys["zero_optimization"]["stage"] = said["zero_optimization_stage"];
  if (isTrue(said, "bfloat16_enabled")) keys["bf16"]["enabled"] = true;
  if (isTrue(said, "fp16_enabled")) keys["fp16"]["enabled"] = true;
  if (said.contains("optimizer_name") && said["optimizer_name"].is_string())
    keys["optimizer"]["type"] = said["optimizer_name"];
  Result<Reading> reading = readingOfKeys(keys, RecipeDialect::deepspeed, "", where, folder, "DeepSpeed log");
  if (reading && !said.contains("zero_optimization_stage"))
    reading->remarks.push_back(
        {"part-of-file", Severity::warning, "What DeepSpeed printed is there in part: ZeRO's stage is not."});
  return reading;
}

// Megatron's older words (arguments.py of 1.0 and 2.0).
Json ofMegatron(Json said) {
  const auto move = [&](const char* from, const char* to) {
    if (said.contains(from) && !said.contains(to)) said[to] = said[from];
    said.erase(from);
  };
  move("model_parallel_size", "tensor_model_parallel_size"), move("batch_size", "micro_batch_size");
  if (isTrue(said, "checkpoint_activations")) said["recompute_granularity"] = "full";
  // Every argument is printed, most of them as they are by themselves.
  Json out = Json::object();
  for (const auto& [key, value] : said.items())
    if (!value.is_null() && value != false) out[key] = value;
  return out;
}

// Scripts of alpaca-lora's kind (tloen/alpaca-lora, finetune.py): batch_size is of all micro-batches together.
Result<Reading> ofAlpaca(Json keys, std::string_view where, const std::string& folder) {
  Json shared = Json::object();
  for (const char* key : {"output_dir", "data_path", "num_epochs", "epochs", "learning_rate", "val_set_size"})
    keys.erase(key);
  if (keys.contains("target_modules"))
    keys["lora_target_modules"] = keys["target_modules"], keys.erase("target_modules");
  takeAlpacaWords(keys);
  takeScriptWords(keys, shared);
  Result<Reading> reading = readingOfKeys(keys, RecipeDialect::trl, "", where, folder, "training settings");
  if (!reading) return reading;
  if (!Json::parse(reading->scenario, nullptr, false).contains("model"))
    reading->remarks.push_back({"no-model", Severity::warning, "The settings name no model."});
  return reading;
}

}  // namespace

Result<Reading> readPrinted(std::string_view text, std::string_view where, const std::string& folder) {
  constexpr std::size_t kLeast = 4;
  if (const Json said = dottedArguments(text); said.size() >= kLeast) {
    if (said.contains("train_micro_batch_size_per_gpu") || said.contains("zero_enabled"))
      return ofDeepspeed(said, where, folder);
    if (said.contains("seq_length") || (said.contains("num_layers") && said.contains("hidden_size")))
      return readToldKeys("megatron", ofMegatron(said), "Megatron-LM log");
  }
  if (const Json said = printedDictionary(text, kLeast); said.size() >= kLeast)
    if (const std::string json = jsonText(said); looksLikeRecipe(json)) {
      const Result<ReadRecipe> recipe = readRecipe(json, where, folder);
      if (!recipe) return tl::unexpected(recipe.error());
      return readingOf(*recipe);
    }
  // Options that somebody advises, without the program they are for.
  if (trimmed(text).starts_with("--"))
    if (const Result<ShellScript> script = shellScript("train " + std::string(text));
        script && script->commands.size() == 1)
      if (Json keys = commandKeys(script->commands.front(), 1).keys, shared = Json::object();
          looksLikeRecipe(jsonText(keys)))
        return takeScriptWords(keys, shared),
               readingOfKeys(keys, RecipeDialect::trl, "", where, folder, "training options");
  if (const Json said = settingLines(text); tellsOfAlpaca(said)) return ofAlpaca(said, where, folder);
  if (text.find("cutoff_len") != text.npos)
    if (const Result<RecipeTree> tree = parseRecipe(text, where);
        tree && tree->root.is_object() && tellsOfAlpaca(tree->root))
      return ofAlpaca(tree->root, where, folder);
  return fail(ErrorCode::unknown_name, "", std::string(where));
}

}  // namespace headroom::recipes
