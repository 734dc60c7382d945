// Encoders: BERT (https://arxiv.org/abs/1810.04805) and its kin with the heads their class names, and ModernBERT
// (https://arxiv.org/abs/2412.13663) (transformers v5: modeling_bert.py, modeling_electra.py, modeling_albert.py, …).
#include "core/formats/config/families/decoder.h"
#include "core/formats/config/families/families.h"
#include "core/formats/config/families/family.h"

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

// What a checkpoint holds beside the encoder, by the class its configuration names.
enum class EncoderHead : std::uint8_t { pretraining, masked, discriminator, bare, labels, labelsPooled };

struct Encoder {
  std::string_view types, root;
  Names names;
  EncoderHead usual = EncoderHead::masked;  // where the file names no class
  bool tokenTypes = true, pooler = true;    // the bare class pools
  bool gated = false, biases = true, positions = true;
  bool narrow = false;    // embedding_size may differ from hidden_size
  bool repeated = false;  // layers share their weights (ALBERT)
  double dropout = 0.1;   // of hidden states and scores, where the file does not say
  std::string_view maskedDense = "cls.predictions.transform.dense", maskedNorm = "cls.predictions.transform.LayerNorm",
                   maskedBias = "cls.predictions.bias";
};

constexpr Names kBertNames{.layer = "encoder.layer.{}.",
                           .norm1 = "attention.output.LayerNorm",
                           .norm2 = "output.LayerNorm",
                           .q = "attention.self.query",
                           .k = "attention.self.key",
                           .v = "attention.self.value",
                           .o = "attention.output.dense",
                           .up = "intermediate.dense",
                           .down = "output.dense"};
constexpr Names kDistilNames{.layer = "transformer.layer.{}.",
                             .norm1 = "sa_layer_norm",
                             .norm2 = "output_layer_norm",
                             .q = "attention.q_lin",
                             .k = "attention.k_lin",
                             .v = "attention.v_lin",
                             .o = "attention.out_lin",
                             .up = "ffn.lin1",
                             .down = "ffn.lin2"};
constexpr Names kMpNetNames{.layer = "encoder.layer.{}.",
                            .norm1 = "attention.LayerNorm",
                            .norm2 = "output.LayerNorm",
                            .q = "attention.attn.q",
                            .k = "attention.attn.k",
                            .v = "attention.attn.v",
                            .o = "attention.attn.o",
                            .up = "intermediate.dense",
                            .down = "output.dense"};
constexpr Names kAlbertNames{.layer = "encoder.albert_layer_groups.{}.albert_layers.0.",
                             .norm1 = "attention.LayerNorm",
                             .norm2 = "full_layer_layer_norm",
                             .q = "attention.query",
                             .k = "attention.key",
                             .v = "attention.value",
                             .o = "attention.dense",
                             .up = "ffn",
                             .down = "ffn_output"};
constexpr Names kNomicNames{.layer = "layers.{}.", .norm1 = "post_attention_layernorm", .norm2 = "post_mlp_layernorm"};
constexpr Names kDebertaNames{.layer = "encoder.layer.{}.",
                              .norm1 = "attention.output.LayerNorm",
                              .norm2 = "output.LayerNorm",
                              .q = "attention.self.query_proj",
                              .k = "attention.self.key_proj",
                              .v = "attention.self.value_proj",
                              .o = "attention.output.dense",
                              .up = "intermediate.dense",
                              .down = "output.dense"};

constexpr Encoder kEncoders[] = {
    {.types = "bert", .root = "bert.", .names = kBertNames, .usual = EncoderHead::pretraining},
    {.types = "roberta xlm-roberta camembert",
     .root = "roberta.",
     .names = kBertNames,
     .maskedDense = "lm_head.dense",
     .maskedNorm = "lm_head.layer_norm",
     .maskedBias = "lm_head.bias"},
    {.types = "distilbert",
     .root = "distilbert.",
     .names = kDistilNames,
     .tokenTypes = false,
     .pooler = false,
     .maskedDense = "vocab_transform",
     .maskedNorm = "vocab_layer_norm",
     .maskedBias = "vocab_projector.bias"},
    {.types = "electra",
     .root = "electra.",
     .names = kBertNames,
     .usual = EncoderHead::discriminator,
     .pooler = false,
     .narrow = true,
     .maskedDense = "generator_predictions.dense",
     .maskedNorm = "generator_predictions.LayerNorm",
     .maskedBias = "generator_lm_head.bias"},
    {.types = "mpnet",
     .root = "mpnet.",
     .names = kMpNetNames,
     .tokenTypes = false,
     .maskedDense = "lm_head.dense",
     .maskedNorm = "lm_head.layer_norm",
     .maskedBias = "lm_head.bias"},
    {.types = "albert",
     .root = "albert.",
     .names = kAlbertNames,
     .usual = EncoderHead::pretraining,
     .narrow = true,
     .repeated = true,
     .dropout = 0,
     .maskedDense = "predictions.dense",
     .maskedNorm = "predictions.LayerNorm",
     .maskedBias = "predictions.bias"},
    {.types = "nomic_bert",
     .root = "",
     .names = kNomicNames,
     .usual = EncoderHead::bare,
     .pooler = false,
     .gated = true,
     .biases = false,
     .positions = false,
     .dropout = 0},
    {.types = "deberta-v2", .root = "deberta.", .names = kDebertaNames, .pooler = false},
};

