// torchtune's YAML (recipes/configs, 0.6): components are named by what builds them.
#include <algorithm>

#include "core/model/adapter_targets.h"
#include "core/readers/recipes/recipe_reader.h"

namespace headroom::recipes {
namespace {

constexpr std::int64_t kMost = 1'000'000, kLongest = 1'000'000'000;

// "torchtune.models.llama3_1.qlora_llama3_1_8b" → "qlora_llama3_1_8b".
std::string lastPart(const std::string& component) {
  return component.substr(component.rfind('.') == component.npos ? 0 : component.rfind('.') + 1);
}

void readModel(Source& s, const std::string& folder) {
  std::string builder = lastPart(s.asWritten("model._component_"));
  const bool quantized = builder.starts_with("qlora_") || s.flag("model.quantize_base").value_or(false);
  const bool adapter = quantized || builder.starts_with("lora_") || s.has("model.lora_rank");
  s.set("/workload", quantized ? "qlora" : adapter ? "lora" : "full", "model._component_");
  for (const char* prefix : {"qlora_", "lora_", "dora_"})
    if (builder.starts_with(prefix)) builder.erase(0, std::string_view(prefix).size());
  s.out.model = builder;
  const std::string id = modelOfBuilder(builder);
  if (!id.empty()) {
    s.out.modelKnown = true;
    s.set("/model", id, "model._component_");
    s.note("The builder " + builder + " is taken for " + id + ".");
  } else {
    s.model("checkpointer.checkpoint_dir", folder);
  }
  s.integerTo("model.lora_rank", "/training/rank", 1, 65536);
  if (const auto on = s.flag("model.use_dora")) s.set("/training/dora", *on, "model.use_dora");
  const Json* attention = s.find("model.lora_attn_modules");
  if (attention == nullptr || !attention->is_array()) return;
  Json names = Json::array();
  for (const Json& name : *attention)
    if (name.is_string()) names.push_back(name == "output_proj" ? Json("o_proj") : name);
  if (s.flag("model.apply_lora_to_mlp").value_or(false))
    for (const std::string_view name : kMlpTargets) names.push_back(name);
  if (s.flag("model.apply_lora_to_output").value_or(false)) names.push_back("lm_head");
  if (!names.empty()) s.set("/training/targets", names, "model.lora_attn_modules");
}

void readOptimizer(Source& s) {
  const std::string component = lastPart(s.asWritten("optimizer._component_"));
  if (!component.empty()) s.optimizer("optimizer._component_", component, optimizerOfComponent(component));
  if (const auto on = s.flag("optimizer_in_bwd")) s.set("/training/optimizer_in_backward", *on, "optimizer_in_bwd");
}

}  // namespace

// Builders that are not called as the models are (torchtune/models/*/_model_builders.py, 0.6).
std::string modelOfBuilder(const std::string& builder) {
  constexpr std::pair<std::string_view, std::string_view> kModels[] = {
      {"mistral_7b", "mistralai/Mistral-7B-v0.1"},
      {"phi3_mini", "microsoft/Phi-3-mini-4k-instruct"},
      {"phi4_14b", "microsoft/phi-4"},
      {"llama2_7b", "meta-llama/Llama-2-7b-hf"},
      {"llama2_13b", "meta-llama/Llama-2-13b-hf"},
      {"llama2_70b", "meta-llama/Llama-2-70b-hf"},
      {"code_llama2_7b", "codellama/CodeLlama-7b-hf"},
      {"code_llama2_13b", "codellama/CodeLlama-13b-hf"},
      {"llama3_8b", "meta-llama/Meta-Llama-3-8B"},
      {"llama3_70b", "meta-llama/Meta-Llama-3-70B"},
      {"llama3_2_vision_11b", "meta-llama/Llama-3.2-11B-Vision"},
      {"gemma_2b", "google/gemma-2b"},
      {"gemma_7b", "google/gemma-7b"}};
  for (const auto& [name, id] : kModels)
    if (name == builder)
      if (std::string known = catalogueNameOf(id); !known.empty()) return known;
  return catalogueNameOf(builder);
}

// -1: what the other ways to split leave (torchtune/distributed/_distributed.py ParallelDims).
void dimension(Source& s, std::string_view key, std::string_view pointer) {
  if (const auto n = s.integer(key, -1, kMost); n && *n > 0) s.set(pointer, *n, key);
}

void readTorchtune(Source& s, const std::string& folder) {
  // recipes/generate.py, eleuther_eval.py, quantize.py have neither a loss nor an optimizer.
  if (s.has("checkpointer._component_") && s.has("model._component_") && !s.has("optimizer._component_") &&
      !s.has("loss._component_"))
    return s.refuseAs(ErrorCode::unsupported,
                      "This recipe of torchtune trains nothing: it generates, evaluates or quantizes.",
                      "model._component_");
  s.set("/framework", "torchtune", "model._component_");
  readModel(s, folder);
  if (const std::string dtype = s.text("dtype"); !dtype.empty()) {
    s.set("/precision/compute", dtype, "dtype");
    if (s.scenario.value("workload", "") != "qlora") s.set("/precision/weights", dtype, "dtype");
  }
  if (s.scenario.value("workload", "") == "qlora") s.set("/precision/weights", "nf4-dq", "model._component_");
  s.integerTo("batch_size", "/batch", 1, kMost);
  s.integerTo("gradient_accumulation_steps", "/training/accumulation", 1, kMost);
  for (const char* key : {"tokenizer.max_seq_len", "dataset.max_seq_len"}) s.integerTo(key, "/context", 1, kLongest);
  if (const auto on = s.flag("enable_activation_checkpointing"))
    s.set("/training/checkpointing", *on ? "full" : "none", "enable_activation_checkpointing");
  if (s.text("ac_mode") == "selective") s.set("/training/checkpointing", "selective", "ac_mode");
  if (s.flag("enable_activation_offloading").value_or(false))
    s.set("/offload/activations", "cpu", "enable_activation_offloading");
  if (const auto on = s.flag("compile")) s.set("/training/compile", *on, "compile");
  const std::string loss = lastPart(s.asWritten("loss._component_"));
  if (!loss.empty())
    s.set("/training/loss", loss.find("Chunked") != loss.npos || loss.starts_with("Linear") ? "chunked" : "eager",
          "loss._component_");
  readOptimizer(s);
  readStepWords(s, RecipeDialect::torchtune);
  dimension(s, "tensor_parallel_dim", "/parallel/tensor");
  dimension(s, "data_parallel_shard_dim", "/parallel/data");
  dimension(s, "data_parallel_replicate_dim", "/parallel/replicate");
  dimension(s, "context_parallel_dim", "/parallel/context");
  if (s.flag("fsdp_cpu_offload").value_or(false)) s.set("/offload/parameters", "cpu", "fsdp_cpu_offload");
  if (s.isSet("/parallel/data") || s.has("data_parallel_shard_dim") || s.isSet("/offload/parameters")) {
    s.set("/engine", "fsdp", "data_parallel_shard_dim");
    s.set("/parallel/sharding", "fsdp2", "data_parallel_shard_dim");
  }
  if (lastPart(s.asWritten("loss._component_")) == "DPOLoss") s.set("/reinforcement/method", "dpo", "loss._component_");
}

void writeTorchtune(Target& t) {
  const Scenario& s = t.scenario;
  const Json nothing;
  const bool adapter = s.workload != Workload::full;
  if (t.fresh()) {
    t.note("model._component_ names torchtune's builder of the model, which only torchtune knows; set it.");
    if (const std::string name = modelNameOf(s); !name.empty()) t.always("checkpointer.checkpoint_dir", name);
  }
  if (adapter) {
    t.put("model.lora_rank", t.settings.training.rank, "/training/rank", t.settings.training.rank, 8);
    const bool all = t.settings.training.targets->kind == Targets::Kind::all_linear;
    Json attention = Json{"q_proj", "k_proj", "v_proj", "output_proj"};
    bool mlp = all;
    if (t.settings.training.targets->kind == Targets::Kind::named) {
      attention = Json::array();
      for (const std::string& name : t.settings.training.targets->names) {
        const bool ofMlp = std::ranges::find(kMlpTargets, name) != kMlpTargets.end();
        mlp = mlp || ofMlp;
        if (!ofMlp) attention.push_back(name == "o_proj" ? "output_proj" : name);
      }
    }
    Json means = Json::array();
    for (const Json& name : attention) means.push_back(name == "output_proj" ? Json("o_proj") : name);
    if (mlp)
      for (const std::string_view name : kMlpTargets) means.push_back(name);
    t.put("model.lora_attn_modules", attention, "/training/targets", means, nothing);
    t.put("model.apply_lora_to_mlp", mlp, "/training/targets", means, nothing);
    if (t.settings.training.dora || !t.fresh())
      t.put("model.use_dora", t.settings.training.dora, "/training/dora", t.settings.training.dora, false);
  }
  if (s.context) t.put("tokenizer.max_seq_len", *s.context, "/context", *s.context, nothing);
  t.put("batch_size", t.settings.batch, "/batch", t.settings.batch, 1);
  t.put("gradient_accumulation_steps", t.settings.training.accumulation, "/training/accumulation",
        t.settings.training.accumulation, 1);
  const Checkpointing c = t.settings.training.checkpointing;
  t.put("enable_activation_checkpointing", c != Checkpointing::none, "/training/checkpointing",
        c == Checkpointing::none ? "none" : "full", nothing);
  if (c == Checkpointing::selective) t.put("ac_mode", "selective", "/training/checkpointing", "selective", nothing);
  const bool away = t.settings.offload.activations != OffloadTarget::none || c == Checkpointing::offloaded;
  t.put("enable_activation_offloading", t.fresh() && !away ? nothing : Json(away), "/offload/activations",
        away ? Json("cpu") : nothing, nothing);
  t.optimizer("optimizer._component_", rowOf(t.settings.optimizer).torchtune);
  t.put("optimizer_in_bwd", t.settings.training.optimizerInBackward, "/training/optimizer_in_backward",
        t.settings.training.optimizerInBackward, false);
  const Loss loss = t.settings.loss;
  t.put("loss._component_",
        loss == Loss::eager ? "torch.nn.CrossEntropyLoss" : "torchtune.modules.loss.CEWithChunkedOutputLoss",
        "/training/loss", loss == Loss::eager ? "eager" : "chunked", "chunked");
  if (loss == Loss::fused) t.note("torchtune's leanest loss is the chunked one.");
  t.put("compile", t.settings.training.compile, "/training/compile", t.settings.training.compile, false);
  if (s.precision.compute && (*s.precision.compute == NumberFormat::bf16 || *s.precision.compute == NumberFormat::fp32))
    t.put("dtype", info(*s.precision.compute).id, "/precision/compute", info(*s.precision.compute).id, nothing);
  if (t.settings.parallel.tensor > 1 || !t.fresh())
    t.put("tensor_parallel_dim", t.settings.parallel.tensor, "/parallel/tensor", t.settings.parallel.tensor, 1);
  if (t.settings.parallel.data > 1 || !t.fresh())
    t.put("data_parallel_shard_dim", t.settings.parallel.data, "/parallel/data", t.settings.parallel.data, 1);
  const bool offloads = t.settings.offload.parameters != OffloadTarget::none;
  if (offloads || !t.fresh())
    t.put("fsdp_cpu_offload", offloads, "/offload/parameters", offloads ? Json("cpu") : nothing, nothing);
  writeStepWords(t, RecipeDialect::torchtune);
  t.noteRest();
}

}  // namespace headroom::recipes
