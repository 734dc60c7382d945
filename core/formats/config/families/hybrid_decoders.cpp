// Decoders that mix attention with recurrent layers.
// Reference for every row: the family's class in transformers 4.57 (src/transformers/models/<model_type>/
// modeling_<model_type>.py); counts are checked in tests/data/parameters.jsonl.
#include "core/formats/config/families/decoder_tables.h"

namespace headroom {
namespace {

constexpr Names kJamba{.finalNorm = "model.final_layernorm",
                       .norm2 = "pre_ff_layernorm",
                       .gate = "feed_forward.gate_proj",
                       .up = "feed_forward.up_proj",
                       .down = "feed_forward.down_proj"};
constexpr Names kLfm2{.finalNorm = "model.embedding_norm",
                      .norm1 = "operator_norm",
                      .norm2 = "ffn_norm",
                      .o = "self_attn.out_proj",
                      .qNorm = "self_attn.q_layernorm",
                      .kNorm = "self_attn.k_layernorm",
                      .gate = "feed_forward.w1",
                      .up = "feed_forward.w3",
                      .down = "feed_forward.w2"};
constexpr Names kRecurrentGemma{.finalNorm = "model.final_norm",
                                .norm1 = "temporal_pre_norm",
                                .norm2 = "channel_pre_norm",
                                .q = "temporal_block.q_proj",
                                .k = "temporal_block.k_proj",
                                .v = "temporal_block.v_proj",
                                .o = "temporal_block.o_proj",
                                .gate = "mlp_block.gate_proj",
                                .up = "mlp_block.up_proj",
                                .down = "mlp_block.down_proj"};
constexpr ExpertNames kJambaExperts{.router = "feed_forward.router", .expert = "feed_forward.experts.{e}."};
constexpr ExpertNames kLfm2Experts{.router = "feed_forward.gate",
                                   .correction = "feed_forward.expert_bias",
                                   .expert = "feed_forward.experts.{e}.",
                                   .gate = "w1",
                                   .up = "w3",
                                   .down = "w2"};
constexpr ExpertTraits kJambaMoe{.names = kJambaExperts, .width = "intermediate_size"};
constexpr ExpertTraits kLfm2Moe{.names = kLfm2Experts, .routerBias = RouterBias::buffer};
constexpr ExpertTraits kMiniMaxMoe{.names = kW123, .width = "intermediate_size"};
constexpr ExpertTraits kKimiLinear{.names = kW123,
                                   .sharedCount = "num_shared_experts n_shared_experts",
                                   .latentWidth = "routed_expert_hidden_size",
                                   .routerBias = RouterBias::buffer};
// LFM2 may state its width before the gated MLP's 2/3 and the rounding to a multiple.
void lfm2Width(const Config& config, Dimensions& d) {
  d.intermediate = config.count("block_ff_dim intermediate_size", d.intermediate, kMostWidth);
  if (!config.flag("block_auto_adjust_ff_dim", true)) return;
  const double scaled = static_cast<double>(2 * d.intermediate / 3) * config.real("block_ffn_dim_multiplier", 1.0);
  const std::int64_t multiple = config.count("block_multiple_of", 256, kMostWidth);
  d.intermediate = (static_cast<std::int64_t>(scaled) + multiple - 1) / multiple * multiple;
}

constexpr DecoderTraits kTable[] = {
    {.types = "jamba",
     .names = kJamba,
     .windows = WindowRule::periodic,
     .windowPeriod = 8,
     .experts = &kJambaMoe,
     .linear = jambaMixer},
    {.types = "bamba",
     .names = kJamba,
     .qkvBias = kAttentionBias,
     .outputBias = kAttentionBias,
     .mlpBias = {false, "mlp_bias"},
     .windows = WindowRule::listed,
     .linear = graniteMixer},
    {.types = "falcon_h1",
     .names = kJamba,
     .qkvBias = kAttentionBias,
     .outputBias = kAttentionBias,
     .mlpBias = {false, "mlp_bias"},
     .beside = falconH1Mixer},
    {.types = "granitemoehybrid",
     .qkvBias = kAttentionBias,
     .outputBias = kAttentionBias,
     .tied = kTied,
     .scalesEmbedding = true,
     .scalesBranches = true,
     .scalesLogits = true,
     .experts = &kGraniteMoe,
     .linear = graniteMixer},
    {.types = "minimax minimax_text_01 minimax_m1",
     .windows = WindowRule::listed,
     .experts = &kMiniMaxMoe,
     .linear = miniMaxMixer},
    {.types = "lfm2",
     .names = kLfm2,
     .qkNorm = QkNorm::per_head_dim,
     .tied = {true, "tie_word_embeddings tie_embedding"},
     .windows = WindowRule::listed,
     .linear = lfm2Mixer,
     .adjust = lfm2Width},
    {.types = "lfm2_moe",
     .names = kLfm2,
     .qkNorm = QkNorm::per_head_dim,
     .tied = {true, "tie_word_embeddings tie_embedding"},
     .windows = WindowRule::listed,
     .experts = &kLfm2Moe,
     .linear = lfm2Mixer},
    {.types = "qwen3_next",
     .norm = NormKind::rms_gemma,
     .qkvBias = kAttentionBias,
     .outputBias = kAttentionBias,
     .qkNorm = QkNorm::per_head_dim,
     .rotary = 0.25,
     .windows = WindowRule::interval,
     .windowPeriod = 4,
     .experts = &kQwen2Moe,
     .outputGate = true,
     .linear = qwen3NextMixer,
     .nextToken = NextToken::shared,
     .usualNextToken = 1},
    {.types = "qwen3_5_text qwen3_5_moe_text",
     .norm = NormKind::rms_gemma,
     .qkvBias = kAttentionBias,
     .outputBias = kAttentionBias,
     .qkNorm = QkNorm::per_head_dim,
     .rotary = 0.25,
     .windows = WindowRule::interval,
     .windowPeriod = 4,
     .experts = &kQwen2Moe,
     .outputGate = true,
     .linear = qwen35Mixer,
     .nextToken = NextToken::shared,
     .usualNextToken = 1},
    // transformers 5.24 modeling_kimi_linear.py ties nothing, whatever the file says (_tied_weights_keys is empty).
    {.types = "kimi_linear",
     .qkvBias = kAttentionBias,
     .tied = {false, {}},
     .windows = WindowRule::kimi,
     .experts = &kKimiLinear,
     .latent = true,
     .linear = kimiMixer},
    {.types = "recurrent_gemma",
     .names = kRecurrentGemma,
     .norm = NormKind::rms_gemma,
     .qkvBias = kAttentionBias,
     .outputBias = kYes,
     .mlpBias = kYes,
     .tied = kTied,
     .rotary = 0.5,
     .windows = WindowRule::blocks,
     .activation = "gelu",
     .ownLoss = {"4.48.3"},
     .linear = recurrentGemmaMixer,
     .adjust = halveIntermediate},
};

}  // namespace

std::span<const DecoderTraits> hybridDecoders() {
  return kTable;
}

}  // namespace headroom