EncoderHead headOf(const Config& config, const Encoder& e) {
  const std::vector<std::string> classes = config.texts("architectures");
  if (classes.empty()) return e.usual;
  const std::string& name = classes.front();
  if (name.ends_with("ForSequenceClassification")) return EncoderHead::labelsPooled;
  if (name.ends_with("ForTokenClassification") || name.ends_with("ForQuestionAnswering")) return EncoderHead::labels;
  if (name.ends_with("Model") && !name.ends_with("LMHeadModel")) return EncoderHead::bare;
  // Files that say ForMaskedLM were mostly saved from the class with both pre-training heads (bert-base-uncased).
  if (name.ends_with("ForMaskedLM") && e.usual != EncoderHead::pretraining) return EncoderHead::masked;
  return e.usual;
}

// How many labels a classifier tells apart; two where the file does not say.
std::int64_t labelsOf(const Config& config) {
  const std::size_t named = config.isObject("id2label") ? config.child("id2label").keys().size() : 0;
  return named > 0 ? static_cast<std::int64_t>(named) : config.count("num_labels", 2, 1 << 20);
}

void addEncoderHead(ModelBuilder& b, const Config& config, const Encoder& e, const Dimensions& d, std::int64_t width) {
  const EncoderHead head = headOf(config, e);
  TensorList& g = b.globals;
  const std::string root(e.root);
  const auto dense = [&](const std::string& name, std::int64_t out, std::int64_t in) {
    g.linear(name, TensorRole::other, Group::other, out, in, true);
  };
  const bool roberta = e.root == "roberta.";
  const bool pooled =
      head == EncoderHead::pretraining || head == EncoderHead::bare || (head == EncoderHead::labelsPooled && !roberta);
  if (e.pooler && pooled) dense(root + (e.repeated ? "pooler" : "pooler.dense"), d.hidden, d.hidden);
  if (head == EncoderHead::labels || head == EncoderHead::labelsPooled) {
    if (head == EncoderHead::labelsPooled) {
      if (roberta || b.model.family == "electra") dense("classifier.dense", d.hidden, d.hidden);
      if (b.model.family == "distilbert") dense("pre_classifier", d.hidden, d.hidden);
      if (b.model.family == "deberta-v2") dense("pooler.dense", d.hidden, d.hidden);
    }
    dense("classifier", labelsOf(config), d.hidden);
  }
  if (head == EncoderHead::discriminator) {
    dense("discriminator_predictions.dense", d.hidden, d.hidden);
    dense("discriminator_predictions.dense_prediction", 1, d.hidden);
  }
  b.model.tiedHead = config.flag("tie_word_embeddings", true);
  if (head != EncoderHead::pretraining && head != EncoderHead::masked) return;
  dense(std::string(e.maskedDense), width, d.hidden);
  g.norm(e.maskedNorm, width, true);
  if (!b.model.tiedHead) {
    g.tensor("cls.predictions.decoder.weight", TensorRole::head, Group::head, d.vocabulary, width).linear = true;
    g.tensor("cls.predictions.decoder.bias", TensorRole::other, Group::other, d.vocabulary).bias = true;
  }
  g.tensor(e.maskedBias, TensorRole::other, Group::other, d.vocabulary).bias = true;
  if (head == EncoderHead::pretraining)
    dense(e.repeated ? "sop_classifier.classifier" : "cls.seq_relationship", 2, d.hidden);
}

// Positions beside the ones a token's embedding carries: MPNet's buckets, DeBERTa's distances (and its convolution).
void addRelativePositions(ModelBuilder& b, const Config& config, const Dimensions& d) {
  TensorList& g = b.globals;
  if (b.model.family == "mpnet")
    g.tensor("mpnet.encoder.relative_attention_bias.weight", TensorRole::position_embedding, Group::embedding,
             config.count("relative_attention_num_buckets", 32, 1 << 20), d.heads);
  if (b.model.family != "deberta-v2") return;
  if (config.flag("relative_attention", false)) {
    const double reach = config.real("max_relative_positions", -1), buckets = config.real("position_buckets", -1);
    const std::int64_t longest = reach >= 1 ? config.count("max_relative_positions", {}, 1 << 20) : d.maxContext;
    const std::int64_t rows = 2 * (buckets >= 1 ? config.count("position_buckets", {}, 1 << 20) : longest);
    g.tensor("deberta.encoder.rel_embeddings.weight", TensorRole::position_embedding, Group::embedding, rows, d.hidden);
    if (config.text("norm_rel_ebd").find("layer_norm") != std::string::npos)
      g.norm("deberta.encoder.LayerNorm", d.hidden, true);
    if (!config.flag("share_att_key", false))
      config.note("DeBERTa's position projections are not shared in this file; they are not counted.");
  }
  if (const std::int64_t kernel = config.size("conv_kernel_size", 0, 1024); kernel > 0) {
    g.tensor("deberta.encoder.conv.conv.weight", TensorRole::other, Group::other, d.hidden, d.hidden * kernel);
    g.tensor("deberta.encoder.conv.conv.bias", TensorRole::other, Group::other, d.hidden).bias = true;
    g.norm("deberta.encoder.conv.LayerNorm", d.hidden, true);
  }
}

}  // namespace

