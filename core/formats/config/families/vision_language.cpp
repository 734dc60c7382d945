// Vision-language models: a decoder that a row of the decoder table describes, and a tower beside it.
#include <fmt/format.h>

#include "core/formats/config/families/decoder.h"
#include "core/formats/config/families/families.h"
#include "core/formats/config/families/family.h"
#include "core/formats/config/families/vision.h"

namespace headroom {
namespace {

struct VisionLanguage {
  std::string_view types;
  std::string_view text;        // model_type of the text part where it does not say
  std::string_view textPrefix;  // what the checkpoint puts before the text part's tensor names
  void (*vision)(ModelBuilder&, const Config&, std::int64_t hidden);
  std::string_view architecture = {};  // where files name the text part's type at the top
};

constexpr VisionLanguage kTable[] = {
    {"llava llava_next llava_next_video vipllava", "llama", "language_model.", addLlavaVision},
    {"llava_onevision", "qwen2", "language_model.", addLlavaVision},
    {"gemma3", "gemma3_text", "language_model.", addGemma3Vision},
    {"paligemma", "gemma", "language_model.", addPaliGemmaVision},
    {"idefics3 smolvlm", "llama", "", addIdefics3Vision},
    {"mistral3", "mistral", "language_model.", addMistral3Vision, "Mistral3ForConditionalGeneration"},
    {"qwen2_vl", "qwen2_vl_text", "", addQwen2Vision},
    {"qwen2_5_vl", "qwen2_5_vl_text", "", addQwen25Vision},
    {"qwen3_vl", "qwen3_vl_text", "", addQwen3Vision},
    {"qwen3_vl_moe", "qwen3_vl_moe_text", "", addQwen3Vision},
    {"qwen3_5", "qwen3_5_text", "", addQwen3Vision},
    {"qwen3_5_moe", "qwen3_5_moe_text", "", addQwen3Vision},
    {"mllama", "mllama_text_model", "language_model.", addMllamaVision},
    {"llama4", "llama4_text", "language_model.", addLlama4Vision},
    {"internvl internvl_chat", "qwen2", "language_model.", addInternVision},
    {"phi3_v", "phi3", "", addPhi3Vision},
    {"minimax_m3_vl", "minimax_m3_text", "language_model.", addMiniMaxVision},
    {"qwen2_audio", "qwen2", "language_model.", addQwenAudio},
    {"qwen2_5_omni qwen2_5_omni_thinker", "qwen2_5_omni_text", "thinker.", addQwen25Omni},
    {"qwen3_omni_moe qwen3_omni_moe_thinker", "qwen3_omni_moe_text", "thinker.", addQwen3Omni},
    {"glm4v glm46v", "glm4v_text", "", addGlmVision},
    {"glm4v_moe", "glm4v_moe_text", "", addGlmVision},
    {"glm_ocr", "glm_ocr_text", "", addGlmVision},
    {"kimi_vl kimi_k25", "deepseek_v3", "language_model.", addKimiVision},
    {"step3p7", "step3p5", "", addStepVision},
    {"aya_vision", "cohere2", "language_model.", addCohereVision},
    {"cohere2_vision", "cohere2", "language_model.", addCohereVision},
    {"idefics2", "mistral", "", addIdefics2Vision},
    {"lfm2_vl", "lfm2", "", addLfm2Vision},
    {"deepseek_vl_v2", "deepseek_v2", "language.", addDeepSeekVision},
    {"minicpmv", "qwen2", "llm.", addMiniCpmVision},
};

constexpr std::string_view kTextKeys = "text_config llm_config language_config";

// False where the text model's keys stand at the top; a file with neither has the class's own nested part.
bool nested(const Config& top) {
  return top.given(kTextKeys) || (top.isObject(kTextKeys) && !top.given("hidden_size num_hidden_layers"));
}

// The part of the configuration that describes the text model; early files state it at the top.
Config textOf(const Config& top, std::string_view type) {
  return nested(top) ? top.child(kTextKeys, type) : top.withDefaultsOf(type);
}

void prefixNames(ModelBuilder& b, std::string_view prefix) {
  if (prefix.empty()) return;
  for (LayerKind& kind : b.model.kinds)
    for (Tensor& t : kind.tensors) t.name.insert(0, prefix);
  for (Tensor& t : b.model.globals) t.name.insert(0, prefix);
}

}  // namespace

void buildVisionLanguage(ModelBuilder& b, const Config& top) {
  const VisionLanguage* row = nullptr;
  for (const VisionLanguage& r : kTable)
    if (listed(r.types, b.model.family)) row = &r;
  for (const std::string& name : top.texts("architectures"))
    for (const VisionLanguage& r : kTable)
      if (row == nullptr && !r.architecture.empty() && r.architecture == name) row = &r;
  // MiniCPM-V states its text part at the top; its version tells which family that is.
  const std::string version = b.model.family == "minicpmv" ? top.dump("version") : std::string();
  const std::string_view fallback = version.starts_with("2.5") || version.starts_with("4.0") || version == "4" ? "llama"
                                    : version.starts_with("4.5")                                               ? "qwen3"
                                    : row ? row->text
                                          : "llama";
  const Config text = textOf(top, fallback);
  const std::string stated = nested(top) ? text.text("model_type", fallback) : std::string(fallback);
  std::optional<bool> tied;
  if (top.given("tie_word_embeddings"))
    tied = top.flag("tie_word_embeddings", false);
  else if (filledByClass(top) && top.has("tie_word_embeddings") && !text.given("tie_word_embeddings"))
    tied = top.flag("tie_word_embeddings", false);
  // Files of before 5 have the mark in the text part, which these classes' configurations take over, or Llama 4's text
  // class reads alone (transformers 5.24 configuration_*.py).
  constexpr std::string_view kForwards =
      "fast_vlm glm4v glm4v_moe glm_ocr hunyuan_vl llava llava_next_video llava_onevision minimax_m3_vl paddleocr_vl "
      "qwen2_5_vl qwen2_vl shieldgemma2 video_llama_3";
  const bool inText = text.given("tie_word_embeddings") && text.flag("tie_word_embeddings", false);
  if (nested(top) && listed(kForwards, b.model.family) && inText) tied = true;
  if (nested(top) && b.model.family == "llama4") tied = inText;
  buildText(b, text, stated, tied);
  if (b.config.failed()) return;
  if (row == nullptr) {
    top.note(fmt::format("{} is read by its text part; its vision or audio parts are not counted.", b.model.family));
    return;
  }
  b.model.vocabularyAdapters = false;  // the classes of the whole have no embedding_modules
  prefixNames(b, row->textPrefix);
  row->vision(b, top, b.model.hidden);
}

}  // namespace headroom
