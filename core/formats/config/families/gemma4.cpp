// Gemma 4: global layers with wider heads (and, in the larger models, keys that serve as values), last layers that
// reuse keys and values, experts beside a dense MLP (transformers modeling_gemma4.py).
#include "core/formats/config/families/decoder.h"
#include "core/formats/config/families/families.h"
#include "core/formats/config/families/gemma_layers.h"
#include "core/formats/config/families/vision.h"

namespace headroom {
namespace {

constexpr DecoderTraits kTraits{.types = "gemma4_text", .norm = NormKind::rms, .plan = NormPlan::sandwich};
constexpr ExpertNames kExpertNames{.router = "router.proj", .expert = "experts."};
constexpr ExpertTraits kExperts{.names = kExpertNames, .fusedGateUp = true};

struct Gemma4 {
  Dimensions d;
  LayerPattern pattern;
  std::int64_t shared = 0, globalDim = 0, globalKvHeads = 0;
  bool keyIsValue = false, doubleWide = false, experts = false, bias = false;
  PerLayerInput input;

  bool reuses(std::int64_t i) const { return i >= d.layers - shared; }
  bool global(std::int64_t i) const { return pattern.at(i) != Mixer::sliding; }
};

AttentionSpec specOf(const Config& config, const Gemma4& g, std::int64_t i) {
  AttentionSpec a = attentionSpec(config, g.d, g.pattern, i, 1.0);
  if (g.global(i)) {
    a.headDim = a.valueDim = a.rotaryDim = g.globalDim;
    a.keyIsValue = g.keyIsValue;
    if (g.keyIsValue) a.kvHeads = g.globalKvHeads;
  }
  a.ownsCache = !g.reuses(i);
  return a;
}

void addExpertBranch(LayerBuilder& layer, const Config& config, const Gemma4& g) {
  const ExpertsPlan plan = expertsOf(config, kExperts);
  const std::int64_t dense = layer.kind.mlp.intermediate;
  addExperts(layer, g.d.hidden, plan, kExperts, true);
  layer.kind.mlp.intermediate = dense;
  TensorList& t = layer.tensors;
  t.tensor("router.scale", TensorRole::router_bias, Group::experts, g.d.hidden);
  t.tensor("router.per_expert_scale", TensorRole::router_bias, Group::experts, plan.experts);
  for (const char* name :
       {"post_feedforward_layernorm_1", "pre_feedforward_layernorm_2", "post_feedforward_layernorm_2"})
    t.norm(name, g.d.hidden);
  layer.kind.normsPerLayer += 3;
}

}  // namespace

void buildGemma4(ModelBuilder& b, const Config& top) {
  const bool nested = top.isObject("text_config");
  const Config config = nested ? top.child("text_config", "gemma4_text") : top;
  Gemma4 g;
  g.d = dimensionsOf(config);
  b.take(g.d);
  b.model.windowRotary = true;
  g.pattern = layerPattern(config, g.d.layers, WindowRule::pattern, 6);
  g.shared = std::min(g.d.layers, config.size("num_kv_shared_layers", 0, kMostLayers));
  g.globalDim = config.count("global_head_dim", g.d.headDim, kMostWidth);
  g.globalKvHeads = config.count("num_global_key_value_heads", g.d.kvHeads, kMostHeads);
  // Files saved by transformers 5.24 say per layer what the global ones have of their own.
  const Config own = config.child("per_layer_config");
  if (const std::vector<std::string> layers = own.keys(); !layers.empty()) {
    const Config global = own.child(layers.front());
    g.globalDim = global.count("head_dim", g.globalDim, kMostWidth);
    g.globalKvHeads = global.count("num_key_value_heads", g.globalKvHeads, kMostHeads);
  }
  g.keyIsValue = config.flag("attention_k_eq_v", false);
  g.doubleWide = config.flag("use_double_wide_mlp", false);
  g.experts = config.flag("enable_moe_block", false);
  g.bias = config.flag("attention_bias", false);
  g.input = {config.size("hidden_size_per_layer_input", 0, kMostWidth),
             config.count("vocab_size_per_layer_input", g.d.vocabulary)};
  if (config.failed()) return;

  const std::string root = nested ? "model.language_model." : "model.";
  const std::string embedding = root + "embed_tokens", prefix = root + "layers.{}.";
  const Names names{.embedding = embedding, .layer = prefix};
  b.embedding(names, g.d.vocabulary, g.d.hidden);
  addPerLayerEmbedding(b, root, g.input, g.d);
  const auto variant = [&](std::int64_t i) { return static_cast<std::int64_t>(g.global(i)) * 2 + g.reuses(i); };
  b.layers(g.d.layers, prefix, variant, [&](LayerBuilder& layer, std::int64_t i) {
    addNorms(layer, kTraits, g.d.hidden);
    addAttention(layer, names, g.d.hidden, specOf(config, g, i), {g.bias, g.bias, QkNorm::per_head_dim, false});
    const std::int64_t width = g.d.intermediate * (g.doubleWide && g.reuses(i) ? 2 : 1);
    addGatedMlp(layer, names, g.d.hidden, width, false, false, true);
    if (g.experts) addExpertBranch(layer, config, g);
    addPerLayerInput(layer, g.input, g.d.hidden);
    layer.tensors.buffer("layer_scalar", TensorRole::other, Group::other, 1);
  });
  b.globals.norm(root + "norm", g.d.hidden);
  b.head(names, g.d.vocabulary, g.d.hidden, top.flag("tie_word_embeddings", config.flag("tie_word_embeddings", true)));
  if (nested && top.isObject("vision_config")) addGemma4Vision(b, top, g.d.hidden);
  if (nested && top.isObject("audio_config")) addGemma4Audio(b, top, g.d.hidden);
}

}  // namespace headroom
