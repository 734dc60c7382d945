#include "core/sources/families/family.h"

#include <fmt/format.h>

#include "core/sources/families/decoder.h"
#include "core/sources/families/families.h"

namespace headroom {
namespace {

constexpr Family kFamilies[] = {
    {"mamba falcon_mamba", buildMamba},
    {"mamba2", buildMamba2},
    {"nemotron_h", buildNemotronH},
    {"zamba2", buildZamba2},
    {"opt", buildOpt},
    {"falcon RefinedWeb RefinedWebModel", buildFalcon},
    {"t5 mt5 umt5 longt5", buildT5},
    {"bert roberta xlm-roberta camembert distilbert", buildBert},
    {"modernbert", buildModernBert},
    {"gemma3n gemma3n_text", buildGemma3n},
    {"gemma4 gemma4_text", buildGemma4},
    {"deepseek_v4", buildDeepSeekV4},
    {"mimo_v2_flash mimo_v2", buildMiMoV2},
    {"minimax_m3 minimax_m3_text", buildMiniMaxM3},
    {"rwkv rwkv5", buildRwkv5},
    {"nemotron-nas", buildNemotronNas},
    {"mllama_text_model", buildMllamaText},
    {"llava llava_next llava_next_video vipllava llava_onevision gemma3 paligemma idefics3 smolvlm mistral3 qwen2_vl qwen2_5_vl qwen3_vl qwen3_vl_moe "
     "qwen3_5 qwen3_5_moe mllama llama4 internvl internvl_chat phi3_v minimax_m3_vl qwen2_audio",
     buildVisionLanguage},
};

}  // namespace

bool listed(std::string_view types, std::string_view type) {
  if (type.empty()) return false;
  for (std::size_t at = 0; at < types.size();) {
    const std::size_t end = std::min(types.find(' ', at), types.size());
    if (types.substr(at, end - at) == type) return true;
    at = end + 1;
  }
  return false;
}

const Family* familyOf(std::string_view modelType) {
  for (const Family& family : kFamilies)
    if (listed(family.types, modelType)) return &family;
  return nullptr;
}

void buildText(ModelBuilder& b, const Config& config, std::string_view type, std::optional<bool> tied) {
  if (const Family* family = familyOf(type)) {
    family->build(b, config);
  } else if (config.isObject("text_config llm_config language_config") && !config.given("hidden_size")) {
    buildVisionLanguage(b, config);
  } else if (const DecoderTraits* traits = decoderTraits(type)) {
    buildDecoder(b, config, *traits, tied);
  } else {
    b.config.note(fmt::format("model_type {} is unknown: read as an ordinary decoder with Llama's layout.", type.empty() ? "(absent)" : std::string(type)));
    buildDecoder(b, config, *decoderTraits("llama"), tied);
  }
}

}  // namespace headroom
