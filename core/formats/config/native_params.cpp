#include "core/formats/config/native_params.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <span>
#include <string>

namespace headroom {
namespace {

using nlohmann::json;

struct Spelling {
  const char* params;
  const char* configuration;
};
// vllm/transformers_utils/configs/mistral.py (0.28), and Meta's llama/model.py ModelArgs for the rest.
constexpr Spelling kTop[] = {{"dim", "hidden_size"},
                             {"n_layers", "num_hidden_layers"},
                             {"n_heads", "num_attention_heads"},
                             {"n_kv_heads", "num_key_value_heads"},
                             {"hidden_dim", "intermediate_size"},
                             {"head_dim", "head_dim"},
                             {"vocab_size", "vocab_size"},
                             {"norm_eps", "rms_norm_eps"},
                             {"rope_theta", "rope_theta"},
                             {"tied_embeddings", "tie_word_embeddings"},
                             {"sliding_window", "sliding_window"},
                             {"max_seq_len", "max_position_embeddings"},
                             {"max_position_embeddings", "max_position_embeddings"},
                             {"q_lora_rank", "q_lora_rank"},
                             {"kv_lora_rank", "kv_lora_rank"},
                             {"qk_rope_head_dim", "qk_rope_head_dim"},
                             {"qk_nope_head_dim", "qk_nope_head_dim"},
                             {"v_head_dim", "v_head_dim"},
                             {"torch_dtype", "torch_dtype"},
                             {"dtype", "dtype"},
                             {"quantization_config", "quantization_config"}};
constexpr Spelling kExperts[] = {{"num_experts", "num_local_experts"},
                                 {"num_experts_per_tok", "num_experts_per_tok"},
                                 {"expert_hidden_dim", "moe_intermediate_size"},
                                 {"num_shared_experts", "n_shared_experts"},
                                 {"first_k_dense_replace", "first_k_dense_replace"},
                                 {"route_every_n", "moe_layer_freq"}};
// Parts that a text model's configuration has no place for.
constexpr const char* kOther[] = {"vision_encoder", "whisper_config", "multimodal", "audio_encoder", "quantization"};

void take(const json& from, json& to, std::span<const Spelling> names) {
  for (const auto& [params, configuration] : names)
    if (const auto at = from.find(params); at != from.end() && !at->is_null()) to[configuration] = *at;
}

// llama/model.py, FeedForward: two thirds of four times the width, times a factor, rounded up to a multiple.
void ownWidth(const json& params, json& out) {
  if (out.contains("intermediate_size") || !params["dim"].is_number()) return;
  const double dim = params["dim"].get<double>();
  const auto number = [&](const char* key, double otherwise) {
    const auto at = params.find(key);
    return at != params.end() && at->is_number() ? at->get<double>() : otherwise;
  };
  const double multiple = number("multiple_of", 256), factor = number("ffn_dim_multiplier", 1.0);
  if (!(dim > 0 && dim < 1e8 && multiple >= 1 && multiple < 1e8 && factor > 0 && factor < 1e3)) return;
  const double width = std::floor(std::floor(2.0 * 4.0 * dim / 3.0) * factor);
  out["intermediate_size"] = static_cast<std::int64_t>(std::ceil(width / multiple) * multiple);
}

}  // namespace

bool isNativeParams(const json& document) {
  return document.is_object() && document.contains("dim") && document.contains("n_layers") &&
         !document.contains("model_type") && !document.contains("architectures");
}

json configurationOf(const json& params) {
  json out = json::object();
  take(params, out, kTop);
  const auto moe = params.find("moe");
  const bool experts = moe != params.end() && moe->is_object();
  if (experts) take(*moe, out, kExperts);
  const bool latent = out.contains("kv_lora_rank");
  out["model_type"] = experts ? (latent ? "deepseek_v3" : "mixtral") : "llama";
  if (latent && out.contains("num_local_experts")) {
    out["n_routed_experts"] = out["num_local_experts"];
    out.erase("num_local_experts");
    out["num_nextn_predict_layers"] = 0;
  }
  if (experts && !latent && out.contains("moe_intermediate_size"))
    out["intermediate_size"] = out["moe_intermediate_size"];
  if (!out.contains("tie_word_embeddings")) out["tie_word_embeddings"] = false;
  ownWidth(params, out);
  if (const auto words = out.find("vocab_size"); words != out.end() && words->is_number() && *words <= 0)
    out.erase("vocab_size");  // Meta's -1: the tokenizer says
  json left = json::array();
  for (const char* key : kOther)
    if (params.contains(key) && !params[key].is_null()) left.push_back(key);
  if (!left.empty()) out[kLeftOutKey] = std::move(left);
  return out;
}

}  // namespace headroom
