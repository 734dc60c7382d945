#include "core/readers/recipes/launchers.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <memory>
#include <optional>

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

std::optional<std::int64_t> wholeIn(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && value > 0 && value < 1'000'000 ? std::optional(value) : std::nullopt;
}

std::int64_t wholeOr(const Json& given, const char* key, std::int64_t otherwise) {
  return given.contains(key) && given[key].is_number_integer() ? given[key].get<std::int64_t>() : otherwise;
}

}  // namespace

std::string programOf(const std::string& word) {
  return word.substr(word.find_last_of("/\\") == word.npos ? 0 : word.find_last_of("/\\") + 1);
}

Json wordValue(const std::string& text) {
  if (text == "true" || text == "True") return true;
  if (text == "false" || text == "False") return false;
  if (text == "None" || text == "null") return nullptr;
  const Json parsed = Json::parse(text, nullptr, false);
  return parsed.is_number() || parsed.is_structured() ? parsed : Json(text);
}

std::string variable(const ShellCommand& command, std::string_view name) {
  for (auto at = command.environment.rbegin(); at != command.environment.rend(); ++at)
    if (at->first == name) return at->second;
  for (const std::string& word : command.words)
    if (word.starts_with(name) && word.size() > name.size() && word[name.size()] == '=')
      return word.substr(name.size() + 1);
  return {};
}

std::int64_t listed(std::string_view devices) {
  if (devices.empty() || std::isdigit(static_cast<unsigned char>(devices.front())) == 0) return 0;
  return std::count(devices.begin(), devices.end(), ',') + (devices.back() == ',' ? 0 : 1);
}

Launch launchOf(const ShellCommand& command, Json& keys) {
  const auto take = [&](std::initializer_list<const char*> names) {
    std::optional<std::int64_t> value;
    for (const char* name : names) {
      if (!keys.contains(name)) continue;
      // A word behind the number, the recipe or the module, is no part of it.
      const Json said = keys[name].is_array() && !keys[name].empty() ? Json(keys[name].front()) : Json(keys[name]);
      const Json number = said.is_string() ? wordValue(said.get<std::string>()) : said;
      if (number.is_number_integer() && number > 0) value = number.get<std::int64_t>();
      keys.erase(name);
    }
    return value;
  };
  Launch out;
  for (const char* name : {"nnodes", "num_nodes", "num_machines", "nproc_per_node", "num_processes", "num_gpus"})
    if (const Json said = keys.value(name, Json());
        said.is_string() && said.get_ref<const std::string&>().starts_with('$'))
      out.varies = true;
  const auto total = take({"num_processes"});  // accelerate's, of all machines
  const auto machines = take({"nnodes", "num_nodes", "num_node", "num_machines"});
  auto each = take({"nproc_per_node", "num_gpus"});
  if (const Json include = keys.value("include", Json()); !each && include.is_string()) {
    // deepspeed --include localhost:0,1
    const std::string text = include.get<std::string>();
    if (const std::size_t colon = text.find(':'); colon != text.npos) each = listed(text.substr(colon + 1));
  }
  if (!each) each = wholeIn(variable(command, "NPROC_PER_NODE"));
  const std::int64_t nodes = machines.value_or(wholeIn(variable(command, "NNODES")).value_or(1));
  out.machines = nodes;
  // srun starts a process for every task; what starts processes of its own inside of it says how many.
  const bool srun = std::ranges::any_of(command.words, [](const std::string& w) { return programOf(w) == "srun"; });
  if (srun && !total && !each) {
    const auto tasks = take({"ntasks"}), perNode = take({"ntasks_per_node"}), hosts = take({"nodes"});
    out.devices = tasks ? tasks : perNode && hosts ? std::optional(*perNode * *hosts) : std::nullopt;
  }
  // mpirun starts a process for each of -n; a script that starts its own is told of devices by a plain word.
  if (!total && !each && !command.words.empty())
    if (const std::string first = programOf(command.words.front()); first == "mpirun" || first == "mpiexec")
      for (std::size_t i = 1; i + 1 < command.words.size() && !each; ++i)
        if (command.words[i] == "-n" || command.words[i] == "-np") each = wholeIn(command.words[i + 1]);
  if (!total && !each && !keys.contains("cluster"))
    each = take({"gpus", "num_gpu", "n_gpus", "n_gpu", "gpus_per_node", "num_gpus_per_node", "world_size"});
  if (total)
    out.devices = total;
  else if (each && *each > 0)
    out.devices = *each * nodes;
  if (keys.contains("config_file") && keys["config_file"].is_string())
    out.configuration = keys["config_file"].get<std::string>();
  for (const char* name : {"config_file", "include", "master_port", "master_addr", "node_rank", "main_process_port",
                           "main_process_ip", "machine_rank", "rdzv_backend", "rdzv_endpoint", "rdzv_id", "standalone",
                           "multi_gpu", "num_cpu_threads_per_process", "hostfile"})
    keys.erase(name);
  return out;
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
