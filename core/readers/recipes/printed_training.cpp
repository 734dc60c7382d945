#include "core/readers/recipes/printed_training.h"

#include <cctype>
#include <initializer_list>

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

Result<Reading> readTrainerBanner(std::string_view text, std::string_view where) {
  // "… = 7,849,978,192": the number behind the words and a sign, wherever on the line; nothing where there is none.
  const auto after = [&](std::initializer_list<std::string_view> all) {
    std::int64_t value = 0;
    for (const std::string_view words : all) {
      const std::size_t at = text.find(words);
      if (at == text.npos || value != 0) continue;
      for (const char c : text.substr(at + words.size(), 24)) {
        if (std::isdigit(static_cast<unsigned char>(c)) == 0 && c != ',' && value != 0) break;
        if (std::isdigit(static_cast<unsigned char>(c)) != 0 && value < 1'000'000'000'000)
          value = value * 10 + (c - '0');
      }
    }
    return value;
  };
  const std::int64_t batch = after({"atch size per device = "}),
                     steps = after({"Gradient accumulation steps = ", "Gradient Accumulation steps = "}),
                     trained = after({"Trainable parameters = ", "Number of trainable parameters = "});
  if (batch == 0 || steps == 0 || batch > 1'000'000 || steps > 1'000'000)
    return fail(ErrorCode::unknown_name, "No training code is called here.", std::string(where));
  const bool unsloth = text.find("Unsloth") != text.npos || text.find("Num GPUs") != text.npos;
  Reading out;
  out.recognised = "training log";
  Json scenario{{"headroom", 1}, {"framework", unsloth ? "unsloth" : "transformers"}, {"batch", batch}};
  scenario["training"]["accumulation"] = steps;
  const std::int64_t all = after({"& accumulation) = "}),
                     ranks = all > 0 ? all / (batch * steps) : after({"Data Parallel GPUs = "});
  if (ranks > 1 && ranks < 1'000'000) scenario["parallel"]["data"] = ranks;
  // "of 5,661,833,328 (24.05% trained)", "/8,000,000,000 (0.5% trained)"
  const bool whole = text.find("(100.00% trained)") != text.npos || text.find("(100% trained)") != text.npos;
  scenario["workload"] = whole ? "full" : "lora";
  if (!whole) {
    const std::string what = trained > 0 ? "what trains " + std::to_string(trained) + " parameters of the model"
                                         : std::string("what is trained of the model");
    scenario["unmodelled"].push_back(what);
    out.leftOut.push_back({what, true});
    out.remarks.push_back(
        {"recipe", Severity::assumed, "The log does not say how the model is trained; LoRA is assumed."});
  }
  takeScenario(out, std::move(scenario));
  return out;
}

}  // namespace headroom::recipes
