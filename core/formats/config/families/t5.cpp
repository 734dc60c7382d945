// T5 and its kin: encoder and decoder with relative position tables (https://arxiv.org/abs/1910.10683).
#include "core/formats/config/families/families.h"

namespace headroom {
namespace {

struct T5Shape {
  std::int64_t hidden = 0, heads = 0, headDim = 0, width = 0;
  bool gated = false, gelu = false;
};

AttentionSpec attentionOf(const T5Shape& s, AttentionKind kind) {
  AttentionSpec a;
  a.kind = kind;
  a.heads = a.kvHeads = s.heads;
  a.headDim = a.valueDim = s.headDim;
  return a;
}

void addAttention(LayerBuilder& layer, const T5Shape& s, const std::string& module) {
  TensorList& t = layer.tensors;
  const std::int64_t inner = s.heads * s.headDim;
  t.linear(module + ".q", TensorRole::q_proj, Group::attention, inner, s.hidden);
  t.linear(module + ".k", TensorRole::k_proj, Group::attention, inner, s.hidden);
  t.linear(module + ".v", TensorRole::v_proj, Group::attention, inner, s.hidden);
  t.linear(module + ".o", TensorRole::o_proj, Group::attention, s.hidden, inner);
}

void addMlp(LayerBuilder& layer, const T5Shape& s, const std::string& module) {
  TensorList& t = layer.tensors;
  if (s.gated) {
    t.linear(module + ".wi_0", TensorRole::gate_proj, Group::mlp, s.width, s.hidden);
    t.linear(module + ".wi_1", TensorRole::up_proj, Group::mlp, s.width, s.hidden);
  } else {
    t.linear(module + ".wi", TensorRole::up_proj, Group::mlp, s.width, s.hidden);
  }
  t.linear(module + ".wo", TensorRole::down_proj, Group::mlp, s.hidden, s.width);
  layer.kind.mlp.kind = s.gated ? MlpKind::gated : MlpKind::plain;
  layer.kind.mlp.intermediate = s.width;
  layer.kind.mlp.gelu = s.gelu;
}

}  // namespace

void buildT5(ModelBuilder& b, const Config& config) {
  const std::string_view type = b.model.family;
  T5Shape s;
  s.hidden = config.count("d_model hidden_size", {}, kMostWidth);
  s.heads = config.count("num_heads num_attention_heads", {}, kMostHeads);
  s.headDim = config.count("d_kv", 64, kMostWidth);
  s.width = config.count("d_ff", {}, kMostWidth);
  const std::string activation =
      config.text("feed_forward_proj dense_act_fn", type == "t5" || type == "longt5" ? "relu" : "gated-gelu");
  s.gated = activation.starts_with("gated");
  if (!config.given("feed_forward_proj")) s.gated = config.flag("is_gated_act", s.gated);
  s.gelu = activation.find("gelu") != std::string::npos;
  const std::int64_t encoders = config.count("num_layers num_hidden_layers", {}, kMostLayers);
  const std::int64_t decoders = config.count("num_decoder_layers", encoders, kMostLayers);
  const std::int64_t vocabulary = config.count(keys::kVocabulary),
                     buckets = config.count("relative_attention_num_buckets", 32, 1 << 20);
  if (config.failed()) return;
  b.model.hidden = s.hidden;
  b.model.vocabulary = vocabulary;
  b.model.encoderDecoder = true;
  b.model.hiddenDropout = b.model.attentionDropout = b.model.embeddingDropout = config.real("dropout_rate", 0.1);

  const Names names{.embedding = "shared"};
  b.embedding(names, vocabulary, s.hidden);
  // UMT5 has a table in every layer, the others one in the first layer of each stack.
  const bool everyLayer = type == "umt5";
  const auto positions = [&](LayerBuilder& layer, std::int64_t i) {
    if (everyLayer || i == 0)
      layer.tensors.tensor("layer.0.SelfAttention.relative_attention_bias.weight", TensorRole::position_embedding,
                           Group::embedding, buckets, s.heads);
  };
  const auto variant = [&](std::int64_t i) { return static_cast<std::int64_t>(!everyLayer && i == 0); };
  b.layers(encoders, "encoder.block.{}.", variant, [&](LayerBuilder& layer, std::int64_t i) {
    layer.kind.encoder = true;
    layer.kind.attention = attentionOf(s, AttentionKind::bidirectional);
    addAttention(layer, s, "layer.0.SelfAttention");
    positions(layer, i);
    layer.tensors.norm("layer.0.layer_norm", s.hidden);
    addMlp(layer, s, "layer.1.DenseReluDense");
    layer.tensors.norm("layer.1.layer_norm", s.hidden);
  });
  b.layers(decoders, "decoder.block.{}.", variant, [&](LayerBuilder& layer, std::int64_t i) {
    layer.kind.normsPerLayer = 3;
    layer.kind.attention = attentionOf(s, AttentionKind::full);
    layer.kind.crossAttention = attentionOf(s, AttentionKind::cross);
    addAttention(layer, s, "layer.0.SelfAttention");
    positions(layer, i);
    layer.tensors.norm("layer.0.layer_norm", s.hidden);
    addAttention(layer, s, "layer.1.EncDecAttention");
    layer.tensors.norm("layer.1.layer_norm", s.hidden);
    addMlp(layer, s, "layer.2.DenseReluDense");
    layer.tensors.norm("layer.2.layer_norm", s.hidden);
  });
  b.globals.norm("encoder.final_layer_norm", s.hidden);
  b.globals.norm("decoder.final_layer_norm", s.hidden);
  // Transformers 5 ties whatever the file says (5.24 configuration_t5.py); T5 1.1's files hold a head of their own.
  b.head(names, vocabulary, s.hidden, filledByClass(config) || config.flag("tie_word_embeddings", true));
}

}  // namespace headroom
