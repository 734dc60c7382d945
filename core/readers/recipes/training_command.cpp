#include "core/readers/recipes/training_command.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <filesystem>

#include "core/base/json_text.h"
#include "core/base/lower_case.h"
#include "core/base/text_file.h"
#include "core/readers/recipes/accelerate_words.h"
#include "core/readers/recipes/launchers.h"
#include "core/readers/recipes/recipe_reader.h"
#include "core/readers/recipes/script_words.h"
#include "core/readers/recipes/shared_run.h"
#include "core/readers/recipes/training_script.h"
#include "core/readers/scenario_check.h"

namespace headroom::recipes {
namespace {

// "model.lora_rank=64" behind a command is the key of a section, as in the file it changes.
Json inSections(const Json& flat) {
  Json out = Json::object();
  for (const auto& [key, value] : flat.items()) {
    Json* at = &out;
    std::string_view rest = key;
    for (std::size_t dot = rest.find('.'); dot != rest.npos && at->is_object(); dot = rest.find('.')) {
      at = &(*at)[std::string(rest.substr(0, dot))];
      if (at->is_null()) *at = Json::object();
      rest.remove_prefix(dot + 1);
    }
    if (!at->is_object()) continue;
    // torchtune's optimizer=bitsandbytes.optim.PagedAdamW8bit is the section's component.
    const bool component = rest == key && value.is_string() &&
                           value.get_ref<const std::string&>().find('.') != key.npos &&
                           (key == "optimizer" || key == "loss" || key == "model");
    (*at)[std::string(rest)] = component ? Json{{"_component_", value}} : value;
  }
  return out;
}

// `tune run RECIPE --config NAME key=value`: what the names say; the rest stands in the configuration they name.
Reading ofTorchtune(const CommandKeys& all, std::string_view recipe, Reading reading) {
  Json scenario = Json::parse(reading.scenario, nullptr, false);
  const Json config = all.keys.value("config", Json());
  const std::string name = config.is_string() ? config.get<std::string>() : std::string();
  const bool qlora = name.find("qlora") != name.npos,
             lora = recipe.starts_with("lora") || recipe.starts_with("qat_lora");
  scenario["workload"] = qlora ? "qlora" : lora ? "lora" : "full";
  if (qlora) scenario["precision"]["weights"] = "nf4-dq";
  if (recipe.find("distributed") != recipe.npos)
    scenario["engine"] = "fsdp", scenario["parallel"]["sharding"] = "fsdp2";
  // "llama3/8B_full": the builder llama3_8b.
  if (const std::size_t slash = name.find('/'); !scenario.contains("model") && slash != name.npos) {
    const std::string size = name.substr(slash + 1, name.find('_', slash) - slash - 1);
    const std::string builder = lowerCase(name.substr(0, slash) + "_" + size);
    if (const std::string id = modelOfBuilder(builder); !id.empty()) {
      scenario["model"] = id;
      reading.remarks.push_back(
          {"assumed-model", Severity::assumed, fmt::format("{} of {} is taken for {}.", size, name, id)});
    }
  }
  const std::string rest = "what the configuration " + name + " says beside this command";
  scenario["unmodelled"].push_back(rest);
  std::erase_if(reading.leftOut, [](const LeftOut& left) { return left.text == "config"; });
  reading.leftOut.push_back({"--config " + name, true});
  takeScenario(reading, std::move(scenario));
  return reading;
}

bool isOption(const std::string& word) {
  return word.size() > 2 && word.starts_with("--");
}

// "batch_size=2" behind the value of an option.
bool isAssignment(const std::string& word) {
  const std::size_t equals = word.find('=');
  return equals != word.npos && equals > 0 && std::ranges::all_of(word.substr(0, equals), [](unsigned char c) {
           return std::isalnum(c) != 0 || c == '_' || c == '.';
         });
}

// The script or module that runs: the last one that is no option's value, behind whatever hands it to a cluster.
std::string scriptOf(const std::vector<std::string>& words) {
  std::string script, module;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i].ends_with(".py") && (i == 0 || !isOption(words[i - 1]) || script.empty()))
      script = programOf(words[i]);
    if (words[i] == "-m" && i + 1 < words.size() && !words[i + 1].starts_with("torch.")) module = words[i + 1];
  }
  return script.empty() ? module : script;
}

