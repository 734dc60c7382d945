#include "core/model/adapter_targets.h"

#include <algorithm>
#include <iterator>

namespace headroom {
namespace {

using R = TensorRole;
constexpr RoleMask kGate = bit(R::gate_proj), kUp = bit(R::up_proj), kDown = bit(R::down_proj), kOut = bit(R::o_proj);
constexpr RoleMask kFirst = kGate | kUp | bit(R::gate_up_proj);  // the MLP's first matrices, gated or not

constexpr TargetName kNames[] = {
    // Llama's, and those of checkpoints that fuse them (Phi-3)
    {"q_proj", bit(R::q_proj), bit(R::q_proj)},
    {"k_proj", bit(R::k_proj), bit(R::k_proj)},
    {"v_proj", bit(R::v_proj), bit(R::v_proj)},
    {"o_proj", kOut, kOut},
    {"qkv_proj", bit(R::qkv_proj), kQueryKeyValue},
    {"gate_proj", kGate | bit(R::expert_gate) | bit(R::shared_gate), kGate},
    {"up_proj", kUp | bit(R::expert_up) | bit(R::shared_up), kUp},
    {"down_proj", kDown | bit(R::expert_down) | bit(R::shared_down), kDown},
    {"gate_up_proj", bit(R::gate_up_proj) | bit(R::expert_gate_up) | bit(R::shared_gate_up), kFirst},
    // GPT-2 and Qwen (c_attn, c_proj, c_fc, attn), Baichuan (W_pack), GPT-NeoX, Falcon and BLOOM (query_key_value,
    // dense…), MPT and DBRX (Wqkv), InternLM2 (wqkv, wo, w1…w3), LitGPT (qkv), BERT and T5 (query…), OPT and Phi (fc1…)
    {"c_attn", 0, kQueryKeyValue},
    {"W_pack", 0, kQueryKeyValue},
    {"query_key_value", 0, kQueryKeyValue},
    {"Wqkv", 0, kQueryKeyValue},
    {"wqkv", 0, kQueryKeyValue},
    {"qkv", 0, kQueryKeyValue},
    {"attn", 0, kQueryKeyValue},
    {"wq", 0, bit(R::q_proj)},
    {"wk", 0, bit(R::k_proj)},
    {"wv", 0, bit(R::v_proj)},
    {"query", 0, bit(R::q_proj)},
    {"key", 0, bit(R::k_proj)},
    {"value", 0, bit(R::v_proj)},
    {"c_proj", 0, kOut | kDown},
    {"dense", 0, kOut},
    {"out_proj", 0, kOut},
    {"wo", 0, kOut},
    {"dense_h_to_4h", 0, kFirst},
    {"dense_4h_to_h", 0, kDown},
    {"c_fc", 0, kFirst},
    {"fc1", 0, kFirst},
    {"fc2", 0, kDown},
    {"w1", 0, kGate},
    {"w3", 0, kUp},
    {"w2", 0, kDown},
};

}  // namespace

const TargetName* targetName(std::string_view name) {
  const auto* const found = std::ranges::find(kNames, name, &TargetName::name);
  return found == std::end(kNames) ? nullptr : found;
}

}  // namespace headroom
