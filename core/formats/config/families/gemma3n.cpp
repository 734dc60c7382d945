// Gemma 3n: embeddings per layer, alternating updates (AltUp), low-rank residuals (LAuReL), and last layers that reuse
// the keys and values of earlier ones (https://ai.google.dev/gemma/docs/gemma-3n; transformers modeling_gemma3n.py).
#include "core/formats/config/families/decoder.h"
#include "core/formats/config/families/families.h"
#include "core/formats/config/families/gemma_layers.h"
#include "core/formats/config/families/vision.h"

namespace headroom {
namespace {

constexpr DecoderTraits kTraits{.types = "gemma3n_text", .norm = NormKind::rms, .plan = NormPlan::sandwich};

void addAltUp(LayerBuilder& layer, std::int64_t hidden, std::int64_t inputs, std::int64_t rank) {
  TensorList& t = layer.tensors;
  const auto extra = [&](std::string_view name, std::int64_t rows, std::int64_t columns) {
    t.tensor(name, TensorRole::other, Group::other, rows, columns);
  };
  extra("altup.correct_output_scale", hidden, 1);
  extra("altup.correction_coefs.weight", inputs, inputs);
  extra("altup.prediction_coefs.weight", inputs * inputs, inputs);
  extra("altup.modality_router.weight", inputs, hidden);
  t.norm("altup.router_norm", hidden);
  t.linear("laurel.linear_left", TensorRole::other, Group::other, rank, hidden);
  t.linear("laurel.linear_right", TensorRole::other, Group::other, hidden, rank);
  t.norm("laurel.post_laurel_norm", hidden);
}

void dropKeysAndValues(LayerKind& kind) {
  std::erase_if(kind.tensors, [](const Tensor& t) {
    return t.role == TensorRole::k_proj || t.role == TensorRole::v_proj || t.name.find("k_norm") != std::string::npos;
  });
}

}  // namespace

void buildGemma3n(ModelBuilder& b, const Config& top) {
  const bool nested = top.isObject("text_config");
  const Config config = nested ? top.child("text_config", "gemma3n_text") : top;
  const Dimensions d = dimensionsOf(config);
  b.take(d);
  b.model.windowRotary = true;
  const LayerPattern pattern = layerPattern(config, d.layers, WindowRule::pattern, 5);
  const std::int64_t shared = std::min(d.layers, config.size("num_kv_shared_layers", 15, kMostLayers));
  const std::int64_t inputs = config.count("altup_num_inputs", 4, 64),
                     rank = config.count("laurel_rank", 64, kMostWidth);
  const PerLayerInput input{config.size("hidden_size_per_layer_input", 256, kMostWidth),
                            config.count("vocab_size_per_layer_input", 262144)};
  const std::vector<std::int64_t> widths = config.integers("intermediate_size");
  if (config.failed()) return;
  const auto widthOf = [&](std::int64_t i) {
    return static_cast<std::size_t>(i) < widths.size() ? widths[static_cast<std::size_t>(i)] : d.intermediate;
  };

  const std::string root = nested ? "model.language_model." : "model.";
  const std::string embedding = root + "embed_tokens", prefix = root + "layers.{}.";
  const Names names{.embedding = embedding, .layer = prefix};
  const bool bias = config.flag("attention_bias", false);
  b.embedding(names, d.vocabulary, d.hidden);
  addPerLayerEmbedding(b, root, input, d);
  for (const char* name : {"altup_projections", "altup_unembed_projections"})
    b.globals.tensor(root + name + ".weight", TensorRole::other, Group::other, d.hidden, d.hidden, inputs - 1).linear =
        true;
  const auto variant = [&](std::int64_t i) {
    return widthOf(i) * 8 + static_cast<std::int64_t>(pattern.at(i)) * 2 + (i >= d.layers - shared);
  };
  b.layers(d.layers, prefix, variant, [&](LayerBuilder& layer, std::int64_t i) {
    addNorms(layer, kTraits, d.hidden);
    addAttention(layer, names, d.hidden, attentionSpec(config, d, pattern, i, 1.0),
                 {bias, bias, QkNorm::per_head_dim, false});
    // Published files still hold projections for the layers that reuse keys and values; Transformers 5 makes none.
    layer.kind.attention.ownsCache = i < d.layers - shared;
    if (!layer.kind.attention.ownsCache && filledByClass(top)) dropKeysAndValues(layer.kind);
    addGatedMlp(layer, names, d.hidden, widthOf(i), false, false, true);
    addAltUp(layer, d.hidden, inputs, rank);
    addPerLayerInput(layer, input, d.hidden);
  });
  b.globals.norm(root + "norm", d.hidden);
  b.head(names, d.vocabulary, d.hidden, config.flag("tie_word_embeddings", true));
  if (nested) addGemma3nTowers(b, top, d.hidden);
}

}  // namespace headroom
