// What stands on a SigLIP tower: the projectors of Aya Vision and Command A Vision, Idefics2, LFM2-VL, DeepSeek-VL2 and
// MiniCPM-V (transformers v5: modeling_aya_vision.py, modeling_cohere2_vision.py, modeling_idefics2.py,
// modeling_lfm2_vl.py; the last two from their published totals, which these parts add up to).
#include <algorithm>

#include "core/formats/config/families/family.h"
#include "core/formats/config/families/vision.h"

namespace headroom {

void addCohereVision(ModelBuilder& b, const Config& top, std::int64_t hidden) {
  const Config vision = top.child("vision_config", "siglip_vision_model");
  const bool aya = b.model.family == "aya_vision";
  addClipLike(b, vision, "vision_tower.vision_model.");
  const std::int64_t factor = top.count("downsample_factor", 2, 64);
  const std::int64_t merged = vision.count("hidden_size", 1152, kMostWidth) * factor * factor;
  const std::int64_t wide = top.count("alignment_intermediate_size", aya ? hidden : 36864, kMostWidth);
  if (aya) addVisionNorm(b.vision, "multi_modal_projector.layernorm", merged, true);
  addProjectorLinear(b.vision, "multi_modal_projector.linear_1", wide, merged, true);
  addProjectorLinear(b.vision, "multi_modal_projector.linear_2", hidden, wide / 2, true);
  if (b.model.visionSpec) b.model.visionSpec->imageTokens /= factor * factor;
}

void addIdefics2Vision(ModelBuilder& b, const Config& top, std::int64_t hidden) {
  const Config vision = top.child("vision_config", "idefics2_vision");
  const Config resampler = top.child("perceiver_config", "idefics2_perceiver");
  addSiglip(b, vision, "model.vision_model.", false);
  const std::int64_t heads = resampler.count("resampler_n_heads", 16, kMostHeads),
                     kvHeads = resampler.count("num_key_value_heads", 4, kMostHeads),
                     headDim = resampler.count("resampler_head_dim", 96, kMostHeadDim),
                     depth = resampler.count("resampler_depth", 3, kMostLayers),
                     latents = resampler.count("resampler_n_latents", 64, 1 << 20);
  const Config text = top.child("text_config", "mistral");
  const std::int64_t width = text.count("intermediate_size", 14336, kMostWidth);
  TensorList& t = b.vision;
  const std::string connector = "model.connector.", layer = connector + "perceiver_resampler.layers.{}.";
  addProjectorLinear(t, connector + "modality_projection.gate_proj", width,
                     vision.count("hidden_size", 1152, kMostWidth), false);
  addProjectorLinear(t, connector + "modality_projection.up_proj", width, vision.count("hidden_size", 1152, kMostWidth),
                     false);
  addProjectorLinear(t, connector + "modality_projection.down_proj", hidden, width, false);
  t.tensor(connector + "perceiver_resampler.latents", TensorRole::projector, Group::vision, latents, hidden);
  const auto linear = [&](const char* name, std::int64_t out, std::int64_t in) {
    t.linear(layer + name, TensorRole::projector, Group::vision, out, in, false, depth);
  };
  for (const char* name : {"input_latents_norm", "input_context_norm", "post_attention_layernorm"})
    addVisionVector(t, layer + name + ".weight", hidden, 1, depth);
  linear("self_attn.q_proj", heads * headDim, hidden);
  linear("self_attn.k_proj", kvHeads * headDim, hidden);
  linear("self_attn.v_proj", kvHeads * headDim, hidden);
  linear("self_attn.o_proj", hidden, heads * headDim);
  linear("mlp.gate_proj", 4 * hidden, hidden);
  linear("mlp.up_proj", 4 * hidden, hidden);
  linear("mlp.down_proj", hidden, 4 * hidden);
  addVisionNorm(t, connector + "perceiver_resampler.norm", hidden, false);
  if (b.model.visionSpec) b.model.visionSpec->imageTokens = latents;
}

void addLfm2Vision(ModelBuilder& b, const Config& top, std::int64_t hidden) {
  const Config vision = top.child("vision_config", "siglip2_vision_model");
  addSiglip(b, vision, "model.vision_tower.vision_model.", vision.flag("vision_use_head", true));
  const std::int64_t factor = top.count("downsample_factor", 2, 64);
  const std::int64_t merged = vision.count("hidden_size", 768, kMostWidth) * factor * factor;
  const std::int64_t wide = top.count("projector_hidden_size", 2560, kMostWidth);
  const bool bias = top.flag("projector_bias", true);
  if (top.flag("projector_use_layernorm", true))
    addVisionNorm(b.vision, "model.multi_modal_projector.layer_norm", merged, true);
  addProjectorLinear(b.vision, "model.multi_modal_projector.linear_1", wide, merged, bias);
  addProjectorLinear(b.vision, "model.multi_modal_projector.linear_2", hidden, wide, bias);
  if (b.model.visionSpec) b.model.visionSpec->imageTokens /= factor * factor;
}

// DeepSeek-VL2 (https://arxiv.org/abs/2412.10302): SigLIP-so400m with its pooling head, a projector that folds 2 × 2
// patches into one token, and two learned marks.
void addDeepSeekVision(ModelBuilder& b, const Config& top, std::int64_t hidden) {
  const Config vision = top.child("vision_config"), projector = top.child("projector_config");
  if (vision.isObject("width")) {  // DeepSeek-OCR: two towers, one after the other
    top.note("The vision towers of DeepSeek-OCR are not counted.");
    return;
  }
  TowerShape s;
  s.hidden = vision.count("width", 1152, kMostWidth);
  s.layers = vision.count("layers", 27, kMostLayers);
  s.heads = vision.count("heads", 16, kMostHeads);
  s.headDim = std::max<std::int64_t>(1, s.hidden / s.heads);
  const double ratio = vision.real("mlp_ratio", 3.7362);
  s.intermediate = std::clamp<std::int64_t>(
      static_cast<std::int64_t>(static_cast<double>(s.hidden) * std::clamp(ratio, 0.0, 64.0)), 1, kMostWidth);
  const std::int64_t image = vision.count("image_size", 384, 1 << 16), patch = vision.count("patch_size", 14, 1 << 12);
  const std::int64_t fold = projector.count("downsample_ratio", 2, 64),
                     out = projector.count("n_embed", hidden, kMostWidth);
  addSiglipTower(b, s, {image, patch}, "vision.", true);
  addProjectorLinear(b.vision, "projector.layers.0", out, s.hidden * fold * fold, true);
  addProjectorLinear(b.vision, "projector.layers.2", out, out, true);
  addVisionVector(b.vision, "image_newline", hidden);
  addVisionVector(b.vision, "view_seperator", hidden);
}

// MiniCPM-V 2.5 to 4.5 (https://arxiv.org/abs/2408.01800): SigLIP and a resampler of one cross-attention layer.
void addMiniCpmVision(ModelBuilder& b, const Config& top, std::int64_t hidden) {
  const Config vision = top.child("vision_config");
  TowerShape s = towerShape(vision);
  if (top.flag("drop_vision_last_layer", false) && s.layers > 1) --s.layers;
  const std::int64_t image = vision.count("image_size", 980, 1 << 16), patch = vision.count("patch_size", 14, 1 << 12),
                     queries = top.count("query_num", 64, 1 << 20);
  addSiglipTower(b, s, {image, patch}, "vpm.", false);
  TensorList& t = b.vision;
  t.tensor("resampler.query", TensorRole::projector, Group::vision, queries, hidden);
  t.tensor("resampler.proj", TensorRole::projector, Group::vision, hidden, hidden).linear = true;
  addProjectorLinear(t, "resampler.kv_proj", hidden, s.hidden, false);
  addProjectorLinear(t, "resampler.attn.in_proj", 3 * hidden, hidden, true);
  addProjectorLinear(t, "resampler.attn.out_proj", hidden, hidden, true);
  for (const char* name : {"resampler.ln_q", "resampler.ln_kv", "resampler.ln_post"})
    addVisionNorm(t, name, hidden, true);
  if (b.model.visionSpec) b.model.visionSpec->imageTokens = queries;
}

}  // namespace headroom
