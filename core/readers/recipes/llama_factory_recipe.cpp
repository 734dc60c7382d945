// LLaMA-Factory's YAML (src/llamafactory/hparams, 0.9.4).
#include "core/model/adapter_targets.h"
#include "core/open/catalogue.h"
#include "core/readers/commands/model_name.h"
#include "core/readers/recipes/recipe_reader.h"
#include "core/readers/recipes/trainer_words.h"

namespace headroom::recipes {
namespace {

constexpr std::int64_t kMost = 1'000'000, kLongest = 1'000'000'000;

void readWeights(Source& s, bool adapter) {
  const auto bits = s.integer("quantization_bit", 2, 8);
  s.set("/workload", !adapter ? "full" : bits && *bits == 4 ? "qlora" : "lora", "finetuning_type");
  if (bits && *bits == 4)
    s.set("/precision/weights", s.flag("double_quantization").value_or(true) ? "nf4-dq" : "nf4", "quantization_bit");
  if (bits && *bits == 8) s.set("/precision/weights", "bnb-int8", "quantization_bit");
  if (bits && *bits != 4 && *bits != 8) s.leaveOut("quantization_bit: " + std::to_string(*bits));
  const bool pure = s.flag("pure_bf16").value_or(false), bf16 = s.flag("bf16").value_or(false) || pure,
             fp16 = s.flag("fp16").value_or(false);
  const char* format = bf16 ? "bf16" : fp16 ? "fp16" : nullptr;
  if (format == nullptr) return;
  s.set("/precision/compute", format, bf16 ? "bf16" : "fp16");
  // A checkpoint that was quantized is loaded as it is (model/model_utils/quantization.py, PTQ).
  if (bits || saysQuantized(s.text("model_name_or_path"))) return;
  // Trained weights are cast to fp32 unless they stay in bf16 or are sharded (model/adapter.py, init_adapter).
  const bool sharded = s.scenario.contains("parallel") && s.scenario["parallel"].value("sharding", "none") != "none";
  s.set("/precision/weights", adapter || pure || sharded ? format : "fp32", bf16 ? "bf16" : "fp16");
}

// Towers and projectors of what sees stay frozen unless somebody says otherwise (hparams/finetuning_args.py: both
// true); every parameter is counted as trained here.
void readTowers(Source& s) {
  if (s.scenario.value("workload", "") != "full") return;
  const Json model = s.scenario.value("model", Json());
  const auto known =
      model.is_string() ? catalogueModel(model.get<std::string>()) : Result<std::shared_ptr<const Model>>(nullptr);
  const bool sees = (known && *known != nullptr && !(*known)->vision.empty()) || s.has("image_max_pixels") ||
                    s.has("freeze_vision_tower");
  if (sees && s.flag("freeze_vision_tower").value_or(true))
    s.leaveOut("freeze_vision_tower: true, which is what LLaMA-Factory does unless told otherwise");
}

// `llamafactory-cli api|chat FILE`: what serves the model (hparams/model_args.py, 0.9.5).
bool readServer(Source& s) {
  const std::string backend = s.text("infer_backend");
  if (backend.empty() || s.has("stage") || s.has("do_train")) return false;
  s.know("template");
  s.set("/workload", "inference", "infer_backend");
  const bool vllm = backend == "vllm", sglang = backend == "sglang";
  s.set("/engine", vllm ? "vllm" : sglang ? "sglang" : "transformers", "infer_backend");
  if (!vllm && !sglang) return true;
  const std::string prefix = backend + "_";
  s.set("/context", s.integer(prefix + "maxlen", 1, kLongest).value_or(4096), prefix + "maxlen");
  const std::string share = vllm ? "vllm_gpu_util" : "sglang_mem_fraction";
  if (const auto given = s.real(share, 0.01, 1))
    s.set("/memory_utilization", *given, share);
  else
    s.leaveOut(share + ", of which LLaMA-Factory has a default of its own");
  if (s.flag("vllm_enforce_eager").value_or(false)) s.set("/cuda_graphs", false, "vllm_enforce_eager");
  s.integerTo("sglang_tp_size", "/parallel/tensor", 1, kMost);
  return true;
}

}  // namespace

void readLlamaFactory(Source& s, const std::string& folder) {
  s.model("model_name_or_path", folder);
  if (readServer(s)) return;
  // train/tuner.py export_model: an adapter is merged or the model is quantized, and nothing trained.
  if (s.has("export_dir")) s.leaveOut("export_dir, for which the model is only merged and written");
  s.set("/engine", "pytorch", "stage");
  s.set("/framework", s.flag("use_unsloth").value_or(false) ? "unsloth" : "llama-factory", "use_unsloth");
  readDeepspeedPath(s, "deepspeed");
  const std::string type = s.text("finetuning_type");
  readWeights(s, type.empty() || type == "lora" || type == "oft");
  s.integerTo("lora_rank", "/training/rank", 1, 65536);
  s.targets("lora_target");
  if (const auto on = s.flag("use_dora")) s.set("/training/dora", *on, "use_dora");
  s.integerTo("cutoff_len", "/context", 1, kLongest);
  // Before 0.3 prompts and answers had lengths of their own (hparams/data_args.py).
  if (const auto source = s.integer("max_source_length", 1, kLongest); source && !s.has("cutoff_len"))
    s.set("/context", *source + s.integer("max_target_length", 1, kLongest).value_or(512), "max_source_length");
  readTrainerBatch(s);
  s.integerTo("gradient_accumulation_steps", "/training/accumulation", 1, kMost);
  if (const auto off = s.flag("disable_gradient_checkpointing"))
    s.set("/training/checkpointing", *off ? "none" : "full", "disable_gradient_checkpointing");
  if (s.flag("enable_liger_kernel").value_or(false)) s.set("/training/loss", "fused", "enable_liger_kernel");
  // extras/constants.py AttentionFunction: auto leaves it to transformers.
  const std::string attention = s.text("flash_attn");
  readAttention(s, "flash_attn",
                attention == "disabled" ? "eager"
                : attention == "fa2"    ? "flash_attention_2"
                                        : std::string_view(attention));
  readOptimizerName(s, "optim");
  readStepWords(s, RecipeDialect::llama_factory);
  readTrainerFsdp(s);
  const std::string stage = s.text("stage"), preference = s.text("pref_loss");
  if (!stage.empty() && stage != "sft" && stage != "pt" && stage != "dpo" && stage != "ppo" && stage != "rm" &&
      stage != "kto")
    s.leaveOut("stage: " + stage);
  if (stage == "dpo")
    s.set("/reinforcement/method", preference == "orpo" || preference == "simpo" ? preference : "dpo", "stage");
  if (stage == "ppo") s.set("/reinforcement/method", "ppo", "stage");
  // A reward model sees the chosen and the rejected answer together (train/rm/trainer.py), without a reference.
  if (stage == "rm") {
    s.set("/reinforcement/method", "dpo", "stage");
    s.set("/reinforcement/reference", "precomputed", "stage");
    s.note("A reward model is counted as pairs without a reference model.");
  }
  if (stage == "kto") s.leaveOut("stage: kto, whose reference and second forward are not counted");
  readTowers(s);
  if (type == "freeze")
    s.leaveOut("finetuning_type: freeze, of whose frozen layers every parameter is counted as trained");
  if (type == "oft") s.leaveOut("finetuning_type: oft, counted as LoRA");
}

void writeLlamaFactory(Target& t) {
  const Scenario& s = t.scenario;
  const Json nothing;
  const bool adapter = s.workload != Workload::full;
  const std::string model = modelNameOf(s);
  if (model.empty()) t.note("The model has no name a training code could load; set model_name_or_path.");
  if (!model.empty()) t.put("model_name_or_path", model, "/model", model, nothing);
  const ReinforcementMethod rl = s.reinforcement.method;
  const bool pairs =
      rl == ReinforcementMethod::dpo || rl == ReinforcementMethod::orpo || rl == ReinforcementMethod::simpo;
  t.put("stage",
        rl == ReinforcementMethod::ppo ? "ppo"
        : pairs                        ? "dpo"
                                       : "sft",
        "/reinforcement/method", nameOf(rl), "none");
  if (rl == ReinforcementMethod::orpo || rl == ReinforcementMethod::simpo)
    t.put("pref_loss", nameOf(rl), "/reinforcement/method", nameOf(rl), "dpo");
  if (rl == ReinforcementMethod::grpo || rl == ReinforcementMethod::distillation)
    t.note("LLaMA-Factory trains neither by GRPO nor by distillation.");
  t.put("finetuning_type", adapter ? "lora" : "full", "/workload", nameOf(s.workload), "lora");
  if (s.workload == Workload::qlora) {
    t.put("quantization_bit", 4, "/workload", "qlora", "lora");
    const bool nested = !s.precision.weights || *s.precision.weights == WeightFormat(NumberFormat::nf4_dq);
    if (!nested || !t.fresh())
      t.put("double_quantization", nested, "/precision/weights", nested ? "nf4-dq" : "nf4", "nf4-dq");
  } else if (s.precision.weights == WeightFormat(NumberFormat::bf16)) {
    t.put(adapter ? "bf16" : "pure_bf16", true, "/precision/weights", "bf16", nothing);
  } else if (s.precision.weights == WeightFormat(NumberFormat::fp32) && s.precision.compute == NumberFormat::bf16) {
    t.put("bf16", true, "/precision/weights", "fp32", nothing);
  }
  if (s.workload == Workload::qlora && t.fresh())
    t.always("bf16", s.precision.compute.value_or(NumberFormat::bf16) == NumberFormat::bf16);
  if (adapter) {
    t.put("lora_rank", t.settings.training.rank, "/training/rank", t.settings.training.rank, 8);
    const Json targets = t.settings.training.targets->kind == Targets::Kind::named
                             ? Json(t.settings.training.targets->names)
                         : t.settings.training.targets->kind == Targets::Kind::attention ? Json(kAttentionTargets)
                                                                                         : Json("all-linear");
    std::string list;
    if (targets.is_array())
      for (const Json& name : targets) list += (list.empty() ? "" : ",") + name.get<std::string>();
    t.put("lora_target", targets.is_array() ? Json(list) : Json("all"), "/training/targets",
          targets.is_array() ? Json(list) : targets, "all-linear");
    if (t.settings.training.dora || !t.fresh())
      t.put("use_dora", t.settings.training.dora, "/training/dora", t.settings.training.dora, false);
  }
  if (s.context) t.put("cutoff_len", *s.context, "/context", *s.context, 2048);
  t.put("per_device_train_batch_size", t.settings.batch, "/batch", t.settings.batch, 8);
  t.put("gradient_accumulation_steps", t.settings.training.accumulation, "/training/accumulation",
        t.settings.training.accumulation, 1);
  const bool recomputes = t.settings.training.checkpointing != Checkpointing::none;
  if (!recomputes || !t.fresh())
    t.put("disable_gradient_checkpointing", !recomputes, "/training/checkpointing", recomputes ? "full" : "none",
          "full");
  const bool fused = t.settings.loss == Loss::fused;
  t.put("enable_liger_kernel", t.fresh() && !fused ? nothing : Json(fused), "/training/loss",
        fused ? Json("fused") : nothing, nothing);
  writeOptimizerName(t, "optim");
  if (s.attention || s.training.attentionImplementation) {
    const AttentionBackend backend = t.settings.training.attention;
    t.put("flash_attn",
          backend == AttentionBackend::eager  ? "disabled"
          : backend == AttentionBackend::sdpa ? "sdpa"
                                              : "fa2",
          "/training/attention_implementation", nameOf(backend), nothing);
  }
  const Sharding sharding = t.settings.parallel.sharding;
  if (sharding >= Sharding::zero1 && sharding <= Sharding::zero3) {
    t.put("deepspeed",
          "examples/deepspeed/ds_z" +
              std::to_string(static_cast<int>(sharding) - static_cast<int>(Sharding::zero1) + 1) + "_config.json",
          "/parallel/sharding", nameOf(sharding), "none");
  } else if (sharding != Sharding::none) {
    t.note("FSDP is set up by accelerate's configuration, not by this recipe.");
  }
  writeStepWords(t, RecipeDialect::llama_factory);
  t.noteRest();
}

}  // namespace headroom::recipes
