#include "core/scenario/component.h"

#include <array>

namespace headroom {
namespace {

struct ComponentText {
  std::string_view id, name;
};
constexpr std::array<ComponentText, kComponentCount> kComponents{{
    {"weights", "Weights"},
    {"adapters", "Adapters"},
    {"kv_cache", "KV cache"},
    {"state_cache", "State cache"},
    {"activations", "Activations"},
    {"logits", "Logits and loss"},
    {"gradients", "Gradients"},
    {"optimizer_states", "Optimizer states"},
    {"master_weights", "Master weights"},
    {"communication", "Communication"},
    {"workspace", "Workspace"},
    {"cuda_graphs", "CUDA graphs"},
    {"runtime", "Runtime"},
    {"fragmentation", "Fragmentation"},
    {"output", "Output buffer"},
}};

}  // namespace

std::string_view idOf(ComponentId id) {
  return kComponents[static_cast<std::size_t>(id)].id;
}
std::string_view nameOf(ComponentId id) {
  return kComponents[static_cast<std::size_t>(id)].name;
}

}  // namespace headroom
