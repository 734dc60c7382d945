// The towers of Qwen2-VL (https://arxiv.org/abs/2409.12191), Qwen2.5-VL (https://arxiv.org/abs/2502.13923), Qwen3-VL
// and Qwen3.5.
#include "core/formats/config/families/vision.h"

namespace headroom {
namespace {

// Patches of a few frames; the vision transformer turns `merge` × `merge` of them into one token.
struct Patches {
  std::int64_t patch = 0, frames = 0, channels = 0, merge = 0;
  std::int64_t elements() const { return channels * frames * patch * patch; }
};

Patches patchesOf(const Config& vision, std::int64_t patch) {
  return {vision.count("patch_size", patch, 1 << 12), vision.count("temporal_patch_size", 2, 64),
          vision.count("in_channels in_chans", 3, 64), vision.count("spatial_merge_size", 2, 64)};
}

void addMerger(TensorList& t, const std::string& name, std::int64_t hidden, std::int64_t merge, std::int64_t out,
               std::int64_t norm, bool normBias) {
  const std::int64_t wide = hidden * merge * merge;
  addVisionNorm(t, name + ".norm", norm, normBias);
  addProjectorLinear(t, name + ".linear_fc1", wide, wide, true);
  addProjectorLinear(t, name + ".linear_fc2", out, wide, true);
}

}  // namespace

void addQwen2Vision(ModelBuilder& b, const Config& top, std::int64_t hidden) {
  const Config vision = top.child("vision_config").withDefaultsOf("qwen2_vl_vision");
  TowerShape s;
  s.hidden = vision.count("embed_dim", 1280, kMostWidth);
  s.layers = vision.count("depth", 32, kMostLayers);
  s.heads = vision.count("num_heads", 16, kMostHeads);
  s.headDim = std::max<std::int64_t>(1, s.hidden / s.heads);
  s.intermediate = s.hidden * vision.count("mlp_ratio", 4, 64);
  const Patches p = patchesOf(vision, 14);
  addVisionVector(b.vision, "visual.patch_embed.proj.weight", s.hidden, p.elements());
  addTower(b.vision, "visual.blocks.{}.", s);
  addMerger(b.vision, "visual.merger", s.hidden, p.merge, hidden, s.hidden, true);
  setVisionSpec(b, s, 0, p.patch, 0);
  b.model.rotaryCacheScale = 4;
}

void addQwen25Vision(ModelBuilder& b, const Config& top, std::int64_t hidden) {
  const Config vision = top.child("vision_config").withDefaultsOf("qwen2_5_vl_vision");
  TowerShape s = towerShape(vision);
  s.gated = true;
  s.normBias = false;
  const Patches p = patchesOf(vision, 14);
  addVisionVector(b.vision, "visual.patch_embed.proj.weight", s.hidden, p.elements());
  addTower(b.vision, "visual.blocks.{}.", s);
  addMerger(b.vision, "visual.merger", s.hidden, p.merge, vision.count("out_hidden_size", hidden, kMostWidth), s.hidden,
            false);
  setVisionSpec(b, s, 0, p.patch, 0);
  b.model.rotaryCacheScale = 4;
}

void addQwen3Vision(ModelBuilder& b, const Config& top, std::int64_t hidden) {
  const Config vision = top.child("vision_config").withDefaultsOf("qwen3_vl_vision");
  const TowerShape s = towerShape(vision);
  const Patches p = patchesOf(vision, 16);
  const std::int64_t out = vision.count("out_hidden_size", hidden, kMostWidth), wide = s.hidden * p.merge * p.merge;
  TensorList& t = b.vision;
  addVisionVector(t, "model.visual.patch_embed.proj.weight", s.hidden, p.elements());
  addVisionVector(t, "model.visual.patch_embed.proj.bias", s.hidden);
  addVisionVector(t, "model.visual.pos_embed.weight", vision.count("num_position_embeddings", 2304, 1 << 24), s.hidden);
  addTower(t, "model.visual.blocks.{}.", s);
  addMerger(t, "model.visual.merger", s.hidden, p.merge, out, s.hidden, true);
  const std::size_t deep = std::min<std::size_t>(64, vision.listSize("deepstack_visual_indexes"));
  for (std::size_t i = 0; i < deep; ++i)
    addMerger(t, "model.visual.deepstack_merger_list." + std::to_string(i), s.hidden, p.merge, out, wide, true);
  setVisionSpec(b, s, 0, p.patch, 0);
  b.model.rotaryCacheScale = 4;
}

}  // namespace headroom
