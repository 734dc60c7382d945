#include "core/readers/recipes/accelerate_words.h"

#include <fmt/format.h>

#include "core/base/json_text.h"

namespace headroom::recipes {
namespace {

bool isTrue(const Json& value) {
  return value == true || value == "true" || value == "True";
}

// The value, which leaves the words.
Json taken(Json& words, const char* key) {
  Json value = words.contains(key) ? words[key] : Json();
  words.erase(key);
  return value;
}

void setSharding(Json& scenario, std::string_view engine, std::string_view sharding) {
  scenario["engine"] = engine;
  scenario["parallel"]["sharding"] = sharding;
}

}  // namespace

void takeFsdpWords(Json& words, Json& scenario) {
  const Json version = taken(words, "fsdp_version");
  const bool second = version == 2 || version == "2";
  setSharding(scenario, "fsdp", second ? "fsdp2" : "fsdp");
  Json strategy = taken(words, "fsdp_sharding_strategy");
  const Json reshards = taken(words, "fsdp_reshard_after_forward");
  if (strategy.is_null() && reshards.is_string() && reshards != "true" && reshards != "false") strategy = reshards;
  if (strategy == "NO_SHARD" || strategy == 3)
    scenario["parallel"]["sharding"] = "none";
  else if (strategy == "SHARD_GRAD_OP" || strategy == 2)
    second ? scenario["parallel"]["reshard_after_forward"] = false : scenario["parallel"]["strategy"] = "SHARD_GRAD_OP";
  else if (!strategy.is_null() && strategy != "FULL_SHARD" && strategy != 1)
    scenario["unmodelled"].push_back("fsdp_sharding_strategy: " + jsonText(strategy));
  if (reshards == false || reshards == "false") scenario["parallel"]["reshard_after_forward"] = false;
  if (isTrue(taken(words, "fsdp_offload_params"))) scenario["offload"]["parameters"] = "cpu";
  if (isTrue(taken(words, "fsdp_activation_checkpointing"))) scenario["training"]["checkpointing"] = "full";
  if (const Json original = taken(words, "fsdp_use_orig_params"); !original.is_null() && !second)
    scenario["parallel"]["original_parameters"] = isTrue(original);
}

void takeLauncherWords(Json& keys, Json& scenario) {
  const bool deepspeed = isTrue(taken(keys, "use_deepspeed")), fsdp = isTrue(taken(keys, "use_fsdp"));
  if (deepspeed) {
    scenario["engine"] = "deepspeed";
    const Json stage = taken(keys, "zero_stage");
    if (stage == 1 || stage == 2 || stage == 3) scenario["parallel"]["sharding"] = "zero" + jsonText(stage);
  }
  if (fsdp) takeFsdpWords(keys, scenario);
  if (keys.contains("mixed_precision") && keys["mixed_precision"].is_string()) {
    const std::string format = keys["mixed_precision"].get<std::string>();
    if ((format == "bf16" || format == "fp16") && !keys.contains("bf16") && !keys.contains("fp16")) keys[format] = true;
    keys.erase("mixed_precision");
  }
}

void takeProfile(Json& keys, Json& scenario, Launch& launch) {
  const Json said = taken(keys, "accelerate_config");
  if (!said.is_string()) return;
  const std::string name = said.get<std::string>();
  constexpr std::int64_t kProcesses = 8;
  if (name == "single_gpu") {
    if (!launch.devices) launch.devices = 1;
    return;
  }
  if (name.starts_with("zero") && name.size() == 5 && name[4] >= '1' && name[4] <= '3')
    setSharding(scenario, "deepspeed", name);
  else if (name == "fsdp1" || name == "fsdp2")
    setSharding(scenario, "fsdp", name == "fsdp2" ? "fsdp2" : "fsdp");
  else if (name != "multi_gpu")
    return void(launch.configuration = name);
  if (!launch.devices) launch.devices = kProcesses;
}

}  // namespace headroom::recipes
