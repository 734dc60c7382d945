// Pure state-space models: Mamba, Falcon-Mamba and Mamba-2.
#include "core/formats/config/families/families.h"
#include "core/formats/config/families/family.h"
#include "core/formats/config/families/linear_mixers.h"
#include "core/formats/config/families/state_mixers.h"

namespace headroom {
namespace {

constexpr Names kBackbone{
    .embedding = "backbone.embeddings", .finalNorm = "backbone.norm_f", .layer = "backbone.layers.{}."};

// What every pure state-space model has; `mix` adds one layer's mixer.
template <typename Mix>
void build(ModelBuilder& b, const Config& config, Mix mix) {
  Dimensions d;
  d.hidden = config.count(keys::kHidden, {}, kMostWidth);
  d.layers = config.count(keys::kLayers, {}, kMostLayers);
  d.vocabulary = config.count(keys::kVocabulary);
  b.take(d);
  if (config.failed()) return;
  // The original configurations state the vocabulary before it is padded (state-spaces/mamba, mixer_seq_simple.py).
  if (const std::int64_t multiple = config.size("pad_vocab_size_multiple", 1, 1 << 20); multiple > 1)
    d.vocabulary = (d.vocabulary + multiple - 1) / multiple * multiple;
  b.model.vocabulary = d.vocabulary;
  b.embedding(kBackbone, d.vocabulary, d.hidden);
  b.layers(
      d.layers, kBackbone.layer, [](std::int64_t) { return 0; },
      [&](LayerBuilder& layer, std::int64_t) {
        layer.tensors.norm("norm", d.hidden);
        layer.kind.normsPerLayer = 1;
        layer.kind.wideResidual = config.flag("residual_in_fp32", true);
        mix(layer, d);
      });
  b.globals.norm(kBackbone.finalNorm, d.hidden);
  b.head(kBackbone, d.vocabulary, d.hidden, config.flag("tie_word_embeddings tie_embeddings", true));
}

}  // namespace

void buildMamba(ModelBuilder& b, const Config& config) {
  build(b, config, [&](LayerBuilder& layer, const Dimensions& d) {
    Mamba1 m;
    // Falcon-Mamba states an expansion of 16 beside the inner width that counts.
    m.inner = config.given("intermediate_size") ? config.count("intermediate_size", {}, kMostWidth)
                                                : d.hidden * config.count("expand", 2, 64);
    m.state = config.count("state_size d_state", 16, kMostHeadDim);
    m.kernel = config.count("conv_kernel d_conv", 4, 1024);
    m.rank = config.isNumber("time_step_rank dt_rank") ? config.count("time_step_rank dt_rank", {}, kMostWidth)
                                                       : (d.hidden + 15) / 16;
    m.convBias = config.flag("use_conv_bias conv_bias", true);
    m.projectionBias = config.flag("use_bias bias", false);
    addMamba1(layer, "mixer", d.hidden, m);
    layer.kind.state.innerNorms = listed("falcon_mamba", b.model.family);  // without weights of their own
    layer.kind.state.statedBytes = statedStateBytes(config);
  });
}

void buildMamba2(ModelBuilder& b, const Config& config) {
  build(b, config, [&](LayerBuilder& layer, const Dimensions& d) {
    Mamba2 m;
    m.inner = d.hidden * config.count("expand", 2, 64);
    m.headDim = config.count("head_dim headdim", 64, kMostHeadDim);
    m.heads = config.count("num_heads", std::max<std::int64_t>(1, m.inner / m.headDim), kMostHeads);
    m.groups = config.count("n_groups ngroups", 1, kMostHeads);
    m.state = config.count("state_size d_state", 128, kMostHeadDim);
    m.kernel = config.count("conv_kernel d_conv", 4, 1024);
    m.convBias = config.flag("use_conv_bias conv_bias", true);
    m.projectionBias = config.flag("use_bias bias", false);
    addMamba2(layer, "mixer", d.hidden, m);
    layer.kind.state.chunk = config.count("chunk_size", 256, kMostWidth);
    layer.kind.state.statedBytes = statedStateBytes(config);
  });
}

}  // namespace headroom
