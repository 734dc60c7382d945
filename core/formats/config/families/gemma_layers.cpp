#include "core/formats/config/families/gemma_layers.h"

namespace headroom {

void addPerLayerEmbedding(ModelBuilder& b, const std::string& root, const PerLayerInput& input, const Dimensions& d) {
  if (input.width == 0) return;
  b.globals.tensor(root + "embed_tokens_per_layer.weight", TensorRole::per_layer_embedding, Group::embedding,
                   input.vocabulary, d.layers * input.width);
  b.globals.linear(root + "per_layer_model_projection", TensorRole::other, Group::other, d.layers * input.width,
                   d.hidden);
  b.globals.norm(root + "per_layer_projection_norm", input.width);
}

void addPerLayerInput(LayerBuilder& layer, const PerLayerInput& input, std::int64_t hidden) {
  if (input.width == 0) return;
  layer.tensors.linear("per_layer_input_gate", TensorRole::other, Group::other, input.width, hidden);
  layer.tensors.linear("per_layer_projection", TensorRole::other, Group::other, hidden, input.width);
  layer.tensors.norm("post_per_layer_input_norm", hidden);
}

}  // namespace headroom
