#include "core/formats/config/families/linear_mixers.h"

#include <algorithm>

#include "core/formats/config/families/state_mixers.h"

namespace headroom {

std::int64_t statedStateBytes(const Config& config) {
  const std::string stated = config.text("mamba_ssm_dtype mamba_ssm_cache_dtype ssm_dtype");
  return stated.find("32") != std::string::npos ? 4 : stated.find("16") != std::string::npos ? 2 : 0;
}

void jambaMixer(LayerBuilder& layer, const Config& config, const Dimensions& d) {
  Mamba1 m;
  m.inner = d.hidden * config.count("mamba_expand", 2, 64);
  m.state = config.count("mamba_d_state", 16, kMostHeadDim);
  m.kernel = config.count("mamba_d_conv", 4, 1024);
  // "auto", or absent: a sixteenth of the hidden size, rounded up.
  m.rank = config.isNumber("mamba_dt_rank") ? config.count("mamba_dt_rank", {}, kMostWidth) : (d.hidden + 15) / 16;
  m.convBias = config.flag("mamba_conv_bias", true);
  m.projectionBias = config.flag("mamba_proj_bias", false);
  m.innerNorms = true;
  addMamba1(layer, "mamba", d.hidden, m);
  layer.kind.state.statedBytes = statedStateBytes(config);
}

namespace {

Mamba2 mambaOf(const Config& config, const Dimensions& d) {
  Mamba2 m;
  m.heads = config.count("mamba_n_heads", 128, kMostHeads);
  m.inner = config.has("mamba_d_ssm") ? config.count("mamba_d_ssm", {}, kMostWidth)
                                      : d.hidden * config.count("mamba_expand", 2, 64);
  m.headDim = config.isNumber("mamba_d_head") ? config.count("mamba_d_head", {}, kMostHeadDim) : m.inner / m.heads;
  m.groups = config.count("mamba_n_groups", 1, kMostHeads);
  m.state = config.count("mamba_d_state", 256, kMostHeadDim);
  m.kernel = config.count("mamba_d_conv", 4, 1024);
  m.convBias = config.flag("mamba_conv_bias", true);
  m.projectionBias = config.flag("mamba_proj_bias", false);
  return m;
}

}  // namespace

void graniteMixer(LayerBuilder& layer, const Config& config, const Dimensions& d) {
  addMamba2(layer, "mamba", d.hidden, mambaOf(config, d));
  layer.kind.state.chunk = config.count("mamba_chunk_size", 256, kMostWidth);
  layer.kind.state.statedBytes = statedStateBytes(config);
}

void falconH1Mixer(LayerBuilder& layer, const Config& config, const Dimensions& d) {
  Mamba2 m = mambaOf(config, d);
  m.norm = config.flag("mamba_rms_norm", false);
  m.outputBias = config.flag("projectors_bias", false);  // transformers 5.24 modeling_falcon_h1.py
  addMamba2(layer, "mamba", d.hidden, m);
  layer.kind.state.chunk = config.count("mamba_chunk_size", 256, kMostWidth);
  layer.kind.state.statedBytes = statedStateBytes(config);
}

namespace {

DeltaNet deltaNetOf(const Config& config) {
  DeltaNet n;
  n.keyHeads = config.count("linear_num_key_heads", 16, kMostHeads);
  n.keyDim = config.count("linear_key_head_dim", 128, kMostHeadDim);
  n.valueHeads = config.count("linear_num_value_heads", 32, kMostHeads);
  n.valueDim = config.count("linear_value_head_dim", 128, kMostHeadDim);
  n.kernel = config.count("linear_conv_kernel_dim", 4, 1024);
  return n;
}

}  // namespace

void qwen3NextMixer(LayerBuilder& layer, const Config& config, const Dimensions& d) {
  addGatedDeltaNet(layer, d.hidden, deltaNetOf(config));
  layer.kind.state.statedBytes = statedStateBytes(config);
}

void qwen35Mixer(LayerBuilder& layer, const Config& config, const Dimensions& d) {
  DeltaNet n = deltaNetOf(config);
  n.split = true;
  addGatedDeltaNet(layer, d.hidden, n);
  layer.kind.state.statedBytes = statedStateBytes(config);
}

void olmoHybridMixer(LayerBuilder& layer, const Config& config, const Dimensions& d) {
  DeltaNet n = deltaNetOf(config);
  n.keyHeads = config.count("linear_num_key_heads", d.heads, kMostHeads);
  n.valueHeads = config.count("linear_num_value_heads", d.heads, kMostHeads);
  // Keys are three quarters of a head wide, values twice that, where the file does not say.
  n.keyDim = config.count("linear_key_head_dim", std::max<std::int64_t>(1, 3 * d.hidden / (4 * d.heads)), kMostHeadDim);
  n.valueDim = config.count("linear_value_head_dim", 2 * n.keyDim, kMostHeadDim);
  n.apart = true;
  addGatedDeltaNet(layer, d.hidden, n);
}

void miniMaxMixer(LayerBuilder& layer, const Config&, const Dimensions& d) {
  addLightning(layer, d.hidden, d.heads, d.headDim);
}

void lfm2Mixer(LayerBuilder& layer, const Config& config, const Dimensions& d) {
  addShortConv(layer, d.hidden, config.count("conv_L_cache", 3, 1024), config.flag("conv_bias", false));
}

void kimiMixer(LayerBuilder& layer, const Config& config, const Dimensions& d) {
  const Config linear = config.child("linear_attn_config");
  const bool section = config.isObject("linear_attn_config");  // else the class's own keys and defaults
  const std::int64_t heads = section ? d.heads : config.count("linear_num_heads", d.heads, kMostHeads),
                     width = section ? 128 : config.count("linear_head_dim", 128, kMostHeadDim),
                     kernel = section ? 4 : config.count("linear_conv_kernel_dim", 4, 1024);
  addKimiDelta(layer, d.hidden, linear.count("num_heads", heads, kMostHeads),
               linear.count("head_dim", width, kMostHeadDim), linear.count("short_conv_kernel_size", kernel, 1024),
               linear.flag("use_full_rank_gate", false));
}

void recurrentGemmaMixer(LayerBuilder& layer, const Config& config, const Dimensions& d) {
  addRgLru(layer, d.hidden, config.count("lru_width", d.hidden, kMostWidth), d.heads,
           config.count("conv1d_width", 4, 1024));
}

}  // namespace headroom
