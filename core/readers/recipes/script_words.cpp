#include "core/readers/recipes/script_words.h"

#include <cctype>
#include <string>

namespace headroom::recipes {

void takeModelName(Json& keys) {
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
  for (const char* key : {"max_seq_len", "max_token_length", "cutoff_length"}) move(key, "max_length");
  move("micro_batch_size", "per_device_train_batch_size");
  // Scripts of LLaVA's kind (llava/train/train.py and its descendants) have a rank of their own.
  const bool llava = yes("lora_enable");
  for (const char* key : {"lora_dim", "lora_rank"})
    if (keys.contains(key) && keys[key].is_number_integer() && keys[key] > 0)
      move(key, "lora_r");
    else if (keys.value(key, Json()) == 0)
      keys.erase(key);
  bool adapts = llava;
  for (const char* key : {"lora_enable", "use_lora", "enable_lora", "lora_tune", "with_lora", "use_qlora", "qlora"}) {
    if (yes(key)) {
      adapts = true;
      if (std::string_view(key).find("qlora") != std::string_view::npos && !keys.contains("load_in_4bit"))
        keys["load_in_4bit"] = true;
    }
    keys.erase(key);
  }
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

bool isNoTraining(std::string_view script) {
  for (const std::string_view word : {"train", "tune", "sft", "dpo", "grpo"})
    if (script.find(word) != script.npos) return false;
  for (const std::string_view word : {"export", "merge", "convert", "infer", "predict", "eval", "generate", "demo",
                                      "chat", "export_model", "quantize", "tokenize", "preprocess"})
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
  if ((says("lora") || says("qlora")) && !keys.contains("lora_r") && !keys.contains("use_peft")) {
    keys["use_peft"] = true;
    unless("unmodelled_adapters", "what " + std::string(script) + " makes");
  }
  if (says("orpo")) unless("preference_method", "orpo");
  if (says("dpo")) unless("precompute_ref_log_probs", false);
  if (says("grpo")) unless("num_generations", 8);
  if (says("rloo")) unless("num_generations", 2);
}

}  // namespace headroom::recipes
