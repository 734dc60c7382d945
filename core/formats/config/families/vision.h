// Vision towers and projectors of vision-language models. Every one adds its tensors to ModelBuilder::vision and fills
// Model::visionSpec; a tensor that every layer of a tower has is listed once with as many copies as there are layers.
#pragma once

#include "core/formats/config/families/model_builder.h"

namespace headroom {

// What one kind of vision transformer's layers hold.
struct TowerShape {
  std::int64_t hidden = 0, intermediate = 0, layers = 0, heads = 0, headDim = 0;
  bool attentionBias = true, mlpBias = true;
  bool gated = false;
  bool normBias = true;     // false: RMS norms
  bool layerScale = false;  // a learned factor per channel after attention and after the MLP (InternViT)
  std::int64_t qkNorm = 0;  // elements of each of the two norms of queries and keys; 0: none
  std::int64_t gates = 0;   // learned scalars per layer (Mllama's global layers: 2)
};

TowerShape towerShape(const Config& vision);
void addTower(TensorList& tensors, std::string_view prefix, const TowerShape& shape);
void addVisionLinear(TensorList& tensors, std::string_view name, std::int64_t out, std::int64_t in, bool bias);
void addVisionVector(TensorList& tensors, std::string_view name, std::int64_t rows, std::int64_t columns = 1,
                     std::int64_t copies = 1);
void addVisionNorm(TensorList& tensors, std::string_view name, std::int64_t width, bool bias);
void addProjectorLinear(TensorList& tensors, std::string_view name, std::int64_t out, std::int64_t in, bool bias);
void setVisionSpec(ModelBuilder& builder, const TowerShape& shape, std::int64_t image, std::int64_t patch,
                   std::int64_t tokens);

// Each: the tower and the projector to a language model of width `hidden`.
void addClipLike(ModelBuilder& builder, const Config& vision,
                 std::string_view prefix);  // CLIP, SigLIP or Pixtral, by model_type
struct Picture {
  std::int64_t image = 0, patch = 0, channels = 3;
  std::int64_t side() const { return patch > 0 ? image / patch : 0; }
  std::int64_t patches() const { return side() * side(); }
};
// A SigLIP tower, with the head that pools its patches by attention or without.
void addSiglipTower(ModelBuilder& builder, const TowerShape& shape, const Picture& picture, std::string_view prefix,
                    bool poolingHead);
void addSiglip(ModelBuilder& builder, const Config& vision, std::string_view prefix, bool poolingHead);
void addLlavaVision(ModelBuilder& builder, const Config& top, std::int64_t hidden);
void addGemma3Vision(ModelBuilder& builder, const Config& top, std::int64_t hidden);
void addGemma4Vision(ModelBuilder& builder, const Config& top, std::int64_t hidden);
void addPaliGemmaVision(ModelBuilder& builder, const Config& top, std::int64_t hidden);
void addIdefics3Vision(ModelBuilder& builder, const Config& top, std::int64_t hidden);
void addMistral3Vision(ModelBuilder& builder, const Config& top, std::int64_t hidden);
void addQwen2Vision(ModelBuilder& builder, const Config& top, std::int64_t hidden);
void addQwen25Vision(ModelBuilder& builder, const Config& top, std::int64_t hidden);
void addQwen3Vision(ModelBuilder& builder, const Config& top, std::int64_t hidden);
void addMllamaVision(ModelBuilder& builder, const Config& top, std::int64_t hidden);
void addLlama4Vision(ModelBuilder& builder, const Config& top, std::int64_t hidden);
void addInternVision(ModelBuilder& builder, const Config& top, std::int64_t hidden);
void addPhi3Vision(ModelBuilder& builder, const Config& top, std::int64_t hidden);
void addMiniMaxVision(ModelBuilder& builder, const Config& top, std::int64_t hidden);
void addGlmVision(ModelBuilder& builder, const Config& top, std::int64_t hidden);
void addKimiVision(ModelBuilder& builder, const Config& top, std::int64_t hidden);
void addStepVision(ModelBuilder& builder, const Config& top, std::int64_t hidden);
void addCohereVision(ModelBuilder& builder, const Config& top, std::int64_t hidden);
void addIdefics2Vision(ModelBuilder& builder, const Config& top, std::int64_t hidden);
void addDeepSeekVision(ModelBuilder& builder, const Config& top, std::int64_t hidden);
void addMiniCpmVision(ModelBuilder& builder, const Config& top, std::int64_t hidden);
void addLfm2Vision(ModelBuilder& builder, const Config& top, std::int64_t hidden);
void addQwenAudio(ModelBuilder& builder, const Config& top, std::int64_t hidden);
void addQwen25Omni(ModelBuilder& builder, const Config& top, std::int64_t hidden);
void addQwen3Omni(ModelBuilder& builder, const Config& top, std::int64_t hidden);
void addGemma3nTowers(ModelBuilder& builder, const Config& top, std::int64_t hidden);
void addGemma4Audio(ModelBuilder& builder, const Config& top, std::int64_t hidden);

}  // namespace headroom
