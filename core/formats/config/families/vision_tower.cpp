#include "core/formats/config/families/vision.h"

namespace headroom {
namespace {

std::string in(std::string_view prefix, std::string_view name) {
  return std::string(prefix) + std::string(name);
}

}  // namespace

TowerShape towerShape(const Config& vision) {
  TowerShape s;
  s.hidden = vision.count("hidden_size embed_dim width", {}, kMostWidth);
  s.layers = vision.count("num_hidden_layers depth num_layers layers", {}, kMostLayers);
  s.heads = vision.count("num_attention_heads num_heads heads", 16, kMostHeads);
  s.intermediate = vision.count("intermediate_size", 4 * s.hidden, kMostWidth);
  s.headDim = vision.count("head_dim", std::max<std::int64_t>(1, s.hidden / s.heads), kMostWidth);
  return s;
}

void addVisionLinear(TensorList& t, std::string_view name, std::int64_t out, std::int64_t columns, bool bias) {
  t.linear(name, TensorRole::vision, Group::vision, out, columns, bias);
}

void addVisionVector(TensorList& t, std::string_view name, std::int64_t rows, std::int64_t columns,
                     std::int64_t copies) {
  t.tensor(name, TensorRole::vision, Group::vision, rows, columns, copies);
}

void addVisionNorm(TensorList& t, std::string_view name, std::int64_t width, bool bias) {
  addVisionVector(t, in(name, ".weight"), width);
  if (bias) addVisionVector(t, in(name, ".bias"), width);
}

void addProjectorLinear(TensorList& t, std::string_view name, std::int64_t out, std::int64_t columns, bool bias) {
  t.linear(name, TensorRole::projector, Group::vision, out, columns, bias);
}

void addTower(TensorList& t, std::string_view prefix, const TowerShape& s) {
  const auto linear = [&](std::string_view name, std::int64_t out, std::int64_t columns, bool bias) {
    t.linear(in(prefix, name), TensorRole::vision, Group::vision, out, columns, bias, s.layers);
  };
  const auto vector = [&](std::string_view name, std::int64_t rows) {
    addVisionVector(t, in(prefix, name), rows, 1, s.layers);
  };
  const std::int64_t inner = s.heads * s.headDim;
  for (const std::string_view name : {"self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"})
    linear(name, inner, s.hidden, s.attentionBias);
  linear("self_attn.out_proj", s.hidden, inner, s.attentionBias);
  if (s.qkNorm > 0) vector("self_attn.q_norm.weight", s.qkNorm), vector("self_attn.k_norm.weight", s.qkNorm);
  if (s.gated) linear("mlp.gate_proj", s.intermediate, s.hidden, s.mlpBias);
  linear("mlp.fc1", s.intermediate, s.hidden, s.mlpBias);
  linear("mlp.fc2", s.hidden, s.intermediate, s.mlpBias);
  for (const std::string_view name : {"layer_norm1", "layer_norm2"}) {
    vector(in(name, ".weight"), s.hidden);
    if (s.normBias) vector(in(name, ".bias"), s.hidden);
  }
  if (s.layerScale) vector("lambda_1", s.hidden), vector("lambda_2", s.hidden);
  if (s.gates > 0) vector("gates", s.gates);
}

void setVisionSpec(ModelBuilder& b, const TowerShape& s, std::int64_t image, std::int64_t patch, std::int64_t tokens) {
  VisionSpec v;
  v.hidden = s.hidden;
  v.intermediate = s.intermediate;
  v.layers = s.layers;
  v.heads = s.heads;
  v.imageSize = image;
  v.patchSize = patch;
  v.imageTokens = tokens;
  b.model.visionSpec = v;
}

}  // namespace headroom
