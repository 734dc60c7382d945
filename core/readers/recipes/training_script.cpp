#include "core/readers/recipes/training_script.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/base/json_text.h"
#include "core/readers/commands/model_name.h"
#include "core/readers/commands/shell_words.h"
#include "core/readers/python_calls.h"
#include "core/readers/recipes/recipe_tree.h"
#include "core/readers/recipes/titan_config.h"
#include "core/readers/scenario_check.h"

namespace headroom {
namespace {

using recipes::Json;

std::string lastPart(const std::string& name) {
  return name.substr(name.rfind('.') == name.npos ? 0 : name.rfind('.') + 1);
}

// Values of a command line as a recipe would hold them.
Json valueOf(const std::string& text) {
  if (text == "true" || text == "True") return true;
  if (text == "false" || text == "False") return false;
  if (text == "None" || text == "null") return nullptr;
  const Json parsed = Json::parse(text, nullptr, false);
  return parsed.is_number() || parsed.is_structured() ? parsed : Json(text);
}

// What a training code's command line is read as.
struct Launcher {
  std::string_view program, next;
  RecipeDialect dialect;
  std::string_view framework;  // empty: the dialect's own
};
constexpr Launcher kLaunchers[] = {
    {"llamafactory-cli", "train", RecipeDialect::llama_factory, ""},
    {"llamafactory-cli", "api", RecipeDialect::llama_factory, ""},
    {"lmf", "train", RecipeDialect::llama_factory, ""},
    {"swift", "sft", RecipeDialect::trl, "ms-swift"},
    {"swift", "pt", RecipeDialect::trl, "ms-swift"},
    {"swift", "rlhf", RecipeDialect::trl, "ms-swift"},
    {"trl", "sft", RecipeDialect::trl, "trl"},
    {"trl", "dpo", RecipeDialect::trl, "trl"},
    {"trl", "grpo", RecipeDialect::trl, "trl"},
    {"tune", "run", RecipeDialect::torchtune, ""},
};

std::int64_t wholeOr(const Json& given, const char* key, std::int64_t otherwise) {
  return given.contains(key) && given[key].is_number_integer() ? given[key].get<std::int64_t>() : otherwise;
}

// ms-swift's names in those of the Trainer, with its own defaults (swift/llm/argument, 3.5).
Json ofSwift(const Json& given, std::vector<std::string>& notes) {
  Json out = given;
  const auto move = [&](const char* from, const char* to) {
    if (!given.contains(from)) return;
    out[to] = given[from];
    out.erase(from);
  };
  for (const char* key : {"model", "model_id_or_path", "model_type"})
    if (given.contains(key) && !out.contains("model_name_or_path")) move(key, "model_name_or_path");
  std::string type = "lora";
  for (const char* key : {"train_type", "tuner_type", "sft_type"})
    if (given.contains(key) && given[key].is_string()) type = given[key].get<std::string>(), out.erase(key);
  if (type == "lora") {
    out["use_peft"] = true;
    out["lora_r"] = wholeOr(given, "lora_rank", 8);
    out["lora_target_modules"] = given.contains("target_modules") ? given["target_modules"] : Json("all-linear");
  } else if (type != "full") {
    out["unmodelled_train_type"] = type;
  }
  out.erase("lora_rank"), out.erase("target_modules");
  move("attn_impl", "attn_implementation");
  if (given.contains("quant_bits"))
    out[given["quant_bits"] == 8 ? "load_in_8bit" : "load_in_4bit"] = true, out.erase("quant_bits");
  if (!given.contains("gradient_checkpointing")) out["gradient_checkpointing"] = true;
  const std::string dtype = given.contains("torch_dtype") && given["torch_dtype"].is_string()
                                ? given["torch_dtype"].get<std::string>()
                                : "bfloat16";
  out[dtype == "float16" ? "fp16" : "bf16"] = dtype != "float32";
  if (!given.contains("per_device_train_batch_size"))
    out["per_device_train_batch_size"] = wholeOr(given, "batch_size", 1), out.erase("batch_size");
  out["optim"] = given.contains("optim") ? given["optim"] : Json("adamw_torch");
  if (!given.contains("max_length"))
    notes.emplace_back("Without max_length ms-swift trains on whole samples of any length.");
  return out;
}

struct Arguments {
  Json keys = Json::object();
  std::string file;                     // a recipe's file among the words
  std::optional<std::int64_t> devices;  // processes the launcher starts
};

bool isOption(const std::string& word) {
  return word.size() > 2 && word.starts_with("--");
}

// --key value, --key=value, --flag, key=value.
Arguments argumentsOf(const std::vector<std::string>& words, std::size_t first) {
  Arguments out;
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
      while (i + 1 < words.size() && !isOption(words[i + 1]) && !words[i + 1].ends_with(".py"))
        values.push_back(words[++i]);
    }
    std::ranges::replace(name, '-', '_');
    Json value = values.empty() ? Json(true) : values.size() == 1 ? valueOf(values.front()) : Json(values);
    if (name == "nproc_per_node" || name == "num_processes" || name == "num_gpus")
      if (value.is_number_integer()) out.devices = value.get<std::int64_t>();
    out.keys[name] = std::move(value);
  }
  return out;
}

