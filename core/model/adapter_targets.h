// The names by which people ask for modules that take a low-rank adapter, and what each stands for. The one table of
// them: estimates of trained and of served adapters, rules of thumb and recipes all look here.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "core/model/tensor.h"

namespace headroom {

// A set of TensorRoles.
using RoleMask = std::uint64_t;
constexpr RoleMask bit(TensorRole role) {
  return RoleMask{1} << static_cast<unsigned>(role);
}

struct TargetName {
  std::string_view name;
  RoleMask called = 0;     // the roles whose usual (Llama's) name this is, whatever a checkpoint calls them itself
  RoleMask standsFor = 0;  // the roles it stands for on a model that calls no module so: c_attn on a Llama
};

// Roles that several names stand for.
constexpr RoleMask kQueryKeyValue = bit(TensorRole::q_proj) | bit(TensorRole::k_proj) | bit(TensorRole::v_proj);
constexpr RoleMask kExpertRoles = bit(TensorRole::expert_gate) | bit(TensorRole::expert_up) |
                                  bit(TensorRole::expert_gate_up) | bit(TensorRole::expert_down);
// What "attention" asks for.
constexpr RoleMask kAttentionProjections = kQueryKeyValue | bit(TensorRole::qkv_proj) | bit(TensorRole::o_proj) |
                                           bit(TensorRole::q_a_proj) | bit(TensorRole::q_b_proj) |
                                           bit(TensorRole::kv_a_proj) | bit(TensorRole::kv_b_proj);
// The same and its MLP's counterpart in names, for codes that only know names.
constexpr std::array<std::string_view, 4> kAttentionTargets{"q_proj", "k_proj", "v_proj", "o_proj"};
constexpr std::array<std::string_view, 3> kMlpTargets{"gate_proj", "up_proj", "down_proj"};

// The row of a name; nullptr for one that is no usual name.
const TargetName* targetName(std::string_view name);

}  // namespace headroom
