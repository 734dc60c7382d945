#include "core/estimate/training/adapters/fused_expert_targets.h"

#include <algorithm>
#include <string_view>

namespace headroom::training {
namespace {

// peft/utils/transformers_weight_conversion.py, _MOE_TARGET_MODULE_MAPPING, of the types that Transformers' own table
// (conversion_mapping.py, _MODEL_TO_CONVERSION_PATTERN, 5.24) gives the pattern of Mixtral or of Qwen2-MoE, which is
// not among them itself.
constexpr std::string_view kAsMixtral[] = {"mixtral", "minimax", "minimax_m2"};
constexpr std::string_view kAsQwen[] = {
    "afmoe",      "cohere2_moe",    "deepseek_v2",   "deepseek_v3",   "deepseek_v32",   "dots1",       "ernie4_5_moe",
    "exaone_moe", "flex_olmo",      "glm4_moe",      "glm4_moe_lite", "glm4v_moe",      "glm_moe_dsa", "mellum",
    "olmoe",      "hunyuan_v1_moe", "longcat_flash", "qwen3_moe",     "qwen3_omni_moe", "qwen3_next",  "solar_open"};
constexpr std::string_view kMixtralNames[] = {"gate", "w1", "w2", "w3"};
constexpr std::string_view kQwenNames[] = {"gate", "gate_proj", "up_proj", "down_proj"};

template <typename Names>
bool among(const Names& names, std::string_view name) {
  return std::ranges::find(names, name) != std::end(names);
}

}  // namespace

bool adaptsFusedExperts(const Model& model, const Settings& settings) {
  const bool mixtral = among(kAsMixtral, model.family);
  if (!mixtral && !among(kAsQwen, model.family)) return false;
  const EngineVersion library = versionOf(settings.packages, Package::transformers),
                      peft = versionOf(settings.packages, Package::peft);
  if (!library.known || library.major < 5) return false;
  const Targets& targets = *settings.training.targets;
  if (targets.kind == Targets::Kind::all_linear) return !peft.within("0.1", "0.20");
  if (targets.kind != Targets::Kind::named || peft.within("0.1", "0.19")) return false;
  return std::ranges::any_of(targets.names, [&](std::string_view name) {
    return mixtral ? among(kMixtralNames, name) : among(kQwenNames, name);
  });
}

FusedAdapters fusedAdaptersOf(const Model& model, const Settings& settings) {
  // peft/tuners/lora/layer.py: one baddbmm folds the factors into the experts since 0.21; before, what they make was
  // written out first, in ways that changed.
  if (!adaptsFusedExperts(model, settings) || versionOf(settings.packages, Package::peft).within("0.1", "0.20"))
    return FusedAdapters::none;
  return among(kAsMixtral, model.family) ? FusedAdapters::as_mixtral : FusedAdapters::as_qwen;
}

}  // namespace headroom::training
