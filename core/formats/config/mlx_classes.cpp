#include "core/formats/config/mlx_classes.h"

#include "core/base/word_list.h"

namespace headroom {
namespace {

// mlx_lm/models (0.32, with utils.py MODEL_REMAPPING), by what a class has.
// MoEGate and TopkRouter: the router is an array.
constexpr std::string_view kArrayRouter =
    "deepseek deepseek_v2 deepseek_v3 deepseek_v32 joyai_llm_flash kimi_k2 kimi_k25 kimi_vl glm4_moe glm4_moe_lite "
    "glm_moe_dsa dots1 exaone_moe laguna mimo_v2_flash nemotron_h solar_open";
// quant_predicate: the router in eight bits.
constexpr std::string_view kEightBitRouter =
    "Klear afmoe bailing_moe bailing_moe_v2 bailing_moe_linear bailing_hybrid gemma4 gemma4_text gpt_oss granitemoe "
    "granitemoehybrid jamba kimi_linear lfm2_moe longcat_flash longcat_flash_ngram mellum minimax minimax_m2 "
    "qwen3_5_moe qwen3_5_moe_text qwen3_moe qwen3_next qwen3_vl_moe qwen3_vl_moe_text step3p5";
constexpr std::string_view kEightBitSharedGate = "qwen3_5_moe qwen3_5_moe_text qwen3_next";
constexpr std::string_view kKeepsLatentUp = "deepseek_v2 minicpm3";
constexpr std::string_view kPlainExpertNames = "nemotron_h phixtral phi-msft";
// make_cache, of models without windows and recurrent layers; those have one wherever they rotate or keep states.
constexpr std::string_view kOwnCaches = "afm7 llama mistral iquestcoder ministral3 nemotron-nas deepseek_v32";
// make_cache with RotatingKVCache for windowed layers. Others keep their windows' tokens all (gemma2, phi3, mistral).
constexpr std::string_view kRotates =
    "afmoe baichuan_m1 cohere2 exaone4 exaone_moe gemma3 gemma3_text gemma3n gemma3n_text gemma4 gemma4_text "
    "gemma4_unified gpt_oss iquestloopcoder laguna llama llama4 llama4_text mellum mimo_v2_flash ministral3 olmo3 "
    "recurrent_gemma step3p5";

}  // namespace

MlxTraits mlxTraits(std::string_view family) {
  return {.arrayRouter = listedIn(kArrayRouter, family),
          .eightBitRouter = listedIn(kEightBitRouter, family),
          .eightBitSharedGate = listedIn(kEightBitSharedGate, family),
          .keepsLatentUp = listedIn(kKeepsLatentUp, family),
          .plainExpertNames = listedIn(kPlainExpertNames, family),
          .ownCaches = listedIn(kOwnCaches, family),
          .rotates = listedIn(kRotates, family)};
}

}  // namespace headroom