// A command that names the file it trains by, and says little beside it; `beside`: the file's text where it is pasted.
Result<Reading> ofFile(const ShellCommand& command, const CommandKeys& all, std::string_view where,
                       const std::string& folder, std::string_view beside) {
  namespace fs = std::filesystem;
  std::error_code failed;
  const fs::path path = fs::path(folder) / all.file;
  std::string text(beside);
  if (!folder.empty() && fs::is_regular_file(path, failed))
    if (Result<std::string> file = readTextFile(path.string())) text = std::move(*file);
  if (text.empty())
    return fail(ErrorCode::usage, fmt::format("The command trains by {}; read that file.", all.file),
                std::string(where));
  const std::string inside = folder.empty() ? folder : path.parent_path().string();
  Result<ReadRecipe> recipe = readRecipe(text, all.file, inside);
  // What the program's name says and no key of the file.
  if (const Result<RecipeTree> tree = parseRecipe(text, all.file);
      recipe && recipe->dialect == RecipeDialect::trl && tree) {
    Json keys = tree->root;
    takeMethod(scriptOf(command.words), keys);
    if (keys != tree->root) recipe = readRecipe(jsonText(keys), all.file, inside, RecipeDialect::trl);
  }
  if (!recipe) return tl::unexpected(recipe.error());
  Reading reading = readingOf(*recipe);
  addShared(reading, Json::object(), all.launch, folder);
  return reading;
}

// The first word that is neither an option nor the value of one.
std::string recipeOf(const std::vector<std::string>& words, std::size_t first) {
  for (std::size_t i = first; i < words.size(); ++i) {
    if (isOption(words[i])) {
      if (words[i].find('=') == std::string::npos) ++i;
      continue;
    }
    if (words[i].find('=') == std::string::npos) return words[i];
  }
  return {};
}

// The words in front of a launcher's program.
ShellCommand headOf(const ShellCommand& command, std::size_t end) {
  ShellCommand out = command;
  out.words.resize(std::min(end, out.words.size()));
  return out;
}

// --config recipe.yaml: the file that the run is told by.
void takeConfigName(CommandKeys& all) {
  const Json config = all.keys.value("config", Json());
  if (!all.file.empty() || !config.is_string()) return;
  const auto name = config.get<std::string>();
  if (name.ends_with(".yaml") || name.ends_with(".yml")) all.file = name;
}

void noteNoModel(Reading& reading) {
  const Json scenario = Json::parse(reading.scenario, nullptr, false);
  if (!scenario.contains("model"))
    reading.remarks.push_back({"no-model", Severity::warning, "The command names no model."});
  const Json::json_pointer hub("/model/hub");
  if (scenario.contains(hub) && scenario[hub].is_string() &&
      scenario[hub].get_ref<const std::string&>().starts_with('$'))
    reading.remarks.push_back(
        {"unknown-model", Severity::warning, "The model is a variable that the text sets to nothing."});
}

// Options that no table has, of a script that nothing here knows: which of them move memory is not known.
void noteOwnOptions(Reading& reading) {
  constexpr std::string_view kHarmless[] = {
      "dir",      "path",      "file",    "data",      "log",         "save",      "eval",    "seed",
      "report",   "wandb",     "lr",      "learning",  "warmup",      "decay",     "epoch",   "step",
      "run",      "name",      "beta",    "dropout",   "alpha",       "template",  "worker",  "token",
      "version",  "overwrite", "hub",     "trust",     "cache",       "metric",    "prompt",  "temperature",
      "top_",     "ddp",       "dataset", "train_",    "do_",         "valid",     "test",    "resume",
      "revision", "project",   "monitor", "print",     "debug",       "disable",   "verbose", "timeout",
      "interval", "early",     "epsilon", "momentum",  "scheduler",   "random",    "tf32",    "label",
      "column",   "field",     "group",   "remove",    "load_best",   "greater",   "push",    "strategy",
      "visible",  "restart",   "offline", "max_train", "max_samples", "key",       "system",  "format",
      "split",    "ratio",     "device",  "rank",      "master",      "port",      "host",    "addr",
      "generat",  "predict",   "output",  "sample",    "tensorboard", "jit",       "fp16_",   "bf16_",
      "half_",    "mode",      "plot",    "val_s",     "quant_type",  "batch_size"};
  std::vector<std::string> names;
  constexpr std::size_t kShown = 8;
  for (const LeftOut& left : reading.leftOut) {
    const auto holds = [&](std::string_view word) { return left.text.find(word) != std::string::npos; };
    if (!left.matters && names.size() < kShown && left.text.find(' ') == std::string::npos &&
        std::none_of(std::begin(kHarmless), std::end(kHarmless), holds))
      names.push_back(left.text);
  }
  if (!names.empty())
    reading.remarks.push_back(
        {"own-options", Severity::assumed,
         fmt::format("The script has options that are not known here; memory may follow them: {}.",
                     fmt::join(names, ", "))});
}