std::string programOf(const std::string& word) {
  return word.substr(word.find_last_of("/\\") == word.npos ? 0 : word.find_last_of("/\\") + 1);
}

Result<Reading> ofKeys(const Json& keys, RecipeDialect dialect, std::string_view framework, std::string_view where,
                       const std::string& folder, std::string recognised) {
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

void setRanks(Reading& reading, std::int64_t devices) {
  Json scenario = Json::parse(reading.scenario, nullptr, false);
  if (devices > 1 && !scenario.contains(Json::json_pointer("/parallel/data"))) scenario["parallel"]["data"] = devices;
  takeScenario(reading, std::move(scenario));
}

// accelerate launch, torchrun, deepspeed, and the codes' own programs.
Result<Reading> ofCommand(const std::vector<std::string>& words, std::string_view where, const std::string& folder) {
  bool launched = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string program = programOf(words[i]), next = i + 1 < words.size() ? words[i + 1] : std::string();
    for (const Launcher& l : kLaunchers) {
      if (program != l.program || next != l.next) continue;
      Arguments all = argumentsOf(words, i + 2);
      std::vector<std::string> notes;
      if (!all.file.empty() && all.keys.size() < 2)
        return fail(ErrorCode::usage, fmt::format("The command trains by {}; read that file.", all.file),
                    std::string(where));
      const Json keys = l.framework == "ms-swift" ? ofSwift(all.keys, notes) : all.keys;
      Result<Reading> reading =
          ofKeys(keys, l.dialect, l.framework, where, folder, std::string(l.program) + " command");
      if (!reading) return reading;
      for (std::string& note : notes) reading->remarks.push_back({"recipe", Severity::assumed, std::move(note)});
      if (all.devices) setRanks(*reading, *all.devices);
      return reading;
    }
    launched = launched || program == "torchrun" || program == "deepspeed" ||
               (program == "accelerate" && next == "launch") || words[i] == "torch.distributed.run" ||
               words[i] == "torch.distributed.launch" || program.ends_with(".py");
  }
  if (!launched) return fail(ErrorCode::unknown_name, "No training code is started here.", std::string(where));
  Arguments all = argumentsOf(words, 0);
  constexpr const char* kTells[] = {"model_name_or_path", "per_device_train_batch_size", "lora_r", "learning_rate",
                                    "finetuning_type"};
  if (std::ranges::none_of(kTells, [&](const char* key) { return all.keys.contains(key); }))
    return fail(ErrorCode::unknown_name, "No training code is started here.", std::string(where));
  const bool factory = all.keys.contains("finetuning_type") || all.keys.contains("stage");
  Result<Reading> reading = ofKeys(all.keys, factory ? RecipeDialect::llama_factory : RecipeDialect::trl, "", where,
                                   folder, "training command");
  if (reading && all.devices) setRanks(*reading, *all.devices);
  return reading;
}

