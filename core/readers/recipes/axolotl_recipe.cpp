// Axolotl's YAML (https://docs.axolotl.ai/docs/config-reference.html, 0.12).
#include "core/model/adapter_targets.h"
#include "core/readers/recipes/recipe_reader.h"

namespace headroom::recipes {
namespace {

constexpr std::int64_t kMost = 1'000'000, kLongest = 1'000'000'000;

bool plugin(Source& s, std::string_view name) {
  const Json* list = s.find("plugins");
  if (list == nullptr || !list->is_array()) return false;
  for (const Json& item : *list)
    if (item.is_string() && item.get_ref<const std::string&>().find(name) != std::string::npos) return true;
  return false;
}

void readCheckpointing(Source& s) {
  const Json* value = s.find("gradient_checkpointing");
  // Literal["unsloth", "offload"] | bool until 0.6, ["offload", "offload_disk"] | bool later: both keep a layer's input
  // elsewhere, as Unsloth's function does.
  const bool offload = value != nullptr && (*value == "unsloth" || *value == "offload" || *value == "offload_disk");
  if (offload)
    s.set("/training/checkpointing", "offloaded", "gradient_checkpointing");
  else if (const auto on = s.flag("gradient_checkpointing"))
    s.set("/training/checkpointing", *on ? "full" : "none", "gradient_checkpointing");
  if (const Json* activations = s.find("activation_offloading"); activations != nullptr && *activations != false)
    s.set("/offload/activations", "cpu", "activation_offloading");
}

void readSharding(Source& s) {
  readDeepspeedPath(s, "deepspeed");
  const bool listed = s.has("fsdp"), configured = s.has("fsdp_config") || listed;
  s.know("fsdp_config.transformer_layer_cls_to_wrap");
  if (configured) {
    s.set("/engine", "fsdp", "fsdp_config");
    const bool second =
        s.integer("fsdp_version", 1, 2).value_or(s.integer("fsdp_config.fsdp_version", 1, 2).value_or(1)) == 2;
    s.set("/parallel/sharding", second ? "fsdp2" : "fsdp", "fsdp_config");
    readFsdpConfig(s);
    for (const char* key : {"fsdp_config.offload_params", "fsdp_config.fsdp_offload_params"})
      if (s.flag(key).value_or(false)) s.set("/offload/parameters", "cpu", key);
  }
  s.integerTo("tensor_parallel_size", "/parallel/tensor", 1, kMost);
  s.integerTo("sequence_parallel_degree", "/parallel/context", 1, kMost);  // until 0.12
  s.integerTo("context_parallel_size", "/parallel/context", 1, kMost);
  const std::int64_t shard = s.integer("dp_shard_size", 1, kMost).value_or(1),
                     copies = s.integer("dp_replicate_size", 1, kMost).value_or(1);
  if (shard > 1 || copies > 1)
    s.set("/parallel/data", shard > 1 ? shard : copies, shard > 1 ? "dp_shard_size" : "dp_replicate_size");
}

void readReinforcement(Source& s) {
  std::string rl = s.text("rl");
  if (rl.empty()) return;
  if (rl == "ipo") rl = "dpo";
  if (rl != "dpo" && rl != "orpo" && rl != "simpo" && rl != "grpo")
    return s.leaveOut("training by " + rl + ", estimated as supervised training");
  s.set("/reinforcement/method", rl, "rl");
  if (rl == "dpo" && s.flag("precompute_ref_log_probs").value_or(false))
    s.set("/reinforcement/reference", "precomputed", "precompute_ref_log_probs");
  if (rl != "grpo") return;
  s.integerTo("trl.num_generations", "/reinforcement/generations", 1, kMost);
  s.integerTo("trl.max_completion_length", "/reinforcement/completion", 1, kLongest);
  if (s.real("trl.beta", 0, 1e6).value_or(0) > 0)
    s.set("/reinforcement/reference", s.scenario.value("workload", "") == "full" ? "held" : "shared", "trl.beta");
  if (s.flag("trl.use_vllm").value_or(false))
    s.set("/reinforcement/rollout", s.text("trl.vllm_mode") == "colocate" ? "colocated" : "server", "trl.use_vllm");
  for (const char* key : {"trl.vllm_gpu_memory_utilization", "vllm.gpu_memory_utilization"})
    if (const auto share = s.real(key, 0.01, 1)) s.set("/reinforcement/rollout_share", *share, key);
  if (const auto sleeps = s.flag("trl.vllm_enable_sleep_mode"))
    s.set("/reinforcement/rollout_sleeps", *sleeps, "trl.vllm_enable_sleep_mode");
}

}  // namespace

void readAxolotl(Source& s, const std::string& folder) {
  s.model("base_model", folder);
  s.set("/framework", "axolotl", "base_model");
  const std::string adapter = s.text("adapter");
  const bool four = s.flag("load_in_4bit").value_or(false), eight = s.flag("load_in_8bit").value_or(false);
  s.set("/workload",
        adapter == "qlora" || (adapter == "lora" && four) ? "qlora"
        : adapter == "lora"                               ? "lora"
                                                          : "full",
        "adapter");
  if (adapter.empty() && (four || eight))
    s.leaveOut("weights of " + std::string(four ? "4" : "8") +
               " bits without an adapter, which Axolotl does not train");
  if (!adapter.empty() && adapter != "lora" && adapter != "qlora")
    s.leaveOut("adapter: " + adapter + ", counted as full training");
  if (adapter == "qlora" || four)
    s.set("/precision/weights", "nf4-dq", "load_in_4bit");
  else if (eight)
    s.set("/precision/weights", "bnb-int8", "load_in_8bit");
  // "auto" means bf16 where the device has it.
  const Json* raw = s.find("bf16");
  const bool half = raw == nullptr   ? !s.flag("fp16").value_or(false)
                    : *raw == "full" ? true  // also in evaluation
                                     : s.flag("bf16").value_or(true);
  const char* format = half ? "bf16" : s.flag("fp16").value_or(false) ? "fp16" : "fp32";
  s.set("/precision/compute", format, "bf16");
  if (!s.isSet("/precision/weights")) s.set("/precision/weights", format, "bf16");
  s.integerTo("lora_r", "/training/rank", 1, 65536);
  if (s.flag("lora_target_linear").value_or(false)) s.set("/training/targets", "all-linear", "lora_target_linear");
  s.targets("lora_target_modules");
  if (const auto on = s.flag("peft_use_dora")) s.set("/training/dora", *on, "peft_use_dora");
  s.integerTo("sequence_len", "/context", 1, kLongest);
  s.integerTo("micro_batch_size", "/batch", 1, kMost);
  s.integerTo("gradient_accumulation_steps", "/training/accumulation", 1, kMost);
  readCheckpointing(s);
  const bool cce = plugin(s, "CutCrossEntropy"),
             liger = plugin(s, "LigerPlugin") && s.flag("liger_fused_linear_cross_entropy").value_or(false);
  if (cce || s.flag("cut_cross_entropy").value_or(false) || liger)
    s.set("/training/loss", "fused", cce ? "plugins" : "liger_fused_linear_cross_entropy");
  else
    s.set("/training/loss", s.flag("chunked_cross_entropy").value_or(false) ? "chunked" : "eager",
          "chunked_cross_entropy");
  readAttention(s, "attn_implementation", s.text("attn_implementation"));
  for (const auto& [key, backend] : {std::pair{"eager_attention", "eager"},
                                     {"sdp_attention", "sdpa"},
                                     {"flash_attention", "flash_attention_2"},
                                     {"xformers_attention", "xformers"},
                                     {"flex_attention", "flex_attention"}})
    if (s.flag(key).value_or(false)) readAttention(s, key, backend);
  // "auto" is on from torch 2.6 (axolotl/utils/schemas/config.py, 0.8).
  if (const auto on = s.isAuto("torch_compile") ? true : s.flag("torch_compile"))
    s.set("/training/compile", *on, "torch_compile");
  readOptimizerName(s, "optimizer");
  readStepWords(s, RecipeDialect::axolotl);
  readSharding(s);
  readReinforcement(s);
}

void writeAxolotl(Target& t) {
  const Scenario& s = t.scenario;
  const Json nothing;
  const bool adapter = s.workload != Workload::full, four = s.workload == Workload::qlora;
  const std::string model = modelNameOf(s);
  if (model.empty()) t.note("The model has no name a training code could load; set base_model.");
  if (!model.empty()) t.put("base_model", model, "/model", model, nothing);
  t.put("adapter", adapter ? Json(nameOf(s.workload)) : nothing, "/workload", nameOf(s.workload), "full");
  if (four) t.put("load_in_4bit", true, "/precision/weights", "nf4-dq", nothing);
  if (!four && s.precision.weights && *s.precision.weights == WeightFormat(NumberFormat::bnb_int8))
    t.put("load_in_8bit", true, "/precision/weights", "bnb-int8", nothing);
  if (s.precision.compute == NumberFormat::fp16) t.put("fp16", true, "/precision/compute", "fp16", "bf16");
  if (t.fresh() && s.precision.compute.value_or(NumberFormat::bf16) == NumberFormat::bf16) t.always("bf16", true);
  if (s.context) t.put("sequence_len", *s.context, "/context", *s.context, 2048);
  t.put("micro_batch_size", t.settings.batch, "/batch", t.settings.batch, 1);
  t.put("gradient_accumulation_steps", t.settings.training.accumulation, "/training/accumulation",
        t.settings.training.accumulation, 1);
  if (adapter) {
    t.put("lora_r", t.settings.training.rank, "/training/rank", t.settings.training.rank, 16);
    if (t.settings.training.targets->kind == Targets::Kind::all_linear) {
      t.put("lora_target_linear", true, "/training/targets", "all-linear", nothing);
    } else {
      const Json names = t.settings.training.targets->kind == Targets::Kind::named
                             ? Json(t.settings.training.targets->names)
                             : Json(kAttentionTargets);
      t.put("lora_target_modules", names, "/training/targets", names, nothing);
    }
    if (t.settings.training.dora || !t.fresh())
      t.put("peft_use_dora", t.settings.training.dora, "/training/dora", t.settings.training.dora, false);
  }
  const Checkpointing c = t.settings.training.checkpointing;
  if (c == Checkpointing::offloaded)
    t.put("gradient_checkpointing", "offload", "/training/checkpointing", "offloaded", nothing);
  else
    t.put("gradient_checkpointing", c != Checkpointing::none, "/training/checkpointing",
          c != Checkpointing::none ? "full" : "none", nothing);
  if (c == Checkpointing::selective) t.note("Axolotl checkpoints whole layers or none; selective is written as whole.");
  writeOptimizerName(t, "optimizer");
  const Loss loss = t.settings.loss;
  if (loss == Loss::fused)
    t.put("plugins", Json{"axolotl.integrations.cut_cross_entropy.CutCrossEntropyPlugin"}, "/training/loss", "fused",
          "eager");
  else if (loss == Loss::chunked)
    t.put("chunked_cross_entropy", true, "/training/loss", "chunked", "eager");
  const AttentionBackend backend = t.settings.training.attention;
  const bool asked = s.attention || s.training.attentionImplementation;
  if (asked && (t.fresh() || !t.says("/training/attention_implementation", nameOf(backend), nothing)))
    t.always(backend == AttentionBackend::eager  ? "eager_attention"
             : backend == AttentionBackend::sdpa ? "sdp_attention"
                                                 : "flash_attention",
             true);
  if (t.settings.training.compile || !t.fresh())
    t.put("torch_compile", t.settings.training.compile, "/training/compile", t.settings.training.compile, false);
  const Sharding sharding = t.settings.parallel.sharding;
  if (sharding == Sharding::fsdp || sharding == Sharding::fsdp2) {
    t.put("fsdp_version", sharding == Sharding::fsdp2 ? 2 : 1, "/parallel/sharding", nameOf(sharding), "none");
    t.put("fsdp_config.offload_params", t.settings.offload.parameters != OffloadTarget::none, "/parallel/sharding",
          nameOf(sharding), "none");
  } else if (sharding >= Sharding::zero1 && sharding <= Sharding::zero3) {
    t.put("deepspeed",
          "deepspeed_configs/zero" +
              std::to_string(static_cast<int>(sharding) - static_cast<int>(Sharding::zero1) + 1) + ".json",
          "/parallel/sharding", nameOf(sharding), "none");
  }
  if (t.settings.parallel.tensor > 1 || !t.fresh())
    t.put("tensor_parallel_size", t.settings.parallel.tensor, "/parallel/tensor", t.settings.parallel.tensor, 1);
  if (t.settings.parallel.context > 1 || !t.fresh())
    t.put("context_parallel_size", t.settings.parallel.context, "/parallel/context", t.settings.parallel.context, 1);
  const ReinforcementMethod rl = s.reinforcement.method;
  if (rl == ReinforcementMethod::dpo || rl == ReinforcementMethod::orpo || rl == ReinforcementMethod::simpo ||
      rl == ReinforcementMethod::grpo)
    t.put("rl", nameOf(rl), "/reinforcement/method", nameOf(rl), "none");
  writeStepWords(t, RecipeDialect::axolotl);
  t.noteRest();
}

}  // namespace headroom::recipes
