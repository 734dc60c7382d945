// The dimensions nearly every transformer configuration states, under all their spellings.
#pragma once

#include "core/formats/config/config.h"

namespace headroom {

namespace keys {
constexpr std::string_view kHidden = "hidden_size n_embd d_model dim n_embed model_dim";
constexpr std::string_view kLayers = "num_hidden_layers n_layer n_layers num_layers";
constexpr std::string_view kHeads = "num_attention_heads n_head n_heads num_heads attention_heads";
constexpr std::string_view kKvHeads =
    "num_key_value_heads num_kv_heads n_kv_heads n_head_kv multi_query_group_num num_query_groups num_attention_groups";
constexpr std::string_view kHeadDim = "head_dim kv_channels attention_head_dim d_kv d_head";
constexpr std::string_view kIntermediate =
    "intermediate_size ffn_dim n_inner ffn_hidden_size d_ff ff_intermediate_size hidden_dim mlp_hidden_size "
    "encoder_ffn_dim";
constexpr std::string_view kExperts = "num_local_experts num_experts n_routed_experts moe_num_experts num_moe_experts";
constexpr std::string_view kExpertsPerToken =
    "num_experts_per_tok num_experts_per_token moe_topk moe_top_k moe_k top_k_experts top_k moe_router_topk "
    "num_activated_experts";
constexpr std::string_view kVocabulary = "vocab_size padded_vocab_size n_vocab";
constexpr std::string_view kMaxContext =
    "max_position_embeddings n_positions max_seq_len seq_length max_sequence_length n_ctx max_target_positions "
    "model_max_length context_length";
constexpr std::string_view kActivation =
    "hidden_act hidden_activation activation_function activation feed_forward_proj mlp_hidden_act";
}  // namespace keys

// Largest counts accepted; ten times what any released model has.
constexpr std::int64_t kMostLayers = 4096;
constexpr std::int64_t kMostHeads = 1 << 16;
constexpr std::int64_t kMostWidth = 1 << 24;
constexpr std::int64_t kMostHeadDim = 1 << 16;

struct Dimensions {
  std::int64_t hidden = 0, layers = 0, heads = 0, kvHeads = 0, headDim = 0, intermediate = 0, vocabulary = 0,
               maxContext = 0;

  friend bool operator==(const Dimensions&, const Dimensions&) = default;
};

// Whether Transformers 5 saved the file: what it leaves out is what the class gives it, and a checkpoint beside it
// holds what that class builds.
bool filledByClass(const Config& top);

// How a head's width follows where head_dim is absent.
enum class HeadRule : std::uint8_t {
  divided,  // hidden / heads, rounded down
  stated,   // the family states it elsewhere: 0
};

// Reads them. Absent: kvHeads = heads, intermediate = 4 × hidden, maxContext = 0.
Dimensions dimensionsOf(const Config& config, HeadRule rule = HeadRule::divided);

// The most tokens of a sequence: what the configuration states, stretched by its rope_scaling. 0: not said.
std::int64_t longestContext(const Config& config);

// The rotary part of a head: the head's width × the configuration's partial factor, or its rotary_dim.
std::int64_t rotaryDimOf(const Config& config, std::int64_t headDim, double fallback = 1.0);

// True where the activation function is a GELU.
bool isGelu(const Config& config, std::string_view fallback = "silu");
// Whether it is a ReLU, squared or not.
bool isRelu(const Config& config, std::string_view fallback);
// Whether transformers composes the GELU of separate operators (activations.py, 5.24: NewGELUActivation,
// FastGELUActivation).
bool isComposedGelu(const Config& config, std::string_view fallback);

}  // namespace headroom
