#include "core/formats/config/families/decoder.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/formats/config/families/latent_attention.h"
#include "core/formats/config/families/next_token.h"

namespace headroom {

AttentionSpec attentionSpec(const Config& config, const Dimensions& d, const LayerPattern& pattern, std::int64_t layer,
                            double rotary) {
  AttentionSpec a;
  switch (pattern.at(layer)) {
    case Mixer::sliding:
      a.kind = AttentionKind::sliding;
      break;
    case Mixer::chunked:
      a.kind = AttentionKind::chunked;
      break;
    default:
      a.kind = AttentionKind::full;
  }
  if (a.kind == AttentionKind::sliding) a.window = pattern.window;
  // DynamicCache looks for layer_types and sliding_window; attention_types say nothing to it (cache_utils.py, 5.24).
  a.windowIsMask = a.kind == AttentionKind::sliding && config.given("attention_types");
  if (a.kind == AttentionKind::chunked) a.window = config.size("attention_chunk_size", pattern.window);
  a.heads = d.heads;
  a.kvHeads = d.kvHeads;
  a.headDim = a.valueDim = d.headDim;
  a.rotaryDim = rotary > 0 ? rotaryDimOf(config, d.headDim, rotary) : 0;
  // Gemma2Config's own default (transformers 4.57 configuration_gemma2.py).
  a.logitSoftCap = config.real("attn_logit_softcapping", config.text("model_type") == "gemma2" ? 50.0 : 0.0);
  return a;
}

void addNorms(LayerBuilder& layer, const DecoderTraits& traits, std::int64_t hidden) {
  const Names& n = traits.names;
  layer.kind.norm = traits.norm;
  layer.kind.parallelBlock = traits.plan == NormPlan::parallel_one || traits.plan == NormPlan::parallel_two;
  layer.kind.wideNorms = traits.wideNorms;
  layer.kind.postNorms = traits.plan == NormPlan::post;
  layer.kind.scalesBranches = traits.scalesBranches;
  layer.kind.normsPerLayer = traits.plan == NormPlan::sandwich ? 4 : traits.plan == NormPlan::parallel_one ? 1 : 2;
  if (traits.norm == NormKind::non_parametric) return;
  const bool sandwich = traits.plan == NormPlan::sandwich, post = traits.plan == NormPlan::post;
  const auto add = [&](std::string_view name, bool wanted) {
    if (wanted) layer.tensors.norm(name, hidden, traits.normBias);
  };
  add(n.norm1, !post);
  add(n.norm2, traits.plan != NormPlan::parallel_one);
  add(n.norm3, sandwich);
  add(n.norm4, sandwich || post);
}

namespace {

// Everything about a family's layers that is the same for all of them, read once.
struct DecoderPlan {
  const Config& config;
  const DecoderTraits& traits;
  Dimensions d;
  LayerPattern pattern;
  std::vector<bool> sparse;
  ExpertsPlan experts;
  AttentionTraits attention;
  bool latent = false, mlpBias = false, gelu = false, composedGelu = false, relu = false;
  std::vector<bool> indexers;          // whether the layer has one of its own
  std::vector<std::int64_t> heads;     // where layers differ in their heads (Laguna)
  std::vector<std::int64_t> headDims;  // and in their width
  std::vector<std::int64_t> kvHeads;   // where they differ in the heads they cache (DeciLM)
  std::vector<std::int64_t> widths;    // where layers differ in their MLP (pruned models)

  std::vector<std::int64_t> variants;  // of each layer: equal numbers are built alike

  std::string uncounted;  // a key that single layers state and nobody reads

  DecoderPlan(const Config& c, const DecoderTraits& t) : config(c), traits(t) {}

