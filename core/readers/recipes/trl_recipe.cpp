// transformers' TrainingArguments with TRL's and PEFT's fields, as `trl sft --config FILE` takes them (TRL 1.10), and
// PEFT's adapter_config.json.
#include <algorithm>
#include <array>

#include "core/model/adapter_targets.h"
#include "core/readers/recipes/recipe_reader.h"
#include "core/readers/recipes/trainer_words.h"

namespace headroom::recipes {
namespace {

constexpr std::int64_t kMost = 1'000'000, kLongest = 1'000'000'000;

bool ofAdapter(Source& s) {
  const bool asked = s.flag("use_peft").value_or(false);
  return s.has("peft_type") || s.has("lora_r") || s.has("r") || asked;
}

// What PEFT calls its methods (peft/utils/peft_types.py); of all but LoRA an adapter is something else.
bool refusesMethod(Source& s) {
  const std::string type = s.asWritten("peft_type");
  if (type.empty() || type == "LORA" || type == "lora" || type == "Lora") return false;
  s.refuseAs(ErrorCode::unsupported, "An adapter by " + type + " is no LoRA; Headroom does not know its memory.",
             "peft_type");
  return true;
}

void readAdapter(Source& s) {
  s.integerTo("lora_r", "/training/rank", 1, 65536);
  s.integerTo("r", "/training/rank", 1, 65536);
  s.targets("lora_target_modules");
  s.targets("target_modules");
  // peft/utils/constants.py: by the model's type; q_proj and v_proj of most decoders.
  if (!s.isSet("/training/targets") && !s.has("lora_target_modules") && !s.has("target_modules")) {
    s.set("/training/targets", Json{"q_proj", "v_proj"}, "lora_target_modules");
    s.note(
        "Without target_modules PEFT takes the modules of its own list; q_proj and v_proj are what it has for most.");
  }
  for (const char* key : {"use_dora", "lora_use_dora"})
    if (const auto on = s.flag(key)) s.set("/training/dora", *on, key);
}

void readWeights(Source& s, bool adapter) {
  const bool four = s.flag("load_in_4bit").value_or(false), eight = s.flag("load_in_8bit").value_or(false);
  if (four)
    s.set("/precision/weights", s.flag("use_bnb_nested_quant").value_or(false) ? "nf4-dq" : "nf4", "load_in_4bit");
  if (eight && !four) s.set("/precision/weights", "bnb-int8", "load_in_8bit");
  s.set("/workload", adapter ? (four ? "qlora" : "lora") : "full", adapter ? "lora_r" : "use_peft");
  const bool bf16 = s.flag("bf16").value_or(false), fp16 = s.flag("fp16").value_or(false);
  if (bf16 || fp16) s.set("/precision/compute", bf16 ? "bf16" : "fp16", bf16 ? "bf16" : "fp16");
  for (const char* key : {"dtype", "torch_dtype"})
    if (const std::string dtype = s.text(key); !dtype.empty() && !four && !eight)
      s.set("/precision/weights", dtype, key);
  if (four) s.text("dtype"), s.text("torch_dtype");
}

void readSharding(Source& s) {
  if (const Json* inside = s.find("deepspeed"); inside != nullptr && inside->is_object())
    readDeepspeed(s, "deepspeed.");
  else
    readDeepspeedPath(s, "deepspeed");
  readTrainerFsdp(s);
}

void readReinforcement(Source& s) {
  const auto method = [&](const char* name, const char* key) { s.set("/reinforcement/method", name, key); };
  if (s.text("preference_method") == "orpo") {  // ORPOConfig of a script
    s.know("beta"), s.know("max_prompt_length");
    method("orpo", "preference_method");
  } else if (s.has("gamma_beta_ratio") || s.has("simpo_gamma")) {  // princeton-nlp/SimPO, and CPOTrainer's
    s.know("beta"), s.know("max_prompt_length"), s.know("gamma_beta_ratio"), s.know("simpo_gamma");
    method("simpo", s.has("simpo_gamma") ? "simpo_gamma" : "gamma_beta_ratio");
  } else if (s.has("teacher_model_name_or_path")) {
    method("distillation", "teacher_model_name_or_path");
    const std::string teacher = s.asWritten("teacher_model_name_or_path"), id = catalogueNameOf(teacher);
    if (!id.empty())
      s.set("/reinforcement/teacher", id, "teacher_model_name_or_path");
    else
      s.note("The teacher " + teacher + " is not in the catalogue; one as large as the student is assumed.");
    s.integerTo("max_completion_length", "/reinforcement/completion", 1, kLongest);
  } else if (s.has("unmodelled_method")) {
    s.leaveOut("unmodelled_method: " + s.asWritten("unmodelled_method"));
    if (s.has("reward_model_path")) s.leaveOut("reward_model_path, whose model is held beside this one");
  } else if (s.has("reward_model_path")) {
    method("ppo", "reward_model_path");
  } else if (s.has("num_generations") || s.has("max_completion_length")) {
    method("grpo", s.has("num_generations") ? "num_generations" : "max_completion_length");
    s.integerTo("num_generations", "/reinforcement/generations", 1, kMost);
    const auto completion = s.integer("max_completion_length", 1, kLongest),
               prompt = s.integer("max_prompt_length", 1, kLongest);
    if (completion) s.set("/reinforcement/completion", *completion, "max_completion_length");
    if (completion || prompt)
      s.set("/context", completion.value_or(512) + prompt.value_or(512), "max_completion_length");
    if (s.real("beta", 0, 1e6).value_or(0) > 0)
      s.set("/reinforcement/reference", s.scenario.value("workload", "") == "full" ? "held" : "shared", "beta");
  } else if (s.has("rollout_batch_size") || s.has("generate_max_length") || s.has("num_samples")) {
    s.know("beta");
    s.leaveOut("the script's own reinforcement, with its rollouts and other models");
  } else if (s.has("precompute_ref_log_probs") || s.has("ref_model_init_kwargs") || s.has("rpo_alpha") ||
             s.has("beta") || s.has("max_prompt_length")) {
    // trl/trainer/dpo_config.py: beta and the prompt's own length are of methods that compare two answers, of which
    // DPO is the one with a reference; supervised training has neither.
    if (!s.has("precompute_ref_log_probs") && !s.has("ref_model_init_kwargs") && !s.has("rpo_alpha"))
      s.note("Only a preference method has beta or max_prompt_length; DPO with its reference model is counted.");
    s.know("beta"), s.know("max_prompt_length");
    method("dpo", "precompute_ref_log_probs");
    if (s.flag("precompute_ref_log_probs").value_or(false))
      s.set("/reinforcement/reference", "precomputed", "precompute_ref_log_probs");
  }
  if (s.isSet("/reinforcement/method") && s.flag("use_vllm").value_or(false)) {
    s.set("/reinforcement/rollout", s.text("vllm_mode") == "server" ? "server" : "colocated", "use_vllm");
    // trl/trainer/grpo_config.py: a device of its own (0.14), a server (0.16), beside the training (1.0).
    if (!s.has("vllm_mode"))
      s.note("Without vllm_mode vLLM is counted beside the training; TRL before 1.0 runs it on devices of its own.");
    if (const auto share = s.real("vllm_gpu_memory_utilization", 0.01, 1))
      s.set("/reinforcement/rollout_share", *share, "vllm_gpu_memory_utilization");
    if (const auto sleeps = s.flag("vllm_enable_sleep_mode"))
      s.set("/reinforcement/rollout_sleeps", *sleeps, "vllm_enable_sleep_mode");
    s.integerTo("vllm_tensor_parallel_size", "/reinforcement/rollout_tensor", 1, kMost);
  }
}

}  // namespace

void readTrl(Source& s, const std::string& folder) {
  s.model("model_name_or_path", folder);
  if (s.has("peft_type") || !s.isSet("/model")) s.model("base_model_name_or_path", folder);
  if (refusesMethod(s)) return;
  const bool adapter = ofAdapter(s);
  // transformers' own examples call a length block_size and ask for do_train.
  const bool example = s.has("block_size") || s.has("do_train");
  const bool trl = s.has("max_length") || s.has("max_seq_length") || s.has("packing") || s.has("num_generations") ||
                   s.has("beta") || s.has("max_prompt_length") || (s.has("dataset_name") && !example) ||
                   s.has("use_peft");
  s.set("/framework", adapter && !trl ? "peft" : trl ? "trl" : "transformers", "model_name_or_path");
  if (adapter) readAdapter(s);
  readWeights(s, adapter);
  // An adapter's own file says nothing of how it was trained.
  if (s.has("peft_type"))
    s.integerTo("per_device_train_batch_size", "/batch", 1, kMost);
  else
    readTrainerBatch(s);
  s.integerTo("gradient_accumulation_steps", "/training/accumulation", 1, kMost);
  for (const char* key : {"block_size", "model_max_length", "max_seq_length"})  // of scripts around the Trainer
    s.integerTo(key, "/context", 1, kLongest);
  s.integerTo("max_length", "/context", 1, kLongest);
  if (const auto on = s.flag("gradient_checkpointing"))
    s.set("/training/checkpointing", *on ? "full" : "none", "gradient_checkpointing");
  if (s.flag("activation_offloading").value_or(false)) s.set("/offload/activations", "cpu", "activation_offloading");
  if (s.flag("use_liger_kernel").value_or(false) || s.flag("use_liger_loss").value_or(false))
    s.set("/training/loss", "fused", "use_liger_kernel");
  // trl/trainer/sft_config.py, dpo_config.py (1.16): formulas over the same two log probabilities take the same.
  if (const std::string loss = s.text("loss_type"); loss == "chunked_nll")
    s.set("/training/loss", "chunked", "loss_type");
  else if (constexpr std::array<std::string_view, 10> kAlike{"", "nll", "sigmoid", "hinge", "ipo", "kto", "exo_pair",
                                                             "robust", "apo_zero", "apo_down"};
           std::ranges::find(kAlike, loss) == kAlike.end())
    s.leaveOut("loss_type: " + loss);
  if (const auto on = s.flag("torch_compile")) s.set("/training/compile", *on, "torch_compile");
  readAttention(s, "attn_implementation", s.text("attn_implementation"));
  readOptimizerName(s, "optim");
  readStepWords(s, RecipeDialect::trl);
  readSharding(s);
  readReinforcement(s);
}

void writeTrl(Target& t) {
  const Scenario& s = t.scenario;
  const Json nothing;
  const bool adapter = s.workload != Workload::full;
  const std::string model = modelNameOf(s);
  if (model.empty()) t.note("The model has no name a training code could load; set model_name_or_path.");
  if (!model.empty()) t.put("model_name_or_path", model, "/model", model, nothing);
  t.put("per_device_train_batch_size", t.settings.batch, "/batch", t.settings.batch, 8);
  t.put("gradient_accumulation_steps", t.settings.training.accumulation, "/training/accumulation",
        t.settings.training.accumulation, 1);
  // A length makes it TRL's: transformers' own arguments have none, its examples call it a block's size.
  const bool trainer = t.settings.framework == "transformers" || t.settings.framework == "peft";
  if (s.context || t.settings.framework == "trl")
    t.put(trainer ? "block_size" : "max_length", t.settings.context, "/context", t.settings.context,
          trainer ? nothing : Json(1024));
  const bool recomputes = t.settings.training.checkpointing != Checkpointing::none;
  t.put("gradient_checkpointing", recomputes, "/training/checkpointing", recomputes ? "full" : "none", nothing);
  if (t.settings.training.checkpointing == Checkpointing::selective)
    t.note("transformers checkpoints whole layers or none; selective is written as whole.");
  const bool away = t.settings.offload.activations != OffloadTarget::none ||
                    t.settings.training.checkpointing == Checkpointing::offloaded;
  t.put("activation_offloading", t.fresh() && !away ? nothing : Json(away), "/offload/activations",
        away ? Json("cpu") : nothing, nothing);
  const bool fused = t.settings.loss == Loss::fused;
  t.put("use_liger_kernel", t.fresh() && !fused ? nothing : Json(fused), "/training/loss",
        fused ? Json("fused") : nothing, nothing);
  writeOptimizerName(t, "optim");
  const auto* format = s.precision.weights ? std::get_if<NumberFormat>(&*s.precision.weights) : nullptr;
  const bool eight = format != nullptr && *format == NumberFormat::bnb_int8;
  const bool four = s.workload == Workload::qlora &&
                    (format == nullptr || *format == NumberFormat::nf4 || *format == NumberFormat::nf4_dq);
  if (eight) t.put("load_in_8bit", true, "/precision/weights", "bnb-int8", nothing);
  if (four) {
    t.put("load_in_4bit", true, "/workload", "qlora", "full");
    const bool nested = format != nullptr && *format == NumberFormat::nf4_dq;
    t.put("use_bnb_nested_quant", nested, "/precision/weights", nested ? "nf4-dq" : "nf4", nothing);
  } else if (format != nullptr && !torchDtype(*format).empty()) {
    const std::string dtype = torchDtype(*format);
    t.put("dtype", dtype, "/precision/weights", dtype, nothing);
  }
  if (s.precision.compute && !torchDtype(*s.precision.compute).empty() && *s.precision.compute != NumberFormat::fp32)
    t.put(*s.precision.compute == NumberFormat::bf16 ? "bf16" : "fp16", true, "/precision/compute",
          info(*s.precision.compute).id, nothing);
  if (adapter) {
    if (!trainer) t.put("use_peft", true, "/workload", nameOf(s.workload), "full");
    t.put("lora_r", t.settings.training.rank, "/training/rank", t.settings.training.rank, 16);
    const Json targets = t.settings.training.targets->kind == Targets::Kind::named
                             ? Json(t.settings.training.targets->names)
                         : t.settings.training.targets->kind == Targets::Kind::attention ? Json(kAttentionTargets)
                                                                                         : Json("all-linear");
    t.put("lora_target_modules", targets, "/training/targets", targets, nothing);
    if (t.settings.training.dora || !t.fresh())
      t.put("use_dora", t.settings.training.dora, "/training/dora", t.settings.training.dora, false);
  }
  if (const auto& backend = s.training.attentionImplementation)
    t.put("attn_implementation",
          *backend == AttentionBackend::flash_attention_2 ? std::string_view("flash_attention_2") : nameOf(*backend),
          "/training/attention_implementation", nameOf(*backend), nothing);
  else if (s.attention)
    t.put("attn_implementation", *s.attention == AttentionImplementation::eager ? "eager" : "sdpa",
          "/training/attention_implementation", *s.attention == AttentionImplementation::eager ? "eager" : "sdpa",
          nothing);
  if (t.settings.training.compile || !t.fresh())
    t.put("torch_compile", t.settings.training.compile, "/training/compile", t.settings.training.compile, false);
  const Sharding sharding = t.settings.parallel.sharding;
  if (sharding == Sharding::fsdp || sharding == Sharding::fsdp2) {
    t.put("fsdp", "full_shard auto_wrap", "/parallel/sharding", nameOf(sharding), "none");
    t.put("fsdp_config", Json{{"fsdp_version", sharding == Sharding::fsdp2 ? 2 : 1}}, "/parallel/sharding",
          nameOf(sharding), "none");
  } else if (sharding >= Sharding::zero1 && sharding <= Sharding::zero3) {
    t.put("deepspeed",
          "zero" + std::to_string(static_cast<int>(sharding) - static_cast<int>(Sharding::zero1) + 1) + ".json",
          "/parallel/sharding", nameOf(sharding), "none");
    t.note("ZeRO is named by a file; write it with the dialect \"deepspeed\".");
  }
  if (s.reinforcement.method == ReinforcementMethod::grpo) {
    t.put("num_generations", s.reinforcement.generations.value_or(8), "/reinforcement/generations",
          s.reinforcement.generations.value_or(8), nothing);
    t.put("max_completion_length", s.reinforcement.completion.value_or(512), "/reinforcement/completion",
          s.reinforcement.completion.value_or(512), 512);
    if (s.reinforcement.rollout == Rollout::colocated) {
      t.put("use_vllm", true, "/reinforcement/rollout", "colocated", nothing);
      t.put("vllm_gpu_memory_utilization", s.reinforcement.rolloutShare.value_or(0.3), "/reinforcement/rollout_share",
            s.reinforcement.rolloutShare.value_or(0.3), 0.3);
      t.put("vllm_enable_sleep_mode", s.reinforcement.rolloutSleeps.value_or(false), "/reinforcement/rollout_sleeps",
            s.reinforcement.rolloutSleeps.value_or(false), false);
    }
  }
  if (s.reinforcement.method == ReinforcementMethod::dpo) {
    const bool precomputed = s.reinforcement.reference == ReferenceModel::precomputed;
    t.put("precompute_ref_log_probs", precomputed, "/reinforcement/reference",
          precomputed ? Json("precomputed") : nothing, nothing);
  }
  if (t.settings.parallel.tensor * t.settings.parallel.pipeline * t.settings.parallel.context > 1)
    t.note("Tensor, pipeline and context parallelism have no key here.");
  writeStepWords(t, RecipeDialect::trl);
  t.noteRest();
}

}  // namespace headroom::recipes