// Calls of Unsloth, Transformers, PEFT and TRL as one recipe in the Trainer's words.
Result<Reading> ofPython(std::string_view text, std::string_view where, const std::string& folder) {
  Json keys = Json::object();
  std::vector<std::string> computed;
  bool unsloth = false, trained = false, offloaded = false;
  const auto put = [&](const char* key, const Json& value) {
    if (!value.is_null()) keys[key] = value;
  };
  for (const PythonCall& call : pythonCalls(text)) {
    const std::string name = lastPart(call.name);
    const auto named = [&](const char* key) { return call.named.contains(key) ? call.named[key] : Json(nullptr); };
    const bool loads = name == "from_pretrained" &&
                       (call.name.find("Model") != call.name.npos || call.name.find("Causal") != call.name.npos) &&
                       call.name.find("PeftModel") == call.name.npos;
    if (loads) {
      const bool fast = call.name.starts_with("Fast");
      unsloth = unsloth || fast;
      for (const char* key : {"model_name", "pretrained_model_name_or_path"}) put("model_name_or_path", named(key));
      if (!call.positional.empty() && call.positional.front().is_string())
        put("model_name_or_path", call.positional.front());
      if (fast) {
        // unsloth/models/loader.py: load_in_4bit=True, max_seq_length=2048 unless said
        keys["load_in_4bit"] = !call.named.contains("load_in_4bit") || named("load_in_4bit") == true;
        if (named("load_in_8bit") == true || named("full_finetuning") == true || named("load_in_16bit") == true)
          keys["load_in_4bit"] = false;
        put("load_in_8bit", named("load_in_8bit"));
        if (!keys.contains("max_length")) keys["max_length"] = 2048;
        put("max_length", named("max_seq_length"));
      } else {
        for (const char* key : {"load_in_4bit", "load_in_8bit", "attn_implementation", "torch_dtype", "dtype"})
          put(key, named(key));
      }
    } else if (name == "BitsAndBytesConfig") {
      for (const char* key : {"load_in_4bit", "load_in_8bit"}) put(key, named(key));
      put("use_bnb_nested_quant", named("bnb_4bit_use_double_quant"));
    } else if (name == "get_peft_model" || name == "LoraConfig") {
      if (!call.named.contains("r") && name == "get_peft_model" && !call.name.starts_with("Fast")) continue;
      trained = true, keys["use_peft"] = true;
      put("lora_r", named("r"));
      put("lora_target_modules", named("target_modules"));
      for (const char* key : {"use_dora", "modules_to_save", "rank_pattern", "layers_to_transform", "use_rslora"})
        put(key, named(key));
      const Json checkpointing = named("use_gradient_checkpointing");
      if (checkpointing == "unsloth") offloaded = true;
      if (!checkpointing.is_null())
        keys["gradient_checkpointing"] = checkpointing == true || checkpointing == "unsloth";
      if (name == "get_peft_model" && checkpointing.is_null() && call.name.starts_with("Fast"))
        offloaded = true, keys["gradient_checkpointing"] = true;
      if (!keys.contains("lora_r")) keys["lora_r"] = call.name.starts_with("Fast") ? 16 : 8;
    } else if (name.ends_with("Config") || name == "TrainingArguments" || name.ends_with("TrainingArguments") ||
               name.ends_with("Trainer")) {
      const bool arguments = name == "TrainingArguments" || name.ends_with("TrainingArguments") ||
                             name == "SFTConfig" || name == "DPOConfig" || name == "GRPOConfig" ||
                             name == "ORPOConfig" || name == "KTOConfig" || name == "RewardConfig" ||
                             name == "CPOConfig";
      if (!arguments && name != "SFTTrainer" && name != "DPOTrainer") continue;
      trained = true;
      for (const auto& [key, value] : call.named.items()) {
        const bool plainBefore = keys.contains(key) && arguments == false;
        if (!plainBefore && !value.is_null()) keys[key] = value;
      }
      for (const std::string& key : call.unread) computed.push_back(key);
      if (name == "DPOConfig" && !keys.contains("precompute_ref_log_probs")) keys["precompute_ref_log_probs"] = false;
      if (name == "GRPOConfig" && !keys.contains("num_generations")) keys["num_generations"] = 8;
    } else if (name == "gradient_checkpointing_enable") {
      keys["gradient_checkpointing"] = true;
    }
  }
  if (!trained && keys.contains("model_name_or_path") && keys["model_name_or_path"].is_string()) {
    // A model that is loaded and only asked.
    ModelOfName named = namedModel(keys["model_name_or_path"].get<std::string>(), Loader::hub);
    Json scenario{{"headroom", 1}, {"model", std::move(named.reference)}, {"engine", "transformers"}};
    const auto says = [&](const char* key) { return keys.contains(key) && keys[key] == true; };
    if (says("load_in_4bit")) scenario["precision"]["weights"] = says("use_bnb_nested_quant") ? "nf4-dq" : "nf4";
    if (says("load_in_8bit")) scenario["precision"]["weights"] = "bnb-int8";
    for (const char* key : {"torch_dtype", "dtype"})
      if (keys.contains(key) && keys[key].is_string() && keys[key] != "auto" && !says("load_in_4bit") &&
          !says("load_in_8bit"))
        scenario["precision"]["weights"] = keys[key];
    if (keys.contains("attn_implementation") && keys["attn_implementation"] == "eager") scenario["attention"] = "eager";
    Reading out;
    out.recognised = "Python script (Transformers)";
    out.remarks = std::move(named.remarks);
    out.remarks.push_back(
        {"assumed-length", Severity::assumed, "A script does not say how long its prompts and answers are."});
    takeScenario(out, std::move(scenario));
    return out;
  }
  if (!trained || !keys.contains("model_name_or_path"))
    return fail(ErrorCode::unknown_name, "No training code is called here.", std::string(where));
  for (const char* key : {"output_dir", "model", "tokenizer", "args", "train_dataset", "peft_config"}) keys.erase(key);
  Result<Reading> reading = ofKeys(keys, RecipeDialect::trl, unsloth ? "unsloth" : "", where, folder,
                                   unsloth ? "Python script (Unsloth)" : "Python script (Transformers)");
  if (!reading) return reading;
  Json scenario = Json::parse(reading->scenario, nullptr, false);
  if (offloaded) scenario["training"]["checkpointing"] = "offloaded";
  constexpr const char* kMatter[] = {
      "bf16", "fp16", "optim", "per_device_train_batch_size", "max_length", "max_seq_length", "gradient_checkpointing"};
  for (const std::string& key : computed) {
    const bool matters = std::ranges::find(kMatter, key) != std::end(kMatter) && key != "bf16" && key != "fp16";
    reading->leftOut.push_back({key + " (computed by the script)", matters});
    if (matters) scenario["unmodelled"].push_back(key + ", which the script computes");
  }
  takeScenario(*reading, std::move(scenario));
  return reading;
}

