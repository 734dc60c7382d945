// The numbers of the estimate that were fitted on measured runs, by the ids they have in resources/constants/*.json.
// What follows from shapes or stands in a library's code is no such number: it stays in code, with its source.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace headroom {

enum class ConstantId : std::uint8_t {
  none,  // no such number: 0
  // training_allocator.json
  allocator_share_fixed,
  allocator_share_changing,
  allocator_share_megatron,
  allocator_per_logit_plain,
  allocator_per_logit_changing,
  allocator_per_logit_padded,
  allocator_per_logit_torchtitan,
  allocator_per_logit_torchtitan_recomputed,
  allocator_per_logit_fsdp_qlora,
  allocator_floor_per_hidden_fsdp_qlora,
  // training_loss.json
  loss_compiled_torchtitan,
  loss_fused_megatron,
  // training_process.json
  process_context_torch1,
  process_context,
  process_context_hopper,
  process_collectives,
  workspace_swift,
  workspace_megatron,
  gathered_unit_share_litgpt,
  // training_bands.json
  band_plain_low,
  band_plain_high,
  band_fixed_low,
  band_fixed_high,
  band_trainer_low,
  band_trainer_high,
  band_torch1_low,
  band_torch1_high,
  band_changing_low,
  band_changing_high,
  band_padded_low,
  band_padded_high,
  band_swift_low,
  band_swift_high,
  band_axolotl_low,
  band_axolotl_high,
  band_unsloth_low,
  band_unsloth_high,
  band_litgpt_low,
  band_litgpt_high,
  band_megatron_low,
  band_megatron_high,
  band_megatron_open_low,
  band_megatron_open_high,
  band_torchtune_low,
  band_torchtune_high,
  band_torchtune_open_low,
  band_torchtune_open_high,
  band_torchtitan_low,
  band_torchtitan_high,
  band_torchtitan_open_low,
  band_torchtitan_open_high,
  band_fsdp_qlora_low,
  band_fsdp_qlora_high,
  // vllm_activation.json
  vllm_sampler_sorts,
  vllm_sampler,
  vllm_expert_hidden_tensors,
  vllm_tower_tensors,
  // vllm_runtime.json
  vllm_outside_card,
  vllm_outside_card_rank,
  vllm_outside_ampere,
  vllm_outside_ampere_rank,
  vllm_outside_datacenter,
  vllm_outside_hopper80,
  vllm_outside_datacenter_two,
  vllm_outside_datacenter_rank,
  vllm_outside_rocm,
  vllm_outside_rocm_rank,
  vllm_symmetric_buffers,
  vllm_delta_kernels,
  // vllm_graphs.json
  vllm_graphs_rocm_layer_old,
  vllm_graphs_rocm_layer,
  vllm_graphs_old,
  vllm_graphs_latent,
  vllm_graphs_experts,
  vllm_graphs_constant,
  vllm_graphs_layer,
  vllm_graphs_charge,
  // sglang.json
  sglang_lost_loading,
  sglang_context_one,
  sglang_context_many,
  sglang_graphs_constant,
  sglang_graphs_sequence,
  // context.json
  context_torch2,
  // serving_bands.json
  band_vllm_weights_low,
  band_vllm_weights_high,
  band_vllm_weights_rocm_low,
  band_vllm_weights_rocm_high,
  band_vllm_weights_vision_low,
  band_vllm_weights_vision_high,
  band_vllm_weights_compressed_low,
  band_vllm_weights_compressed_high,
  band_vllm_weights_latent_low,
  band_vllm_weights_latent_high,
  band_vllm_sampler_low,
  band_vllm_sampler_high,
  band_vllm_tower_low,
  band_vllm_tower_high,
  band_vllm_experts_low,
  band_vllm_experts_high,
  band_vllm_forward_low,
  band_vllm_forward_high,
  band_vllm_streams_low,
  band_vllm_streams_high,
  band_vllm_runtime_high,
  band_vllm_kernels_high,
  band_vllm_compressed_high,
  band_vllm_graphs_rocm_low,
  band_vllm_graphs_rocm_high,
  band_vllm_graphs_old_low,
  band_vllm_graphs_old_high,
  band_vllm_graphs_experts_low,
  band_vllm_graphs_experts_high,
  band_vllm_graphs_dense_low,
  band_vllm_graphs_dense_high,
  band_sglang_weights_low,
  band_sglang_weights_high,
  band_sglang_graphs_low,
  band_sglang_graphs_high,
};
inline constexpr std::size_t kConstantCount = static_cast<std::size_t>(ConstantId::band_sglang_graphs_high) + 1;

// "vllm_graphs_layer"; the enumerator's own name. Empty for `none`.
std::string_view nameOf(ConstantId id);

}  // namespace headroom