// A launcher's start of a script or module of a code that has no program of its own.
bool launches(const std::vector<std::string>& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string program = programOf(words[i]), next = i + 1 < words.size() ? words[i + 1] : std::string();
    if (program == "torchrun" || program == "deepspeed" || (program == "accelerate" && next == "launch") ||
        words[i] == "torch.distributed.run" || words[i] == "torch.distributed.launch" || program.ends_with(".py"))
      return true;
    // python -m some.training.module
    if (words[i] == "-m" && i > 0)
      for (const std::string_view word : {"train", "tun", "sft", "dpo", "grpo", "ppo"})
        if (next.find(word) != next.npos) return true;
  }
  return false;
}

}  // namespace

CommandKeys commandKeys(const ShellCommand& command, std::size_t first) {
  const std::vector<std::string>& words = command.words;
  CommandKeys out;
  for (std::size_t i = first; i < words.size(); ++i) {
    std::string word = words[i];
    if (isOption(word))
      word.erase(0, 2);
    else if (word.find('=') == word.npos || word.front() == '-') {
      if (word.ends_with(".yaml") || word.ends_with(".yml") || word.ends_with(".json")) out.file = word;
      continue;
    }
    std::string name = word;
    std::vector<std::string> values;
    if (const std::size_t equals = word.find('='); equals != word.npos) {
      name = word.substr(0, equals), values.push_back(word.substr(equals + 1));
    } else {
      // A launcher's -m ends its words as a script does: the module comes next.
      while (i + 1 < words.size() && !isOption(words[i + 1]) && !words[i + 1].ends_with(".py") &&
             words[i + 1] != "-m" && (values.empty() || !isAssignment(words[i + 1])))
        values.push_back(words[++i]);
      std::erase(values, "...");  // of a writer who leaves the rest out
      std::erase(values, "\\");   // of a text that ends behind it
      std::erase(values, "```");  // the end of what a page quotes
    }
    std::ranges::replace(name, '-', '_');
    if (values.size() > 1)
      for (std::string& value : values)  // --lora_target_modules "q_proj", "v_proj"
        if (value.size() > 1 && value.ends_with(',')) value.pop_back();
    out.keys[name] = values.empty() ? Json(true) : values.size() == 1 ? wordValue(values.front()) : Json(values);
  }
  out.launch = launchOf(command, out.keys);
  return out;
}

void setRanks(Reading& reading, std::int64_t devices) {
  Json scenario = Json::parse(reading.scenario, nullptr, false);
  std::int64_t split = 1;
  for (const char* key : {"/parallel/tensor", "/parallel/pipeline", "/parallel/context"})
    if (const Json::json_pointer at(key); scenario.contains(at) && scenario[at].is_number_integer())
      split *= std::clamp<std::int64_t>(scenario[at].get<std::int64_t>(), 1, 1'000'000);
  if (devices % split != 0)
    reading.remarks.push_back(
        {"ranks", Severity::warning,
         fmt::format("{} processes do not make whole groups of {}; the rest is left out.", devices, split)});
  const std::int64_t data = std::max<std::int64_t>(1, devices / split);
  if (data > 1 && !scenario.contains(Json::json_pointer("/parallel/data"))) scenario["parallel"]["data"] = data;
  takeScenario(reading, std::move(scenario));
}

Result<Reading> readingOfKeys(const Json& keys, RecipeDialect dialect, std::string_view framework,
                              std::string_view where, const std::string& folder, std::string recognised) {
  const Result<ReadRecipe> recipe = readRecipe(jsonText(keys), where, folder, dialect);
  if (!recipe) return tl::unexpected(recipe.error());
  Reading out = readingOf(*recipe);
  out.recognised = std::move(recognised);
  if (!framework.empty()) {
    Json scenario = Json::parse(out.scenario, nullptr, false);
    scenario["framework"] = framework;
    out.scenario = jsonText(scenario, 2);
  }
  return out;
}

