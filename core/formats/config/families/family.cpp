#include "core/formats/config/families/family.h"

#include <fmt/format.h>

#include <cctype>

#include "core/base/word_list.h"
#include "core/formats/config/families/class_table.h"
#include "core/formats/config/families/decoder.h"
#include "core/formats/config/families/families.h"

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
    {"bert roberta xlm-roberta camembert distilbert electra mpnet albert nomic_bert deberta-v2", buildBert},
    {"bart plbart mbart blenderbot blenderbot-small pegasus marian m2m_100 whisper", buildSeq2Seq},
    {"modernbert", buildModernBert},
    {"gemma3n gemma3n_text", buildGemma3n},
    {"gemma4 gemma4_text", buildGemma4},
    {"deepseek_v4", buildDeepSeekV4},
    {"longcat_flash", buildLongcat},
    {"mimo_v2_flash mimo_v2", buildMiMoV2},
    {"minimax_m3 minimax_m3_text", buildMiniMaxM3},
    {"rwkv rwkv5", buildRwkv5},
    {"nemotron-nas", buildNemotronNas},
    {"mllama_text_model", buildMllamaText},
    {"llava llava_next llava_next_video vipllava llava_onevision gemma3 paligemma idefics3 smolvlm mistral3 qwen2_vl "
     "qwen2_5_vl qwen3_vl qwen3_vl_moe "
     "qwen3_5 qwen3_5_moe mllama llama4 internvl internvl_chat phi3_v minimax_m3_vl qwen2_audio qwen2_5_omni "
     "qwen2_5_omni_thinker qwen3_omni_moe qwen3_omni_moe_thinker glm4v glm46v glm4v_moe glm_ocr kimi_vl kimi_k25 "
     "step3p7 "
     "aya_vision cohere2_vision idefics2 lfm2_vl deepseek_vl_v2 minicpmv",
     buildVisionLanguage},
};

std::string named(std::string_view type) {
  return type.empty() ? "(absent)" : std::string(type.substr(0, 80));
}

// Keys of recurrent mixers: such a family is not read as attention layers.
bool isRecurrent(const Config& config, std::string_view type) {
  constexpr std::string_view kKeys =
      "ssm_state_size mamba_d_state state_size d_state mamba_num_heads linear_num_key_heads linear_attn_config "
      "lru_width rwkv_version time_step_rank";
  return config.given(kKeys) || type.find("rwkv") != std::string_view::npos ||
         type.find("mamba") != std::string_view::npos;
}

std::string withoutMarks(std::string_view text) {
  std::string plain;
  for (const char c : text)
    if (std::isalnum(static_cast<unsigned char>(c)) != 0)
      plain += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return plain;
}

// "Qwen2MoeForCausalLM": where the family's name ends.
std::size_t stemLength(std::string_view architecture) {
  for (const std::string_view end :
       {"ForCausalLM", "LMHeadModel", "ForConditionalGeneration", "ForMaskedLM", "ForPreTraining", "Model"})
    if (const std::size_t at = architecture.find(end); at != std::string_view::npos) return at;
  return architecture.size();
}

// The type in the list that is `plain` but for marks and capitals.
std::string listedPlain(std::string_view types, std::string_view plain) {
  for (std::size_t at = 0; at < types.size() && !plain.empty();) {
    const std::size_t end = std::min(types.find(' ', at), types.size());
    if (withoutMarks(types.substr(at, end - at)) == plain) return std::string(types.substr(at, end - at));
    at = end + 1;
  }
  return {};
}

}  // namespace

bool listed(std::string_view types, std::string_view type) {
  return listedIn(types, type);
}

const Family* familyOf(std::string_view modelType) {
  for (const Family& family : kFamilies)
    if (listed(family.types, modelType)) return &family;
  return nullptr;
}

bool buildDescribed(ModelBuilder& b, const Config& config, std::string_view type) {
  if (const Family* family = familyOf(type))
    family->build(b, config);
  else if (const DecoderTraits* traits = decoderTraits(type))
    buildDecoder(b, config, *traits, {});
  else
    return false;
  return true;
}

void buildText(ModelBuilder& b, const Config& config, std::string_view type, std::optional<bool> tied) {
  if (const std::string row = classRowOf(config, type); !row.empty()) {
    buildClass(b, config, row, "", tied.value_or(false) ? ClassPart::body : ClassPart::whole);
  } else if (const Family* family = familyOf(type)) {
    family->build(b, config);
  } else if (config.isObject("text_config llm_config language_config") &&
             !(config.given("hidden_size") && config.given("num_hidden_layers"))) {
    buildVisionLanguage(b, config);
  } else if (const DecoderTraits* traits = decoderTraits(type)) {
    buildDecoder(b, config, *traits, tied);
  } else if (isRecurrent(config, type)) {
    config.fail(ErrorCode::unsupported,
                fmt::format("model_type {} has recurrent layers that Headroom does not know.", named(type)),
                "model_type");
  } else {
    if (!config.given("hidden_size n_embd d_model") && !config.given("num_hidden_layers n_layer n_layers"))
      return config.fail(
          ErrorCode::unsupported,
          fmt::format("model_type {} is unknown, and without hidden_size and num_hidden_layers it cannot "
                      "be read as an ordinary decoder either.",
                      named(type)),
          "model_type");
    b.config.note(
        fmt::format("model_type {} is unknown: read as an ordinary decoder with Llama's layout.", named(type)));
    buildDecoder(b, config, unknownTraits(), tied);
  }
}

std::string modelTypeOf(const Config& config) {
  if (std::string type = config.text("model_type"); !type.empty()) return type;
  // The original Mamba files say nothing but this.
  if (config.isObject("ssm_cfg")) return config.child("ssm_cfg").text("layer") == "Mamba2" ? "mamba2" : "mamba";
  for (const std::string& architecture : config.texts("architectures")) {
    const std::string plain = withoutMarks(architecture.substr(0, stemLength(architecture)));
    for (const Family& family : kFamilies)
      if (const std::string type = listedPlain(family.types, plain); !type.empty()) return type;
    if (const std::string type = listedPlain(decoderTypes(), plain); !type.empty()) return type;
  }
  return {};
}

}  // namespace headroom
