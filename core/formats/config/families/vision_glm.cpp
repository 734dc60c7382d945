// The towers of GLM-4.1V to 4.6V and GLM-OCR, of Kimi-VL and Kimi K2.5 (MoonViT, https://arxiv.org/abs/2504.07491) and
// of Step 3.7 (transformers v5: modeling_glm4v.py, modeling_glm_ocr.py, modeling_kimi_k25.py, modeling_step3p7.py).
#include "core/formats/config/families/family.h"
#include "core/formats/config/families/vision.h"

namespace headroom {
namespace {

// A convolution over squares of `kernel` × `kernel`, with its bias.
void addConvolution(TensorList& t, const std::string& name, std::int64_t out, std::int64_t in, std::int64_t kernel,
                    bool bias) {
  addVisionVector(t, name + ".weight", out, in * kernel * kernel);
  if (bias) addVisionVector(t, name + ".bias", out);
}

// The side a list of two or a single number states.
std::int64_t sideOf(const Config& config, std::string_view key, std::int64_t fallback, std::int64_t most) {
  const std::vector<std::int64_t> pair = config.integers(key);
  if (pair.empty()) return config.count(key, fallback, most);
  return pair.front() >= 1 && pair.front() <= most ? pair.front() : fallback;
}

}  // namespace

void addGlmVision(ModelBuilder& b, const Config& top, std::int64_t hidden) {
  const bool reading = b.model.family == "glm_ocr";
  const Config vision = top.child("vision_config").withDefaultsOf(reading ? "glm_ocr_vision" : "glm4v_vision");
  TowerShape s = towerShape(vision);
  const std::int64_t out = vision.count("out_hidden_size", hidden, kMostWidth), wide = s.intermediate;
  const std::int64_t channels = vision.count("in_channels", 3, 64), merge = vision.count("spatial_merge_size", 2, 64);
  const std::int64_t patch = vision.count("patch_size", 14, 1 << 12), image = vision.count("image_size", 336, 1 << 16);
  s.gated = true;
  s.normBias = false;
  s.attentionBias = vision.flag("attention_bias", reading);
  s.mlpBias = reading && s.attentionBias;
  if (reading)
    s.qkNorm = s.headDim;
  else
    s.intermediate = out;  // the blocks' MLPs are as wide as the output, the merger's as intermediate_size says
  TensorList& t = b.vision;
  addConvolution(t, "model.visual.patch_embed.proj", s.hidden, channels * vision.count("temporal_patch_size", 2, 64),
                 patch, true);
  if (!reading) {
    addVisionVector(t, "model.visual.embeddings.position_embedding.weight", (image / patch) * (image / patch),
                    s.hidden);
    addVisionNorm(t, "model.visual.post_conv_layernorm", s.hidden, false);
  }
  addTower(t, "model.visual.blocks.{}.", s);
  addVisionNorm(t, "model.visual.post_layernorm", s.hidden, false);
  addConvolution(t, "model.visual.downsample", out, s.hidden, merge, true);
  const std::int64_t merger = reading ? out * channels : wide;
  addProjectorLinear(t, "model.visual.merger.proj", out, out, false);
  addVisionNorm(t, "model.visual.merger.post_projection_norm", out, true);
  addProjectorLinear(t, "model.visual.merger.gate_proj", merger, out, false);
  addProjectorLinear(t, "model.visual.merger.up_proj", merger, out, false);
  addProjectorLinear(t, "model.visual.merger.down_proj", out, merger, false);
  setVisionSpec(b, s, image, patch, 0);
}

void addKimiVision(ModelBuilder& b, const Config& top, std::int64_t hidden) {
  const Config vision = top.child("vision_config").withDefaultsOf("kimi_k25_vision");
  TowerShape s;
  s.hidden = vision.count("vt_hidden_size hidden_size", 1152, kMostWidth);
  s.layers = vision.count("vt_num_hidden_layers num_hidden_layers", 27, kMostLayers);
  s.heads = vision.count("vt_num_attention_heads num_attention_heads", 16, kMostHeads);
  s.intermediate = vision.count("vt_intermediate_size intermediate_size", 4304, kMostWidth);
  const std::int64_t inner = vision.count("qkv_hidden_size", s.hidden, kMostWidth);
  s.headDim = std::max<std::int64_t>(1, inner / s.heads);
  s.attentionBias = vision.flag("attn_bias", true);
  s.mlpBias = vision.flag("linear_bias", true);
  s.normBias = vision.text("norm_type", "layernorm") != "rmsnorm";
  const std::int64_t patch = vision.count("patch_size", 14, 1 << 12);
  const std::int64_t side = sideOf(vision, "merge_kernel_size", 2, 64), wide = s.hidden * side * side;
  TensorList& t = b.vision;
  addConvolution(t, "vision_tower.patch_embed.proj", s.hidden, 3, patch, vision.flag("patch_embed_proj_bias", true));
  addVisionVector(t, "vision_tower.patch_embed.pos_emb.weight",
                  vision.count("init_pos_emb_height pos_emb_height", 64, 1 << 12) *
                      vision.count("init_pos_emb_width pos_emb_width", 64, 1 << 12),
                  s.hidden);
  addTower(t, "vision_tower.encoder.blocks.{}.", s);
  addVisionNorm(t, "vision_tower.encoder.final_layernorm", s.hidden, s.normBias);
  if (vision.text("mm_projector_type", "patchmerger") != "patchmerger")
    top.note("The projector of this vision tower is not known; it is counted as the one of Kimi K2.5.");
  addVisionNorm(t, "mm_projector.pre_norm", s.hidden, true);
  addProjectorLinear(t, "mm_projector.proj.0", wide, wide, true);
  addProjectorLinear(t, "mm_projector.proj.2", hidden, wide, true);
  setVisionSpec(b, s, 0, patch, 0);
}

void addStepVision(ModelBuilder& b, const Config& top, std::int64_t hidden) {
  if (!top.isObject("vision_config")) return;  // files that state the text part alone
  const Config vision = top.child("vision_config").withDefaultsOf("step3p7_vision");
  TowerShape s;
  s.hidden = vision.count("hidden_size width", 1536, kMostWidth);
  s.layers = vision.count("num_hidden_layers layers", 47, kMostLayers);
  s.heads = vision.count("num_attention_heads heads", 16, kMostHeads);
  s.headDim = std::max<std::int64_t>(1, s.hidden / s.heads);
  s.intermediate = vision.count("intermediate_size", 8960, kMostWidth);
  s.layerScale = true;
  const std::int64_t image = vision.count("image_size", 728, 1 << 16), patch = vision.count("patch_size", 14, 1 << 12);
  TensorList& t = b.vision;
  addConvolution(t, "vision_model.embeddings.patch_embedding", s.hidden, 3, patch, false);
  addVisionVector(t, "vision_model.embeddings.position_embedding.weight", (image / patch) * (image / patch), s.hidden);
  addVisionNorm(t, "vision_model.pre_layernorm", s.hidden, true);
  addTower(t, "vision_model.layers.{}.", s);
  addConvolution(t, "vision_model.downsampler1", 2 * s.hidden, s.hidden, 3, true);
  addConvolution(t, "vision_model.downsampler2", 4 * s.hidden, 2 * s.hidden, 3, true);
  addProjectorLinear(t, "multi_modal_projector", hidden, 4 * s.hidden, top.flag("projector_bias", false));
  setVisionSpec(b, s, image, patch, 0);
}

}  // namespace headroom
