// The families that are an ordinary decoder with this or that changed. Reference for every row: the family's class in
// transformers 4.57 (src/transformers/models/<model_type>/modeling_<model_type>.py), counts checked in
// tests/data/parameters.jsonl.
#include "core/sources/families/decoder.h"
#include "core/sources/families/family.h"

namespace headroom {
namespace {

constexpr Flag kYes{true};
constexpr Flag kTied{true, "tie_word_embeddings"};
constexpr Flag kAttentionBias{false, "attention_bias"};

constexpr Names kGpt2{.embedding = "transformer.wte", .positions = "transformer.wpe", .finalNorm = "transformer.ln_f", .layer = "transformer.h.{}.",
                      .norm1 = "ln_1", .norm2 = "ln_2", .o = "attn.c_proj", .qkv = "attn.c_attn", .up = "mlp.c_fc", .down = "mlp.c_proj"};
constexpr Names kGptJ{.embedding = "transformer.wte", .finalNorm = "transformer.ln_f", .layer = "transformer.h.{}.", .norm1 = "ln_1",
                      .q = "attn.q_proj", .k = "attn.k_proj", .v = "attn.v_proj", .o = "attn.out_proj", .qkv = "attn.qkv_proj", .up = "mlp.fc_in", .down = "mlp.fc_out"};
constexpr Names kGptNeo{.embedding = "transformer.wte", .positions = "transformer.wpe", .finalNorm = "transformer.ln_f", .layer = "transformer.h.{}.",
                        .norm1 = "ln_1", .norm2 = "ln_2", .q = "attn.attention.q_proj", .k = "attn.attention.k_proj", .v = "attn.attention.v_proj",
                        .o = "attn.attention.out_proj", .up = "mlp.c_fc", .down = "mlp.c_proj"};
constexpr Names kNeoX{.embedding = "gpt_neox.embed_in", .finalNorm = "gpt_neox.final_layer_norm", .head = "embed_out", .layer = "gpt_neox.layers.{}.",
                      .o = "attention.dense", .qkv = "attention.query_key_value", .up = "mlp.dense_h_to_4h", .down = "mlp.dense_4h_to_h"};
constexpr Names kBloom{.embedding = "transformer.word_embeddings", .embeddingNorm = "transformer.word_embeddings_layernorm", .finalNorm = "transformer.ln_f",
                       .layer = "transformer.h.{}.", .o = "self_attention.dense", .qkv = "self_attention.query_key_value",
                       .up = "mlp.dense_h_to_4h", .down = "mlp.dense_4h_to_h"};
constexpr Names kPhi3Small{.finalNorm = "model.final_layernorm", .o = "self_attn.dense", .qkv = "self_attn.query_key_value", .down = "mlp.down_proj", .gateUp = "mlp.up_proj"};
constexpr Names kXglm{.finalNorm = "model.layer_norm", .norm1 = "self_attn_layer_norm", .norm2 = "final_layer_norm", .o = "self_attn.out_proj", .up = "fc1", .down = "fc2"};
constexpr Names kBioGpt{.embedding = "biogpt.embed_tokens", .positions = "biogpt.embed_positions", .finalNorm = "biogpt.layer_norm", .head = "output_projection", .layer = "biogpt.layers.{}.",
                        .norm1 = "self_attn_layer_norm", .norm2 = "final_layer_norm", .o = "self_attn.out_proj", .up = "fc1", .down = "fc2"};
constexpr Names kHunYuan{.qNorm = "self_attn.query_layernorm", .kNorm = "self_attn.key_layernorm"};
constexpr Names kPhi{.finalNorm = "model.final_layernorm", .o = "self_attn.dense", .up = "mlp.fc1", .down = "mlp.fc2"};
constexpr Names kStarCoder2{.up = "mlp.c_fc", .down = "mlp.c_proj"};
constexpr Names kPersimmon{.finalNorm = "model.final_layernorm", .o = "self_attn.dense", .qkv = "self_attn.query_key_value",
                           .qNorm = "self_attn.q_layernorm", .kNorm = "self_attn.k_layernorm", .up = "mlp.dense_h_to_4h", .down = "mlp.dense_4h_to_h"};
constexpr Names kMpt{.embedding = "transformer.wte", .finalNorm = "transformer.norm_f", .layer = "transformer.blocks.{}.", .norm1 = "norm_1", .norm2 = "norm_2",
                     .o = "attn.out_proj", .qkv = "attn.Wqkv", .up = "ffn.up_proj", .down = "ffn.down_proj"};
constexpr Names kInternLm2{.embedding = "model.tok_embeddings", .head = "output", .norm1 = "attention_norm", .norm2 = "ffn_norm", .o = "attention.wo",
                           .qkv = "attention.wqkv", .gate = "feed_forward.w1", .up = "feed_forward.w3", .down = "feed_forward.w2"};
constexpr Names kBaichuan{.qkv = "self_attn.W_pack"};
constexpr Names kQwen1{.embedding = "transformer.wte", .finalNorm = "transformer.ln_f", .layer = "transformer.h.{}.", .norm1 = "ln_1", .norm2 = "ln_2",
                       .o = "attn.c_proj", .qkv = "attn.c_attn", .gate = "mlp.w1", .up = "mlp.w2", .down = "mlp.c_proj"};
constexpr Names kChatGlm{.embedding = "transformer.embedding.word_embeddings", .finalNorm = "transformer.encoder.final_layernorm",
                         .head = "transformer.output_layer", .layer = "transformer.encoder.layers.{}.", .o = "self_attention.dense",
                         .qkv = "self_attention.query_key_value", .down = "mlp.dense_4h_to_h", .gateUp = "mlp.dense_h_to_4h"};
constexpr Names kExaone3{.embedding = "transformer.wte", .finalNorm = "transformer.ln_f", .layer = "transformer.h.{}.", .norm1 = "ln_1", .norm2 = "ln_2",
                         .q = "attn.attention.q_proj", .k = "attn.attention.k_proj", .v = "attn.attention.v_proj", .o = "attn.attention.out_proj",
                         .gate = "mlp.c_fc_0", .up = "mlp.c_fc_1", .down = "mlp.c_proj"};
constexpr Names kExaone4{.norm4 = "post_feedforward_layernorm"};
constexpr Names kGlm4{.norm2 = "post_self_attn_layernorm", .norm3 = "post_attention_layernorm", .norm4 = "post_mlp_layernorm"};

// Qwen-1 and RecurrentGemma: intermediate_size counts both halves of the gated MLP.
void halveIntermediate(const Config&, Dimensions& d) { d.intermediate /= 2; }

// MPT states its feed-forward width as a multiple of the hidden size.
void mptWidths(const Config& config, Dimensions& d) {
  d.intermediate = d.hidden * config.count("expansion_ratio", 4, 64);
  d.kvHeads = config.child("attn_config").count("kv_n_heads", d.heads, kMostHeads);
}

// ChatGLM: without multi_query_attention every head has its own keys.
void chatGlmHeads(const Config& config, Dimensions& d) {
  if (!config.flag("multi_query_attention", false)) d.kvHeads = d.heads;
}

// GPT-BigCode: one head of keys and values unless multi_query is off.
void bigCodeHeads(const Config& config, Dimensions& d) {
  if (config.flag("multi_query", true)) d.kvHeads = 1;
}

// BitNet norms what its output projections read.
void bitNetNorms(LayerBuilder& layer, const Config&, const Dimensions& d, std::int64_t) {
  layer.tensors.norm("self_attn.attn_sub_norm", d.hidden);
  layer.tensors.norm("mlp.ffn_sub_norm", d.intermediate);
}

// DBRX keeps its widths in two sections.
void dbrxHeads(const Config& config, Dimensions& d) {
  d.kvHeads = config.child("attn_config").count("kv_n_heads", 1, kMostHeads);
}

// Llama 4: the dense layers of a model with experts have a width of their own.
void llama4Widths(const Config& config, Dimensions& d) {
  d.intermediate = config.count("intermediate_size_mlp", 16384, kMostWidth);
}

constexpr Names kDbrx{.embedding = "transformer.wte", .finalNorm = "transformer.norm_f", .layer = "transformer.blocks.{}.", .norm1 = "norm_attn_norm.norm_1",
                      .norm2 = "norm_attn_norm.norm_2", .o = "norm_attn_norm.attn.out_proj", .qkv = "norm_attn_norm.attn.Wqkv"};
constexpr Names kLlama4{.gate = "feed_forward.gate_proj", .up = "feed_forward.up_proj", .down = "feed_forward.down_proj"};

constexpr ExpertNames kW123{.router = "block_sparse_moe.gate", .correction = "block_sparse_moe.e_score_correction_bias", .expert = "block_sparse_moe.experts.{e}.",
                            .gate = "w1", .up = "w3", .down = "w2", .shared = "block_sparse_moe.shared_experts."};
constexpr ExpertNames kSharedExpert{.shared = "mlp.shared_expert."};
constexpr ExpertNames kGraniteExperts{.router = "block_sparse_moe.router.layer", .expert = "block_sparse_moe.", .down = "output_linear.weight", .gateUp = "input_linear.weight",
                                      .shared = "shared_mlp.", .sharedDown = "output_linear", .sharedGateUp = "input_linear"};
constexpr ExpertNames kErnieExperts{.correction = "mlp.moe_statics.e_score_correction_bias"};
constexpr ExpertNames kOssExperts{.router = "mlp.router", .expert = "mlp.experts."};
constexpr ExpertNames kLlama4Experts{.router = "feed_forward.router", .expert = "feed_forward.experts.", .shared = "feed_forward.shared_expert."};
constexpr ExpertNames kStepExperts{.router = "moe.gate", .expert = "moe.", .shared = "share_expert."};
constexpr ExpertNames kDbrxExperts{.router = "ffn.router.layer", .expert = "ffn.experts.mlp.", .gate = "w1", .up = "v1", .down = "w2"};

constexpr ExpertTraits kStep3{.names = kStepExperts, .sharedWidth = "share_expert_dim share_expert_dims"};
constexpr ExpertTraits kMixtral{.names = kW123, .width = "intermediate_size"};
constexpr ExpertTraits kPlainExperts{.width = "moe_intermediate_size intermediate_size"};
constexpr ExpertNames kHunYuanExperts{.router = "mlp.gate.wg", .shared = "mlp.shared_mlp."};
constexpr ExpertTraits kHunYuanMoe{.names = kHunYuanExperts, .width = "moe_intermediate_size intermediate_size", .sharedCount = "num_shared_expert"};
constexpr ExpertTraits kAnyExperts{.width = "moe_intermediate_size expert_intermediate_size intermediate_size",
                                   .sharedWidth = "shared_expert_intermediate_size moe_shared_expert_intermediate_size shared_intermediate_size",
                                   .sharedCount = "n_shared_experts num_shared_experts"};
constexpr ExpertTraits kOlmoe{.width = "intermediate_size"};
constexpr ExpertTraits kQwen2Moe{.names = kSharedExpert, .sharedWidth = "shared_expert_intermediate_size", .sharedExpertGate = true};
constexpr ExpertTraits kMiniMaxM2{.names = kW123, .width = "intermediate_size", .routerBias = RouterBias::buffer};
constexpr ExpertTraits kGraniteMoe{.names = kGraniteExperts, .width = "intermediate_size", .sharedWidth = "shared_intermediate_size", .fusedGateUp = true, .fusedSharedGateUp = true};
constexpr ExpertTraits kDeepSeekV2{.sharedCount = "n_shared_experts"};
constexpr ExpertTraits kDeepSeekV3{.sharedCount = "n_shared_experts num_shared_experts", .routerBias = RouterBias::buffer};
constexpr ExpertTraits kErnieMoe{.names = kErnieExperts, .sharedCount = "moe_num_shared_experts", .routerBias = RouterBias::parameter};
constexpr ExpertTraits kGptOss{.names = kOssExperts, .width = "intermediate_size", .fusedGateUp = true, .bias = true, .routerBias = RouterBias::linear};
constexpr ExpertTraits kLlama4Moe{.names = kLlama4Experts, .width = "intermediate_size", .sharedWidth = "intermediate_size", .fusedGateUp = true};
constexpr ExpertTraits kDbrxMoe{.names = kDbrxExperts, .section = "ffn_config", .width = "ffn_hidden_size"};

constexpr Names kJamba{.finalNorm = "model.final_layernorm", .norm2 = "pre_ff_layernorm", .gate = "feed_forward.gate_proj", .up = "feed_forward.up_proj", .down = "feed_forward.down_proj"};
constexpr Names kFeedForward{.finalNorm = "model.final_layernorm", .norm2 = "pre_ff_layernorm", .gate = "feed_forward.gate_proj", .up = "feed_forward.up_proj", .down = "feed_forward.down_proj"};
constexpr Names kLfm2{.finalNorm = "model.embedding_norm", .norm1 = "operator_norm", .norm2 = "ffn_norm", .o = "self_attn.out_proj", .qNorm = "self_attn.q_layernorm",
                      .kNorm = "self_attn.k_layernorm", .gate = "feed_forward.w1", .up = "feed_forward.w3", .down = "feed_forward.w2"};
constexpr Names kRecurrentGemma{.finalNorm = "model.final_norm", .norm1 = "temporal_pre_norm", .norm2 = "channel_pre_norm", .q = "temporal_block.q_proj", .k = "temporal_block.k_proj",
                                .v = "temporal_block.v_proj", .o = "temporal_block.o_proj", .gate = "mlp_block.gate_proj", .up = "mlp_block.up_proj", .down = "mlp_block.down_proj"};
constexpr ExpertNames kJambaExperts{.router = "feed_forward.router", .expert = "feed_forward.experts.{e}."};
constexpr ExpertNames kLfm2Experts{.router = "feed_forward.gate", .correction = "feed_forward.expert_bias", .expert = "feed_forward.experts.{e}.", .gate = "w1", .up = "w3", .down = "w2"};
constexpr ExpertTraits kJambaMoe{.names = kJambaExperts, .width = "intermediate_size"};
constexpr ExpertTraits kLfm2Moe{.names = kLfm2Experts, .routerBias = RouterBias::buffer};
constexpr ExpertTraits kMiniMaxMoe{.names = kW123, .width = "intermediate_size"};
constexpr ExpertTraits kKimiLinear{.names = kW123, .sharedCount = "num_shared_experts", .latentWidth = "routed_expert_hidden_size", .routerBias = RouterBias::buffer};

// LFM2 may state its width before the gated MLP's 2/3 and the rounding to a multiple.
void lfm2Width(const Config& config, Dimensions& d) {
  d.intermediate = config.count("block_ff_dim intermediate_size", d.intermediate, kMostWidth);
  if (!config.flag("block_auto_adjust_ff_dim", true)) return;
  const double scaled = static_cast<double>(2 * d.intermediate / 3) * config.real("block_ffn_dim_multiplier", 1.0);
  const std::int64_t multiple = config.count("block_multiple_of", 256, kMostWidth);
  d.intermediate = (static_cast<std::int64_t>(scaled) + multiple - 1) / multiple * multiple;
}

// A family nobody described: what its keys say, in Llama's layout.
constexpr DecoderTraits kUnknown{.types = "", .qkvBias = {false, "attention_bias qkv_bias use_qkv_bias"}, .outputBias = {false, "attention_bias"}, .mlpBias = {false, "mlp_bias"},
                                 .qkNorm = QkNorm::per_head_dim, .qkNormIf = {false, "use_qk_norm qk_norm use_qk_layernorm"}, .experts = &kAnyExperts, .latent = true};

constexpr DecoderTraits kTable[] = {
    {.types = "llama aquila Yi yi xverse decilm tinyllama deepseek-llm deepseek_llm skywork internlm3 solar cwm", .qkvBias = kAttentionBias,
     .outputBias = kAttentionBias, .mlpBias = {false, "mlp_bias"}},
    {.types = "mistral ministral ministral3 mistral3_text", .windows = WindowRule::all},
    {.types = "qwen2 mimo qwen2_5_vl_text qwen2_vl_text", .qkvBias = kYes, .windows = WindowRule::late},
    {.types = "qwen3 qwen3_vl_text", .qkvBias = kAttentionBias, .outputBias = kAttentionBias, .qkNorm = QkNorm::per_head_dim, .windows = WindowRule::late},
    {.types = "gemma", .norm = NormKind::rms_gemma, .qkvBias = kAttentionBias, .outputBias = kAttentionBias, .tied = kTied, .activation = "gelu"},
    {.types = "gemma2", .norm = NormKind::rms_gemma, .plan = NormPlan::sandwich, .qkvBias = kAttentionBias, .outputBias = kAttentionBias, .tied = kTied,
     .windows = WindowRule::even, .activation = "gelu"},
    {.types = "gemma3_text", .norm = NormKind::rms_gemma, .plan = NormPlan::sandwich, .qkvBias = kAttentionBias, .outputBias = kAttentionBias,
     .qkNorm = QkNorm::per_head_dim, .tied = kTied, .windows = WindowRule::pattern, .windowPeriod = 6, .activation = "gelu"},
    {.types = "phi3", .fusedQkv = true, .fusedGateUp = true, .windows = WindowRule::all},
    {.types = "gpt2", .names = kGpt2, .norm = NormKind::layer, .normBias = true, .qkvBias = kYes, .outputBias = kYes, .mlpBias = kYes, .fusedQkv = true,
     .gated = false, .tied = kTied, .positions = Positions::learned, .activation = "gelu_new"},
    {.types = "gpt_bigcode", .names = kGpt2, .norm = NormKind::layer, .normBias = true, .qkvBias = kYes, .outputBias = kYes, .mlpBias = kYes, .fusedQkv = true,
     .gated = false, .tied = kTied, .positions = Positions::learned, .activation = "gelu", .adjust = bigCodeHeads},
    {.types = "gptj", .names = kGptJ, .norm = NormKind::layer, .normBias = true, .plan = NormPlan::parallel_one, .mlpBias = kYes, .headBias = kYes,
     .gated = false, .activation = "gelu_new"},
    {.types = "codegen", .names = kGptJ, .norm = NormKind::layer, .normBias = true, .plan = NormPlan::parallel_one, .mlpBias = kYes, .headBias = kYes,
     .fusedQkv = true, .gated = false, .activation = "gelu_new"},
    {.types = "gpt_neo", .names = kGptNeo, .norm = NormKind::layer, .normBias = true, .outputBias = kYes, .mlpBias = kYes, .gated = false, .tied = kTied,
     .positions = Positions::learned, .windows = WindowRule::local, .activation = "gelu_new"},
    {.types = "gpt_neox", .names = kNeoX, .norm = NormKind::layer, .normBias = true, .plan = NormPlan::parallel_two, .qkvBias = {true, "attention_bias"},
     .outputBias = {true, "attention_bias"}, .mlpBias = kYes, .fusedQkv = true, .gated = false, .rotary = 0.25, .activation = "gelu"},
    {.types = "bloom", .names = kBloom, .norm = NormKind::layer, .normBias = true, .embeddingNorm = true, .qkvBias = kYes, .outputBias = kYes, .mlpBias = kYes,
     .fusedQkv = true, .gated = false, .tied = kTied, .positions = Positions::none, .activation = "gelu"},
    {.types = "mpt", .names = kMpt, .norm = NormKind::layer, .fusedQkv = true, .gated = false, .tied = kTied, .positions = Positions::none, .activation = "gelu",
     .adjust = mptWidths},
    {.types = "phi phi-msft", .names = kPhi, .norm = NormKind::layer, .normBias = true, .plan = NormPlan::parallel_one, .qkvBias = kYes, .outputBias = kYes,
     .mlpBias = kYes, .headBias = kYes, .qkNorm = QkNorm::per_head_dim, .qkNormIf = {false, "qk_layernorm"}, .qkNormBias = true, .gated = false, .rotary = 0.5,
     .activation = "gelu_new"},
    {.types = "starcoder2", .names = kStarCoder2, .norm = NormKind::layer, .normBias = true, .qkvBias = {true, "use_bias"}, .outputBias = {true, "use_bias"},
     .mlpBias = {true, "use_bias"}, .gated = false, .tied = kTied, .windows = WindowRule::all, .activation = "gelu_pytorch_tanh"},
    {.types = "persimmon", .names = kPersimmon, .norm = NormKind::layer, .normBias = true, .qkvBias = kYes, .outputBias = kYes, .mlpBias = kYes,
     .qkNorm = QkNorm::per_head_dim, .qkNormIf = {true, "qk_layernorm"}, .qkNormBias = true, .fusedQkv = true, .gated = false, .rotary = 0.5, .activation = "relu2"},
    {.types = "stablelm stablelm_epoch", .norm = NormKind::layer, .normBias = true, .parallelKey = "use_parallel_residual", .qkvBias = {false, "use_qkv_bias"}, .qkNorm = QkNorm::per_head,
     .qkNormIf = {false, "qk_layernorm"}, .rotary = 0.25},
    {.types = "cohere", .norm = NormKind::layer, .plan = NormPlan::parallel_one, .qkvBias = kAttentionBias, .outputBias = kAttentionBias,
     .qkNorm = QkNorm::per_head, .qkNormIf = {false, "use_qk_norm"}, .tied = kTied},
    {.types = "cohere2 cohere2_text", .norm = NormKind::layer, .plan = NormPlan::parallel_one, .qkvBias = kAttentionBias, .outputBias = kAttentionBias, .tied = kTied,
     .windows = WindowRule::pattern, .windowPeriod = 4},
    {.types = "olmo", .norm = NormKind::non_parametric, .qkvBias = kAttentionBias, .outputBias = kAttentionBias},
    {.types = "olmo2", .plan = NormPlan::post, .qkvBias = kAttentionBias, .outputBias = kAttentionBias, .qkNorm = QkNorm::whole_width},
    {.types = "olmo3", .plan = NormPlan::post, .qkvBias = kAttentionBias, .outputBias = kAttentionBias, .qkNorm = QkNorm::whole_width,
     .windows = WindowRule::pattern, .windowPeriod = 4},
    {.types = "nemotron", .norm = NormKind::layer, .normBias = true, .qkvBias = kAttentionBias, .outputBias = kAttentionBias, .mlpBias = {false, "mlp_bias"},
     .gated = false, .rotary = 0.5, .activation = "relu2"},
    {.types = "glm", .qkvBias = kAttentionBias, .fusedGateUp = true, .rotary = 0.5},
    {.types = "glm4 glm4v_text", .names = kGlm4, .plan = NormPlan::sandwich, .qkvBias = kAttentionBias, .fusedGateUp = true, .rotary = 0.5},
    {.types = "chatglm", .names = kChatGlm, .qkvBias = {false, "add_qkv_bias"}, .outputBias = {false, "add_bias_linear"}, .mlpBias = {false, "add_bias_linear"},
     .fusedQkv = true, .fusedGateUp = true, .rotary = 0.5, .adjust = chatGlmHeads},
    {.types = "granite", .qkvBias = kAttentionBias, .outputBias = kAttentionBias, .mlpBias = {false, "mlp_bias"}},
    {.types = "smollm3", .qkvBias = kAttentionBias, .outputBias = kAttentionBias, .mlpBias = {false, "mlp_bias"}, .tied = kTied, .windows = WindowRule::late},
    {.types = "ernie4_5", .qkvBias = {false, "use_bias"}, .outputBias = {false, "use_bias"}, .mlpBias = {false, "use_bias"}, .tied = kTied},
    {.types = "seed_oss", .qkvBias = {true, "attention_bias"}, .outputBias = {false, "attention_out_bias"}, .mlpBias = {false, "mlp_bias"}},
    {.types = "arcee", .qkvBias = kAttentionBias, .outputBias = kAttentionBias, .mlpBias = {false, "mlp_bias"}, .gated = false, .activation = "relu2"},
    {.types = "apertus", .qkvBias = kAttentionBias, .outputBias = kAttentionBias, .qkNorm = QkNorm::per_head_dim, .gated = false, .activation = "xielu", .mlpScalars = 2},
    {.types = "exaone", .names = kExaone3},
    {.types = "exaone4", .names = kExaone4, .plan = NormPlan::post, .qkNorm = QkNorm::per_head_dim, .windows = WindowRule::pattern, .windowPeriod = 4},
    {.types = "internlm", .qkvBias = {true, "bias"}, .outputBias = {true, "bias"}},
    {.types = "internlm2", .names = kInternLm2, .qkvBias = {false, "bias"}, .outputBias = {false, "bias"}, .fusedQkv = true},
    {.types = "baichuan", .names = kBaichuan, .fusedQkv = true},
    {.types = "qwen", .names = kQwen1, .qkvBias = kYes, .fusedQkv = true, .adjust = halveIntermediate},
    {.types = "phi3small", .names = kPhi3Small, .norm = NormKind::layer, .normBias = true, .qkvBias = kYes, .outputBias = kYes, .mlpBias = kYes, .fusedQkv = true,
     .fusedGateUp = true, .tied = kTied, .activation = "gegelu"},
    {.types = "xglm", .names = kXglm, .norm = NormKind::layer, .normBias = true, .qkvBias = kYes, .outputBias = kYes, .mlpBias = kYes, .gated = false, .tied = kTied,
     .positions = Positions::none, .activation = "gelu"},
    {.types = "biogpt", .names = kBioGpt, .norm = NormKind::layer, .normBias = true, .qkvBias = kYes, .outputBias = kYes, .mlpBias = kYes, .gated = false, .tied = kTied,
     .positions = Positions::learned, .positionOffset = 2, .activation = "gelu"},
    {.types = "bitnet", .qkvBias = kAttentionBias, .outputBias = kAttentionBias, .activation = "relu2", .finishLayer = bitNetNorms},
    {.types = "orion", .norm = NormKind::layer, .normBias = true, .qkvBias = kAttentionBias, .outputBias = kAttentionBias},
    {.types = "minicpm", .qkvBias = kAttentionBias, .outputBias = kAttentionBias, .tied = kTied},
    {.types = "hunyuan_v1_moe hunyuan", .names = kHunYuan, .qkvBias = kAttentionBias, .outputBias = kAttentionBias, .qkNorm = QkNorm::per_head_dim, .qkNormIf = {true, "use_qk_norm"},
     .experts = &kHunYuanMoe},
    {.types = "hunyuan_v1_dense", .names = kHunYuan, .qkvBias = kAttentionBias, .outputBias = kAttentionBias, .qkNorm = QkNorm::per_head_dim, .qkNormIf = {true, "use_qk_norm"}},
    {.types = "mixtral", .windows = WindowRule::all, .experts = &kMixtral},
    {.types = "granitemoe granitemoeshared", .qkvBias = kAttentionBias, .outputBias = kAttentionBias, .experts = &kGraniteMoe},
    {.types = "qwen2_moe", .qkvBias = {true, "qkv_bias"}, .windows = WindowRule::late, .experts = &kQwen2Moe},
    {.types = "qwen3_moe qwen3_vl_moe_text", .qkvBias = kAttentionBias, .outputBias = kAttentionBias, .qkNorm = QkNorm::per_head_dim, .windows = WindowRule::late,
     .experts = &kPlainExperts},
    {.types = "olmoe flex_olmo", .qkvBias = kAttentionBias, .outputBias = kAttentionBias, .qkNorm = QkNorm::whole_width, .experts = &kOlmoe},
    {.types = "phimoe", .norm = NormKind::layer, .normBias = true, .qkvBias = kAttentionBias, .outputBias = kAttentionBias, .headBias = {false, "lm_head_bias"},
     .windows = WindowRule::all, .experts = &kMixtral},
    {.types = "minimax_m2", .qkNorm = QkNorm::whole_width, .qkNormIf = {true, "use_qk_norm"}, .experts = &kMiniMaxM2},
    {.types = "gpt_oss", .qkvBias = {true, "attention_bias"}, .outputBias = {true, "attention_bias"}, .windows = WindowRule::even, .experts = &kGptOss, .sinks = true},
    {.types = "llama4_text", .names = kLlama4, .qkvBias = kAttentionBias, .outputBias = kAttentionBias, .windows = WindowRule::chunks, .experts = &kLlama4Moe, .adjust = llama4Widths},
    {.types = "dbrx", .names = kDbrx, .norm = NormKind::layer, .fusedQkv = true, .experts = &kDbrxMoe, .adjust = dbrxHeads},
    {.types = "deepseek", .qkvBias = kAttentionBias, .outputBias = kAttentionBias, .experts = &kDeepSeekV2},
    {.types = "deepseek_v2", .qkvBias = kAttentionBias, .experts = &kDeepSeekV2, .latent = true},
    {.types = "deepseek_v3 kimi_k2 moonlight", .qkvBias = kAttentionBias, .experts = &kDeepSeekV3, .latent = true, .nextToken = NextToken::own},
    {.types = "glm4_moe_lite", .qkvBias = kAttentionBias, .experts = &kDeepSeekV3, .latent = true, .nextToken = NextToken::own},
    {.types = "deepseek_v32", .qkvBias = kAttentionBias, .experts = &kDeepSeekV3, .latent = true, .indexer = true, .nextToken = NextToken::own},
    {.types = "glm_moe_dsa", .qkvBias = kAttentionBias, .experts = &kDeepSeekV3, .latent = true, .indexer = true, .nextToken = NextToken::shared},
    {.types = "glm4_moe glm4v_moe_text", .qkvBias = kAttentionBias, .qkNorm = QkNorm::per_head_dim, .qkNormIf = {false, "use_qk_norm"}, .rotary = 0.5, .experts = &kDeepSeekV3,
     .nextToken = NextToken::own},
    {.types = "dots1", .qkvBias = kAttentionBias, .qkNorm = QkNorm::per_head_dim, .windows = WindowRule::late, .experts = &kDeepSeekV3},
    {.types = "step3p5 step3p7", .qkNorm = QkNorm::per_head_dim, .windows = WindowRule::pattern, .windowPeriod = 4, .experts = &kStep3},
    {.types = "jamba", .names = kJamba, .windows = WindowRule::periodic, .windowPeriod = 8, .experts = &kJambaMoe, .linear = jambaMixer},
    {.types = "bamba", .names = kFeedForward, .qkvBias = kAttentionBias, .outputBias = kAttentionBias, .mlpBias = {false, "mlp_bias"}, .windows = WindowRule::listed, .linear = graniteMixer},
    {.types = "falcon_h1", .names = kFeedForward, .qkvBias = kAttentionBias, .outputBias = kAttentionBias, .mlpBias = {false, "mlp_bias"}, .beside = falconH1Mixer},
    {.types = "granitemoehybrid", .qkvBias = kAttentionBias, .outputBias = kAttentionBias, .tied = kTied, .experts = &kGraniteMoe, .linear = graniteMixer},
    {.types = "minimax minimax_text_01 minimax_m1", .windows = WindowRule::listed, .experts = &kMiniMaxMoe, .linear = miniMaxMixer},
    {.types = "lfm2", .names = kLfm2, .qkNorm = QkNorm::per_head_dim, .tied = {true, "tie_word_embeddings tie_embedding"}, .windows = WindowRule::listed, .linear = lfm2Mixer, .adjust = lfm2Width},
    {.types = "lfm2_moe", .names = kLfm2, .qkNorm = QkNorm::per_head_dim, .tied = {true, "tie_word_embeddings tie_embedding"}, .windows = WindowRule::listed, .experts = &kLfm2Moe,
     .linear = lfm2Mixer},
    {.types = "qwen3_next", .norm = NormKind::rms_gemma, .qkvBias = kAttentionBias, .outputBias = kAttentionBias, .qkNorm = QkNorm::per_head_dim, .rotary = 0.25,
     .windows = WindowRule::interval, .windowPeriod = 4, .experts = &kQwen2Moe, .outputGate = true, .linear = qwen3NextMixer, .nextToken = NextToken::shared},
    {.types = "qwen3_5_text qwen3_5_moe_text", .norm = NormKind::rms_gemma, .qkvBias = kAttentionBias, .outputBias = kAttentionBias, .qkNorm = QkNorm::per_head_dim, .rotary = 0.25,
     .windows = WindowRule::interval, .windowPeriod = 4, .experts = &kQwen2Moe, .outputGate = true, .linear = qwen35Mixer, .nextToken = NextToken::shared},
    {.types = "kimi_linear", .windows = WindowRule::kimi, .experts = &kKimiLinear, .latent = true, .linear = kimiMixer},
    {.types = "recurrent_gemma", .names = kRecurrentGemma, .norm = NormKind::rms_gemma, .qkvBias = kAttentionBias, .outputBias = kYes, .mlpBias = kYes, .tied = kTied, .rotary = 0.5,
     .windows = WindowRule::blocks, .activation = "gelu", .linear = recurrentGemmaMixer, .adjust = halveIntermediate},
    {.types = "ernie4_5_moe", .qkvBias = {false, "use_bias"}, .outputBias = {false, "use_bias"}, .mlpBias = {false, "use_bias"}, .tied = kTied, .experts = &kErnieMoe,
     .nextToken = NextToken::shared},
};

}  // namespace

std::string decoderTypes() {
  std::string all;
  for (const DecoderTraits& row : kTable) (all += row.types) += ' ';
  return all;
}

const DecoderTraits& unknownTraits() { return kUnknown; }

const DecoderTraits* decoderTraits(std::string_view modelType) {
  for (const DecoderTraits& row : kTable)
    if (listed(row.types, modelType)) return &row;
  return nullptr;
}

}  // namespace headroom
