#include "core/formats/config/families/parts.h"

#include <fmt/format.h>

namespace headroom {

void addAttention(LayerBuilder& layer, const Names& names, std::int64_t hidden, const AttentionSpec& spec,
                  const AttentionTraits& traits) {
  constexpr Group kGroup = Group::attention;
  const std::int64_t valueDim = spec.valueDim > 0 ? spec.valueDim : spec.headDim;
  const std::int64_t q = spec.heads * spec.headDim * (spec.outputGate ? 2 : 1);
  const std::int64_t k = spec.kvHeads * spec.headDim, v = spec.kvHeads * valueDim;
  TensorList& t = layer.tensors;
  if (spec.fusedQkv) {
    t.linear(names.qkv, TensorRole::qkv_proj, kGroup, q + k + v, hidden, traits.qkvBias);
  } else {
    t.linear(names.q, TensorRole::q_proj, kGroup, q, hidden, traits.qkvBias);
    if (spec.ownsCache) {
      t.linear(names.k, TensorRole::k_proj, kGroup, k, hidden, traits.qkvBias);
      if (!spec.keyIsValue) t.linear(names.v, TensorRole::v_proj, kGroup, v, hidden, traits.qkvBias);
    }
  }
  t.linear(names.o, TensorRole::o_proj, kGroup, hidden, spec.heads * valueDim, traits.outputBias);
  layer.kind.attention = spec;
  layer.kind.attention.valueDim = valueDim;
  layer.kind.attention.qkNorm = traits.qkNorm != QkNorm::none;
  if (traits.qkNorm == QkNorm::none) return;
  const bool perDim = traits.qkNorm == QkNorm::per_head_dim;
  t.norm(names.qNorm, perDim ? spec.headDim : spec.heads * spec.headDim, traits.qkNormBias);
  if (spec.ownsCache) t.norm(names.kNorm, perDim ? spec.headDim : k, traits.qkNormBias);
}

void addGatedMlp(LayerBuilder& layer, const Names& names, std::int64_t hidden, std::int64_t intermediate, bool bias,
                 bool fused, bool gelu) {
  TensorList& t = layer.tensors;
  if (fused) {
    t.linear(names.gateUp, TensorRole::gate_up_proj, Group::mlp, 2 * intermediate, hidden, bias);
  } else {
    t.linear(names.gate, TensorRole::gate_proj, Group::mlp, intermediate, hidden, bias);
    t.linear(names.up, TensorRole::up_proj, Group::mlp, intermediate, hidden, bias);
  }
  t.linear(names.down, TensorRole::down_proj, Group::mlp, hidden, intermediate, bias);
  MlpSpec& mlp = layer.kind.mlp;
  if (mlp.kind == MlpKind::none) mlp.kind = MlpKind::gated;
  mlp.intermediate = intermediate;
  mlp.fusedGateUp = fused;
  mlp.gelu = gelu;
}

void addPlainMlp(LayerBuilder& layer, const Names& names, std::int64_t hidden, std::int64_t intermediate, bool bias,
                 bool gelu) {
  layer.tensors.linear(names.up, TensorRole::up_proj, Group::mlp, intermediate, hidden, bias);
  layer.tensors.linear(names.down, TensorRole::down_proj, Group::mlp, hidden, intermediate, bias);
  MlpSpec& mlp = layer.kind.mlp;
  if (mlp.kind == MlpKind::none) mlp.kind = MlpKind::plain;
  mlp.intermediate = intermediate;
  mlp.gelu = gelu;
}

namespace {

std::string attentionLabel(const AttentionSpec& a) {
  switch (a.kind) {
    case AttentionKind::none:
      return {};
    case AttentionKind::full:
      return "full attention";
    case AttentionKind::sliding:
      return fmt::format("sliding attention ({})", a.window);
    case AttentionKind::chunked:
      return fmt::format("chunked attention ({})", a.window);
    case AttentionKind::latent:
      return a.indexerHeads > 0 ? "sparse latent attention" : "latent attention";
    case AttentionKind::cross:
      return "cross-attention";
    case AttentionKind::bidirectional:
      return "bidirectional attention";
  }
  return {};
}

std::string_view stateLabel(StateKind kind) {
  switch (kind) {
    case StateKind::none:
      return {};
    case StateKind::mamba1:
      return "Mamba";
    case StateKind::mamba2:
      return "Mamba-2";
    case StateKind::gated_delta_net:
      return "gated delta net";
    case StateKind::lightning:
      return "lightning attention";
    case StateKind::rg_lru:
      return "RG-LRU";
    case StateKind::rwkv:
      return "RWKV";
    case StateKind::short_conv:
      return "short convolution";
    case StateKind::kimi_delta:
      return "Kimi delta attention";
    case StateKind::mlstm:
      return "matrix LSTM";
  }
  return {};
}

std::string mlpLabel(const MlpSpec& m) {
  switch (m.kind) {
    case MlpKind::none:
      return {};
    case MlpKind::gated:
      return "gated MLP";
    case MlpKind::plain:
      return "MLP";
    case MlpKind::experts:
      return fmt::format("experts {} of {}", m.expertsPerToken, m.experts);
  }
  return {};
}

}  // namespace

std::string labelOf(const LayerKind& kind) {
  std::string label;
  const auto append = [&](std::string_view part) {
    if (part.empty()) return;
    if (!label.empty()) label += ", ";
    label += part;
  };
  if (kind.encoder) append("encoder");
  append(stateLabel(kind.state.kind));
  append(attentionLabel(kind.attention));
  if (kind.crossAttention.kind != AttentionKind::none) append("cross-attention");
  append(mlpLabel(kind.mlp));
  return label;
}

}  // namespace headroom