  bool isSparse(std::int64_t i) const { return !sparse.empty() && sparse[static_cast<std::size_t>(i)]; }
  KeyChoice keyChoice(std::int64_t i) const {
    if (!traits.indexer) return KeyChoice::all;
    const auto at = static_cast<std::size_t>(i);
    return at >= indexers.size() || indexers[at] ? KeyChoice::own : KeyChoice::shared;
  }
  // The dimensions of one layer.
  Dimensions at(std::int64_t i) const {
    Dimensions one = d;
    const auto n = static_cast<std::size_t>(i);
    if (n < heads.size() && heads[n] > 0 && heads[n] <= kMostHeads) one.heads = heads[n];
    if (n < headDims.size() && headDims[n] > 0 && headDims[n] <= kMostHeadDim) one.headDim = headDims[n];
    if (n < kvHeads.size() && kvHeads[n] > 0 && one.heads % kvHeads[n] == 0) one.kvHeads = kvHeads[n];
    if (n < widths.size() && widths[n] > 0 && widths[n] <= kMostWidth) one.intermediate = widths[n];
    return one;
  }
};

void numberVariants(DecoderPlan& p) {
  std::vector<std::pair<Dimensions, std::int64_t>> met;
  for (std::int64_t i = 0; i < p.d.layers; ++i) {
    const std::pair layer(p.at(i), static_cast<std::int64_t>(p.pattern.at(i)) * 4 + (p.isSparse(i) ? 2 : 0) +
                                       (p.keyChoice(i) == KeyChoice::own ? 1 : 0));
    const auto known = std::ranges::find(met, layer);
    p.variants.push_back(known - met.begin());
    if (known == met.end()) met.push_back(layer);
  }
}

// What a section says of layer i alone. `sizes` becomes a list with an entry per layer.
void setSize(std::vector<std::int64_t>& sizes, std::int64_t layers, std::int64_t i, std::int64_t value) {
  if (value <= 0) return;
  if (static_cast<std::int64_t>(sizes.size()) < layers) sizes.resize(static_cast<std::size_t>(layers), 0);
  sizes[static_cast<std::size_t>(i)] = value;
}

// Sizes of single layers: `per_layer_config` of files that Transformers 5 saves (integrations/heterogeneity, 5.24), and
// `attention_other_setting` of Step-3.5's windows (configuration_step3p7.py, 5.24).
void takeOwnSizes(DecoderPlan& p) {
  const std::int64_t layers = p.d.layers;
  const auto take = [&](const Config& own, std::int64_t i) {
    setSize(p.heads, layers, i, own.size(keys::kHeads, 0, kMostHeads));
    setSize(p.kvHeads, layers, i, own.size(keys::kKvHeads, 0, kMostHeads));
    setSize(p.headDims, layers, i, own.size(keys::kHeadDim, 0, kMostHeadDim));
    setSize(p.widths, layers, i, own.size(keys::kIntermediate, 0, kMostWidth));
  };
  if (p.config.isObject("attention_other_setting")) {
    const Config other = p.config.child("attention_other_setting");
    for (std::int64_t i = 0; i < layers; ++i)
      if (p.pattern.at(i) == Mixer::sliding) take(other, i);
  }
  constexpr std::string_view kElsewhere = " sliding_window attention_chunk_size rope_theta rope_parameters ";
  const std::string known =
      fmt::format(" {} {} {} {}{}", keys::kHeads, keys::kKvHeads, keys::kHeadDim, keys::kIntermediate, kElsewhere);
  const Config perLayer = p.config.child("per_layer_config");
  for (const std::string& key : perLayer.keys()) {
    std::int64_t i = -1;
    const auto end = std::from_chars(key.data(), key.data() + key.size(), i).ptr;
    if (end != key.data() + key.size() || i < 0 || i >= layers || !perLayer.isObject(key)) {
      p.config.note(fmt::format("per_layer_config names a layer \"{}\" that the model does not have.", key));
      continue;
    }
    const Config own = perLayer.child(key);
    take(own, i);
    for (const std::string& name : own.keys())
      if ((p.latent || known.find(" " + name + " ") == std::string::npos) && p.uncounted.empty()) p.uncounted = name;
  }
}

DecoderPlan planOf(const Config& config, const DecoderTraits& traits) {
  DecoderPlan p(config, traits);
  p.latent = traits.latent && config.has("kv_lora_rank") && config.flag("use_mla", true);
  // Latent attention states its own widths; a head_dim beside them means something else.
  p.d = dimensionsOf(config, p.latent ? HeadRule::stated : HeadRule::divided);
  if (traits.adjust) traits.adjust(config, p.d);
  if (config.failed()) return p;
  p.pattern = layerPattern(config, p.d.layers, traits.windows, traits.windowPeriod);
  if (traits.linear == nullptr)
    for (Mixer& m : p.pattern.mixers)
      if (m == Mixer::linear) m = Mixer::full;
  if (traits.experts) {
    p.experts = expertsOf(config, *traits.experts);
    p.sparse = sparseLayers(config, p.d.layers);
    if (p.experts.experts == 0 && p.experts.sharedWidth == 0) p.sparse.clear();
  }
  p.attention = {traits.qkvBias.in(config), traits.outputBias.in(config),
                 traits.qkNormIf.in(config) ? traits.qkNorm : QkNorm::none, traits.qkNormBias};
  p.mlpBias = traits.mlpBias.in(config);
  p.gelu = isGelu(config, traits.activation);
  p.composedGelu = isComposedGelu(config, traits.activation);
  p.relu = isRelu(config, traits.activation);
  if (traits.indexer) p.indexers = ownIndexers(config, p.d.layers);
  p.heads = config.integers("num_attention_heads_per_layer");
  p.kvHeads = config.integers("num_key_value_heads_per_layer");
  if (p.kvHeads.empty()) p.kvHeads = config.integers(keys::kKvHeads);
  p.widths = config.integers(keys::kIntermediate);
  if (config.failed()) return p;
  takeOwnSizes(p);
  if (!p.widths.empty() && static_cast<std::int64_t>(p.widths.size()) != p.d.layers)
    config.note(
        fmt::format("intermediate_size lists {} widths for {} layers; the others are taken as wide as the "
                    "first.",
                    p.widths.size(), p.d.layers));
  numberVariants(p);
  return p;
}

void addMixer(LayerBuilder& layer, const DecoderPlan& p, std::int64_t i) {
  const DecoderTraits& traits = p.traits;
  if (p.pattern.at(i) == Mixer::linear) {
    traits.linear(layer, p.config, p.d);
    return;
  }
  if (traits.beside) traits.beside(layer, p.config, p.d);
  if (p.latent) {
    addLatentAttention(layer, p.d.hidden, latentSpec(p.config, p.d, p.keyChoice(i)), p.attention.qkvBias);
    return;
  }
  AttentionSpec spec =
      attentionSpec(p.config, p.at(i), p.pattern, i, traits.positions == Positions::rotary ? traits.rotary : 0);
  spec.fusedQkv = traits.fusedQkv;
  spec.sinks = traits.sinks;
  spec.narrowSoftmax = traits.narrowSoftmax;
  spec.wideRotary = traits.wideRotary;
  spec.outputGate = traits.outputGate && p.config.flag("attn_output_gate", true);
  addAttention(layer, traits.names, p.d.hidden, spec, p.attention);
  if (traits.sinks) layer.tensors.tensor("self_attn.sinks", TensorRole::attention_extra, Group::attention, p.d.heads);
}

void addMlp(LayerBuilder& layer, const DecoderPlan& p, std::int64_t i) {
  const DecoderTraits& traits = p.traits;
  if (p.isSparse(i))
    addExperts(layer, p.d.hidden, p.experts, *traits.experts, p.gelu);
  else if (traits.gated)
    addGatedMlp(layer, traits.names, p.d.hidden, p.at(i).intermediate, p.mlpBias, traits.fusedGateUp, p.gelu);
  else
    addPlainMlp(layer, traits.names, p.d.hidden, p.at(i).intermediate, p.mlpBias, p.gelu);
  layer.kind.mlp.composedGelu = p.composedGelu;
  layer.kind.mlp.relu = p.relu;
  layer.kind.mlp.squaredRelu = p.relu && p.config.text(keys::kActivation, traits.activation) == "relu2";
  layer.kind.mlp.learntShape = traits.mlpScalars > 0;
  if (traits.mlpScalars > 0) layer.tensors.tensor("mlp.act_fn", TensorRole::other, Group::mlp, traits.mlpScalars);
}

}  // namespace

void buildDecoder(ModelBuilder& b, const Config& config, const DecoderTraits& family, std::optional<bool> tied) {
  DecoderTraits traits = family;
  if (!traits.parallelKey.empty() && config.flag(traits.parallelKey, false)) traits.plan = NormPlan::parallel_one;
  const DecoderPlan p = planOf(config, traits);
  const Dimensions& d = p.d;
  b.take(d);
  if (!p.uncounted.empty())
    b.model.doubts.push_back(
        fmt::format("per_layer_config gives single layers a {} of their own, which is not counted.", p.uncounted));
  b.model.narrowLogits = traits.narrowLogits;
  b.model.windowRotary = traits.windowRotary;
  b.model.vocabularyAdapters = traits.vocabularyAdapters;
  b.model.recomputesNothing = traits.recomputesNothing;
  b.model.ownLoss = traits.ownLoss;
  b.model.scalesEmbedding = traits.scalesEmbedding;
  b.model.scalesLogits = traits.scalesLogits;
  b.model.alibi = traits.positions == Positions::alibi;
  // Gemma2Config's own default (transformers 4.57 configuration_gemma2.py).
  b.model.logitSoftCap = config.real("final_logit_softcapping", config.text("model_type") == "gemma2" ? 30.0 : 0.0);
  b.model.hiddenDropout = config.real(
      "resid_pdrop hidden_dropout residual_dropout resid_dropout hidden_dropout_prob dropout", traits.hiddenDropout);
  b.model.attentionDropout =
      config.real("attn_pdrop attention_dropout attention_probs_dropout_prob", traits.attentionDropout);
  b.model.embeddingDropout = traits.embeddingDropsAlike
                                 ? b.model.hiddenDropout
                                 : config.real("embd_pdrop embedding_dropout embed_dropout", traits.embeddingDropout);
  if (config.failed()) return;
  const Names& names = traits.names;
  b.embedding(names, d.vocabulary, d.hidden);
  if (traits.positions == Positions::learned)
    b.learnedPositions(names.positions, d.maxContext + traits.positionOffset, d.hidden);
  if (traits.embeddingNorm) b.globals.norm(names.embeddingNorm, d.hidden, traits.normBias);

  b.layers(
      d.layers, names.layer, [&](std::int64_t i) { return p.variants[static_cast<std::size_t>(i)]; },
      [&](LayerBuilder& layer, std::int64_t i) {
        addNorms(layer, traits, d.hidden);
        addMixer(layer, p, i);
        addMlp(layer, p, i);
        if (traits.finishLayer) traits.finishLayer(layer, config, d, i);
      });
  if (traits.finalNorm && traits.norm != NormKind::non_parametric)
    b.globals.norm(names.finalNorm, d.hidden, traits.normBias);
  b.head(names, d.vocabulary, d.hidden, tied.value_or(traits.tied.in(config)), traits.headBias.in(config));
  b.model.nextTokenLayers = nextTokenLayers(config, traits.usualNextToken);
  if (traits.nextToken != NextToken::none) addNextToken(b, config, traits.nextToken == NextToken::own);
}

}  // namespace headroom