Result<Reading> readTrainingCommand(const ShellCommand& command, std::string_view where, const std::string& folder,
                                    std::string_view beside) {
  const std::vector<std::string>& words = command.words;
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::size_t taken = 0;
    const Launcher* const launcher = launcherAt(words, i, taken);
    if (launcher == nullptr) continue;
    const Launcher& l = *launcher;
    CommandKeys all = commandKeys(command, i + taken);
    // What starts it says how often and how it is shared: torchrun --nproc_per_node 4 …/swift/cli/sft.py
    CommandKeys head = commandKeys(headOf(command, i), 0);
    if (!all.launch.devices) all.launch.devices = head.launch.devices;
    if (all.launch.configuration.empty()) all.launch.configuration = head.launch.configuration;
    Json shared = Json::object();
    takeLauncherWords(head.keys, shared);
    takeLauncherWords(all.keys, shared);
    if (l.framework == "trl") takeProfile(all.keys, shared, all.launch), takeModelName(all.keys);
    // LLaMA-Factory starts a process for every device it sees (cli.py: torchrun where there are several).
    if (!all.launch.devices && l.dialect == RecipeDialect::llama_factory)
      if (const std::int64_t seen = listed(variable(command, "CUDA_VISIBLE_DEVICES")); seen > 1)
        all.launch.devices = seen;
    std::vector<std::string> notes;
    if (l.framework == "trl" && !all.keys.contains("model_name_or_path")) takeConfigName(all);
    if (!all.file.empty() && all.keys.size() < 2) return ofFile(command, all, where, folder, beside);
    if (l.dialect == RecipeDialect::torchtune && !all.file.empty() && all.keys.size() < 3)
      return ofFile(command, all, where, folder, beside);
    // What the program's name says and no key of it.
    if (l.framework == "trl" && l.next == "dpo" && !all.keys.contains("precompute_ref_log_probs"))
      all.keys["precompute_ref_log_probs"] = false;
    if (l.framework == "trl" && (l.next == "grpo" || l.next == "rloo") && !all.keys.contains("num_generations"))
      all.keys["num_generations"] = l.next == "grpo" ? 8 : 2;
    if (l.framework == "trl" && (l.next == "kto" || l.next == "reward"))
      all.keys["unmodelled_method"] = std::string(l.next);
    const Json keys = l.framework == "ms-swift"               ? ofSwift(all.keys, notes)
                      : l.dialect == RecipeDialect::torchtune ? inSections(all.keys)
                                                              : all.keys;
    Result<Reading> reading =
        readingOfKeys(keys, l.dialect, l.framework, where, folder, std::string(l.program) + " command");
    if (!reading) return reading;
    if (l.dialect == RecipeDialect::torchtune && all.keys.contains("config"))
      reading = ofTorchtune(all, recipeOf(words, i + 2), std::move(*reading));
    // Towers stay frozen in full training too unless somebody says otherwise (swift/llm/argument/tuner_args.py).
    if (Json said = Json::parse(reading->scenario, nullptr, false);
        l.framework == "ms-swift" && said.value("workload", "") == "full" && !all.keys.contains("freeze_vit") &&
        hasTower(said.value("model", Json()))) {
      const std::string frozen = "freeze_vit: true, which is what ms-swift does unless told otherwise";
      said["unmodelled"].push_back(frozen);
      reading->leftOut.push_back({frozen, true});
      takeScenario(*reading, std::move(said));
    }
    for (std::string& note : notes) reading->remarks.push_back({"recipe", Severity::assumed, std::move(note)});
    // As many processes as a variable says that the text does not set: one for each device, as its examples do.
    if (l.framework == "ms-swift" && !all.launch.devices && variable(command, "NPROC_PER_NODE").starts_with('$'))
      if (const std::int64_t seen = listed(variable(command, "CUDA_VISIBLE_DEVICES")); seen > 1) {
        all.launch.devices = seen;
        reading->remarks.push_back({"assumed-ranks", Severity::assumed,
                                    "NPROC_PER_NODE is a variable; a process for each visible device is assumed."});
      }
    addShared(*reading, shared, all.launch, folder);
    noteNoModel(*reading);
    return reading;
  }
  const Error nothing{ErrorCode::unknown_name, "No training code is started here.", std::string(where)};
  if (!launches(words)) return tl::unexpected(nothing);
  CommandKeys all = commandKeys(command, 0);
  Json launcher = Json::object();
  takeModelName(all.keys);
  // "--model_name_or_path ${MODEL}" whose variable is empty: the next option follows it.
  if (all.keys.contains("model_name_or_path") && !all.keys["model_name_or_path"].is_string())
    all.keys.erase("model_name_or_path");
  const bool factory = all.keys.contains("finetuning_type") || all.keys.contains("stage");
  const std::string script = scriptOf(words);
  if (trainsOnImages(all.keys))
    return fail(ErrorCode::unsupported, "This trains a model of images; its memory is not known here.",
                std::string(where));
  takeInstructWords(script, all.keys, all.launch);
  takeQloraWords(script, all.keys);
  const bool alpaca = tellsOfAlpaca(all.keys) || (script == "finetune.py" && all.keys.contains("base_model"));
  if (alpaca) takeAlpacaWords(all.keys);
  if (!factory) takeScriptWords(all.keys, launcher);
  // A script's own word for what one device holds at once, or all of them.
  const Json own = all.keys.contains("per_device_train_batch_size") || all.keys.contains("micro_batch_size") || factory
                       ? Json()
                       : all.keys.value("batch_size", all.keys.value("train_batch_size", Json()));
  if (own.is_number_integer() && own > 0) all.keys["per_device_train_batch_size"] = own;
  constexpr const char* kTells[] = {"model_name_or_path", "per_device_train_batch_size", "lora_r", "learning_rate",
                                    "finetuning_type"};
  const bool tells = std::ranges::any_of(kTells, [&](const char* key) { return all.keys.contains(key); });
  // A script that is told a model and where to write, and nothing of how to train, converts it or measures it.
  constexpr const char* kTrains[] = {"per_device_train_batch_size",
                                     "gradient_accumulation_steps",
                                     "lora_r",
                                     "learning_rate",
                                     "finetuning_type",
                                     "num_train_epochs",
                                     "max_steps",
                                     "do_train",
                                     "dataset_name",
                                     "dataset",
                                     "train_file",
                                     "data_path",
                                     "bf16",
                                     "fp16"};
  const bool trains = std::ranges::any_of(kTrains, [&](const char* key) { return all.keys.contains(key); });
  // Examples of Transformers do what they are told of --do_train, --do_eval and --do_predict.
  const auto does = [&](const char* key) { return all.keys.value(key, Json()) == true; };
  const bool asks = (does("do_eval") || does("do_predict")) && !all.keys.contains("do_train") &&
                    !all.keys.contains("num_train_epochs") && !all.keys.contains("max_steps");
  constexpr const char* kSteps[] = {"per_device_train_batch_size", "learning_rate", "num_train_epochs", "max_steps",
                                    "do_train"};
  if (asks || measures(all.keys))
    return fail(ErrorCode::unsupported, "The script is told to measure a model, not to train it.", std::string(where));
  // How many a script holds at once says nothing of a step: lm_eval has it too.
  const auto tellsStep = [&](const char* key) { return all.keys.contains(key) && (own.is_null() || key != kSteps[0]); };
  if (isNoTraining(script) && std::ranges::none_of(kSteps, tellsStep))
    return fail(ErrorCode::unsupported, fmt::format("`{}` is told no step of a training.", script), std::string(where));
  takeConfigName(all);
  if ((!trains || !tells) && !all.file.empty()) return ofFile(command, all, where, folder, beside);
  if (!tells || !(trains || namesMethod(script))) return tl::unexpected(nothing);
  takeMethod(script, all.keys);
  // Steps of another kind than their script's own name says: …/step2_reward_model_finetuning/main.py
  for (const std::string_view kind : {"reward_model", "rlhf_finetuning"})
    for (const std::string& word : words)
      if (word.ends_with(".py") && word.find(kind) != word.npos && !all.keys.contains("unmodelled_method"))
        all.keys["unmodelled_method"] = std::string(kind);
  takeLauncherWords(all.keys, launcher);
  Result<Reading> reading = readingOfKeys(all.keys, factory ? RecipeDialect::llama_factory : RecipeDialect::trl, "",
                                          where, folder, "training command");
  if (!reading) return reading;
  if (own.is_number_integer() && own > 0)
    reading->remarks.push_back({"assumed-batch", Severity::assumed,
                                "The script's own batch size is taken for what one device holds at once."});
  if (!factory) noteOwnOptions(*reading);
  if (alpaca)
    reading->remarks.push_back(
        {"assumed-script", Severity::assumed,
         "The script is taken for alpaca-lora's: what it is not told is that one's default, such "
         "as weights of 8 bits, rank 8 and recomputation."});
  addShared(*reading, launcher, all.launch, folder);
  noteNoModel(*reading);
  return reading;
}

}  // namespace headroom::recipes