void buildBert(ModelBuilder& b, const Config& config) {
  const Encoder* row = kEncoders;
  for (const Encoder& r : kEncoders)
    if (listed(r.types, b.model.family)) row = &r;
  const Encoder& e = *row;
  Dimensions d = dimensionsOf(config);
  if (b.model.family == "distilbert") d.intermediate = config.count("hidden_dim", 4 * d.hidden, kMostWidth);
  b.take(d);
  if (config.failed()) return;
  b.model.encoderOnly = true;
  b.model.hiddenDropout = b.model.embeddingDropout = config.real("hidden_dropout_prob resid_pdrop dropout", e.dropout);
  b.model.attentionDropout = config.real("attention_probs_dropout_prob attn_pdrop attention_dropout", e.dropout);
  if (config.given("num_experts moe_every_n_layers"))
    config.note("The experts of this encoder are not known; its layers are counted as dense ones.");
  const std::string root(e.root), words = root + "embeddings.word_embeddings",
                                  prefix = root + std::string(e.names.layer);
  const std::int64_t width = e.narrow ? config.count("embedding_size", d.hidden, kMostWidth) : d.hidden;
  const std::int64_t kinds = e.tokenTypes ? config.size("type_vocab_size", 2, 1 << 20) : 0;
  Names names = e.names;
  names.embedding = words;
  b.embedding(names, d.vocabulary, width);
  if (e.positions && config.flag("position_biased_input", true))
    b.learnedPositions(root + "embeddings.position_embeddings", d.maxContext, width);
  if (kinds > 0) b.learnedPositions(root + "embeddings.token_type_embeddings", kinds, width);
  b.globals.norm(root + "embeddings.LayerNorm", width, true);
  if (width != d.hidden || e.repeated)
    b.globals.linear(root + (e.repeated ? "encoder.embedding_hidden_mapping_in" : "embeddings_project"),
                     TensorRole::embedding_extra, Group::embedding, d.hidden, width, true);
  addRelativePositions(b, config, d);
  // Layers that share their weights: the first of each group holds them.
  const std::int64_t groups = e.repeated ? config.count("num_hidden_groups", 1, kMostLayers) : d.layers;
  const std::int64_t inGroup = std::max<std::int64_t>(1, d.layers / std::max<std::int64_t>(1, groups));
  b.layers(
      d.layers, prefix, [&](std::int64_t i) { return static_cast<std::int64_t>(e.repeated && i % inGroup != 0); },
      [&](LayerBuilder& l, std::int64_t i) {
        l.kind.encoder = true;
        l.kind.norm = NormKind::layer;
        addAttention(l, names, d.hidden, encoderAttention(d, e.positions ? 0 : d.headDim, false),
                     {e.biases, e.biases, QkNorm::none, false});
        l.tensors.norm(names.norm1, d.hidden, true);
        if (e.gated)
          addGatedMlp(l, names, d.hidden, d.intermediate, e.biases, false, false);
        else
          addPlainMlp(l, names, d.hidden, d.intermediate, e.biases, isGelu(config, "gelu"));
        l.tensors.norm(names.norm2, d.hidden, true);
        if (e.repeated && i % inGroup != 0) l.kind.tensors.clear();
      });
  addEncoderHead(b, config, e, d, width);
}

void buildModernBert(ModelBuilder& b, const Config& config) {
  const Dimensions d = dimensionsOf(config);
  b.take(d);
  if (config.failed()) return;
  b.model.encoderOnly = true;
  b.model.hiddenDropout = config.real("mlp_dropout", 0);
  b.model.attentionDropout = config.real("attention_dropout", 0);
  b.model.embeddingDropout = config.real("embedding_dropout", 0);
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
  b.globals.norm("head.norm", d.hidden, normBias);
  b.model.tiedHead = config.flag("tie_word_embeddings", true);
  if (!b.model.tiedHead) b.globals.linear("decoder", TensorRole::head, Group::head, d.vocabulary, d.hidden);
  if (config.flag("decoder_bias", true))
    b.globals.tensor("decoder.bias", TensorRole::other, Group::other, d.vocabulary).bias = true;
}

}  // namespace headroom
