// Encoders: BERT (https://arxiv.org/abs/1810.04805) with both pre-training heads, RoBERTa, DistilBERT and ModernBERT
// (https://arxiv.org/abs/2412.13663) with their masked-language head.
#include "core/sources/families/decoder.h"
#include "core/sources/families/families.h"
#include "core/sources/families/family.h"

namespace headroom {
namespace {

AttentionSpec encoderAttention(const Dimensions& d, std::int64_t rotary, bool fused) {
  AttentionSpec a;
  a.kind = AttentionKind::bidirectional;
  a.heads = a.kvHeads = d.heads;
  a.headDim = a.valueDim = d.headDim;
  a.rotaryDim = rotary;
  a.fusedQkv = fused;
  return a;
}

}  // namespace

void buildBert(ModelBuilder& b, const Config& config) {
  const bool distil = b.model.family == "distilbert", roberta = listed("roberta xlm-roberta camembert", b.model.family);
  const Dimensions d = [&] {
    Dimensions read = dimensionsOf(config);
    if (distil) read.intermediate = config.count("hidden_dim", 4 * read.hidden, kMostWidth);
    return read;
  }();
  b.take(d);
  if (config.failed()) return;
  b.model.encoderOnly = true;
  const std::string root = distil ? "distilbert." : roberta ? "roberta." : "bert.";
  const std::string words = root + "embeddings.word_embeddings", norm = root + "embeddings.LayerNorm";
  const std::string layer = root + (distil ? "transformer.layer.{}." : "encoder.layer.{}.");
  const Names names = distil ? Names{.embedding = words,
                                     .layer = layer,
                                     .norm1 = "sa_layer_norm",
                                     .norm2 = "output_layer_norm",
                                     .q = "attention.q_lin",
                                     .k = "attention.k_lin",
                                     .v = "attention.v_lin",
                                     .o = "attention.out_lin",
                                     .up = "ffn.lin1",
                                     .down = "ffn.lin2"}
                             : Names{.embedding = words,
                                     .layer = layer,
                                     .norm1 = "attention.output.LayerNorm",
                                     .norm2 = "output.LayerNorm",
                                     .q = "attention.self.query",
                                     .k = "attention.self.key",
                                     .v = "attention.self.value",
                                     .o = "attention.output.dense",
                                     .up = "intermediate.dense",
                                     .down = "output.dense"};
  b.embedding(names, d.vocabulary, d.hidden);
  b.learnedPositions(root + "embeddings.position_embeddings", d.maxContext, d.hidden);
  if (!distil)
    b.learnedPositions(root + "embeddings.token_type_embeddings", config.count("type_vocab_size", 2, 1 << 20),
                       d.hidden);
  b.globals.norm(norm, d.hidden, true);
  b.layers(
      d.layers, layer, [](std::int64_t) { return 0; },
      [&](LayerBuilder& l, std::int64_t) {
        l.kind.encoder = true;
        l.kind.norm = NormKind::layer;
        addAttention(l, names, d.hidden, encoderAttention(d, 0, false), {true, true, QkNorm::none, false});
        l.tensors.norm(names.norm1, d.hidden, true);
        addPlainMlp(l, names, d.hidden, d.intermediate, true, isGelu(config, "gelu"));
        l.tensors.norm(names.norm2, d.hidden, true);
      });
  TensorList& g = b.globals;
  if (!distil && !roberta) g.linear("bert.pooler.dense", TensorRole::other, Group::other, d.hidden, d.hidden, true);
  const std::string head = distil ? "vocab_transform" : roberta ? "lm_head.dense" : "cls.predictions.transform.dense";
  g.linear(head, TensorRole::other, Group::other, d.hidden, d.hidden, true);
  g.norm(distil    ? "vocab_layer_norm"
         : roberta ? "lm_head.layer_norm"
                   : "cls.predictions.transform.LayerNorm",
         d.hidden, true);
  const bool tied = config.flag("tie_word_embeddings", true);
  b.model.tiedHead = tied;
  if (!tied)
    g.tensor("cls.predictions.decoder.weight", TensorRole::head, Group::head, d.vocabulary, d.hidden).linear = true;
  g.tensor(distil    ? "vocab_projector.bias"
           : roberta ? "lm_head.bias"
                     : "cls.predictions.bias",
           TensorRole::other, Group::other, d.vocabulary)
      .bias = true;
  if (!distil && !roberta) g.linear("cls.seq_relationship", TensorRole::other, Group::other, 2, d.hidden, true);
}

void buildModernBert(ModelBuilder& b, const Config& config) {
  const Dimensions d = dimensionsOf(config);
  b.take(d);
  if (config.failed()) return;
  b.model.encoderOnly = true;
  const bool normBias = config.flag("norm_bias", false), attentionBias = config.flag("attention_bias", false),
             mlpBias = config.flag("mlp_bias", false);
  const std::int64_t every = config.count("global_attn_every_n_layers", 3, kMostLayers);
  const Names names{.embedding = "model.embeddings.tok_embeddings",
                    .norm1 = "attn_norm",
                    .norm2 = "mlp_norm",
                    .o = "attn.Wo",
                    .qkv = "attn.Wqkv",
                    .down = "mlp.Wo",
                    .gateUp = "mlp.Wi"};
  b.embedding(names, d.vocabulary, d.hidden);
  b.globals.norm("model.embeddings.norm", d.hidden, normBias);
  // The first layer has no norm before its attention; every third attends to everything.
  b.layers(
      d.layers, names.layer, [&](std::int64_t i) { return (i == 0 ? 2 : 0) + (i % every == 0 ? 1 : 0); },
      [&](LayerBuilder& l, std::int64_t i) {
        l.kind.encoder = true;
        l.kind.norm = NormKind::layer;
        if (i > 0) l.tensors.norm(names.norm1, d.hidden, normBias);
        l.kind.normsPerLayer = i > 0 ? 2 : 1;
        AttentionSpec a = encoderAttention(d, d.headDim, true);
        if (i % every != 0) a.window = config.size("local_attention", 128);
        addAttention(l, names, d.hidden, a, {attentionBias, attentionBias, QkNorm::none, false});
        l.tensors.norm(names.norm2, d.hidden, normBias);
        addGatedMlp(l, names, d.hidden, d.intermediate, mlpBias, true, true);
      });
  b.globals.norm("model.final_norm", d.hidden, normBias);
  b.globals.linear("head.dense", TensorRole::other, Group::other, d.hidden, d.hidden,
                   config.flag("classifier_bias", false));
  b.globals.tensor("head.norm.weight", TensorRole::norm, Group::norm, d.hidden);
  b.model.tiedHead = true;
  if (config.flag("decoder_bias", true))
    b.globals.tensor("decoder.bias", TensorRole::other, Group::other, d.vocabulary).bias = true;
}

}  // namespace headroom
