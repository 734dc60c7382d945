#include "core/readers/recipes/recipe.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/json_text.h"
#include "core/base/lower_case.h"
#include "core/base/printable.h"
#include "core/open/scenario_json.h"
#include "core/readers/recipes/recipe_reader.h"
#include "core/readers/recipes/script_words.h"
#include "core/readers/recipes/unsaid_by_recipe.h"

namespace headroom {
namespace {

using namespace recipes;

struct Dialect {
  RecipeDialect dialect;
  std::string_view id, name;
  void (*read)(Source&, const std::string&);
  void (*write)(Target&);
  bool json;  // written as JSON
  // Keys that only this dialect has, and keys it shares with another.
  std::vector<std::string_view> own, usual;
};

const std::vector<Dialect>& dialects() {
  static const std::vector<Dialect> all{
      {RecipeDialect::trl,
       "trl",
       "TRL / PEFT",
       readTrl,
       writeTrl,
       false,
       {"lora_target_modules", "use_peft", "peft_type", "load_in_4bit", "num_generations", "precompute_ref_log_probs",
        "attn_implementation", "gradient_checkpointing_kwargs", "per_device_train_batch_size"},
       {"model_name_or_path", "max_length", "max_seq_length", "optim", "gradient_checkpointing", "learning_rate"}},
      {RecipeDialect::axolotl,
       "axolotl",
       "Axolotl",
       readAxolotl,
       writeAxolotl,
       false,
       // Those it shares with TRL count as much there: what only one of the two has decides.
       {"base_model", "micro_batch_size", "sequence_len", "adapter", "lora_target_linear", "datasets", "sample_packing",
        "liger_fused_linear_cross_entropy", "layer_offloading", "load_in_4bit", "lora_target_modules",
        "attn_implementation", "gradient_checkpointing_kwargs"},
       {"optimizer", "lora_r", "gradient_checkpointing", "learning_rate"}},
      {RecipeDialect::llama_factory,
       "llama-factory",
       "LLaMA-Factory",
       readLlamaFactory,
       writeLlamaFactory,
       false,
       {"stage", "finetuning_type", "cutoff_len", "lora_rank", "lora_target", "template", "quantization_bit",
        "flash_attn"},
       {"model_name_or_path", "per_device_train_batch_size"}},
      {RecipeDialect::torchtune,
       "torchtune",
       "torchtune",
       readTorchtune,
       writeTorchtune,
       false,
       {"checkpointer", "tokenizer", "enable_activation_checkpointing", "optimizer_in_bwd", "metric_logger"},
       {"model", "loss", "batch_size", "optimizer"}},
      {RecipeDialect::deepspeed,
       "deepspeed",
       "DeepSpeed",
       readDeepspeedFile,
       writeDeepspeedFile,
       true,
       {"zero_optimization", "train_micro_batch_size_per_gpu", "train_batch_size", "activation_checkpointing"},
       {"bf16", "fp16"}},
  };
  return all;
}

const Dialect& of(RecipeDialect dialect) {
  return dialects()[static_cast<std::size_t>(dialect)];
}

// How much a document looks like one of a dialect: its own keys count four times what shared ones do.
int likeness(const Json& root, const Dialect& dialect) {
  int score = 0;
  for (const std::string_view key : dialect.own) score += root.contains(std::string(key)) ? 4 : 0;
  for (const std::string_view key : dialect.usual) score += root.contains(std::string(key)) ? 1 : 0;
  return score;
}

// torchtune's sections name what builds them; other codes have a model and a tokenizer too.
bool namesComponents(const Json& root) {
  return std::ranges::any_of(root, [](const Json& section) {
    return section.is_object() && (section.contains("_component_") || section.contains("_recipe_"));
  });
}

const Dialect* guess(const Json& root) {
  if (!root.is_object() || tellsOfAlpaca(root)) return nullptr;
  const Dialect* best = nullptr;
  int most = 3;  // one key of its own, or several shared ones
  for (const Dialect& d : dialects())
    if (const int score = likeness(root, d); score > most) most = score, best = &d;
  // Data sets and a preference alone are of any code: Axolotl's files name a base model, or a micro-batch or length.
  // Sections of other codes' files: a DeepSpeed configuration has no model, Axolotl's no lora or trainer of their own.
  const auto section = [&](const char* key) { return root.contains(key) && root[key].is_object(); };
  if (best != nullptr && best->dialect == RecipeDialect::deepspeed && section("model")) return nullptr;
  if (best != nullptr && best->dialect == RecipeDialect::axolotl && (section("lora") || section("trainer")))
    return nullptr;
  if (best != nullptr && best->dialect == RecipeDialect::axolotl)
    for (const char* key : {"base_model", "micro_batch_size", "sequence_len", "adapter", "lora_target_linear"})
      if (root.contains(key)) return best;
  if (best != nullptr && best->dialect == RecipeDialect::axolotl && root.contains("datasets") && most < 9)
    return nullptr;
  if (best != nullptr && best->dialect == RecipeDialect::torchtune && !namesComponents(root) &&
      !root.contains("enable_activation_checkpointing") && !root.contains("optimizer_in_bwd"))
    return nullptr;
  return best;
}

}  // namespace

std::string_view idOf(RecipeDialect dialect) {
  return of(dialect).id;
}
std::string_view nameOf(RecipeDialect dialect) {
  return of(dialect).name;
}
std::optional<RecipeDialect> recipeDialect(std::string_view id) {
  for (const Dialect& d : dialects())
    if (d.id == id) return d.dialect;
  return std::nullopt;
}
std::vector<std::string_view> recipeDialects() {
  std::vector<std::string_view> ids;
  for (const Dialect& d : dialects()) ids.push_back(d.id);
  return ids;
}

namespace {

// "Lora_target: q_proj" of an editor that begins lines with a capital; the keys of these codes have none.
std::vector<std::string> inSmallLetters(Json& root) {
  std::vector<std::string> renamed;
  if (!root.is_object()) return renamed;
  Json out = Json::object();
  for (auto& [key, value] : root.items()) {
    const std::string small = lowerCase(key);
    const bool other = small != key && !root.contains(small);
    if (other && renamed.size() < 8) renamed.push_back(printable(key, 60));
    out[other ? small : key] = value;
  }
  if (!renamed.empty()) root = std::move(out);
  return renamed;
}

}  // namespace

Result<ReadRecipe> readRecipe(std::string_view text, std::string_view where, const std::string& folder,
                              std::optional<RecipeDialect> dialect) {
  const Result<RecipeTree> tree = parseRecipe(text, where);
  if (!tree) return tl::unexpected(tree.error());
  const Dialect* known = dialect ? &of(*dialect) : guess(tree->root);
  if (known == nullptr)
    return fail(ErrorCode::unsupported,
                "This looks like no recipe of TRL, Axolotl, LLaMA-Factory, torchtune or DeepSpeed. Say which it is, or "
                "open a scenario instead.",
                std::string(where));
  RecipeTree plain = *tree;
  Json shared = Json::object();
  // A script's own file, in its own words for what the Trainer has.
  if (!dialect && known->dialect == RecipeDialect::trl &&
      (plain.root.contains("lora_rank") || plain.root.contains("use_lora")))
    takeScriptWords(plain.root, shared);
  const std::vector<std::string> renamed = inSmallLetters(plain.root);
  Source source(plain, where);
  source.out.dialect = known->dialect;
  source.scenario["headroom"] = 1;
  known->read(source, folder);
  for (const auto& [key, value] : shared.items())
    if (!source.scenario.contains(key)) source.scenario[key] = value;
  if (source.error) return tl::unexpected(*source.error);
  for (const std::string& key : renamed) source.note(key + " is read as if it stood in small letters.");
  source.listUnknown();
  source.out.scenario = jsonText(source.scenario, 2);
  return std::move(source.out);
}

Result<Scenario> scenarioOfRecipe(const ReadRecipe& recipe, const Scenario& base) {
  Json wanted = Json::parse(recipe.scenario, nullptr, false);
  const Json before = Json::parse(writeScenario(base), nullptr, false);
  const auto keep = [&](const char* key) {
    if (before.contains(key)) wanted[key] = before[key];
  };
  for (const char* key : {"name", "devices", "reserve"}) keep(key);
  if (!recipe.modelKnown)
    for (const char* key : {"model", "resolved_model"}) keep(key);
  Result<Scenario> scenario = readScenario(jsonText(wanted), "");
  if (!scenario) return tl::unexpected(inRecipe(scenario.error(), recipe));
  return scenario;
}

bool looksLikeRecipe(std::string_view text) {
  const Result<RecipeTree> tree = parseRecipe(text, "");
  if (!tree || !tree->root.is_object() || tree->root.contains("headroom")) return false;
  // A cluster's object, whose "template" is no one's prompt.
  if (tree->root.contains("apiVersion") && tree->root.contains("kind")) return false;
  // A model's configuration; Axolotl's and ms-swift's recipes name a model_type too.
  for (const char* key : {"architectures", "hidden_size", "num_hidden_layers", "n_layer", "text_config"})
    if (tree->root.contains(key)) return false;
  return guess(tree->root) != nullptr;
}

Error inRecipe(Error error, const ReadRecipe& recipe) {
  for (const auto& [pointer, place] : recipe.places)
    if (error.where.ends_with(pointer) || error.where.find(pointer + "/") != std::string::npos) error.where = place;
  return error;
}

Result<WrittenRecipe> writeRecipe(const Scenario& scenario, RecipeDialect dialect, std::string_view existing,
                                  std::string_view where) {
  if (!isTraining(scenario.workload))
    return fail(ErrorCode::unsupported,
                "Recipes are for training; this scenario is inference. Choose LoRA, QLoRA or full training first.");
  const Dialect& d = of(dialect);
  const bool fresh = existing.empty();
  Json present = Json::object();
  if (!fresh) {
    const Result<ReadRecipe> read = readRecipe(existing, where, {}, dialect);
    if (!read) return tl::unexpected(read.error());
    present = Json::parse(read->scenario, nullptr, false);
    // What the recipe calls its model stays if it is the same one.
    const std::string name = modelNameOf(scenario);
    if (read->model == name || (!name.empty() && catalogueNameOf(read->model) == catalogueNameOf(name)))
      present["model"] = name;
  }
  Target target(scenario, std::move(present), fresh);
  d.write(target);
  WrittenRecipe out;
  out.changed = std::move(target.changed);
  out.notes = std::move(target.notes);
  if (fresh) {
    Json root = Json::object();
    for (const RecipeEdit& edit : target.edits) {
      Json* at = &root;
      for (const std::string& key : edit.path) at = &(*at)[key];
      *at = edit.value;
    }
    out.text = d.json ? jsonText(root, 2) + "\n" : emitYaml(root);
  } else {
    Result<std::string> text = applyEdits(existing, target.edits, where);
    if (!text) return tl::unexpected(text.error());
    out.text = std::move(*text);
  }
  if (const Result<ReadRecipe> read = readRecipe(out.text, where, {}, dialect))
    if (const std::vector<std::string> lost = unsaidBy(*read, scenario); !lost.empty())
      out.notes.push_back(
          fmt::format("Nothing in the recipe stands for {}: who runs it runs another step.", fmt::join(lost, ", ")));
  return out;
}

}  // namespace headroom
