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

// Qwen-1's intermediate_size counts both halves of its gated MLP.
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
     .mlpBias = kYes, .headBias = kYes, .gated = false, .rotary = 0.5, .activation = "gelu_new"},
    {.types = "starcoder2", .names = kStarCoder2, .norm = NormKind::layer, .normBias = true, .qkvBias = {true, "use_bias"}, .outputBias = {true, "use_bias"},
     .mlpBias = {true, "use_bias"}, .gated = false, .tied = kTied, .windows = WindowRule::all, .activation = "gelu_pytorch_tanh"},
    {.types = "persimmon", .names = kPersimmon, .norm = NormKind::layer, .normBias = true, .qkvBias = kYes, .outputBias = kYes, .mlpBias = kYes,
     .qkNorm = QkNorm::per_head_dim, .qkNormIf = {true, "qk_layernorm"}, .qkNormBias = true, .fusedQkv = true, .gated = false, .rotary = 0.5, .activation = "relu2"},
    {.types = "stablelm stablelm_epoch", .norm = NormKind::layer, .normBias = true, .qkvBias = {false, "use_qkv_bias"}, .qkNorm = QkNorm::per_head,
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
    {.types = "orion", .norm = NormKind::layer, .normBias = true, .qkvBias = kAttentionBias, .outputBias = kAttentionBias},
    {.types = "minicpm", .qkvBias = kAttentionBias, .outputBias = kAttentionBias, .tied = kTied},
    {.types = "hunyuan_v1_dense", .qkvBias = kAttentionBias, .outputBias = kAttentionBias, .qkNorm = QkNorm::per_head_dim, .qkNormIf = {true, "use_qk_norm"}},
};

}  // namespace

const DecoderTraits* decoderTraits(std::string_view modelType) {
  for (const DecoderTraits& row : kTable)
    if (listed(row.types, modelType)) return &row;
  return nullptr;
}

}  // namespace headroom
