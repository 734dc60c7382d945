#include "core/formats/config/families/state_mixers.h"

namespace headroom {
namespace {

constexpr Group kState = Group::state;

std::string in(std::string_view module, std::string_view name) {
  return std::string(module) + "." + std::string(name);
}

}  // namespace

void addMamba1(LayerBuilder& layer, std::string_view module, std::int64_t hidden, const Mamba1& m) {
  TensorList& t = layer.tensors;
  t.linear(in(module, "in_proj"), TensorRole::state_in, kState, 2 * m.inner, hidden, m.projectionBias);
  t.tensor(in(module, "conv1d.weight"), TensorRole::state_conv, kState, m.inner, m.kernel);
  if (m.convBias) t.tensor(in(module, "conv1d.bias"), TensorRole::state_conv, kState, m.inner).bias = true;
  t.linear(in(module, "x_proj"), TensorRole::state_in, kState, m.rank + 2 * m.state, m.inner);
  t.linear(in(module, "dt_proj"), TensorRole::state_in, kState, m.inner, m.rank, true);
  t.tensor(in(module, "A_log"), TensorRole::state_extra, kState, m.inner, m.state);
  t.tensor(in(module, "D"), TensorRole::state_extra, kState, m.inner);
  t.linear(in(module, "out_proj"), TensorRole::state_out, kState, hidden, m.inner, m.projectionBias);
  if (m.innerNorms) {
    t.tensor(in(module, "dt_layernorm.weight"), TensorRole::state_extra, kState, m.rank);
    t.tensor(in(module, "b_layernorm.weight"), TensorRole::state_extra, kState, m.state);
    t.tensor(in(module, "c_layernorm.weight"), TensorRole::state_extra, kState, m.state);
  }
  StateSpec& s = layer.kind.state;
  s.kind = StateKind::mamba1;
  s.inner = s.convChannels = m.inner;
  s.convKernel = m.kernel;
  s.stateSize = m.state;
  s.stateElements = m.inner * m.state;
  s.innerNorms = m.innerNorms;
}

void addMamba2(LayerBuilder& layer, std::string_view module, std::int64_t hidden, const Mamba2& m) {
  TensorList& t = layer.tensors;
  const std::int64_t channels = m.inner + 2 * m.groups * m.state;
  t.linear(in(module, "in_proj"), TensorRole::state_in, kState, m.inner + channels + m.heads, hidden, m.projectionBias);
  t.tensor(in(module, "conv1d.weight"), TensorRole::state_conv, kState, channels, m.kernel);
  if (m.convBias) t.tensor(in(module, "conv1d.bias"), TensorRole::state_conv, kState, channels).bias = true;
  t.tensor(in(module, "dt_bias"), TensorRole::state_extra, kState, m.heads);
  t.tensor(in(module, "A_log"), TensorRole::state_extra, kState, m.heads);
  t.tensor(in(module, "D"), TensorRole::state_extra, kState, m.heads);
  if (m.norm) t.tensor(in(module, "norm.weight"), TensorRole::state_extra, kState, m.inner);
  t.linear(in(module, "out_proj"), TensorRole::state_out, kState, hidden, m.inner,
           m.outputBias.value_or(m.projectionBias));
  StateSpec& s = layer.kind.state;
  s.kind = StateKind::mamba2;
  s.inner = m.inner;
  s.convChannels = channels;
  s.convKernel = m.kernel;
  s.heads = m.heads;
  s.headDim = m.headDim;
  s.groups = m.groups;
  s.stateSize = m.state;
  s.stateElements = m.inner * m.state;
}

void addGatedDeltaNet(LayerBuilder& layer, std::int64_t hidden, const DeltaNet& n) {
  TensorList& t = layer.tensors;
  const std::int64_t keys = n.keyHeads * n.keyDim, values = n.valueHeads * n.valueDim;
  if (n.apart) {
    for (const std::string_view name : {"linear_attn.q_proj", "linear_attn.k_proj"})
      t.linear(name, TensorRole::state_in, kState, keys, hidden);
    for (const std::string_view name : {"linear_attn.v_proj", "linear_attn.g_proj"})
      t.linear(name, TensorRole::state_in, kState, values, hidden);
    for (const std::string_view name : {"linear_attn.a_proj", "linear_attn.b_proj"})
      t.linear(name, TensorRole::state_in, kState, n.valueHeads, hidden);
  } else if (n.split) {
    t.linear("linear_attn.in_proj_qkv", TensorRole::state_in, kState, 2 * keys + values, hidden);
    t.linear("linear_attn.in_proj_z", TensorRole::state_in, kState, values, hidden);
    t.linear("linear_attn.in_proj_b", TensorRole::state_in, kState, n.valueHeads, hidden);
    t.linear("linear_attn.in_proj_a", TensorRole::state_in, kState, n.valueHeads, hidden);
  } else {
    t.linear("linear_attn.in_proj_qkvz", TensorRole::state_in, kState, 2 * keys + 2 * values, hidden);
    t.linear("linear_attn.in_proj_ba", TensorRole::state_in, kState, 2 * n.valueHeads, hidden);
  }
  t.tensor("linear_attn.conv1d.weight", TensorRole::state_conv, kState, 2 * keys + values, n.kernel);
  t.tensor("linear_attn.dt_bias", TensorRole::state_extra, kState, n.valueHeads);
  t.tensor("linear_attn.A_log", TensorRole::state_extra, kState, n.valueHeads);
  t.tensor(n.apart ? "linear_attn.o_norm.weight" : "linear_attn.norm.weight", TensorRole::state_extra, kState,
           n.valueDim);
  t.linear(n.apart ? "linear_attn.o_proj" : "linear_attn.out_proj", TensorRole::state_out, kState, hidden, values);
  StateSpec& s = layer.kind.state;
  s.kind = StateKind::gated_delta_net;
  s.inner = values;
  s.convChannels = 2 * keys + values;
  s.convKernel = n.kernel;
  s.heads = n.valueHeads;
  s.headDim = n.valueDim;
  s.keyHeads = n.keyHeads;
  s.keyDim = n.keyDim;
  s.stateSize = n.keyDim;
  s.stateElements = n.valueHeads * n.keyDim * n.valueDim;
}

void addKimiDelta(LayerBuilder& layer, std::int64_t hidden, std::int64_t heads, std::int64_t headDim,
                  std::int64_t kernel, bool fullRankGate) {
  TensorList& t = layer.tensors;
  const std::int64_t width = heads * headDim;
  for (const std::string_view name : {"q", "k", "v"}) {
    t.linear("self_attn." + std::string(name) + "_proj", TensorRole::state_in, kState, width, hidden);
    t.tensor("self_attn." + std::string(name) + "_conv1d.weight", TensorRole::state_conv, kState, width, kernel);
  }
  t.tensor("self_attn.A_log", TensorRole::state_extra, kState, heads);
  t.linear("self_attn.f_a_proj", TensorRole::state_in, kState, headDim, hidden);
  t.linear("self_attn.f_b_proj", TensorRole::state_in, kState, width, headDim);
  t.tensor("self_attn.dt_bias", TensorRole::state_extra, kState, width);
  t.linear("self_attn.b_proj", TensorRole::state_in, kState, heads, hidden);
  if (fullRankGate) {
    t.linear("self_attn.g_proj", TensorRole::state_in, kState, width, hidden);
  } else {
    t.linear("self_attn.g_a_proj", TensorRole::state_in, kState, headDim, hidden);
    t.linear("self_attn.g_b_proj", TensorRole::state_in, kState, width, headDim);
  }
  t.tensor("self_attn.o_norm.weight", TensorRole::state_extra, kState, headDim);
  t.linear("self_attn.o_proj", TensorRole::state_out, kState, hidden, width);
  StateSpec& s = layer.kind.state;
  s.kind = StateKind::kimi_delta;
  s.inner = width;
  s.convChannels = 3 * width;
  s.convKernel = kernel;
  s.heads = s.keyHeads = heads;
  s.headDim = s.keyDim = s.stateSize = headDim;
  s.stateElements = heads * headDim * headDim;
  s.statedBytes = 4;
}

void addLightning(LayerBuilder& layer, std::int64_t hidden, std::int64_t heads, std::int64_t headDim) {
  TensorList& t = layer.tensors;
  const std::int64_t width = heads * headDim;
  t.linear("self_attn.qkv_proj", TensorRole::qkv_proj, Group::attention, 3 * width, hidden);
  t.linear("self_attn.out_proj", TensorRole::o_proj, Group::attention, hidden, width);
  t.linear("self_attn.output_gate", TensorRole::attention_extra, Group::attention, width, hidden);
  t.norm("self_attn.norm", width);
  StateSpec& s = layer.kind.state;
  s.kind = StateKind::lightning;
  s.inner = width;
  s.heads = heads;
  s.headDim = s.stateSize = headDim;
  s.stateElements = heads * headDim * headDim;
}

void addShortConv(LayerBuilder& layer, std::int64_t hidden, std::int64_t kernel, bool bias) {
  TensorList& t = layer.tensors;
  t.linear("conv.in_proj", TensorRole::state_in, kState, 3 * hidden, hidden, bias);
  t.tensor("conv.conv.weight", TensorRole::state_conv, kState, hidden, kernel);
  if (bias) t.tensor("conv.conv.bias", TensorRole::state_conv, kState, hidden).bias = true;
  t.linear("conv.out_proj", TensorRole::state_out, kState, hidden, hidden, bias);
  StateSpec& s = layer.kind.state;
  s.kind = StateKind::short_conv;
  s.inner = s.convChannels = hidden;
  s.convKernel = kernel;
}

void addRgLru(LayerBuilder& layer, std::int64_t hidden, std::int64_t width, std::int64_t heads, std::int64_t kernel) {
  TensorList& t = layer.tensors;
  const std::int64_t block = width / heads;
  t.linear("temporal_block.linear_y", TensorRole::state_in, kState, width, hidden, true);
  t.linear("temporal_block.linear_x", TensorRole::state_in, kState, width, hidden, true);
  t.linear("temporal_block.linear_out", TensorRole::state_out, kState, hidden, width, true);
  t.tensor("temporal_block.conv_1d.weight", TensorRole::state_conv, kState, width, kernel);
  t.tensor("temporal_block.conv_1d.bias", TensorRole::state_conv, kState, width).bias = true;
  t.tensor("temporal_block.rg_lru.recurrent_param", TensorRole::state_extra, kState, width);
  for (const std::string_view gate : {"input_gate", "recurrent_gate"}) {
    const std::string name = "temporal_block.rg_lru." + std::string(gate);
    t.tensor(name + "_weight", TensorRole::state_extra, kState, block, block, heads);
    t.tensor(name + "_bias", TensorRole::state_extra, kState, block, 1, heads).bias = true;
  }
  StateSpec& s = layer.kind.state;
  s.kind = StateKind::rg_lru;
  s.inner = s.convChannels = width;
  s.convKernel = kernel;
  s.heads = heads;
  s.headDim = block;
  s.stateElements = width;
  s.statedBytes = 4;
}

}  // namespace headroom
