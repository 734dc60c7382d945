// Mixture-of-experts MLPs: which layers have them, how many experts of which width, and their tensors.
#pragma once

#include <vector>

#include "core/formats/config/families/dimensions.h"
#include "core/formats/config/families/layer_builder.h"

namespace headroom {

struct ExpertNames {
  std::string_view router = "mlp.gate";
  std::string_view correction = "mlp.gate.e_score_correction_bias";
  std::string_view expert = "mlp.experts.{e}.";  // prefix; with "{e}" each expert's tensors stand alone
  std::string_view gate = "gate_proj", up = "up_proj", down = "down_proj", gateUp = "gate_up_proj";
  std::string_view shared = "mlp.shared_experts.", sharedGate = "mlp.shared_expert_gate";
  std::string_view latentDown = "mlp.fc1_latent_proj", latentUp = "mlp.fc2_latent_proj";
  std::string_view sharedGateProj = "gate_proj", sharedUp = "up_proj", sharedDown = "down_proj",
                   sharedGateUp = "gate_up_proj";
};

enum class RouterBias : std::uint8_t {
  none,
  buffer,     // a correction that training adjusts outside the optimizer: stored, no parameter (DeepSeek-V3)
  parameter,  // counted (ERNIE 4.5)
  linear,     // the router Linear's own bias (gpt-oss)
};

// How a family's experts are configured and spelled.
struct ExpertTraits {
  ExpertNames names = {};
  std::string_view section = {};  // object that holds the keys, where not the top (DBRX: ffn_config)
  std::string_view width = "moe_intermediate_size";
  std::string_view sharedWidth = {};  // key with the summed width of the shared experts
  std::string_view sharedCount = {};  // or key with their number, each as wide as a routed one
  std::string_view sharedBias = {};   // flag that gives the shared experts' Linears biases
  std::string_view latentWidth = {};  // key with the width routed experts work in, between two projections
  bool gated = true;
  bool fusedGateUp = false;  // gate and up in one tensor
  bool fusedSharedGateUp = false;
  bool bias = false;  // of every expert Linear
  RouterBias routerBias = RouterBias::none;
  bool wideRouter = false, clampedGates = false;  // see MlpSpec
  bool sharedExpertGate = false;                  // a Linear to 1 that weighs the shared expert (Qwen2-MoE)
};

// One layer's experts.
struct ExpertsPlan {
  std::int64_t experts = 0, perToken = 0, width = 0, sharedWidth = 0, latent = 0;
  bool sharedBias = false;
};

ExpertsPlan expertsOf(const Config& config, const ExpertTraits& traits);

// Router, experts and shared experts of one layer. Sets the layer's MlpSpec to experts (dense width kept).
void addExperts(LayerBuilder& layer, std::int64_t hidden, const ExpertsPlan& plan, const ExpertTraits& traits,
                bool gelu);

// For each layer, whether its MLP is a mixture of experts: mlp_layer_types, moe_layers, first_k_dense_replace with
// moe_layer_freq, decoder_sparse_step with mlp_only_layers, moe_layer_start_index … whatever the configuration states.
std::vector<bool> sparseLayers(const Config& config, std::int64_t layers);

}  // namespace headroom
