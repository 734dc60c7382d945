#include "core/formats/quantization/module_class.h"

#include "core/base/word_list.h"

namespace headroom {
namespace {

// GPT-2 and its relatives: transformers.pytorch_utils.Conv1D.
constexpr std::string_view kConv1d = "gpt2 openai-gpt imagegpt decision_transformer clvp";
// FalconLinear (models/falcon/modeling_falcon.py).
constexpr std::string_view kSubclasses = "falcon RefinedWeb RefinedWebModel";
// Experts that are one parameter in 4.57 already.
constexpr std::string_view kStacked4 =
    "gpt_oss granitemoe granitemoehybrid granitemoeshared jetmoe llama4 llama4_text qwen3_vl_moe qwen3_vl_moe_text "
    "aria aria_text dbrx";
// Experts that are modules in 5.24 still.
constexpr std::string_view kModules5 = "switch_transformers nllb-moe nllb_moe";
// Routers that are a Linear in both releases, that are one in 4.57 alone, and that are made from one.
constexpr std::string_view kLinearRouter =
    "dbrx jetmoe hunyuan_v1_moe longcat_flash afmoe gemma4 gemma4_text diffusion_gemma switch_transformers nllb-moe";
constexpr std::string_view kLinearRouter4 =
    "aria aria_text ernie4_5_moe flex_olmo granitemoe granitemoehybrid granitemoeshared jamba minimax mixtral olmoe "
    "phimoe qwen2_moe qwen3_moe qwen3_next qwen3_omni_moe qwen3_vl_moe qwen3_vl_moe_text";
constexpr std::string_view kRouterSubclass = "llama4 llama4_text";
constexpr std::string_view kRouterSubclass5 = "phimoe";

ModuleClass routerClass(std::string_view family, Holder holder) {
  if (holder == Holder::engine) return ModuleClass::parameter;  // engines build gates without a quantization
  if (listedIn(kLinearRouter, family)) return ModuleClass::linear;
  if (listedIn(kRouterSubclass, family)) return ModuleClass::subclass;
  if (holder == Holder::transformers4)
    return listedIn(kLinearRouter4, family) ? ModuleClass::linear : ModuleClass::parameter;
  return listedIn(kRouterSubclass5, family) ? ModuleClass::subclass : ModuleClass::parameter;
}

void replace(std::string& text, std::string_view mark, const std::string& with) {
  if (const std::size_t at = text.find(mark); at != std::string::npos) text.replace(at, mark.size(), with);
}

}  // namespace

ModuleClass classOf(std::string_view family, const Tensor& t, Holder holder) {
  if (!t.linear || t.bias || t.buffer) return ModuleClass::none;
  if (isRoutedExpert(t.role)) {
    if (holder == Holder::transformers4)
      return listedIn(kStacked4, family) ? ModuleClass::parameter : ModuleClass::linear;
    if (holder == Holder::transformers5)
      return listedIn(kModules5, family) ? ModuleClass::linear : ModuleClass::parameter;
    return ModuleClass::linear;
  }
  if (t.role == TensorRole::router) return routerClass(family, holder);
  if (t.role == TensorRole::shared_expert_gate && holder == Holder::engine) return ModuleClass::parameter;
  if (t.role == TensorRole::head) return ModuleClass::linear;
  // nn.MultiheadAttention holds its input projection as a parameter, and its output as a Linear of a class of its own.
  if (t.group == Group::vision && t.name.find("head.attention.out_proj") != std::string::npos &&
      holder == Holder::transformers5)
    return ModuleClass::subclass;
  if (t.group == Group::vision &&
      (t.name.find("attn.in_proj") != std::string::npos || t.name.find("attention.in_proj") != std::string::npos))
    return ModuleClass::parameter;
  if (listedIn(kConv1d, family)) return ModuleClass::conv1d;
  return listedIn(kSubclasses, family) ? ModuleClass::subclass : ModuleClass::linear;
}

bool keptByDefault(std::string_view family, const Tensor& t) {
  if (t.role == TensorRole::head) return true;
  // The shared blocks are tied to one another (models/zamba2/modeling_zamba2.py _tied_weights_keys).
  if (family == "zamba2") return t.name.find("shared_transformer") != std::string::npos;
  // The last module that Gemma4Model registers; its head is tied.
  return family == "gemma4" && t.name.find("embed_audio.embedding_projection") != std::string::npos;
}

bool keptForPrecision(std::string_view family, const Tensor& t) {
  if (listedIn("t5 mt5 umt5", family)) return t.name.ends_with(".wo.weight");
  return listedIn("deepseek_v32 glm_moe_dsa", family) && t.name.find("indexer.weights_proj") != std::string::npos;
}

ModuleNames namesOf(const Model& model, const Tensor& t, std::size_t layer) {
  ModuleNames names;
  std::string& name = names.file = t.name;
  for (const std::string_view end : {".weight", ".bias", "_bias"})
    if (name.ends_with(end)) {
      name.erase(name.size() - end.size());
      break;
    }
  replace(name, "{}", std::to_string(layer));
  replace(name, "{e}", "0");
  std::string& tree = names.tree4 = name;
  if (t.role == TensorRole::head) {
    if (tree.starts_with("language_model.")) tree.erase(0, 15);
    names.tree5 = "lm_head";
    return names;
  }
  names.tree5 = tree;
  if (model.vision.empty()) return names;
  if (tree.starts_with("language_model.model."))
    tree.replace(0, 21, "model.language_model.");
  else if (tree.starts_with("model.language_model.model."))  // a row of the class table within another
    tree.erase(21, 6);
  else if (t.group == Group::vision)
    tree = tree.starts_with("model.") ? tree : "model." + tree;
  else if (tree.starts_with("model.") && !tree.starts_with("model.language_model."))
    tree.insert(6, "language_model.");
  names.tree5 = tree;
  return names;
}

}  // namespace headroom
