// Decoders of 2024 to 2026 that stand close to Llama, Gemma or DeepSeek-V3, and what each adds to them.
// Reference for every row: the family's class in transformers v5 (src/transformers/models/<model_type>/
// modeling_<model_type>.py); counts are checked in tests/data/published.jsonl.
#include "core/formats/config/families/decoder_tables.h"

namespace headroom {
namespace {

constexpr Names kAfmoe{.norm3 = "pre_mlp_layernorm", .norm4 = "post_mlp_layernorm"};
constexpr Names kVaultGemma{.norm2 = "pre_feedforward_layernorm"};
constexpr Names kNanoChat{.up = "mlp.fc1", .down = "mlp.fc2"};
constexpr Names kGpt1{.embedding = "transformer.tokens_embed",
                      .positions = "transformer.positions_embed",
                      .layer = "transformer.h.{}.",
                      .norm1 = "ln_1",
                      .norm2 = "ln_2",
                      .o = "attn.c_proj",
                      .qkv = "attn.c_attn",
                      .up = "mlp.c_fc",
                      .down = "mlp.c_proj"};
constexpr Names kCtrl{.embedding = "transformer.w",
                      .finalNorm = "transformer.layernorm",
                      .layer = "transformer.h.{}.",
                      .norm1 = "layernorm1",
                      .norm2 = "layernorm2",
                      .q = "multi_head_attention.Wq",
                      .k = "multi_head_attention.Wk",
                      .v = "multi_head_attention.Wv",
                      .o = "multi_head_attention.dense",
                      .up = "ffn.0",
                      .down = "ffn.2"};
constexpr ExpertNames kAfmoeExperts{.router = "mlp.router.gate", .correction = "mlp.expert_bias"};
constexpr ExpertNames kCorrectionBeside{.correction = "mlp.e_score_correction_bias"};
constexpr ExpertNames kHyExperts{
    .router = "mlp.router.gate", .correction = "mlp.expert_bias", .shared = "mlp.shared_mlp."};
constexpr ExpertNames kLagunaExperts{.correction = "mlp.experts.e_score_correction_bias",
                                     .shared = "mlp.shared_expert."};
constexpr ExpertTraits kAfmoeMoe{
    .names = kAfmoeExperts, .sharedCount = "num_shared_experts", .routerBias = RouterBias::parameter};
constexpr ExpertTraits kExaoneMoe{
    .names = kCorrectionBeside, .sharedCount = "num_shared_experts", .routerBias = RouterBias::buffer};
constexpr ExpertTraits kHyMoe{.names = kHyExperts,
                              .sharedCount = "num_shared_experts",
                              .sharedBias = "mlp_bias",
                              .routerBias = RouterBias::buffer};
constexpr ExpertTraits kSolarMoe{.sharedCount = "n_shared_experts", .routerBias = RouterBias::buffer};
constexpr ExpertTraits kCohereMoe{.width = "intermediate_size", .sharedCount = "num_shared_experts"};
constexpr ExpertTraits kLagunaMoe{
    .names = kLagunaExperts, .sharedWidth = "shared_expert_intermediate_size", .routerBias = RouterBias::parameter};

// A gate as wide as the heads, over what attention gives.
void outputGate(LayerBuilder& layer, const Config&, const Dimensions& d, std::int64_t) {
  const AttentionSpec& a = layer.kind.attention;
  layer.tensors.linear("self_attn.gate_proj", TensorRole::attention_extra, Group::attention, a.heads * a.valueDim,
                       d.hidden);
}
// Laguna: a gate for each head, or for each channel of it.
void lagunaGate(LayerBuilder& layer, const Config& config, const Dimensions& d, std::int64_t) {
  const AttentionSpec& a = layer.kind.attention;
  // transformers 5.24 modeling_laguna.py: any value but true and "per-head" gates each channel, false too.
  const std::string gating = config.text("gating");
  const bool elements = gating.empty() ? !config.flag("gating", true) : gating != "per-head";
  layer.tensors.linear("self_attn.g_proj", TensorRole::attention_extra, Group::attention,
                       elements ? a.heads * a.valueDim : a.heads, d.hidden);
}
void clovaNorms(LayerBuilder& layer, const Config& config, const Dimensions& d, std::int64_t) {
  if (!config.flag("use_post_norm", false)) return;
  layer.tensors.norm("post_norm1", d.hidden);
  layer.tensors.norm("post_norm2", d.hidden);
  layer.kind.normsPerLayer = 4;
}
// NanoChat norms queries and keys without weights.
void bareNorms(LayerBuilder& layer, const Config&, const Dimensions&, std::int64_t) {
  layer.kind.attention.qkNorm = true;
}
// Differential attention: how much of the second softmax is taken off (https://arxiv.org/abs/2410.05258).
void diffLambdas(LayerBuilder& layer, const Config&, const Dimensions& d, std::int64_t) {
  for (const char* name : {"lambda_q1", "lambda_k1", "lambda_q2", "lambda_k2"})
    layer.tensors.tensor(std::string("self_attn.") + name, TensorRole::attention_extra, Group::attention, d.headDim);
}
// OLMo Hybrid norms what its attention layers give, but what its recurrent layers read.
void olmoNorms(LayerBuilder& layer, const Config&, const Dimensions&, std::int64_t) {
  if (layer.kind.attention.kind == AttentionKind::none) return;
  for (Tensor& t : layer.kind.tensors)
    if (const std::size_t at = t.name.find("input_layernorm"); at != std::string::npos)
      t.name.replace(at, std::string_view("input_layernorm").size(), "post_feedforward_layernorm");
}
// Command A's mixtures: the first layers are dense, with a width of their own.
void cohereDense(const Config& config, Dimensions& d) {
  d.intermediate = config.count("prefix_dense_intermediate_size", d.intermediate, kMostWidth);
}
void dffWidth(const Config& config, Dimensions& d) {
  d.intermediate = config.count("dff", 8192, kMostWidth);
}

constexpr DecoderTraits kTable[] = {
    {.types = "afmoe",
     .names = kAfmoe,
     .plan = NormPlan::sandwich,
     .qkvBias = kAttentionBias,
     .outputBias = kAttentionBias,
     .qkNorm = QkNorm::per_head_dim,
     .windows = WindowRule::pattern,
     .windowPeriod = 4,
     .experts = &kAfmoeMoe,
     .finishLayer = outputGate},
    {.types = "exaone_moe",
     .qkNorm = QkNorm::per_head_dim,
     .windows = WindowRule::pattern,
     .windowPeriod = 4,
     .experts = &kExaoneMoe,
     .nextToken = NextToken::shared},
    {.types = "hy_v3",
     .qkvBias = kAttentionBias,
     .outputBias = kAttentionBias,
     .mlpBias = {false, "mlp_bias"},
     .qkNorm = QkNorm::per_head_dim,
     .experts = &kHyMoe,
     .nextToken = NextToken::shared},
    {.types = "solar_open", .qkvBias = kAttentionBias, .experts = &kSolarMoe},
    {.types = "cohere2_moe",
     .norm = NormKind::layer,
     .plan = NormPlan::parallel_one,
     .qkvBias = kAttentionBias,
     .outputBias = kAttentionBias,
     .tied = kTied,
     .windows = WindowRule::pattern,
     .windowPeriod = 4,
     .experts = &kCohereMoe,
     .adjust = cohereDense},
    {.types = "laguna",
     .qkvBias = kAttentionBias,
     .outputBias = kAttentionBias,
     .qkNorm = QkNorm::per_head_dim,
     .experts = &kLagunaMoe,
     .finishLayer = lagunaGate},
    {.types = "jais2",
     .norm = NormKind::layer,
     .normBias = true,
     .qkvBias = {true, "attention_bias"},
     .outputBias = {true, "attention_bias"},
     .mlpBias = {true, "mlp_bias"},
     .gated = false,
     .activation = "relu2"},
    {.types = "granite_swa",
     .qkvBias = kAttentionBias,
     .outputBias = kAttentionBias,
     .mlpBias = {false, "mlp_bias"},
     .tied = kTied,
     .sinks = true},
    {.types = "granitemoe_swa",
     .qkvBias = kAttentionBias,
     .outputBias = kAttentionBias,
     .experts = &kGraniteMoe,
     .sinks = true},
    {.types = "hyperclovax",
     .qkvBias = kAttentionBias,
     .outputBias = kAttentionBias,
     .mlpBias = {false, "mlp_bias"},
     .finishLayer = clovaNorms},
    {.types = "diffllama", .qkvBias = kAttentionBias, .outputBias = kAttentionBias, .finishLayer = diffLambdas},
    {.types = "vaultgemma",
     .names = kVaultGemma,
     .norm = NormKind::rms_gemma,
     .qkvBias = kAttentionBias,
     .outputBias = kAttentionBias,
     .tied = kTied,
     .windows = WindowRule::even,
     .activation = "gelu"},
    {.types = "nanochat",
     .names = kNanoChat,
     .norm = NormKind::non_parametric,
     .qkvBias = kAttentionBias,
     .outputBias = kAttentionBias,
     .gated = false,
     .activation = "relu2",
     .finishLayer = bareNorms},
    {.types = "olmo_hybrid",
     .qkvBias = kAttentionBias,
     .outputBias = kAttentionBias,
     .qkNorm = QkNorm::whole_width,
     .windows = WindowRule::interval,
     .windowPeriod = 4,
     .linear = olmoHybridMixer,
     .finishLayer = olmoNorms},
    {.types = "openai-gpt",
     .names = kGpt1,
     .norm = NormKind::layer,
     .normBias = true,
     .finalNorm = false,
     .qkvBias = kYes,
     .outputBias = kYes,
     .mlpBias = kYes,
     .fusedQkv = true,
     .gated = false,
     .tied = kTied,
     .positions = Positions::learned,
     .activation = "gelu"},
    {.types = "ctrl",
     .names = kCtrl,
     .norm = NormKind::layer,
     .normBias = true,
     .qkvBias = kYes,
     .outputBias = kYes,
     .mlpBias = kYes,
     .headBias = kYes,
     .gated = false,
     .tied = kTied,
     .positions = Positions::none,
     .activation = "relu",
     .adjust = dffWidth},
};

}  // namespace

std::span<const DecoderTraits> recentDecoders() {
  return kTable;
}

}  // namespace headroom
