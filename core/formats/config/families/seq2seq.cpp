// Encoders and decoders with learned or sinusoidal positions: BART (https://arxiv.org/abs/1910.13461) and its kin, and
// Whisper (https://arxiv.org/abs/2212.04356), whose encoder reads sound (transformers v5: modeling_bart.py,
// modeling_mbart.py, modeling_marian.py, modeling_pegasus.py, modeling_m2m_100.py, modeling_blenderbot.py,
// modeling_whisper.py).
#include "core/formats/config/families/families.h"
#include "core/formats/config/families/family.h"

namespace headroom {
namespace {

struct Seq2Seq {
  std::string_view types;
  bool positions = true;            // stored; else computed (M2M-100)
  std::int64_t positionOffset = 0;  // rows beyond the longest input (BART: 2)
  bool embeddingNorm = false, finalNorm = true;
  bool logitsBias = false;  // a stored bias of zeros over the logits
  bool audio = false;       // Whisper's encoder
  double dropout = 0.1;     // of hidden states, where the file does not say
  double attentionDropout = 0;
};

constexpr Seq2Seq kTable[] = {
    {.types = "plbart",
     .positionOffset = 2,
     .embeddingNorm = true,
     .finalNorm = false,
     .logitsBias = true,
     .attentionDropout = 0.1},
    {.types = "bart", .positionOffset = 2, .embeddingNorm = true, .finalNorm = false, .logitsBias = true},
    {.types = "mbart", .positionOffset = 2, .embeddingNorm = true, .logitsBias = true},
    {.types = "blenderbot-small", .embeddingNorm = true, .finalNorm = false, .logitsBias = true},
    {.types = "blenderbot pegasus", .logitsBias = true},
    {.types = "marian", .finalNorm = false, .logitsBias = true},
    {.types = "m2m_100", .positions = false, .attentionDropout = 0.1},
    {.types = "whisper", .audio = true, .dropout = 0},
};

struct Stack {
  std::int64_t layers = 0, heads = 0, width = 0;
};

AttentionSpec specOf(const Stack& stack, std::int64_t hidden, AttentionKind kind) {
  AttentionSpec a;
  a.kind = kind;
  a.heads = a.kvHeads = stack.heads;
  a.headDim = a.valueDim = std::max<std::int64_t>(1, hidden / stack.heads);
  return a;
}

void addProjections(TensorList& t, const std::string& module, std::int64_t hidden, bool keyBias) {
  t.linear(module + ".q_proj", TensorRole::q_proj, Group::attention, hidden, hidden, true);
  t.linear(module + ".k_proj", TensorRole::k_proj, Group::attention, hidden, hidden, keyBias);
  t.linear(module + ".v_proj", TensorRole::v_proj, Group::attention, hidden, hidden, true);
  t.linear(module + ".out_proj", TensorRole::o_proj, Group::attention, hidden, hidden, true);
  t.norm(module + "_layer_norm", hidden, true);
}

void addStack(ModelBuilder& b, const Stack& stack, std::int64_t hidden, bool decoder, bool keyBias, bool gelu) {
  const Names names{.up = "fc1", .down = "fc2"};
  b.layers(
      stack.layers, decoder ? "model.decoder.layers.{}." : "model.encoder.layers.{}.", [](std::int64_t) { return 0; },
      [&](LayerBuilder& layer, std::int64_t) {
        layer.kind.encoder = !decoder;
        layer.kind.norm = NormKind::layer;
        layer.kind.normsPerLayer = decoder ? 3 : 2;
        layer.kind.attention = specOf(stack, hidden, decoder ? AttentionKind::full : AttentionKind::bidirectional);
        addProjections(layer.tensors, "self_attn", hidden, keyBias);
        if (decoder) {
          layer.kind.crossAttention = specOf(stack, hidden, AttentionKind::cross);
          addProjections(layer.tensors, "encoder_attn", hidden, keyBias);
        }
        addPlainMlp(layer, names, hidden, stack.width, true, gelu);
        layer.tensors.norm("final_layer_norm", hidden, true);
      });
}

}  // namespace

void buildSeq2Seq(ModelBuilder& b, const Config& config) {
  const Seq2Seq* row = kTable;
  for (const Seq2Seq& r : kTable)
    if (listed(r.types, b.model.family)) row = &r;
  const std::int64_t hidden = config.count("d_model hidden_size", {}, kMostWidth);
  const auto stackOf = [&](const std::string& side) {
    return Stack{config.count(side + "_layers num_hidden_layers", {}, kMostLayers),
                 config.count(side + "_attention_heads num_attention_heads", {}, kMostHeads),
                 config.count(side + "_ffn_dim", 4 * hidden, kMostWidth)};
  };
  const Stack encoder = stackOf("encoder"), decoder = stackOf("decoder");
  const std::int64_t vocabulary = config.count(keys::kVocabulary);
  const std::int64_t longest = config.size("max_target_positions max_position_embeddings", 1024, 1 << 24);
  const bool gelu = isGelu(config, "gelu"), tied = config.flag("tie_word_embeddings", true);
  const std::int64_t bins = row->audio ? config.count("num_mel_bins", 80, 1 << 16) : 1;
  const std::int64_t frames = row->audio ? config.count("max_source_positions", 1500, 1 << 24) : 1;
  if (config.failed()) return;
  for (const Stack& stack : {encoder, decoder})
    if (hidden % stack.heads != 0)
      return config.fail(ErrorCode::value, "d_model is not a multiple of the attention heads.", "d_model");
  b.model.hidden = hidden;
  b.model.vocabulary = vocabulary;
  b.model.maxContext = longest;
  b.model.encoderDecoder = true;
  b.model.hiddenDropout = b.model.embeddingDropout = config.real("dropout", row->dropout);
  b.model.attentionDropout = config.real("attention_dropout", row->attentionDropout);
  if (row->audio) b.model.encoderTokens = frames;

  const Names names{.embedding = row->audio ? "model.decoder.embed_tokens" : "model.shared",
                    .head = row->audio ? "proj_out" : "lm_head"};
  b.embedding(names, vocabulary, hidden);
  if (!tied && !row->audio && filledByClass(config))  // without the tie Transformers 5 gives each stack its own
    for (const char* side : {"model.encoder.embed_tokens.weight", "model.decoder.embed_tokens.weight"})
      b.globals.tensor(side, TensorRole::embedding_extra, Group::embedding, vocabulary, hidden);
  if (row->audio) {
    const auto convolution = [&](const std::string& name, std::int64_t in) {
      constexpr std::int64_t kKernel = 3;
      b.globals.tensor(name + ".weight", TensorRole::embedding_extra, Group::embedding, hidden, in * kKernel);
      b.globals.tensor(name + ".bias", TensorRole::embedding_extra, Group::embedding, hidden).bias = true;
    };
    convolution("model.encoder.conv1", bins);
    convolution("model.encoder.conv2", hidden);
  }
  if (row->positions) {
    b.learnedPositions("model.encoder.embed_positions", row->audio ? frames : longest + row->positionOffset, hidden);
    b.learnedPositions("model.decoder.embed_positions", longest + row->positionOffset, hidden);
  }
  for (const std::string side : {"model.encoder.", "model.decoder."}) {
    if (row->embeddingNorm) b.globals.norm(side + "layernorm_embedding", hidden, true);
    if (row->finalNorm) b.globals.norm(side + "layer_norm", hidden, true);
  }
  addStack(b, encoder, hidden, false, !row->audio, gelu);
  addStack(b, decoder, hidden, true, !row->audio, gelu);
  if (row->logitsBias) b.globals.buffer("final_logits_bias", TensorRole::other, Group::other, vocabulary);
  b.head(names, vocabulary, hidden, tied);
}

}  // namespace headroom
