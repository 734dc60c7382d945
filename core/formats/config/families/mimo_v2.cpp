// MiMo-V2: full and sliding layers differ in heads and widths; sinks where the configuration says so
// (https://huggingface.co/XiaomiMiMo/MiMo-V2-Flash).
#include "core/formats/config/families/decoder.h"
#include "core/formats/config/families/families.h"
#include "core/formats/config/families/next_token.h"

namespace headroom {
namespace {

constexpr DecoderTraits kTraits{.types = "mimo_v2_flash"};
constexpr ExpertTraits kExperts{.sharedCount = "n_shared_experts", .routerBias = RouterBias::buffer};

AttentionSpec specOf(const Config& config, const Dimensions& d, bool sliding) {
  AttentionSpec a;
  a.kind = sliding ? AttentionKind::sliding : AttentionKind::full;
  if (sliding) a.window = config.size("sliding_window sliding_window_size", 128);
  a.heads = sliding ? config.count("swa_num_attention_heads", d.heads, kMostHeads) : d.heads;
  a.kvHeads = sliding ? config.count("swa_num_key_value_heads", d.kvHeads, kMostHeads) : d.kvHeads;
  a.headDim = sliding ? config.count("swa_head_dim", d.headDim, kMostWidth) : d.headDim;
  const std::int64_t value = config.count("v_head_dim", d.headDim, kMostWidth);
  a.valueDim = sliding ? config.count("swa_v_head_dim", value, kMostWidth) : value;
  a.rotaryDim = rotaryDimOf(config, a.headDim);
  a.sinks = config.flag(sliding ? "add_swa_attention_sink_bias" : "add_full_attention_sink_bias", sliding);
  return a;
}

}  // namespace

void buildMiMoV2(ModelBuilder& b, const Config& config) {
  const Dimensions d = dimensionsOf(config);
  const ExpertsPlan experts = expertsOf(config, kExperts);
  b.take(d);
  if (config.failed()) return;
  const std::vector<bool> sparse = sparseLayers(config, d.layers);
  const std::vector<std::int64_t> hybrid = config.integers("hybrid_layer_pattern");
  const LayerPattern pattern = layerPattern(config, d.layers, WindowRule::pattern, 6);
  const auto sliding = [&](std::int64_t i) {
    const auto at = static_cast<std::size_t>(i);
    return at < hybrid.size() ? hybrid[at] == 1 : pattern.at(i) == Mixer::sliding;
  };
  const bool bias = config.flag("attention_bias", false);
  const Names& names = kTraits.names;
  b.embedding(names, d.vocabulary, d.hidden);
  b.layers(
      d.layers, names.layer,
      [&](std::int64_t i) { return (sliding(i) ? 2 : 0) + (sparse[static_cast<std::size_t>(i)] ? 1 : 0); },
      [&](LayerBuilder& layer, std::int64_t i) {
        addNorms(layer, kTraits, d.hidden);
        const AttentionSpec spec = specOf(config, d, sliding(i));
        addAttention(layer, names, d.hidden, spec, {bias, false, QkNorm::none, false});
        if (spec.sinks)
          layer.tensors.tensor("self_attn.attention_sink_bias", TensorRole::attention_extra, Group::attention,
                               spec.heads);
        if (sparse[static_cast<std::size_t>(i)])
          addExperts(layer, d.hidden, experts, kExperts, false);
        else
          addGatedMlp(layer, names, d.hidden, d.intermediate, false, false, false);
      });
  b.model.nextTokenLayers = nextTokenLayers(config);
  b.globals.norm(names.finalNorm, d.hidden);
  b.head(names, d.vocabulary, d.hidden, config.flag("tie_word_embeddings", false));
}

}  // namespace headroom
