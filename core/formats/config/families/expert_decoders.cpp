// Decoders whose MLPs are mixtures of experts, and those with latent attention.
// Reference for every row: the family's class in transformers 4.57 (src/transformers/models/<model_type>/
// modeling_<model_type>.py); counts are checked in tests/data/parameters.jsonl.
#include "core/formats/config/families/decoder_tables.h"

namespace headroom {
namespace {

// DBRX keeps its widths in two sections.
void dbrxHeads(const Config& config, Dimensions& d) {
  d.kvHeads = config.child("attn_config").count("kv_n_heads", 1, kMostHeads);
}
// Llama 4: the dense layers of a model with experts have a width of their own.
void llama4Widths(const Config& config, Dimensions& d) {
  d.intermediate = config.count("intermediate_size_mlp", 16384, kMostWidth);
}
// Step-3.5: what attention gives is gated head by head (transformers 5.24 modeling_step3p7.py, Step3p7Attention).
void headGate(LayerBuilder& layer, const Config&, const Dimensions& d, std::int64_t) {
  layer.tensors.linear("self_attn.g_proj", TensorRole::attention_extra, Group::attention, layer.kind.attention.heads,
                       d.hidden);
}
constexpr Names kDbrx{.embedding = "transformer.wte",
                      .finalNorm = "transformer.norm_f",
                      .layer = "transformer.blocks.{}.",
                      .norm1 = "norm_attn_norm.norm_1",
                      .norm2 = "norm_attn_norm.norm_2",
                      .o = "norm_attn_norm.attn.out_proj",
                      .qkv = "norm_attn_norm.attn.Wqkv"};
constexpr Names kLlama4{
    .gate = "feed_forward.gate_proj", .up = "feed_forward.up_proj", .down = "feed_forward.down_proj"};
constexpr ExpertNames kErnieExperts{.correction = "mlp.moe_statics.e_score_correction_bias"};
constexpr ExpertNames kOssExperts{.router = "mlp.router", .expert = "mlp.experts."};
constexpr ExpertNames kLlama4Experts{
    .router = "feed_forward.router", .expert = "feed_forward.experts.", .shared = "feed_forward.shared_expert."};
constexpr ExpertNames kStepExperts{.router = "moe.gate", .expert = "moe.", .shared = "share_expert."};
constexpr ExpertNames kDbrxExperts{
    .router = "ffn.router.layer", .expert = "ffn.experts.mlp.", .gate = "w1", .up = "v1", .down = "w2"};
constexpr ExpertTraits kStep3{.names = kStepExperts, .sharedWidth = "share_expert_dim share_expert_dims"};
constexpr ExpertTraits kMixtral{.names = kW123, .width = "intermediate_size"};
constexpr ExpertTraits kPlainExperts{};
constexpr ExpertNames kHunYuanExperts{.router = "mlp.gate.wg", .shared = "mlp.shared_mlp."};
constexpr ExpertTraits kHunYuanMoe{
    .names = kHunYuanExperts, .width = "moe_intermediate_size intermediate_size", .sharedCount = "num_shared_expert"};
constexpr ExpertTraits kOlmoe{.width = "intermediate_size"};
constexpr ExpertTraits kMiniMaxM2{.names = kW123, .width = "intermediate_size", .routerBias = RouterBias::buffer};
constexpr ExpertTraits kDeepSeekV2{.sharedCount = "n_shared_experts", .sharedBias = "mlp_bias", .wideRouter = true};
constexpr ExpertTraits kDeepSeekV3{
    .sharedCount = "n_shared_experts num_shared_experts", .routerBias = RouterBias::buffer, .wideRouter = true};
constexpr ExpertTraits kErnieMoe{.names = kErnieExperts,
                                 .sharedCount = "moe_num_shared_experts",
                                 .sharedBias = "use_bias",
                                 .routerBias = RouterBias::parameter};
constexpr ExpertTraits kGptOss{.names = kOssExperts,
                               .width = "intermediate_size",
                               .fusedGateUp = true,
                               .bias = true,
                               .routerBias = RouterBias::linear,
                               .clampedGates = true};
constexpr ExpertTraits kLlama4Moe{
    .names = kLlama4Experts, .width = "intermediate_size", .sharedWidth = "intermediate_size", .fusedGateUp = true};
constexpr ExpertTraits kDbrxMoe{.names = kDbrxExperts, .section = "ffn_config", .width = "ffn_hidden_size"};

constexpr Names kBailing{.embedding = "model.word_embeddings",
                         .o = "attention.dense",
                         .qkv = "attention.query_key_value",
                         .qNorm = "attention.query_layernorm",
                         .kNorm = "attention.key_layernorm"};
constexpr ExpertTraits kBailingMoe{.sharedCount = "num_shared_experts"};
constexpr ExpertTraits kBailingMoe2{.sharedCount = "num_shared_experts", .routerBias = RouterBias::buffer};

constexpr DecoderTraits kTable[] = {
    {.types = "bailing_moe",
     .names = kBailing,
     .qkvBias = {false, "use_qkv_bias"},
     .outputBias = {false, "use_bias"},
     .fusedQkv = true,
     .experts = &kBailingMoe},
    {.types = "bailing_moe_v2 llada2_moe",
     .names = kBailing,
     .qkvBias = {false, "use_qkv_bias"},
     .outputBias = {false, "use_bias"},
     .qkNorm = QkNorm::per_head_dim,
     .qkNormIf = {true, "use_qk_norm"},
     .fusedQkv = true,
     .rotary = 0.5,
     .experts = &kBailingMoe2,
     .nextToken = NextToken::shared},
    {.types = "minicpm3", .qkvBias = kAttentionBias, .mlpBias = {false, "mlp_bias"}, .tied = kTied, .latent = true},
    {.types = "hunyuan_v1_moe hunyuan",
     .names = kHunYuan,
     .qkvBias = kAttentionBias,
     .outputBias = kAttentionBias,
     .qkNorm = QkNorm::per_head_dim,
     .qkNormIf = {true, "use_qk_norm"},
     .experts = &kHunYuanMoe},
    {.types = "mixtral", .windows = WindowRule::all, .vocabularyAdapters = true, .experts = &kMixtral},
    {.types = "granitemoe granitemoeshared",
     .qkvBias = kAttentionBias,
     .outputBias = kAttentionBias,
     .scalesEmbedding = true,
     .scalesBranches = true,
     .scalesLogits = true,
     .vocabularyAdapters = true,
     .ownLoss = {"4.48.3"},
     .experts = &kGraniteMoe},
    {.types = "qwen2_moe", .qkvBias = {true, "qkv_bias"}, .windows = WindowRule::late, .experts = &kQwen2Moe},
    {.types = "qwen3_moe qwen3_vl_moe_text qwen3_omni_moe_text mellum",
     .qkvBias = kAttentionBias,
     .outputBias = kAttentionBias,
     .qkNorm = QkNorm::per_head_dim,
     .windows = WindowRule::late,
     .experts = &kPlainExperts},
    {.types = "olmoe flex_olmo",
     .qkvBias = kAttentionBias,
     .outputBias = kAttentionBias,
     .qkNorm = QkNorm::whole_width,
     .experts = &kOlmoe},
    {.types = "phimoe",
     .norm = NormKind::layer,
     .normBias = true,
     .qkvBias = kAttentionBias,
     .outputBias = kAttentionBias,
     .headBias = {false, "lm_head_bias"},
     .windows = WindowRule::all,
     .experts = &kMixtral},
    {.types = "minimax_m2", .qkNorm = QkNorm::whole_width, .qkNormIf = {true, "use_qk_norm"}, .experts = &kMiniMaxM2},
    {.types = "gpt_oss",
     .qkvBias = {true, "attention_bias"},
     .outputBias = {true, "attention_bias"},
     .windows = WindowRule::even,
     .wideNorms = true,
     .experts = &kGptOss,
     .sinks = true},
    {.types = "llama4_text",
     .names = kLlama4,
     .qkvBias = kAttentionBias,
     .outputBias = kAttentionBias,
     .windows = WindowRule::chunks,
     .experts = &kLlama4Moe,
     .adjust = llama4Widths},
    {.types = "dbrx",
     .names = kDbrx,
     .norm = NormKind::layer,
     .fusedQkv = true,
     .ownLoss = {"4.48.3", true},
     .experts = &kDbrxMoe,
     .adjust = dbrxHeads},
    {.types = "deepseek", .qkvBias = kAttentionBias, .outputBias = kAttentionBias, .experts = &kDeepSeekV2},
    {.types = "deepseek_v2", .qkvBias = kAttentionBias, .experts = &kDeepSeekV2, .latent = true},
    {.types = "deepseek_v3 kimi_k2 moonlight mistral4 youtu sarvam_mla",
     .qkvBias = kAttentionBias,
     .experts = &kDeepSeekV3,
     .latent = true,
     .nextToken = NextToken::own},
    {.types = "glm4_moe_lite",
     .qkvBias = kAttentionBias,
     .experts = &kDeepSeekV3,
     .latent = true,
     .nextToken = NextToken::own},
    {.types = "deepseek_v32",
     .qkvBias = kAttentionBias,
     .experts = &kDeepSeekV3,
     .latent = true,
     .indexer = true,
     .nextToken = NextToken::own},
    {.types = "glm_moe_dsa",
     .qkvBias = kAttentionBias,
     .experts = &kDeepSeekV3,
     .latent = true,
     .indexer = true,
     .nextToken = NextToken::shared},
    {.types = "glm4_moe glm4v_moe_text sarvam_moe",
     .qkvBias = kAttentionBias,
     .qkNorm = QkNorm::per_head_dim,
     .qkNormIf = {false, "use_qk_norm"},
     .rotary = 0.5,
     .experts = &kDeepSeekV3,
     .nextToken = NextToken::own},
    {.types = "dots1",
     .qkvBias = kAttentionBias,
     .outputBias = kAttentionBias,
     .qkNorm = QkNorm::per_head_dim,
     .windows = WindowRule::late,
     .experts = &kDeepSeekV3},
    {.types = "step3p5 step3p7_text",
     .qkvBias = kAttentionBias,
     .outputBias = kAttentionBias,
     .qkNorm = QkNorm::per_head_dim,
     .windows = WindowRule::pattern,
     .windowPeriod = 4,
     .experts = &kStep3,
     .finishLayer = headGate},
    {.types = "ernie4_5_moe",
     .qkvBias = {false, "use_bias"},
     .outputBias = {false, "use_bias"},
     .mlpBias = {false, "use_bias"},
     .tied = kTied,
     .experts = &kErnieMoe,
     .nextToken = NextToken::shared},
};

}  // namespace

std::span<const DecoderTraits> expertDecoders() {
  return kTable;
}

}  // namespace headroom
