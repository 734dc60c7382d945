#include "core/readers/recipes/training_script.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/base/json_text.h"
#include "core/readers/commands/deployment_forms.h"
#include "core/readers/commands/model_name.h"
#include "core/readers/commands/shell_words.h"
#include "core/readers/joined.h"
#include "core/readers/python_calls.h"
#include "core/readers/recipes/printed_training.h"
#include "core/readers/recipes/recipe_tree.h"
#include "core/readers/recipes/script_methods.h"
#include "core/readers/recipes/titan_config.h"
#include "core/readers/recipes/told_codes.h"
#include "core/readers/recipes/training_command.h"
#include "core/readers/recipes/unread_codes.h"
#include "core/readers/scenario_check.h"

namespace headroom {
namespace {

using recipes::Json, recipes::adapterMethodOf, recipes::freezes, recipes::hasOwnLoop, recipes::loadsVision,
    recipes::trainsOtherwise;

std::string lastPart(const std::string& name) {
  return name.substr(name.rfind('.') == name.npos ? 0 : name.rfind('.') + 1);
}

// Calls of Unsloth, Transformers, PEFT and TRL as one recipe in the Trainer's words.
Result<Reading> ofPython(std::string_view text, std::string_view where, const std::string& folder) {
  Json keys = Json::object();
  std::vector<std::string> computed;
  bool unsloth = false, trained = false, offloaded = false, trl = false, lowRank = false, adapts = false, sees = false;
  bool handed = false, said = false, loaded = false, prepared = false, told = false;
  std::string quantizes;
  std::string others;
  Json tokens;
  const auto put = [&](const char* key, const Json& value) {
    if (!value.is_null() && value != "?") keys[key] = value;  // "?": an unread part of a dictionary
  };
  for (const PythonCall& call : pythonCalls(text)) {
    const std::string name = lastPart(call.name);
    const auto named = [&](const char* key) { return call.named.contains(key) ? call.named[key] : Json(nullptr); };
    const bool loads = name == "from_pretrained" &&
                       (call.name == name || call.name.find("Model") != call.name.npos ||
                        call.name.find("Causal") != call.name.npos) &&
                       call.name.find("PeftModel") == call.name.npos;
    // What is loaded after a trainer has its model is loaded to be asked; references and judges stand beside it.
    const bool beside = [&] {
      for (const std::string_view role : {"ref", "reward", "value", "teacher", "draft", "judge", "critic"})
        if (call.assigned.starts_with(role)) return true;
      return handed;
    }();
    if (loads && beside && keys.contains("model_name_or_path")) continue;
    // llmcompressor, auto_round; NVIDIA's Model Optimizer by its usual names.
    const bool optimizes = call.name == "mtsp.convert" || call.name == "mtq.quantize" || call.name == "mtp.prune";
    if (name == "oneshot" || name == "quantize_and_save" || name == "AutoRound" || optimizes) quantizes = call.name;
    handed = handed || (name.ends_with("Trainer") && !(call.named.empty() && call.unread.empty()));
    loaded = loaded || loads;
    if (loads) {
      const bool fast = call.name.starts_with("Fast");
      sees = sees || loadsVision(call.name);
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
        for (const char* key : {"load_in_4bit", "load_in_8bit"})
          if (std::ranges::count(call.unread, key) > 0) computed.emplace_back(key);
        if (named("load_in_fp8") == true || named("load_in_fp8") == "block")
          keys["load_in_4bit"] = false, keys["unmodelled_quantization"] = "weights that Unsloth makes fp8";
        // vLLM in the same process, with a cache of its own.
        if (named("fast_inference") == true) keys["unmodelled_fast_inference"] = "vLLM beside the training";
        put("vllm_gpu_memory_utilization", named("gpu_memory_utilization"));
        if (!keys.contains("max_length")) keys["max_length"] = 2048;
        put("max_length", named("max_seq_length"));
        said = said || call.named.contains("max_seq_length");
      } else {
        for (const char* key : {"load_in_4bit", "load_in_8bit", "attn_implementation", "torch_dtype", "dtype"})
          put(key, named(key));
      }
    } else if (call.name == "pipeline" || call.name == "transformers.pipeline") {
      // pipeline(task, model, …): a model that is only asked; after a training it is what came of it.
      if (handed && keys.contains("model_name_or_path")) continue;
      for (const char* key : {"model", "torch_dtype", "dtype"})
        put(key == std::string_view("model") ? "model_name_or_path" : key,
            named(key).is_string() ? named(key) : Json());
      if (call.positional.size() > 1 && call.positional[1].is_string()) put("model_name_or_path", call.positional[1]);
      if (const Json more = named("model_kwargs"); more.is_object())
        for (const char* key : {"load_in_4bit", "load_in_8bit", "torch_dtype", "dtype", "attn_implementation"})
          if (more.contains(key)) put(key, more[key]);
    } else if (name == "BitsAndBytesConfig") {
      for (const char* key : {"load_in_4bit", "load_in_8bit"}) put(key, named(key));
      put("use_bnb_nested_quant", named("bnb_4bit_use_double_quant"));
    } else if (name == "get_peft_model" || name == "LoraConfig") {
      if (!call.named.contains("r") && name == "get_peft_model" && !call.name.starts_with("Fast")) {
        adapts = true;
        continue;
      }
      trained = lowRank = true;
      for (const std::string& key : call.unread)
        if (key == "r" || key == "target_modules") computed.push_back(key == "r" ? "lora_r" : "lora_target_modules");
      unsloth = unsloth || call.name.starts_with("Fast");
      // unsloth/models/llama.py get_peft_model
      if (call.name.starts_with("Fast") && !call.named.contains("target_modules"))
        keys["lora_target_modules"] = {"q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"};
      put("lora_r", named("r"));
      put("lora_target_modules", named("target_modules"));
      for (const char* key : {"use_dora", "modules_to_save", "rank_pattern", "layers_to_transform", "use_rslora",
                              "target_parameters", "exclude_modules", "bias", "lora_bias", "layer_replication",
                              "trainable_token_indices", "layers_pattern", "use_qalora"})
        put(key, named(key));
      const Json checkpointing = named("use_gradient_checkpointing");
      if (checkpointing == "unsloth") offloaded = true;
      if (!checkpointing.is_null())
        keys["gradient_checkpointing"] = checkpointing == true || checkpointing == "unsloth";
      if (name == "get_peft_model" && checkpointing.is_null() && call.name.starts_with("Fast"))
        offloaded = true, keys["gradient_checkpointing"] = true;
      if (!keys.contains("lora_r")) keys["lora_r"] = call.name.starts_with("Fast") ? 16 : 8;
    } else if (const std::string method = adapterMethodOf(name); !method.empty()) {
      others = method;
    } else if (name.ends_with("Config") || name.ends_with("TrainingArguments") || name.ends_with("Trainer")) {
      // TRL's trainers load the model themselves where they are given its name.
      if (name.ends_with("Trainer")) {
        if (const Json model = named("model"); model.is_string()) put("model_name_or_path", model);
        if (!call.positional.empty() && call.positional.front().is_string())
          put("model_name_or_path", call.positional.front());
      }
      // TRL's configurations are the Trainer's arguments with more beside them; of those named here all may be left
      // out.
      const bool tells = call.named.contains("output_dir") || call.named.contains("learning_rate") ||
                         call.named.contains("per_device_train_batch_size");
      constexpr std::string_view kRead[] = {"SFTConfig", "DPOConfig", "GRPOConfig", "ORPOConfig"};
      const bool read = std::ranges::find(kRead, name) != std::end(kRead);
      const bool arguments = name.ends_with("TrainingArguments") || read || trainsOtherwise(name) ||
                             (name.ends_with("Config") && tells && name != "LoraConfig");
      const bool ofTrl = name == "SFTTrainer" || name == "DPOTrainer" || name == "GRPOTrainer";
      trl = trl || (arguments && name.ends_with("Config")) || ofTrl || (trainsOtherwise(name) && name != "Trainer");
      adapts = adapts || !named("peft_config").is_null() || std::ranges::count(call.unread, "peft_config") > 0;
      if (trainsOtherwise(name)) trained = true, keys["unmodelled_method"] = name;
      if (!arguments && name != "SFTTrainer" && name != "DPOTrainer") continue;
      trained = told = true;
      // unsloth/models/rl.py: its own copies of TRL's configurations
      if (unsloth && name.ends_with("Config")) {
        if (!keys.contains("per_device_train_batch_size")) keys["per_device_train_batch_size"] = 4;
        if (!keys.contains("gradient_accumulation_steps")) keys["gradient_accumulation_steps"] = 2;
      }
      for (const auto& [key, value] : call.named.items()) {
        const bool plainBefore = keys.contains(key) && arguments == false;
        if (value == "?")
          computed.push_back(key);
        else if (!plainBefore && !value.is_null())
          keys[key] = value;
      }
      for (const std::string& key : call.unread) computed.push_back(key);
      if (name == "DPOConfig" && !keys.contains("precompute_ref_log_probs")) keys["precompute_ref_log_probs"] = false;
      if (name == "ORPOConfig") keys["preference_method"] = "orpo";
      if (arguments && name.ends_with("Config") && !read) keys["unmodelled_method"] = name;
      if (name == "GRPOConfig" && !keys.contains("num_generations")) keys["num_generations"] = 8;
    } else if (name == "tokenizer" || name == "tokenize") {
      // What cuts the samples before the Trainer sees them.
      if (named("max_length").is_number_integer() && !keys.contains("max_length")) tokens = named("max_length");
    } else if (name == "gradient_checkpointing_enable") {
      keys["gradient_checkpointing"] = true;
    } else if (name == "prepare_model_for_kbit_training" || name == "prepare_model_for_int8_training") {
      // peft/utils/other.py: use_gradient_checkpointing=True unless said
      prepared = named("use_gradient_checkpointing") != false;
    }
  }
  if (tokens.is_number_integer() && trained && !keys.contains("max_seq_length") && !keys.contains("max_length") && !trl)
    keys["block_size"] = tokens;
  // One method of several that a script can make.
  if (!others.empty() && lowRank)
    keys["unmodelled_adapters"] = others + ", which the script can make instead";
  else if (!others.empty())
    keys["peft_type"] = others;
  // Weights of few bits are trained by adapters alone: their making stands where the text does not show it.
  const bool few = keys.value("load_in_4bit", Json()) == true || keys.value("load_in_8bit", Json()) == true;
  if (trained && few && !lowRank && !adapts && !keys.contains("lora_r") && !keys.contains("peft_type"))
    keys["use_peft"] = true, keys["unmodelled_adapters"] = "adapters that the text does not show";
  // What is turned on for the model stays on where the Trainer's arguments say nothing, or no.
  if (prepared) keys["gradient_checkpointing"] = true;
  const bool called = keys.contains("model_name_or_path") && keys["model_name_or_path"].is_string();
  if ((!told || !called) && hasOwnLoop(text))
    return fail(ErrorCode::unsupported, "This trains in a loop of its own, which is not read here.",
                std::string(where));
  if (trained && sees) keys["unmodelled_images"] = "of a model that sees";
  if (trained && adapts && !lowRank && !keys.contains("peft_type")) keys["unmodelled_adapters"] = "the script's own";
  if (trained && !adapts && !lowRank && freezes(text)) keys["unmodelled_freezing"] = "requires_grad=False";
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
    std::vector<std::string> left;
    if (!quantizes.empty()) left.push_back(quantizes + "(), which makes another model of it here");
    for (const char* key : {"unmodelled_fast_inference", "unmodelled_quantization"})
      if (keys.contains(key)) left.push_back(keys[key].get<std::string>());
    for (const std::string& what : left) {
      out.leftOut.push_back({what, true});
      scenario["unmodelled"].push_back(what);
    }
    out.recognised = unsloth ? "Python script (Unsloth)" : "Python script (Transformers)";
    out.remarks = std::move(named.remarks);
    if (said && keys["max_length"].is_number_integer() && keys["max_length"] > 0)
      scenario["context"] = keys["max_length"];
    else
      out.remarks.push_back(
          {"assumed-length", Severity::assumed, "A script does not say how long its prompts and answers are."});
    takeScenario(out, std::move(scenario));
    return out;
  }
  constexpr const char* kSays[] = {
      "lora_r",       "per_device_train_batch_size", "max_length", "max_seq_length", "load_in_4bit",
      "load_in_8bit", "max_completion_length"};
  const bool says = std::ranges::any_of(kSays, [&](const char* key) { return keys.contains(key); });
  if (!called && !trained && loaded && says) {
    Reading out;
    out.recognised = "Python script (Transformers)";
    Json scenario{{"headroom", 1}, {"engine", "transformers"}};
    if (keys.contains("load_in_4bit") && keys["load_in_4bit"] == true)
      scenario["precision"]["weights"] = keys.value("use_bnb_nested_quant", Json(false)) == true ? "nf4-dq" : "nf4";
    if (keys.contains("load_in_8bit") && keys["load_in_8bit"] == true) scenario["precision"]["weights"] = "bnb-int8";
    out.remarks.push_back({"no-model", Severity::warning, "The script loads a model that the text does not name."});
    takeScenario(out, std::move(scenario));
    return out;
  }
  if (!trained || (!called && !says))
    return fail(ErrorCode::unknown_name, "No training code is called here.", std::string(where));
  for (const char* key : {"output_dir", "model", "tokenizer", "args", "train_dataset", "peft_config"}) keys.erase(key);
  Result<Reading> reading =
      recipes::readingOfKeys(keys, RecipeDialect::trl,
                             unsloth ? "unsloth"
                             : trl   ? "trl"
                                     : "",
                             where, folder, unsloth ? "Python script (Unsloth)" : "Python script (Transformers)");
  if (!reading) return reading;
  if (!called)
    reading->remarks.push_back(
        {"no-model", Severity::warning, "The script trains a model that the text does not name."});
  if (text.find("add_argument(") != text.npos || text.find("HfArgumentParser(") != text.npos ||
      recipes::hasOwnDefaults(text))
    reading->remarks.push_back({"own-arguments", Severity::assumed,
                                "The script has arguments of its own; where they have defaults these are taken, which "
                                "a command line may change."});
  Json scenario = Json::parse(reading->scenario, nullptr, false);
  if (offloaded) scenario["training"]["checkpointing"] = "offloaded";
  if (!quantizes.empty()) {
    const std::string what = quantizes + "(), which makes another model of it here";
    reading->leftOut.push_back({what, true});
    scenario["unmodelled"].push_back(what);
  }
  constexpr const char* kMatter[] = {"bf16",
                                     "fp16",
                                     "optim",
                                     "lora_r",
                                     "lora_target_modules",
                                     "load_in_4bit",
                                     "load_in_8bit",
                                     "deepspeed",
                                     "fsdp",
                                     "per_device_train_batch_size",
                                     "max_length",
                                     "max_seq_length",
                                     "gradient_checkpointing"};
  for (const std::string& key : computed) {
    const bool matters = std::ranges::find(kMatter, key) != std::end(kMatter) && key != "bf16" && key != "fp16";
    reading->leftOut.push_back({key + " (computed by the script)", matters});
    if (matters) scenario["unmodelled"].push_back(key + ", which the script computes");
  }
  takeScenario(*reading, std::move(scenario));
  return reading;
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

Result<Reading> readTrainingScript(std::string_view text, std::string_view where, const std::string& folder,
                                   std::string_view beside) {
  constexpr std::size_t kLongest = 256 * 1024;
  // Once: a task inside a task is a text of it.
  if (const std::string script = taskScript(text); !script.empty() && taskScript(script).empty())
    return readTrainingScript(script, where, folder);
  const Error nothing{ErrorCode::unknown_name, "No training code is called here.", std::string(where)};
  if (text.size() > kLongest) return tl::unexpected(nothing);
  const auto notRead = [&](std::string_view code) {
    return fail(
        ErrorCode::unsupported,
        fmt::format("This trains with {}, which is recognised, but whose configuration is not read here.", code),
        std::string(where));
  };
  // A page with a recipe beside it is read by its parts.
  if (text.find("distributed_type") != text.npos && !recipes::severalFences(text))
    if (Result<Reading> reading = recipes::readAccelerate(text, where)) return reading;
  if (looksLikeTitan(text)) return readTitan(text, where);
  if (const std::string_view code = recipes::unreadFile(text); !code.empty()) return notRead(code);
  // What converts beside what trains is left out, and said.
  if (const std::string_view word = recipes::converts(text); !word.empty()) {
    const std::string message = fmt::format("`{}` converts a model; it neither trains nor serves.", word);
    Result<Reading> rest = readTrainingScript(recipes::withoutLines(text, word), where, folder, beside);
    if (!rest || !trains(*rest) || rest->scenario.find("\"model\"") == std::string::npos ||
        rest->scenario.find("\"dimensions\"") != std::string::npos)
      return fail(ErrorCode::unsupported, message, std::string(where));
    rest->remarks.push_back({"other-run", Severity::warning, message});
    return rest;
  }
  // What alpaca-lora's script prints of its arguments says more than the command above it.
  if (text.find("with params:") != text.npos && text.find("cutoff_len:") != text.npos)
    if (Result<Reading> reading = recipes::readPrinted(text, where, folder)) return reading;
  // slime trains by Megatron's options, and by its own, which decide.
  for (const std::string_view words : {"--hf-checkpoint", "--rollout-num-gpus", "--actor-num-gpus-per-node"})
    if (text.find(words) != text.npos && text.find("--rollout-") != text.npos) return notRead("slime");
  // ROLL's clusters name Megatron's or DeepSpeed's settings each for itself (roll/configs/worker_config.py).
  if (text.find("strategy_name: megatron_train") != text.npos ||
      text.find("strategy_name: deepspeed_train") != text.npos)
    return notRead("ROLL");
  if (Result<Reading> reading = recipes::readToldCode(text, where)) return reading;
  if (Result<Reading> reading = readTitanCommand(text, where)) return reading;
  if (const std::string_view code = recipes::unreadWord(text); !code.empty()) return notRead(code);
  if (text.find("from_pretrained") != text.npos || text.find("TrainingArguments(") != text.npos ||
      text.find("pipeline(") != text.npos || text.find("Trainer(") != text.npos ||
      text.find("get_peft_model(") != text.npos || text.find("Config(") != text.npos)
    if (Result<Reading> reading = ofPython(text, where, folder);
        reading || reading.error().code != ErrorCode::unknown_name)
      return reading;
  if (looksLikeRecipe(text)) return tl::unexpected(nothing);
  const Result<ShellScript> script = shellScript(text);
  if (!script) {
    // Sentences with quotes of their own around a command.
    const std::string lines = recipes::launchLines(text);
    if (!lines.empty() && lines.size() + 1 < text.size() && shellScript(lines))
      return readTrainingScript(lines, where, folder, beside);
    return recipes::readTrainerBanner(text, where);
  }
  std::optional<Reading> first;
  std::optional<Error> refused;  // a step before or behind it: what prepares data, merges, evaluates
  std::size_t runs = 0;
  for (const ShellCommand& command : script->commands) {
    constexpr std::size_t kMost = 16;
    Result<Reading> reading = recipes::readTrainingCommand(command, where, folder, beside);
    // It trains by a file, which may stand beside it.
    if (!reading && !first && reading.error().code == ErrorCode::usage) return reading;
    if (!reading && !refused && reading.error().code != ErrorCode::unknown_name) refused = reading.error();
    if (!reading) continue;
    if (!first) first = std::move(*reading);
    if (++runs == kMost) break;
  }
  if (runs > 1)
    first->remarks.push_back(
        {"several-runs", Severity::warning, fmt::format("The text starts {} trainings; the first is taken.", runs)});
  if (first && refused) first->remarks.push_back({"other-run", Severity::warning, refused->message});
  if (first) return std::move(*first);
  if (refused) return tl::unexpected(*refused);
  // srun bash -c '…': a command inside a word of another.
  for (const ShellCommand& command : script->commands)
    for (const std::string& word : command.words) {
      if (word.find(' ') == word.npos) continue;
      const Result<ShellScript> inner = shellScript(word);
      if (!inner) continue;
      for (ShellCommand inside : inner->commands) {
        inside.environment.insert(inside.environment.begin(), command.environment.begin(), command.environment.end());
        if (Result<Reading> reading = recipes::readTrainingCommand(inside, where, folder);
            reading || reading.error().code != ErrorCode::unknown_name)
          return reading;
      }
    }
  return recipes::readTrainerBanner(text, where);
}

}  // namespace headroom
