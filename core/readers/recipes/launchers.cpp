#include "core/readers/recipes/launchers.h"

#include <memory>

#include "core/open/catalogue.h"

namespace headroom::recipes {
namespace {

constexpr Launcher kLaunchers[] = {
    {"llamafactory-cli", "train", RecipeDialect::llama_factory, ""},
    {"llamafactory-cli", "sft", RecipeDialect::llama_factory, ""},
    {"llamafactory-cli", "api", RecipeDialect::llama_factory, ""},
    {"llamafactory-cli", "chat", RecipeDialect::llama_factory, ""},
    {"lmf", "train", RecipeDialect::llama_factory, ""},
    {"swift", "sft", RecipeDialect::trl, "ms-swift"},
    {"swift", "pt", RecipeDialect::trl, "ms-swift"},
    {"swift", "rlhf", RecipeDialect::trl, "ms-swift"},
    {"trl", "sft", RecipeDialect::trl, "trl"},
    {"trl", "dpo", RecipeDialect::trl, "trl"},
    {"trl", "grpo", RecipeDialect::trl, "trl"},
    {"trl", "rloo", RecipeDialect::trl, "trl"},
    {"trl", "kto", RecipeDialect::trl, "trl"},
    {"trl", "reward", RecipeDialect::trl, "trl"},
    {"tune", "run", RecipeDialect::torchtune, ""},
};

std::int64_t wholeOr(const Json& given, const char* key, std::int64_t otherwise) {
  return given.contains(key) && given[key].is_number_integer() ? given[key].get<std::int64_t>() : otherwise;
}

}  // namespace

std::string programOf(const std::string& word) {
  return word.substr(word.find_last_of("/\\") == word.npos ? 0 : word.find_last_of("/\\") + 1);
}

const Launcher* launcherAt(const std::vector<std::string>& words, std::size_t at, std::size_t& taken) {
  std::string program = programOf(words[at]), next = at + 1 < words.size() ? words[at + 1] : std::string();
  taken = 2;
  struct Scripts {
    std::string_view path, program;
  };
  for (const Scripts& s : {Scripts{"swift/cli/", "swift"}, Scripts{"swift.cli.", "swift"},
                           Scripts{"trl/scripts/", "trl"}, Scripts{"trl.scripts.", "trl"}})
    if (const std::size_t from = words[at].rfind(s.path); from != std::string::npos) {
      next = words[at].substr(from + s.path.size());
      program = s.program, next = next.substr(0, next.find('.')), taken = 1;
    }
  for (const Launcher& l : kLaunchers)
    if (program == l.program && next == l.next) return &l;
  return nullptr;
}

bool hasTower(const Json& model) {
  if (!model.is_string()) return false;
  const Result<std::shared_ptr<const Model>> known = catalogueModel(model.get<std::string>());
  return known && *known != nullptr && !(*known)->vision.empty();
}

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
  // trainers/rlhf_arguments.py: preference methods by name; a group of answers is the Trainer's own word.
  const std::string method = given.contains("rlhf_type") && given["rlhf_type"].is_string()
                                 ? given["rlhf_type"].get<std::string>()
                                 : std::string();
  if (method == "dpo" && !given.contains("precompute_ref_log_probs")) out["precompute_ref_log_probs"] = false;
  if (method == "grpo") {
    if (!given.contains("num_generations")) out["num_generations"] = 8;
    move("max_length", "max_prompt_length");
  } else if (!method.empty() && method != "dpo") {
    out["unmodelled_rlhf_type"] = method;
  }
  out.erase("rlhf_type");
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
  if (!given.contains("max_length") && method != "grpo")
    notes.emplace_back("Without max_length ms-swift trains on whole samples of any length.");
  return out;
}

}  // namespace headroom::recipes
