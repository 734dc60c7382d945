#include "core/readers/recipes/script_words.h"

#include <cctype>
#include <string>

namespace headroom::recipes {
namespace {

bool isDataFile(std::string_view name) {
  for (const std::string_view end : {".json", ".jsonl", ".parquet", ".csv", ".yaml", ".yml"})
    if (name.ends_with(end)) return true;
  return false;
}

}  // namespace

// Options of nested arguments: --training_args.per_device_train_batch_size, --peft_config.r.
void takeNested(Json& keys) {
  Json out = Json::object();
  for (const auto& [key, value] : keys.items()) {
    const std::size_t dot = key.find('.');
    const std::string group = key.substr(0, dot), name = dot == key.npos ? key : key.substr(dot + 1);
    const bool adapts = group == "peft_config" || group == "lora_config";
    const bool plain = adapts || group == "training_args" || group == "train_args" || group == "model_args";
    if (dot == key.npos || !plain)
      out[key] = value;
    else
      out[!adapts ? name : name == "r" ? "lora_r" : name == "target_modules" ? "lora_target_modules" : name] = value;
  }
  keys = std::move(out);
}

void takeModelName(Json& keys) {
  takeNested(keys);
  for (const char* key : {"base_model_name", "sft_model_name", "policy_model_name"})
    if (keys.contains(key) && !keys.contains("model_name") && !keys.contains("model_name_or_path"))
      keys["model_name"] = Json(keys[key]), keys.erase(key);
  if (keys.contains("model_name_or_path") || !keys.contains("model_name")) return;
  keys["model_name_or_path"] = keys["model_name"];
  keys.erase("model_name");
}

void takeScriptWords(Json& keys, Json& shared) {
  const auto yes = [&](const char* key) { return keys.contains(key) && (keys[key] == true || keys[key] == 1); };
  const auto move = [&](const char* from, const char* to) {
    if (!keys.contains(from) || keys.contains(to)) return;
    keys[to] = keys[from];
    keys.erase(from);
  };
  for (const char* key : {"model_id", "base_model", "model_path"}) move(key, "model_name_or_path");
  for (const char* key : {"max_seq_len", "max_token_length", "cutoff_length", "cutoff_len", "context_length"})
    move(key, "max_length");
  move("micro_batch_size", "per_device_train_batch_size");
  // How a script's own words call what one device holds at once.
  for (const char* key : {"train_batch_size_per_device", "batch_size_per_device", "per_device_batch_size",
                          "micro_train_batch_size", "train_micro_batch_size_per_gpu", "micro_batch_size_per_gpu",
                          "per_gpu_train_batch_size", "train_bsz_per_gpu", "batch_size_per_gpu", "device_batch_size"})
    move(key, "per_device_train_batch_size");
  if (keys.contains("optimizer") && keys["optimizer"].is_string()) move("optimizer", "optim");
  for (const char* key :
       {"load_in_bits", "load_in_kbits", "load_bits", "quant_bits", "quantization_bits", "quantization_bit", "bits"})
    if (keys.contains(key) && (keys[key] == 4 || keys[key] == 8)) {
      keys[keys[key] == 4 ? "load_in_4bit" : "load_in_8bit"] = true;
      keys.erase(key);
    }
  // grad_checkpoint: OpenGVLab/InternVL, internvl_chat_finetune.py
  for (const char* key : {"grad_checkpoint", "use_gradient_checkpointing", "activation_checkpointing"})
    if (keys.contains(key) && keys[key].is_boolean()) move(key, "gradient_checkpointing");
  if (const Json precision = keys.value("precision", Json()); precision == "bf16" || precision == "fp16")
    keys[precision.get<std::string>()] = true, keys.erase("precision");
  // A model by another name: --model_path_to_load, --pretrained_model_path.
  if (!keys.contains("model_name_or_path"))
    for (const auto& [key, value] : keys.items()) {
      const bool called = key.starts_with("model") || key.starts_with("pretrain") || key.starts_with("base_model");
      if (!called || !value.is_string() || value.get_ref<const std::string&>().find('/') == std::string::npos) continue;
      if (isDataFile(value.get_ref<const std::string&>())) continue;
      // Copies: a new key moves what the two refer to.
      const std::string from = key;
      const Json name = value;
      keys["model_name_or_path"] = name;
      keys.erase(from);
      break;
    }
  // yangjianxin1/Firefly (component/argument.py, train.py): train_mode is qlora unless said, over every Linear.
  if (keys.contains("template_name") && keys.contains("train_file") && keys.contains("lora_rank")) {
    const Json mode = keys.value("train_mode", Json("qlora"));
    if (mode == "full") keys.erase("lora_rank"), keys.erase("lora_dropout");
    if (mode == "qlora") keys["load_in_4bit"] = true, keys["use_bnb_nested_quant"] = true;
    if (mode != "full" && !keys.contains("lora_target_modules")) keys["lora_target_modules"] = "all-linear";
    keys.erase("train_mode");
  }
  // InternVL's ranks for its two parts.
  if (keys.contains("use_llm_lora") && keys["use_llm_lora"].is_number_integer() && keys["use_llm_lora"] > 0) {
    move("use_llm_lora", "lora_r");
    if (!keys.contains("lora_target_modules")) keys["lora_target_modules"] = "all-linear";
  }
  if (keys.contains("use_backbone_lora") && keys["use_backbone_lora"] != 0)
    keys["unmodelled_tower_lora"] = keys["use_backbone_lora"];
  // Scripts of LLaVA's kind (llava/train/train.py and its descendants) have a rank of their own.
  const bool llava = yes("lora_enable");
  for (const char* key : {"lora_dim", "lora_rank"})
    if (keys.contains(key) && keys[key].is_number_integer() && keys[key] > 0)
      move(key, "lora_r");
    else if (keys.value(key, Json()) == 0)
      keys.erase(key);
  // Chinese-LLaMA-Alpaca's word (scripts/training/run_clm_sft_with_peft.py).
  if (keys.contains("lora_r") && keys.contains("trainable") && keys["trainable"].is_string())
    move("trainable", "lora_target_modules");
  bool adapts = llava;
  for (const char* key :
       {"lora_enable", "use_lora", "enable_lora", "lora_tune", "with_lora", "lora", "use_qlora", "qlora"}) {
    if (yes(key)) {
      adapts = true;
      if (std::string_view(key).find("qlora") != std::string_view::npos && !keys.contains("load_in_4bit"))
        keys["load_in_4bit"] = true;
    }
    keys.erase(key);
  }
  // pacman100/LLM-Workshop and PEFT's examples/sft
  move("use_4bit_quantization", "load_in_4bit"), move("use_8bit_quantization", "load_in_8bit");
  move("use_nested_quant", "use_bnb_nested_quant");
  if (yes("use_peft_lora") && keys.contains("lora_r")) keys.erase("use_peft_lora");
  for (const char* key : {"load_in_4_bit", "load_4bit", "use_4bit"}) move(key, "load_in_4bit");
  for (const char* key : {"load_in_8_bit", "load_8bit", "use_8bit"}) move(key, "load_in_8bit");
  if (llava && !keys.contains("lora_r")) keys["lora_r"] = 64;
  if (llava && !keys.contains("lora_target_modules")) keys["lora_target_modules"] = "all-linear";
  if (adapts && !keys.contains("lora_r")) {
    keys["use_peft"] = true;
    keys["unmodelled_adapters"] = "the script's own rank and modules";
  }
  // DeepSpeed-Chat's and others' stage without a file (applications/DeepSpeed-Chat/training).
  if (keys.contains("zero_stage") && keys["zero_stage"].is_number_integer() && keys["zero_stage"] >= 0 &&
      keys["zero_stage"] <= 3) {
    const auto stage = keys["zero_stage"].get<std::int64_t>();
    shared["engine"] = "deepspeed";
    shared["parallel"]["sharding"] = stage == 0 ? "none" : "zero" + std::to_string(stage);
    keys.erase("zero_stage");
    if (keys.value("deepspeed", Json()) == true) keys.erase("deepspeed");
    if (yes("offload")) shared["offload"]["optimizer"] = "cpu", keys.erase("offload");
  }
  // llama-cookbook (src/llama_cookbook/configs/training.py): its own words and defaults.
  if (!yes("enable_fsdp") && !keys.contains("batch_size_training") && !keys.contains("peft_method")) return;
  if (yes("enable_fsdp")) shared["engine"] = "fsdp", shared["parallel"]["sharding"] = "fsdp";
  keys.erase("enable_fsdp");
  move("batch_size_training", "per_device_train_batch_size"), move("context_length", "max_length");
  if (!keys.contains("per_device_train_batch_size")) keys["per_device_train_batch_size"] = 4;
  if (!keys.contains("max_length")) keys["max_length"] = 4096;
  if (yes("fsdp_config.pure_bf16") || yes("pure_bf16"))
    keys["torch_dtype"] = "bfloat16", keys.erase("fsdp_config.pure_bf16"), keys.erase("pure_bf16");
  const Json method = keys.value("peft_method", Json("lora"));
  if (yes("use_peft") && method == "lora" && !keys.contains("lora_r")) {
    keys["lora_r"] = 8, keys["lora_target_modules"] = {"q_proj", "v_proj"};  // configs/peft.py
  } else if (yes("use_peft") && method != "lora") {
    keys["unmodelled_adapters"] = method;
  }
  keys.erase("peft_method");
  if (yes("use_fast_kernels")) keys.erase("use_fast_kernels");
}

bool tellsOfAlpaca(const Json& keys) {
  const bool says = keys.contains("cutoff_len") && keys.contains("micro_batch_size");
  return says && !keys.contains("stage") && !keys.contains("finetuning_type") && !keys.contains("adapter");
}

void takeAlpacaWords(Json& keys) {
  const auto unless = [&](const char* key, const Json& value) {
    if (!keys.contains(key)) keys[key] = value;
  };
  // finetune.py: 8-bit weights, made ready by prepare_model_for_int8_training, which recomputes; fp16.
  if (!keys.contains("load_in_4bit")) unless("load_in_8bit", true);
  unless("gradient_checkpointing", true), unless("fp16", true);
  unless("batch_size", 128), unless("micro_batch_size", 4), unless("cutoff_len", 256);
  unless("lora_r", 8), unless("lora_target_modules", {"q_proj", "v_proj"});
  // Of all micro-batches and processes together.
  const Json whole = keys["batch_size"], micro = keys["micro_batch_size"];
  keys.erase("batch_size");
  if (keys.contains("gradient_accumulation_steps") && keys["gradient_accumulation_steps"].is_number_integer()) return;
  keys.erase("gradient_accumulation_steps");
  if (whole.is_number_integer() && micro.is_number_integer() && micro > 0 && whole >= micro)
    keys["gradient_accumulation_steps"] = whole.get<std::int64_t>() / micro.get<std::int64_t>();
}

void takeQloraWords(std::string_view script, Json& keys) {
  if (script != "qlora.py" && !(keys.contains("bits") && keys.contains("quant_type"))) return;
  const Json bits = keys.value("bits", Json(4)), full = keys.value("full_finetune", Json(false));
  const Json twice = keys.value("double_quant", Json(true));
  for (const char* key : {"bits", "double_quant", "quant_type", "full_finetune"}) keys.erase(key);
  if (full != true && full != "True") {
    if (bits == 4) keys["load_in_4bit"] = true, keys["use_bnb_nested_quant"] = twice == true || twice == "True";
    if (bits == 8) keys["load_in_8bit"] = true;
    if (!keys.contains("lora_r")) keys["lora_r"] = 64;
    if (!keys.contains("lora_target_modules")) keys["lora_target_modules"] = "all-linear";  // find_all_linear_names
  }
  keys.erase("lora_modules");
  const auto length = [&](const char* key, std::int64_t otherwise) {
    const Json said = keys.value(key, Json(otherwise));
    keys.erase(key);
    return said.is_number_integer() && said > 0 && said < 10'000'000 ? said.get<std::int64_t>() : otherwise;
  };
  const std::int64_t prompt = length("source_max_len", 1024), answer = length("target_max_len", 256);
  if (!keys.contains("max_length")) keys["max_length"] = prompt + answer;
  for (const auto& [key, value] : {std::pair<const char*, Json>{"per_device_train_batch_size", 1},
                                   {"gradient_accumulation_steps", 16},
                                   {"gradient_checkpointing", true},
                                   {"optim", "paged_adamw_32bit"}})
    if (!keys.contains(key)) keys[key] = value;
  for (const char* key : {"max_new_tokens", "max_eval_samples", "eval_dataset_size"}) keys.erase(key);
}

void takeInstructWords(std::string_view script, Json& keys, Launch& launch) {
  const auto number = [&](const char* key) {
    // A word behind the number, what is handed over, is no part of it.
    Json said = keys.value(key, Json());
    if (said.is_array() && !said.empty()) said = Json(said.front());
    if (said.is_string()) said = Json::parse(said.get<std::string>(), nullptr, false);
    return said.is_number_integer() && said > 0 && said < 100'000 ? said.get<std::int64_t>() : std::int64_t{0};
  };
  const auto move = [&](const char* from, const char* to) {
    if (keys.contains(from) && !keys.contains(to)) keys[to] = keys[from];
    keys.erase(from);
  };
  // mason.py: --num_nodes × --gpus, whatever the command it hands over says of its processes.
  if (const std::int64_t gpus = number("gpus"); gpus > 0 && keys.contains("cluster"))
    launch.devices = gpus * std::max<std::int64_t>(1, launch.machines);
  if (script.find("grpo") == script.npos && script.find("ppo") == script.npos) return;
  if (!keys.contains("num_samples_per_prompt_rollout")) return;
  move("num_samples_per_prompt_rollout", "num_generations");
  move("response_length", "max_completion_length");
  // A row of a step holds as many answers as fit (pack_length); max_token_length only filters prompts.
  if (keys.contains("pack_length")) keys.erase("max_token_length"), keys.erase("max_prompt_token_length");
  keys["unmodelled_rollout"] = "vLLM's engines, which have devices of their own";
  for (const char* key : {"vllm_num_engines", "vllm_tensor_parallel_size", "oe_eval_max_length"}) keys.erase(key);
  if (const std::int64_t row = number("pack_length"), answer = number("max_completion_length"); row > answer)
    keys["max_prompt_length"] = row - answer, keys.erase("pack_length");
  if (const Json stage = keys.value("deepspeed_stage", Json()); stage.is_number_integer() && stage >= 0 && stage <= 3)
    move("deepspeed_stage", "zero_stage");
  // The learners alone train.
  if (const Json learners = keys.value("num_learners_per_node", Json()); learners.is_array()) {
    std::int64_t all = 0;
    for (const Json& one : learners)
      if (const Json n = one.is_string() ? Json::parse(one.get<std::string>(), nullptr, false) : one;
          n.is_number_integer() && n > 0 && n < 100'000)
        all += n.get<std::int64_t>();
    if (all > 0) launch.devices = all;
    keys.erase("num_learners_per_node");
  }
}

bool measures(const Json& keys) {
  for (const char* key : {"learning_rate", "lr", "num_train_epochs", "max_steps", "do_train"})
    if (keys.contains(key)) return false;
  for (const char* key : {"tasks", "do_sample", "generation_only", "max_length_generation", "allow_code_execution"})
    if (keys.contains(key)) return true;
  return false;
}

bool trainsOnImages(const Json& keys) {
  if (!keys.contains("pretrained_model_name_or_path")) return false;
  for (const char* key : {"resolution", "instance_data_dir", "instance_prompt", "train_data_dir"})
    if (keys.contains(key)) return true;
  return false;
}

bool isNoTraining(std::string_view script) {
  // Of a module, "train.sample", the last name says what it does.
  if (!script.ends_with(".py") && script.find('.') != script.npos) script.remove_prefix(script.rfind('.') + 1);
  for (const std::string_view word : {"train", "tune", "sft", "dpo", "grpo"})
    if (script.find(word) != script.npos) return false;
  for (const std::string_view word :
       {"export", "merge", "convert", "infer", "predict", "eval", "generate", "demo", "chat", "export_model",
        "quantize", "tokenize", "preprocess", "sample", "label", "score"})
    if (script.starts_with(word) || script.find(std::string("_") + std::string(word)) != script.npos) return true;
  return false;
}

bool namesMethod(std::string_view script) {
  for (const std::string_view method : {"sft", "dpo", "grpo", "ppo", "orpo", "rloo"})
    if (const std::size_t at = script.find(method); at != script.npos && (at == 0 || script[at - 1] == '_'))
      return true;
  return false;
}

void takeMethod(std::string_view script, Json& keys) {
  const auto says = [&](std::string_view word) {
    const std::size_t at = script.find(word);
    const auto edge = [&](std::size_t i) {
      return i >= script.size() || std::isalpha(static_cast<unsigned char>(script[i])) == 0;
    };
    return at != script.npos && (at == 0 || edge(at - 1)) && edge(at + word.size());
  };
  const auto unless = [&](const char* key, const Json& value) {
    if (!keys.contains(key)) keys[key] = value;
  };
  for (const std::string_view method : {"xpo", "nash", "online", "kto", "cpo", "bco", "gkd", "gold", "minillm", "prm",
                                        "reward", "simpo", "papo", "nash_md", "online_dpo", "ssd", "tpo"})
    if (says(method)) return unless("unmodelled_method", std::string(method));
  // run_ds_lora.py: adapters that the script makes of what it does not show.
  const auto named = [&](std::string_view method) { return says(method); };
  // PEFT's methods by the names of its examples (peft/utils/peft_types.py and examples/, 0.18).
  constexpr std::string_view kAdapters[] = {"lora", "qlora", "dora",  "pissa", "olora",     "corda",    "loftq", "eva",
                                            "miss", "bone",  "vera",  "oft",   "boft",      "adalora",  "loha",  "lokr",
                                            "hra",  "ia3",   "shira", "c3a",   "fourierft", "randlora", "waveft"};
  if (std::any_of(std::begin(kAdapters), std::end(kAdapters), named) && !keys.contains("lora_r") &&
      !keys.contains("use_peft")) {
    keys["use_peft"] = true;
    unless("unmodelled_adapters", "what " + std::string(script) + " makes");
  }
  // Weights that a script of such a name makes of few bits, by a way that it does not show.
  if (script != "qlora.py" && !keys.contains("load_in_4bit") && !keys.contains("load_in_8bit"))
    for (const std::string_view word : {"qlora", "qalora", "qa_lora", "4bit", "8bit", "int4", "int8", "gptq"})
      if (script.find(word) != script.npos)
        unless("unmodelled_quantization", "what " + std::string(script) + " makes of the weights");
  if (says("orpo")) unless("preference_method", "orpo");
  if (says("dpo")) unless("precompute_ref_log_probs", false);
  if (says("grpo")) unless("num_generations", 8);
  if (says("rloo")) unless("num_generations", 2);
}

}  // namespace headroom::recipes