// accelerate's configuration: how the processes of a run share it; no model and no lengths.
Result<Reading> ofAccelerate(std::string_view text, std::string_view where) {
  const Result<recipes::RecipeTree> tree = recipes::parseRecipe(text, where);
  if (!tree || !tree->root.contains("distributed_type") || !tree->root["distributed_type"].is_string())
    return fail(ErrorCode::unknown_name, "No training code is configured here.", std::string(where));
  const Json& root = tree->root;
  const std::string type = root["distributed_type"].get<std::string>();
  Json scenario{{"headroom", 1}, {"workload", "full"}};
  Reading out;
  out.recognised = "accelerate configuration";
  const auto inside = [&](const char* section, const char* key) {
    return root.contains(section) && root[section].is_object() && root[section].contains(key) ? root[section][key]
                                                                                              : Json(nullptr);
  };
  const auto isTrue = [](const Json& value) { return value == true || value == "true"; };
  if (root.contains("num_processes") && root["num_processes"].is_number_integer())
    scenario["parallel"]["data"] = root["num_processes"];
  if (type == "FSDP") {
    scenario["engine"] = "fsdp";
    scenario["parallel"]["sharding"] = inside("fsdp_config", "fsdp_version") == 2 ? "fsdp2" : "fsdp";
    const Json strategy = inside("fsdp_config", "fsdp_sharding_strategy");
    if (strategy == "NO_SHARD" || strategy == 3) scenario["parallel"]["sharding"] = "none";
    if (strategy == "SHARD_GRAD_OP" || strategy == "HYBRID_SHARD" || strategy == 2 || strategy == 4)
      scenario["unmodelled"].push_back("fsdp_sharding_strategy: " + jsonText(strategy));
    if (inside("fsdp_config", "fsdp_reshard_after_forward") == false)
      scenario["unmodelled"].push_back("fsdp_reshard_after_forward: false");
    if (isTrue(inside("fsdp_config", "fsdp_offload_params"))) scenario["offload"]["parameters"] = "cpu";
    if (isTrue(inside("fsdp_config", "fsdp_activation_checkpointing"))) scenario["training"]["checkpointing"] = "full";
  } else if (type == "DEEPSPEED") {
    scenario["engine"] = "deepspeed";
    const Json stage = inside("deepspeed_config", "zero_stage");
    if (stage.is_number_integer() && stage >= 1 && stage <= 3)
      scenario["parallel"]["sharding"] = "zero" + jsonText(stage);
    for (const auto& [key, pointer] :
         {std::pair{"offload_optimizer_device", "/offload/optimizer"}, {"offload_param_device", "/offload/parameters"}})
      if (const Json device = inside("deepspeed_config", key); device == "cpu" || device == "nvme")
        scenario[Json::json_pointer(pointer)] = device;
    if (const Json file = inside("deepspeed_config", "deepspeed_config_file"); file.is_string())
      scenario["unmodelled"].push_back("deepspeed_config_file: " + file.get<std::string>());
  } else if (type != "MULTI_GPU" && type != "NO") {
    scenario["unmodelled"].push_back("distributed_type: " + type);
  }
  if (const Json precision = root.contains("mixed_precision") ? root["mixed_precision"] : Json(nullptr);
      precision == "bf16" || precision == "fp16")
    scenario["precision"]["compute"] = precision;
  else if (precision == "fp8")
    scenario["unmodelled"].push_back("mixed_precision: fp8");
  out.remarks.push_back({"no-model", Severity::note, "accelerate's configuration names neither model nor lengths."});
  if (scenario.contains("unmodelled"))
    for (const Json& what : scenario["unmodelled"]) out.leftOut.push_back({what.get<std::string>(), true});
  takeScenario(out, std::move(scenario));
  return out;
}

}  // namespace

