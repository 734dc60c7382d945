// What the dialects share: taking keys out of a recipe into a scenario, and putting a scenario's values into one.
// Internal to core/readers/recipes.
#pragma once

#include <optional>
#include <set>

#include "core/readers/recipes/recipe.h"
#include "core/readers/recipes/recipe_tree.h"
#include "core/scenario/optimizers.h"
#include "core/scenario/settings.h"

namespace headroom::recipes {

// A recipe on its way to a scenario. Keys are dotted paths; "auto" and null count as absent. The first value of the
// wrong kind becomes the error.
class Source {
 public:
  Source(const RecipeTree& tree, std::string_view where) : tree_(tree), where_(where) {}

  Json scenario = Json::object();
  ReadRecipe out;
  std::optional<Error> error;

  // The value of a key, which is then known.
  const Json* find(std::string_view key);
  bool has(std::string_view key) { return find(key) != nullptr; }
  // Whether a key says "auto".
  bool isAuto(std::string_view key);
  // Marks a key, and everything below it, as known though nothing is taken from it.
  void know(std::string_view key);
  std::optional<std::int64_t> integer(std::string_view key, std::int64_t low, std::int64_t high);
  std::optional<double> real(std::string_view key, double low, double high);
  std::optional<bool> flag(std::string_view key);
  std::string text(std::string_view key);  // lower case; empty where absent
  std::string asWritten(std::string_view key);

  // Sets a scenario's field and remembers which key it came from.
  void set(std::string_view pointer, Json value, std::string_view key);
  bool isSet(std::string_view pointer) const;
  // The same, taken straight from a key.
  void integerTo(std::string_view key, std::string_view pointer, std::int64_t low, std::int64_t high);

  void model(std::string_view key, const std::string& folder);
  // Module names as the codes write them: a list, "a,b", or one of the words that mean every Linear.
  void targets(std::string_view key);
  // An optimizer as the recipe has it; one that is not known is said to be uncounted.
  void optimizer(std::string_view key, std::string_view written, std::optional<Optimizer> known);
  // What memory depends on and no key of a scenario says: listed, and named by the verdict.
  void leaveOut(std::string what);
  void refuseAs(ErrorCode code, std::string message, std::string_view key) {
    if (!error) error = Error{code, std::move(message), placeOf(key)};
  }
  void note(std::string text) { out.notes.push_back(std::move(text)); }
  // What takes memory and has no key: it stands in the verdict.
  void unmodelled(std::string text) { scenario["unmodelled"].push_back(std::move(text)); }
  // The first value of the wrong kind.
  void refuse(std::string_view key, std::string expected);
  // Lists what was never asked for.
  void listUnknown();

 private:
  void listUnknown(const Json& value, const std::string& path);
  bool readsInside(const std::string& key) const;
  std::string placeOf(std::string_view key) const;
  const Json* valueAt(std::string_view key);

  const RecipeTree& tree_;
  std::string_view where_;
  std::set<std::string, std::less<>> known_, whole_;
};

// Whether the name of a key that no table has tells of what memory depends on ("sequence_parallel_degree").
bool soundsOfMemory(std::string_view key);

// The catalogue's name for what a recipe calls its model: an id, another publisher's copy of it
// ("unsloth/Meta-Llama-3.1-8B-bnb-4bit") or a builder's name ("llama3_1_8b"). Empty where nothing fits.
std::string catalogueNameOf(std::string_view called);

// The same of a builder of torchtune's models ("llama3_8b").
std::string modelOfBuilder(const std::string& builder);

// A scenario on its way into a recipe.
class Target {
 public:
  // `present` is what the existing recipe says as a scenario; an empty object for a new one.
  Target(const Scenario& s, Json present, bool fresh)
      : scenario(s), settings(settingsOf(s)), fresh_(fresh), present_(std::move(present)) {}

  const Scenario& scenario;
  const Settings settings;  // what it means, defaults included
  std::vector<RecipeEdit> edits;
  std::vector<std::string> changed, notes;

  bool fresh() const { return fresh_; }
  // Whether the existing recipe means the value for a field; `absent`: what it means without a word.
  bool says(std::string_view pointer, const Json& value, const Json& absent) const;
  // Writes a key unless the recipe already says the same. `means`: the field's value in the scenario's words;
  // `absent`: what the recipe means without the key.
  void put(std::string_view key, Json value, std::string_view pointer, const Json& means, const Json& absent);
  // Writes the scenario's optimizer by the code's name for it; a code that has none keeps what it says.
  void optimizer(std::string_view key, std::string_view name);
  // Writes it whatever it says.
  void always(std::string_view key, Json value);
  void note(std::string text) { notes.push_back(std::move(text)); }
  // Notes that hold for every dialect: fields none of them has.
  void noteRest();

 private:
  bool fresh_;
  Json present_;
};

// The name a training code loads the model by; empty where it has none.
std::string modelNameOf(const Scenario& scenario);

// bf16 → "bfloat16"; empty for formats without a torch name.
std::string torchDtype(NumberFormat format);

// Keys that say how a step is run, by the dialect's words for them (step_words.cpp); `prefix` stands before each.
void readStepWords(Source&, RecipeDialect dialect, const std::string& prefix = {});
void writeStepWords(Target&, RecipeDialect dialect);
// attn_implementation and its like; `word` is what the recipe says.
void readAttention(Source&, std::string_view key, std::string_view word);
// An optimizer by transformers' name, which says of AdamW how it steps.
void readOptimizerName(Source&, std::string_view key);
void writeOptimizerName(Target&, std::string_view key);
// accelerate's words for FSDP, under fsdp_config.
void readFsdpConfig(Source&);

// ZeRO as a DeepSpeed configuration has it, at `prefix` ("" or "deepspeed.").
void readDeepspeed(Source& source, const std::string& prefix);
// A path of a configuration that says its stage in its name ("deepspeed_configs/zero3_bf16_cpuoffload_all.json").
void readDeepspeedPath(Source& source, std::string_view key);

struct DialectReader {
  RecipeDialect dialect;
  void (*read)(Source&, const std::string& folder);
  void (*write)(Target&);
};
void readTrl(Source&, const std::string& folder);
void writeTrl(Target&);
void readAxolotl(Source&, const std::string& folder);
void writeAxolotl(Target&);
void readLlamaFactory(Source&, const std::string& folder);
void writeLlamaFactory(Target&);
void readTorchtune(Source&, const std::string& folder);
void writeTorchtune(Target&);
void readDeepspeedFile(Source&, const std::string& folder);
void writeDeepspeedFile(Target&);

}  // namespace headroom::recipes
