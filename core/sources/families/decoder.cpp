#include "core/sources/families/decoder.h"

namespace headroom {

AttentionSpec attentionSpec(const Config& config, const Dimensions& d, const LayerPattern& pattern, std::int64_t layer, double rotary) {
  AttentionSpec a;
  switch (pattern.at(layer)) {
    case Mixer::sliding: a.kind = AttentionKind::sliding; break;
    case Mixer::chunked: a.kind = AttentionKind::chunked; break;
    default: a.kind = AttentionKind::full;
  }
  if (a.kind == AttentionKind::sliding) a.window = pattern.window;
  if (a.kind == AttentionKind::chunked) a.window = config.size("attention_chunk_size", pattern.window);
  a.heads = d.heads;
  a.kvHeads = d.kvHeads;
  a.headDim = a.valueDim = d.headDim;
  a.rotaryDim = rotary > 0 ? rotaryDimOf(config, d.headDim, rotary) : 0;
  a.logitSoftCap = config.real("attn_logit_softcapping", 0);
  return a;
}

void addNorms(LayerBuilder& layer, const DecoderTraits& traits, std::int64_t hidden) {
  const Names& n = traits.names;
  layer.kind.norm = traits.norm;
  layer.kind.parallelBlock = traits.plan == NormPlan::parallel_one || traits.plan == NormPlan::parallel_two;
  layer.kind.normsPerLayer = traits.plan == NormPlan::sandwich ? 4 : traits.plan == NormPlan::parallel_one ? 1 : 2;
  if (traits.norm == NormKind::non_parametric) return;
  for (const std::string_view name : {n.norm1, n.norm2, n.norm3, n.norm4}) {
    const bool wanted = traits.plan == NormPlan::sandwich ? true
                        : traits.plan == NormPlan::parallel_one ? name == n.norm1
                        : traits.plan == NormPlan::post         ? name == n.norm2 || name == n.norm4
                                                                : name == n.norm1 || name == n.norm2;
    if (wanted) layer.tensors.norm(name, hidden, traits.normBias);
  }
}

void buildDecoder(ModelBuilder& b, const Config& config, const DecoderTraits& traits, std::optional<bool> tied) {
  Dimensions d = dimensionsOf(config);
  if (traits.adjust) traits.adjust(config, d);
  b.take(d);
  if (config.failed()) return;
  const Names& names = traits.names;
  const LayerPattern pattern = layerPattern(config, d.layers, traits.windows, traits.windowPeriod);
  if (config.failed()) return;

  b.embedding(names, d.vocabulary, d.hidden);
  if (traits.positions == Positions::learned) b.learnedPositions(names.positions, d.maxContext + traits.positionOffset, d.hidden);
  if (traits.embeddingNorm) b.globals.norm(names.embeddingNorm, d.hidden, traits.normBias);

  const bool rotary = traits.positions == Positions::rotary;
  const AttentionTraits attention{traits.qkvBias.in(config), traits.outputBias.in(config),
                                  traits.qkNormIf.in(config) ? traits.qkNorm : QkNorm::none, traits.qkNormBias};
  const bool mlpBias = traits.mlpBias.in(config), gelu = isGelu(config, traits.activation);
  const auto variant = [&](std::int64_t i) { return static_cast<std::int64_t>(pattern.at(i)); };
  b.layers(d.layers, names.layer, variant, [&](LayerBuilder& layer, std::int64_t i) {
    addNorms(layer, traits, d.hidden);
    AttentionSpec spec = attentionSpec(config, d, pattern, i, rotary ? traits.rotary : 0);
    spec.fusedQkv = traits.fusedQkv;
    addAttention(layer, names, d.hidden, spec, attention);
    if (traits.gated)
      addGatedMlp(layer, names, d.hidden, d.intermediate, mlpBias, traits.fusedGateUp, gelu);
    else
      addPlainMlp(layer, names, d.hidden, d.intermediate, mlpBias, gelu);
    if (traits.mlpScalars > 0)
      layer.tensors.tensor("mlp.act_fn", TensorRole::other, Group::mlp, traits.mlpScalars);
  });
  if (traits.finalNorm && traits.norm != NormKind::non_parametric) b.globals.norm(names.finalNorm, d.hidden, traits.normBias);
  b.head(names, d.vocabulary, d.hidden, tied.value_or(traits.tied.in(config)), traits.headBias.in(config));
}

}  // namespace headroom