Reading readingOf(const ReadRecipe& recipe) {
  Reading out;
  out.recognised = std::string(nameOf(recipe.dialect)) + " recipe";
  for (const std::string& key : recipe.matters) out.leftOut.push_back({key, true});
  for (const std::string& key : recipe.unknown) out.leftOut.push_back({key, false});
  for (const std::string& note : recipe.notes) out.remarks.push_back({"recipe", Severity::assumed, note});
  takeScenario(out, Json::parse(recipe.scenario, nullptr, false));
  return out;
}

Result<Reading> readTrainingScript(std::string_view text, std::string_view where, const std::string& folder) {
  constexpr std::size_t kLongest = 256 * 1024;
  const Error nothing{ErrorCode::unknown_name, "No training code is called here.", std::string(where)};
  if (text.size() > kLongest) return tl::unexpected(nothing);
  if (text.find("distributed_type") != text.npos)
    if (Result<Reading> reading = ofAccelerate(text, where)) return reading;
  if (looksLikeTitan(text)) return readTitan(text, where);
  // Codes whose configurations are read nowhere here.
  constexpr std::pair<std::string_view, std::string_view> kOther[] = {
      {"verl.trainer", "verl"},
      {"actor_rollout_ref", "verl"},
      {"openrlhf.cli", "OpenRLHF"},
      {"nemo_run", "NeMo"},
      {"nemo.collections", "NeMo"},
      {"nemo_rl", "NeMo RL"},
      {"pretrain_gpt.py", "Megatron-LM"},
      {"litgpt finetune", "LitGPT"},
      {"litgpt pretrain", "LitGPT"},
      {"mlx_lm.lora", "MLX"},
      {"mlx_lm lora", "MLX"},
      {"xtuner train", "XTuner"},
      {"colossalai run", "ColossalAI"},
      {"torchtune.recipes", "torchtune's Python recipes"}};
  for (const auto& [word, name] : kOther)
    if (text.find(word) != text.npos)
      return fail(
          ErrorCode::unsupported,
          fmt::format("This trains with {}, which is recognised, but whose configuration is not read here.", name),
          std::string(where));
  if (text.find("from_pretrained") != text.npos || text.find("TrainingArguments(") != text.npos)
    if (Result<Reading> reading = ofPython(text, where, folder);
        reading || reading.error().code != ErrorCode::unknown_name)
      return reading;
  if (looksLikeRecipe(text)) return tl::unexpected(nothing);
  const Result<ShellScript> script = shellScript(text);
  if (!script) return tl::unexpected(nothing);
  for (const ShellCommand& command : script->commands)
    if (Result<Reading> reading = ofCommand(command.words, where, folder);
        reading || reading.error().code != ErrorCode::unknown_name)
      return reading;
  return tl::unexpected(nothing);
}

}  // namespace headroom
