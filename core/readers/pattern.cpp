#include "core/readers/pattern.h"

#include <algorithm>

namespace headroom {

std::vector<std::string> modulesMatching(const std::string& text) {
  const std::optional<BoundedPattern> pattern = BoundedPattern::of(text);
  if (!pattern) return {};
  // Names of the newest Transformers' decoders, and the part of the layer they stand in.
  constexpr std::pair<std::string_view, std::string_view> kModules[] = {{"self_attn", "q_proj"},
                                                                        {"self_attn", "k_proj"},
                                                                        {"self_attn", "v_proj"},
                                                                        {"self_attn", "o_proj"},
                                                                        {"self_attn", "qkv_proj"},
                                                                        {"self_attn", "W_pack"},
                                                                        {"self_attn", "out_proj"},
                                                                        {"self_attn", "q_a_proj"},
                                                                        {"self_attn", "q_b_proj"},
                                                                        {"self_attn", "kv_a_proj_with_mqa"},
                                                                        {"self_attn", "kv_b_proj"},
                                                                        {"mlp", "gate_proj"},
                                                                        {"mlp", "up_proj"},
                                                                        {"mlp", "down_proj"},
                                                                        {"mlp", "gate_up_proj"},
                                                                        {"mlp", "fc1"},
                                                                        {"mlp", "fc2"},
                                                                        {"attn", "c_attn"},
                                                                        {"attn", "c_proj"},
                                                                        {"mlp", "c_fc"},
                                                                        {"mlp", "c_proj"},
                                                                        {"self_attention", "query_key_value"},
                                                                        {"self_attention", "dense"},
                                                                        {"mlp", "dense_h_to_4h"},
                                                                        {"mlp", "dense_4h_to_h"},
                                                                        {"mamba", "in_proj"},
                                                                        {"mamba", "out_proj"},
                                                                        {"mamba", "x_proj"},
                                                                        {"mamba", "dt_proj"}};
  constexpr int kLayers[] = {0, 1, 2, 3, 7, 11, 15, 20, 23};
  std::vector<std::string> out;
  for (const auto& [part, name] : kModules) {
    const auto taken = std::ranges::count_if(kLayers, [&, part = part, name = name](int layer) {
      return pattern->whole("model.layers." + std::to_string(layer) + "." + std::string(part) + "." +
                            std::string(name));
    });
    if (taken == 0) continue;
    if (taken != std::ranges::ssize(kLayers)) return {};
    if (std::ranges::find(out, name) == out.end()) out.emplace_back(name);
  }
  return out;
}

}  // namespace headroom
