// The parts of the decoder table, and what several of them use.
#pragma once

#include <span>

#include "core/formats/config/families/decoder_traits.h"

namespace headroom {

std::span<const DecoderTraits> llamaLikeDecoders();  // RMS norms, gated MLPs
std::span<const DecoderTraits> gptLikeDecoders();    // layer norms
std::span<const DecoderTraits> expertDecoders();     // mixtures of experts, latent attention
std::span<const DecoderTraits> hybridDecoders();     // attention and recurrent mixers
std::span<const DecoderTraits> recentDecoders();     // of 2024 to 2026, close to the others

inline constexpr Flag kYes{true};
inline constexpr Flag kTied{true, "tie_word_embeddings"};
inline constexpr Flag kAttentionBias{false, "attention_bias"};
inline constexpr Names kHunYuan{.qNorm = "self_attn.query_layernorm", .kNorm = "self_attn.key_layernorm"};
// Qwen-1 and RecurrentGemma: intermediate_size counts both halves of the gated MLP.
inline void halveIntermediate(const Config&, Dimensions& d) {
  d.intermediate /= 2;
}
inline constexpr ExpertNames kW123{.router = "block_sparse_moe.gate",
                                   .correction = "block_sparse_moe.e_score_correction_bias",
                                   .expert = "block_sparse_moe.experts.{e}.",
                                   .gate = "w1",
                                   .up = "w3",
                                   .down = "w2",
                                   .shared = "block_sparse_moe.shared_experts."};
inline constexpr ExpertNames kSharedExpert{.shared = "mlp.shared_expert."};
inline constexpr ExpertNames kGraniteExperts{.router = "block_sparse_moe.router.layer",
                                             .expert = "block_sparse_moe.",
                                             .down = "output_linear.weight",
                                             .gateUp = "input_linear.weight",
                                             .shared = "shared_mlp.",
                                             .sharedDown = "output_linear",
                                             .sharedGateUp = "input_linear"};
inline constexpr ExpertTraits kQwen2Moe{
    .names = kSharedExpert, .sharedWidth = "shared_expert_intermediate_size", .sharedExpertGate = true};
inline constexpr ExpertTraits kGraniteMoe{.names = kGraniteExperts,
                                          .width = "intermediate_size",
                                          .sharedWidth = "shared_intermediate_size",
                                          .fusedGateUp = true,
                                          .fusedSharedGateUp = true};

}  // namespace headroom
