// One kind of tensor of a checkpoint: name, role, shape and how often it occurs. A 96-expert layer has one entry for
// all its up projections, and all layers of a kind share their entries, so a model is described by a few dozen.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/numerics/weight_layout.h"

namespace headroom {

// The parameter groups of the estimate JSON (DESIGN 3.2).
enum class Group : std::uint8_t { embedding, attention, mlp, experts, norm, state, head, vision, other };
constexpr std::size_t kGroupCount = 9;
std::string_view nameOf(Group group);

// What the tensor does in the network; decides sharding, quantization mixes and LoRA targets.
enum class TensorRole : std::uint8_t {
  token_embedding,
  position_embedding,
  embedding_extra,
  per_layer_embedding,
  q_proj,
  k_proj,
  v_proj,
  qkv_proj,
  o_proj,  // qkv_proj: fused
  q_a_proj,
  q_b_proj,
  kv_a_proj,
  kv_b_proj,        // multi-head latent attention (DeepSeek-V2)
  indexer,          // sparse-attention indexer projections (DeepSeek-V3.2)
  attention_extra,  // sinks, gates, output low-rank, …
  gate_proj,
  up_proj,
  gate_up_proj,
  down_proj,  // gate_up_proj: fused
  router,
  router_bias,
  expert_gate,
  expert_up,
  expert_gate_up,
  expert_down,
  shared_gate,
  shared_up,
  shared_gate_up,
  shared_down,
  shared_expert_gate,
  state_in,
  state_conv,
  state_extra,
  state_out,  // Mamba, gated delta net, RG-LRU, RWKV, short convolution
  norm,
  head,
  vision,
  projector,
  other,
};

// The matrices of routed experts.
constexpr bool isRoutedExpert(TensorRole role) {
  return role == TensorRole::expert_gate || role == TensorRole::expert_up || role == TensorRole::expert_gate_up ||
         role == TensorRole::expert_down;
}

struct Tensor {
  std::string
      name;  // the checkpoint's own, "{}" for the layer and "{e}" for the expert: "model.layers.{}.mlp.up_proj.weight"
  TensorRole role = TensorRole::other;
  Group group = Group::other;
  std::int64_t rows = 0;                     // output features; elements of a 1-D tensor
  std::int64_t columns = 1;                  // input features (the contiguous, blocked dimension); 1 for a 1-D tensor
  std::int64_t copies = 1;                   // how many of it one layer (or the model, for globals) holds: experts
  NumberFormat stored = NumberFormat::bf16;  // as the checkpoint stores it
  // Index of Model::layouts by holder, plus one, where a quantization scheme says how it is held; 0: as `stored` says.
  std::array<std::uint16_t, kHolderCount> layout{};
  bool linear = false;  // the weight of a Linear: what quantization schemes and LoRA speak of
  bool bias = false;
  bool buffer = false;  // stored but not a parameter (masks, rotary frequencies, router correction bias)

  // Elements of all copies in one layer.
  std::int64_t elements() const { return rows * columns * copies; }
};

}  // namespace headroom
