// CLIP (https://arxiv.org/abs/2103.00020), SigLIP (https://arxiv.org/abs/2303.15343) and Pixtral
// (https://arxiv.org/abs/2410.07073) towers and the projectors that stand on them.
#include "core/formats/config/families/family.h"
#include "core/formats/config/families/vision.h"

namespace headroom {
namespace {

std::string in(std::string_view prefix, std::string_view name) {
  return std::string(prefix) + std::string(name);
}

Picture pictureOf(const Config& vision, std::int64_t image, std::int64_t patch) {
  return {vision.count("image_size", image, 1 << 16), vision.count("patch_size", patch, 1 << 12),
          vision.count("num_channels", 3, 64)};
}

void addClip(ModelBuilder& b, const Config& vision, std::string_view prefix) {
  const TowerShape s = towerShape(vision);
  const Picture p = pictureOf(vision, 224, 32);
  TensorList& t = b.vision;
  addVisionVector(t, in(prefix, "embeddings.class_embedding"), s.hidden);
  addVisionVector(t, in(prefix, "embeddings.patch_embedding.weight"), s.hidden, p.channels * p.patch * p.patch);
  addVisionVector(t, in(prefix, "embeddings.position_embedding.weight"), p.patches() + 1, s.hidden);
  addVisionNorm(t, in(prefix, "pre_layrnorm"), s.hidden, true);
  addTower(t, in(prefix, "encoder.layers.{}."), s);
  addVisionNorm(t, in(prefix, "post_layernorm"), s.hidden, true);
  setVisionSpec(b, s, p.image, p.patch, p.patches());
}

void addPixtral(ModelBuilder& b, const Config& vision, std::string_view prefix) {
  TowerShape s = towerShape(vision);
  s.attentionBias = s.mlpBias = s.normBias = false;
  s.gated = true;
  const Picture p = pictureOf(vision, 1024, 16);
  b.model.visionOnEveryRank = true;
  addVisionVector(b.vision, in(prefix, "patch_conv.weight"), s.hidden, p.channels * p.patch * p.patch);
  addVisionNorm(b.vision, in(prefix, "ln_pre"), s.hidden, false);
  addTower(b.vision, in(prefix, "transformer.layers.{}."), s);
  setVisionSpec(b, s, p.image, p.patch, p.patches());
}

}  // namespace

void addSiglipTower(ModelBuilder& b, const TowerShape& s, const Picture& p, std::string_view prefix, bool poolingHead) {
  TensorList& t = b.vision;
  addVisionVector(t, in(prefix, "embeddings.patch_embedding.weight"), s.hidden, p.channels * p.patch * p.patch);
  addVisionVector(t, in(prefix, "embeddings.patch_embedding.bias"), s.hidden);
  addVisionVector(t, in(prefix, "embeddings.position_embedding.weight"), std::max<std::int64_t>(1, p.patches()),
                  s.hidden);
  addTower(t, in(prefix, "encoder.layers.{}."), s);
  addVisionNorm(t, in(prefix, "post_layernorm"), s.hidden, true);
  if (poolingHead) {  // pooling by attention with one learned probe
    addVisionVector(t, in(prefix, "head.probe"), s.hidden);
    addVisionLinear(t, in(prefix, "head.attention.in_proj"), 3 * s.hidden, s.hidden, true);
    addVisionLinear(t, in(prefix, "head.attention.out_proj"), s.hidden, s.hidden, true);
    addVisionNorm(t, in(prefix, "head.layernorm"), s.hidden, true);
    addVisionLinear(t, in(prefix, "head.mlp.fc1"), s.intermediate, s.hidden, true);
    addVisionLinear(t, in(prefix, "head.mlp.fc2"), s.hidden, s.intermediate, true);
  }
  setVisionSpec(b, s, p.image, p.patch, p.patches());
}

void addSiglip(ModelBuilder& b, const Config& vision, std::string_view prefix, bool poolingHead) {
  const TowerShape s = towerShape(vision);
  const Picture p = pictureOf(vision, 224, 16);
  addSiglipTower(b, s, p, prefix, poolingHead);
  // SigLIP 2 states how many positions it has instead of an image size.
  if (!vision.has("num_patches")) return;
  const std::string name = in(prefix, "embeddings.position_embedding.weight");
  for (Tensor& t : b.model.vision)
    if (t.name == name) t.rows = vision.count("num_patches", {}, 1 << 24);
}

void addClipLike(ModelBuilder& b, const Config& vision, std::string_view prefix) {
  const std::string type = vision.text("model_type", "clip_vision_model");
  if (type.find("siglip") != std::string::npos)
    addSiglip(b, vision, prefix, vision.flag("vision_use_head", true));
  else if (type == "pixtral")
    addPixtral(b, vision, prefix);
  else
    addClip(b, vision, prefix);
}

void addLlavaVision(ModelBuilder& b, const Config& top, std::int64_t hidden) {
  const Config vision = top.child("vision_config", "clip_vision_model");
  addClipLike(b, vision, "vision_tower.vision_model.");
  const std::int64_t width = vision.count("hidden_size", 1024, kMostWidth),
                     features = std::max<std::size_t>(1, top.listSize("vision_feature_layer"));
  const bool bias = top.flag("multimodal_projector_bias", true);
  addProjectorLinear(b.vision, "multi_modal_projector.linear_1", hidden, width * features, bias);
  addProjectorLinear(b.vision, "multi_modal_projector.linear_2", hidden, hidden, bias);
  // The NeXT generations learn a mark for the end of a row of an image cut into tiles.
  if (listed("llava_next llava_next_video llava_onevision", top.text("model_type")))
    addVisionVector(b.vision, "image_newline", hidden);
}

void addGemma3Vision(ModelBuilder& b, const Config& top, std::int64_t hidden) {
  const Config vision = top.child("vision_config", "siglip_vision_model");
  const TowerShape s = towerShape(vision);
  const Picture p = pictureOf(vision, 896, 14);
  TensorList& t = b.vision;
  const std::string prefix = "vision_tower.vision_model.";
  addVisionVector(t, prefix + "embeddings.patch_embedding.weight", s.hidden, p.channels * p.patch * p.patch);
  addVisionVector(t, prefix + "embeddings.patch_embedding.bias", s.hidden);
  addVisionVector(t, prefix + "embeddings.position_embedding.weight", p.patches(), s.hidden);
  addTower(t, prefix + "encoder.layers.{}.", s);
  addVisionNorm(t, prefix + "post_layernorm", s.hidden, true);
  t.tensor("multi_modal_projector.mm_input_projection_weight", TensorRole::projector, Group::vision, s.hidden, hidden)
      .linear = true;
  addVisionNorm(t, "multi_modal_projector.mm_soft_emb_norm", s.hidden, false);
  setVisionSpec(b, s, p.image, p.patch, top.count("mm_tokens_per_image", 256, 1 << 20));
}

void addPaliGemmaVision(ModelBuilder& b, const Config& top, std::int64_t hidden) {
  const Config vision = top.child("vision_config", "siglip_vision_model");
  addSiglip(b, vision, "vision_tower.vision_model.", vision.flag("vision_use_head", true));
  addProjectorLinear(b.vision, "multi_modal_projector.linear", top.count("projection_dim", hidden, kMostWidth),
                     vision.count("hidden_size", 1152, kMostWidth), true);
}

void addIdefics3Vision(ModelBuilder& b, const Config& top, std::int64_t hidden) {
  const Config vision = top.child("vision_config", "idefics3_vision");
  const TowerShape s = towerShape(vision);
  const Picture p = pictureOf(vision, 224, 32);
  const std::int64_t scale = top.count("scale_factor pixel_shuffle_factor", 2, 64);
  TensorList& t = b.vision;
  addVisionVector(t, "model.vision_model.embeddings.patch_embedding.weight", s.hidden, p.channels * p.patch * p.patch);
  addVisionVector(t, "model.vision_model.embeddings.patch_embedding.bias", s.hidden);
  addVisionVector(t, "model.vision_model.embeddings.position_embedding.weight", p.patches(), s.hidden);
  addTower(t, "model.vision_model.encoder.layers.{}.", s);
  addVisionNorm(t, "model.vision_model.post_layernorm", s.hidden, true);
  addProjectorLinear(t, "model.connector.modality_projection.proj", hidden, s.hidden * scale * scale, false);
  setVisionSpec(b, s, p.image, p.patch, p.patches() / (scale * scale));
}

void addMistral3Vision(ModelBuilder& b, const Config& top, std::int64_t hidden) {
  const Config vision = top.child("vision_config", "pixtral");
  addPixtral(b, vision, "vision_tower.");
  const std::int64_t width = vision.count("hidden_size", 1024, kMostWidth),
                     merge = top.count("spatial_merge_size", 2, 64);
  const std::int64_t features = std::max<std::size_t>(1, top.listSize("vision_feature_layer"));
  const bool bias = top.flag("multimodal_projector_bias", false);
  addVisionNorm(b.vision, "multi_modal_projector.norm", width, false);
  addProjectorLinear(b.vision, "multi_modal_projector.patch_merger.merging_layer", width, width * merge * merge, false);
  addProjectorLinear(b.vision, "multi_modal_projector.linear_1", hidden, width * features, bias);
  addProjectorLinear(b.vision, "multi_modal_projector.linear_2", hidden, hidden, bias);
  if (b.model.visionSpec) b.model.visionSpec->imageTokens /= merge * merge;
}

void addPhi3Vision(ModelBuilder& b, const Config& top, std::int64_t hidden) {
  // CLIP ViT-L/14 at 336 pixels; the last layer is stored too (openai/clip-vit-large-patch14-336).
  constexpr TowerShape kShape{1024, 4096, 24, 16, 64};
  constexpr std::int64_t kPatches = 24 * 24;
  TensorList& t = b.vision;
  const std::string prefix = "model.vision_embed_tokens.img_processor.vision_model.";
  addVisionVector(t, prefix + "embeddings.class_embedding", kShape.hidden);
  addVisionVector(t, prefix + "embeddings.patch_embedding.weight", kShape.hidden, 3 * 14 * 14);
  addVisionVector(t, prefix + "embeddings.position_embedding.weight", kPatches + 1, kShape.hidden);
  addVisionNorm(t, prefix + "pre_layrnorm", kShape.hidden, true);
  addTower(t, prefix + "encoder.layers.{}.", kShape);
  addVisionNorm(t, prefix + "post_layernorm", kShape.hidden, true);
  const std::int64_t out = top.child("img_processor").count("image_dim_out", kShape.hidden, kMostWidth);
  addVisionVector(t, "model.vision_embed_tokens.glb_GN", 4 * out);
  addVisionVector(t, "model.vision_embed_tokens.sub_GN", 4 * out);
  addProjectorLinear(t, "model.vision_embed_tokens.img_projection.0", hidden, 4 * out, true);
  addProjectorLinear(t, "model.vision_embed_tokens.img_projection.2", hidden, hidden, true);
  setVisionSpec(b, kShape, 336, 14, kPatches / 4);
}

void addMiniMaxVision(ModelBuilder& b, const Config& top, std::int64_t hidden) {
  const Config vision = top.child("vision_config", "clip_vision_model");
  const TowerShape s = towerShape(vision);
  const Config compression = vision.child("img_token_compression_config");
  const std::int64_t frames = compression.count("temporal_patch_size", 2, 64),
                     merge = compression.count("spatial_merge_size", 2, 64);
  const Picture p = pictureOf(vision, 2016, 14);
  const std::int64_t inner = top.count("projector_hidden_size", hidden, kMostWidth);
  TensorList& t = b.vision;
  addVisionVector(t, "vision_tower.embeddings.patch_embedding.weight", s.hidden,
                  p.channels * frames * p.patch * p.patch);
  addVisionNorm(t, "vision_tower.pre_layrnorm", s.hidden, true);
  addTower(t, "vision_tower.layers.{}.", s);
  const bool bias = top.flag("multimodal_projector_bias", true);
  addProjectorLinear(t, "multi_modal_projector.linear_1", inner, s.hidden, bias);
  addProjectorLinear(t, "multi_modal_projector.linear_2", hidden, inner, bias);
  addProjectorLinear(t, "patch_merge_mlp.linear_1", inner, hidden * merge * merge, bias);
  addProjectorLinear(t, "patch_merge_mlp.linear_2", hidden, inner, bias);
  setVisionSpec(b, s, p.image, p.patch, p.patches() / (merge * merge));
}

}  // namespace headroom
