// How a family's checkpoints spell their modules. The defaults are Llama's; "{}" stands for the layer.
#pragma once

#include <string_view>

namespace headroom {

struct Names {
  std::string_view embedding = "model.embed_tokens", positions = "", embeddingNorm = "";
  std::string_view finalNorm = "model.norm", head = "lm_head";
  std::string_view layer = "model.layers.{}.";
  // norms, in the order they stand in the layer
  std::string_view norm1 = "input_layernorm", norm2 = "post_attention_layernorm", norm3 = "pre_feedforward_layernorm",
                   norm4 = "post_feedforward_layernorm";
  // attention
  std::string_view q = "self_attn.q_proj", k = "self_attn.k_proj", v = "self_attn.v_proj", o = "self_attn.o_proj";
  std::string_view qkv = "self_attn.qkv_proj", qNorm = "self_attn.q_norm", kNorm = "self_attn.k_norm";
  // MLP; plain ones have up and down only
  std::string_view gate = "mlp.gate_proj", up = "mlp.up_proj", down = "mlp.down_proj", gateUp = "mlp.gate_up_proj";
};

}  // namespace headroom
