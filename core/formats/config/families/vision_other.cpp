// The towers of Llama 3.2 Vision, Llama 4, Gemma 4 and InternVL.
#include "core/formats/config/families/vision.h"

namespace headroom {

void addMllamaVision(ModelBuilder& b, const Config& top, std::int64_t hidden) {
  const Config vision = top.child("vision_config").withDefaultsOf("mllama_vision_model");
  TowerShape local = towerShape(vision);
  local.attentionBias = false;
  TowerShape global = local;
  global.layers = vision.count("num_global_layers", 8, kMostLayers);
  global.gates = 2;
  const std::int64_t h = local.hidden, image = vision.count("image_size", 448, 1 << 13),
                     patch = vision.count("patch_size", 14, 1 << 12);
  const std::int64_t tiles = vision.count("max_num_tiles", 4, 1 << 10), channels = vision.count("num_channels", 3, 64);
  const std::int64_t ratios =
      std::max<std::int64_t>(static_cast<std::int64_t>(vision.listSize("supported_aspect_ratios")), 0);
  const std::int64_t shapes = (ratios > 0 ? ratios : 8) + 1;  // aspect ratios of up to four tiles, and one for none
  const std::int64_t side = image / patch, positions = side * side + 1;
  TensorList& t = b.vision;
  addVisionVector(t, "vision_model.patch_embedding.weight", h, channels * patch * patch);
  addVisionVector(t, "vision_model.class_embedding", h);
  addVisionVector(t, "vision_model.gated_positional_embedding.embedding", positions, h);
  addVisionVector(t, "vision_model.gated_positional_embedding.gate", 1);
  addVisionVector(t, "vision_model.gated_positional_embedding.tile_embedding.weight", shapes, tiles * positions * h);
  for (const char* name :
       {"vision_model.pre_tile_positional_embedding", "vision_model.post_tile_positional_embedding"}) {
    addVisionVector(t, std::string(name) + ".embedding.weight", shapes, tiles * h);
    addVisionVector(t, std::string(name) + ".gate", 1);
  }
  addVisionNorm(t, "vision_model.layernorm_pre", h, true);
  addVisionNorm(t, "vision_model.layernorm_post", h, true);
  addTower(t, "vision_model.transformer.layers.{}.", local);
  addTower(t, "vision_model.global_transformer.layers.{}.", global);
  addProjectorLinear(t, "multi_modal_projector", hidden, vision.count("vision_output_dim", 7680, kMostWidth), true);
  setVisionSpec(b, local, image, patch, tiles * positions);
}

void addLlama4Vision(ModelBuilder& b, const Config& top, std::int64_t hidden) {
  const Config vision = top.child("vision_config").withDefaultsOf("llama4_vision_model");
  const TowerShape s = towerShape(vision);
  const std::int64_t image = vision.count("image_size", 336, 1 << 16), patch = vision.count("patch_size", 14, 1 << 12),
                     channels = vision.count("num_channels", 3, 64);
  const double ratio = vision.real("pixel_shuffle_ratio", 0.5);
  const std::int64_t in = vision.count("projector_input_dim", 4096, kMostWidth),
                     out = vision.count("projector_output_dim", 4096, kMostWidth);
  const std::int64_t side = image / patch;
  TensorList& t = b.vision;
  addVisionVector(t, "vision_model.patch_embedding.linear.weight", s.hidden, channels * patch * patch);
  addVisionVector(t, "vision_model.class_embedding", s.hidden);
  addVisionVector(t, "vision_model.positional_embedding_vlm", side * side + 1, s.hidden);
  addVisionNorm(t, "vision_model.layernorm_pre", s.hidden, true);
  addVisionNorm(t, "vision_model.layernorm_post", s.hidden, true);
  addTower(t, "vision_model.model.layers.{}.", s);
  addVisionLinear(t, "vision_model.vision_adapter.mlp.fc1", in, s.intermediate, false);
  addVisionLinear(t, "vision_model.vision_adapter.mlp.fc2", out, in, false);
  addProjectorLinear(t, "multi_modal_projector.linear_1", hidden,
                     top.given("vision_config") && !vision.given("vision_output_dim")
                         ? out
                         : vision.count("vision_output_dim", out, kMostWidth),
                     false);
  setVisionSpec(b, s, image, patch, static_cast<std::int64_t>(static_cast<double>(side * side) * ratio * ratio));
}

void addGemma4Vision(ModelBuilder& b, const Config& top, std::int64_t hidden) {
  const Config vision = top.child("vision_config").withDefaultsOf("gemma4_vision");
  TowerShape s = towerShape(vision);
  s.attentionBias = vision.flag("attention_bias", false);
  s.mlpBias = s.normBias = false;
  s.gated = true;
  s.qkNorm = s.headDim;
  const std::int64_t patch = vision.count("patch_size", 16, 1 << 12);
  TensorList& t = b.vision;
  addVisionLinear(t, "model.vision_tower.patch_embedder.input_proj", s.hidden, 3 * patch * patch, false);
  addVisionVector(t, "model.vision_tower.patch_embedder.position_embedding_table",
                  vision.count("position_embedding_size", 10240, 1 << 24), s.hidden, 2);
  addTower(t, "model.vision_tower.encoder.layers.{}.", s);
  for (const char* name : {"pre_feedforward_layernorm", "post_feedforward_layernorm"})  // four norms in all
    addVisionVector(t, "model.vision_tower.encoder.layers.{}." + std::string(name) + ".weight", s.hidden, 1, s.layers);
  addProjectorLinear(t, "model.embed_vision.embedding_projection", hidden, s.hidden, false);
  setVisionSpec(b, s, 0, patch, top.count("vision_soft_tokens_per_image", 280, 1 << 20));
}

void addInternVision(ModelBuilder& b, const Config& top, std::int64_t hidden) {
  const Config vision = top.child("vision_config").withDefaultsOf("internvl_vision");
  TowerShape s = towerShape(vision);
  s.attentionBias = vision.flag("qkv_bias attention_bias", false);
  s.normBias = vision.text("norm_type", "layer_norm") != "rms_norm";
  s.layerScale = true;
  if (vision.flag("qk_normalization use_qk_norm", false)) s.qkNorm = s.hidden;
  const auto sideOf = [&](std::string_view key, std::int64_t fallback) {
    const std::vector<std::int64_t> pair = vision.integers(key);
    return pair.empty() ? vision.count(key, fallback, 1 << 16) : std::max<std::int64_t>(1, pair.front());
  };
  const std::int64_t image = sideOf("image_size", 448), patch = sideOf("patch_size", 14), side = image / patch;
  const double ratio = top.real("downsample_ratio", 0.5);
  const std::int64_t merged = ratio > 0.01 && ratio <= 1 ? static_cast<std::int64_t>(1.0 / (ratio * ratio) + 0.5) : 4;
  TensorList& t = b.vision;
  addVisionVector(t, "vision_model.embeddings.class_embedding", s.hidden);
  addVisionVector(t, "vision_model.embeddings.patch_embedding.weight", s.hidden, 3 * patch * patch);
  addVisionVector(t, "vision_model.embeddings.patch_embedding.bias", s.hidden);
  addVisionVector(t, "vision_model.embeddings.position_embedding", side * side + 1, s.hidden);
  addTower(t, "vision_model.encoder.layers.{}.", s);
  if (!s.attentionBias)  // the output projection keeps its bias
    addVisionVector(t, "vision_model.encoder.layers.{}.attn.proj.bias", s.hidden, 1, s.layers);
  addVisionNorm(t, "mlp1.0", merged * s.hidden, true);
  addProjectorLinear(t, "mlp1.1", hidden, merged * s.hidden, true);
  addProjectorLinear(t, "mlp1.3", hidden, hidden, true);
  setVisionSpec(b, s, image, patch, side * side / merged);
}

}  // namespace headroom
