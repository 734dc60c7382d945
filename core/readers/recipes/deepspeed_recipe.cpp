// DeepSpeed's configuration (https://www.deepspeed.ai/docs/config-json): a file of its own, or inside another recipe.
#include "core/open/catalogue.h"
#include "core/readers/recipes/recipe_reader.h"

namespace headroom::recipes {
namespace {

constexpr std::int64_t kMost = 1'000'000;

std::string offloadWord(const std::string& device) {
  return device == "cpu" || device == "nvme" ? device : "none";
}

// Sizes that are left to Transformers ("auto"): by the model's width (transformers/integrations/deepspeed.py,
// trainer_config_finalize, 5.24).
void readAutoSizes(Source& s, const std::string& prefix) {
  const Json* id = s.scenario.contains("model") ? &s.scenario["model"] : nullptr;
  const auto model = id != nullptr && id->is_string() ? catalogueModel(id->get<std::string>())
                                                      : Result<std::shared_ptr<const Model>>(nullptr);
  const double width = model && *model != nullptr ? static_cast<double>((*model)->hidden) : 0;
  struct AutoSize {
    const char *name, *pointer;
    double elements;
  };
  for (const AutoSize& a :
       {AutoSize{"reduce_bucket_size", "/parallel/reduce_bucket_elements", width * width},
        AutoSize{"stage3_prefetch_bucket_size", "/parallel/prefetch_bucket_elements", 0.9 * width * width},
        AutoSize{"stage3_param_persistence_threshold", "/parallel/persistence_threshold_elements", 10 * width}}) {
    const std::string key = prefix + "zero_optimization." + a.name;
    if (!s.isAuto(key)) continue;
    if (width > 0)
      s.set(a.pointer, static_cast<std::int64_t>(a.elements), key);
    else
      s.leaveOut(key + ": Transformers sizes it by the model's width");
  }
}

}  // namespace

void readDeepspeed(Source& s, const std::string& prefix) {
  const auto key = [&](const char* name) { return prefix + name; };
  s.set("/engine", "deepspeed", prefix.empty() ? "zero_optimization" : prefix.substr(0, prefix.size() - 1));
  if (const auto stage = s.integer(key("zero_optimization.stage"), 0, 3))
    s.set("/parallel/sharding", *stage == 0 ? "none" : "zero" + std::to_string(*stage), key("zero_optimization.stage"));
  for (const auto& [name, pointer] : {std::pair{"zero_optimization.offload_optimizer.device", "/offload/optimizer"},
                                      {"zero_optimization.offload_param.device", "/offload/parameters"}})
    if (const std::string device = s.text(key(name)); !device.empty()) s.set(pointer, offloadWord(device), key(name));
  // DeepSpeed trains in its 16-bit format beside an fp32 master copy (runtime/bf16_optimizer.py,
  // fp16/fused_optimizer.py).
  for (const auto& [name, format] : {std::pair{"bf16.enabled", "bf16"}, {"fp16.enabled", "fp16"}})
    if (s.flag(key(name)).value_or(false)) {
      s.set("/precision/weights", format, key(name));
      s.set("/precision/gradients", format, key(name));
      s.set("/precision/master_weights", "fp32", key(name));
    }
  if (s.flag(key("activation_checkpointing.cpu_checkpointing")).value_or(false))
    s.set("/training/checkpointing", "offloaded", key("activation_checkpointing.cpu_checkpointing"));
  s.integerTo(key("tensor_parallel.autotp_size"), "/parallel/tensor", 1, kMost);
  readStepWords(s, RecipeDialect::deepspeed, prefix);
  readAutoSizes(s, prefix);
}

void readDeepspeedPath(Source& s, std::string_view key) {
  const std::string path = s.text(key);
  if (path.empty()) return;
  s.set("/engine", "deepspeed", key);
  const auto says = [&](std::string_view word) { return path.find(word) != path.npos; };
  for (const char* stage : {"0", "1", "2", "3"})
    if (says(std::string("zero") + stage) || says(std::string("z") + stage) || says(std::string("zero_") + stage) ||
        says(std::string("stage") + stage))
      s.set("/parallel/sharding", *stage == '0' ? std::string("none") : std::string("zero") + stage, key);
  const bool without = says("no_offload") || says("nooffload") || says("no-offload") || says("without_offload");
  if (says("offload") && !without) {
    const bool weightsAlone = says("offload_params") && !says("all");  // axolotl's zero3_bf16_cpuoffload_params.json
    if (!weightsAlone) s.set("/offload/optimizer", "cpu", key);
    // ms-swift's zero3_offload, LLaMA-Factory's ds_z3_offload_config.json: what the stage can put away is put away.
    const bool third = says("z3") || says("zero3") || says("zero_3") || says("stage3");
    if (says("offload_all") || says("offload_param") || (third && !says("optim")))
      s.set("/offload/parameters", "cpu", key);
  }
  if (s.isSet("/parallel/sharding"))
    s.note("ZeRO's stage is read from the name of " + path + "; the file itself is not opened.");
  else
    s.leaveOut("ZeRO's stage, which " + path + " says");
}

void readDeepspeedFile(Source& s, const std::string&) {
  readDeepspeed(s, "");
  s.integerTo("train_micro_batch_size_per_gpu", "/batch", 1, kMost);
  s.integerTo("gradient_accumulation_steps", "/training/accumulation", 1, kMost);
  // train_batch_size = micro-batch × accumulation × devices
  const auto all = s.integer("train_batch_size", 1, 1'000'000'000);
  const auto micro = s.integer("train_micro_batch_size_per_gpu", 1, kMost),
             steps = s.integer("gradient_accumulation_steps", 1, kMost);
  if (all && micro && steps && *all % (*micro * *steps) == 0 && *all / (*micro * *steps) <= kMost)
    s.set("/parallel/data", *all / (*micro * *steps), "train_batch_size");
  std::string optimizer = s.text("optimizer.type");
  if (!optimizer.empty()) {
    if (optimizer == "fusedadam") optimizer = "adam";
    s.optimizer("optimizer.type", optimizer, optimizerOf(optimizer));
  }
  if (!s.isSet("/workload")) s.set("/workload", "full", "zero_optimization");
  s.note("A DeepSpeed configuration names neither model nor length; they stay as they are.");
}

void writeDeepspeedFile(Target& t) {
  const Scenario& s = t.scenario;
  const Sharding sharding = t.settings.parallel.sharding;
  const bool zero = sharding >= Sharding::zero1 && sharding <= Sharding::zero3;
  t.put("train_micro_batch_size_per_gpu", t.settings.batch, "/batch", t.settings.batch, 1);
  t.put("gradient_accumulation_steps", t.settings.training.accumulation, "/training/accumulation",
        t.settings.training.accumulation, 1);
  const int stage = zero ? static_cast<int>(sharding) - static_cast<int>(Sharding::zero1) + 1 : 0;
  t.put("zero_optimization.stage", stage, "/parallel/sharding", nameOf(zero ? sharding : Sharding::none), "none");
  const auto offload = [&](const char* key, const char* pointer, OffloadTarget to) {
    t.put(key, t.fresh() && to == OffloadTarget::none ? Json() : Json(nameOf(to)), pointer, nameOf(to), "none");
  };
  offload("zero_optimization.offload_optimizer.device", "/offload/optimizer", t.settings.offload.optimizer);
  offload("zero_optimization.offload_param.device", "/offload/parameters", t.settings.offload.parameters);
  const auto* master = s.precision.masterWeights ? std::get_if<NumberFormat>(&*s.precision.masterWeights) : nullptr;
  const bool half = master != nullptr || s.workload != Workload::full;
  t.put("bf16.enabled", half, "/precision/master_weights", half ? Json("fp32") : Json(), Json());
  if (t.settings.parallel.tensor > 1 || !t.fresh())
    t.put("tensor_parallel.autotp_size", t.settings.parallel.tensor, "/parallel/tensor", t.settings.parallel.tensor, 1);
  if (!zero && sharding != Sharding::none)
    t.note("DeepSpeed has no " + std::string(nameOf(sharding)) + "; ZeRO is off.");
  writeStepWords(t, RecipeDialect::deepspeed);
  t.note("Model, length, adapters and checkpointing stand in the trainer's own recipe.");
  t.noteRest();
}

}  // namespace headroom::recipes
