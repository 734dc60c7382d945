// accelerate's configuration file (accelerate/commands/config/config_args.py, 1.15).
#include "core/base/json_text.h"
#include "core/readers/recipes/accelerate_words.h"
#include "core/readers/scenario_check.h"

namespace headroom::recipes {

Result<Reading> readAccelerate(std::string_view text, std::string_view where) {
  const Result<RecipeTree> tree = parseRecipe(text, where);
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
  if (root.contains("num_processes") && root["num_processes"].is_number_integer())
    scenario["parallel"]["data"] = root["num_processes"];
  if (type == "FSDP") {
    Json words = root.contains("fsdp_config") && root["fsdp_config"].is_object() ? root["fsdp_config"] : Json::object();
    takeFsdpWords(words, scenario);
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

}  // namespace headroom::recipes
