#include "core/formats/config/families/experts.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/formats/config/families/class_table.h"
#include "core/formats/config/families/dimensions.h"

namespace headroom {
namespace {

constexpr std::int64_t kMostExperts = 1 << 16;

// A tensor of every expert: standing alone, or stacked under one name without ".weight" as transformers fuses them.
void addExpertTensor(TensorList& t, const ExpertTraits& traits, std::string_view module, TensorRole role,
                     std::int64_t out, std::int64_t in, std::int64_t copies) {
  const std::string name = std::string(traits.names.expert) + std::string(module);
  const bool stacked = traits.names.expert.find("{e}") == std::string_view::npos;
  if (!stacked) {
    t.linear(name, role, Group::experts, out, in, traits.bias, copies);
    return;
  }
  t.tensor(name, role, Group::experts, out, in, copies).linear = true;
  if (traits.bias) t.tensor(name + "_bias", role, Group::experts, out, 1, copies).bias = true;
}

void addShared(TensorList& t, std::int64_t hidden, std::int64_t width, const ExpertTraits& traits, bool bias) {
  const ExpertNames& n = traits.names;
  const auto name = [&](std::string_view module) { return std::string(n.shared) + std::string(module); };
  if (traits.fusedSharedGateUp) {
    t.linear(name(n.sharedGateUp), TensorRole::shared_gate_up, Group::experts, 2 * width, hidden, bias);
  } else {
    if (traits.gated) t.linear(name(n.sharedGateProj), TensorRole::shared_gate, Group::experts, width, hidden, bias);
    t.linear(name(n.sharedUp), TensorRole::shared_up, Group::experts, width, hidden, bias);
  }
  t.linear(name(n.sharedDown), TensorRole::shared_down, Group::experts, hidden, width, bias);
  if (traits.sharedExpertGate) t.linear(n.sharedGate, TensorRole::shared_expert_gate, Group::experts, 1, hidden);
}

std::vector<bool> sparseIn(const std::vector<std::string>& types, std::size_t n) {
  std::vector<bool> sparse(n, true);
  for (std::size_t i = 0; i < std::min(n, types.size()); ++i)
    sparse[i] = types[i] == "sparse" || types[i] == "moe" || types[i] == "1" || types[i] == "true";
  return sparse;
}

}  // namespace

ExpertsPlan expertsOf(const Config& top, const ExpertTraits& traits) {
  const Config config = traits.section.empty() ? top : top.child(traits.section);
  ExpertsPlan p;
  p.experts = config.size(keys::kExperts, 0, kMostExperts);
  if (p.experts == 1) p.experts = 0;  // a lone expert is an ordinary MLP (Jamba Reasoning 3B)
  p.perToken = std::min(p.experts, config.size(keys::kExpertsPerToken, p.experts > 0 ? 1 : 0, kMostExperts));
  p.width = p.experts > 0 ? config.count(traits.width, {}, kMostWidth) : config.size(traits.width, 0, kMostWidth);
  if (!traits.latentWidth.empty()) p.latent = config.size(traits.latentWidth, 0, kMostWidth);
  if (!traits.sharedWidth.empty()) p.sharedWidth = config.size(traits.sharedWidth, 0, kMostWidth);
  if (!traits.sharedCount.empty() && (traits.sharedWidth.empty() || config.has(traits.sharedCount)))
    p.sharedWidth = config.size(traits.sharedCount, 0, kMostExperts) * (p.sharedWidth > 0 ? p.sharedWidth : p.width);
  p.sharedBias = !traits.sharedBias.empty() && config.flag(traits.sharedBias, false);
  return p;
}

void addExperts(LayerBuilder& layer, std::int64_t hidden, const ExpertsPlan& p, const ExpertTraits& traits, bool gelu) {
  TensorList& t = layer.tensors;
  const ExpertNames& n = traits.names;
  if (p.experts > 0) {
    t.linear(n.router, TensorRole::router, Group::experts, p.experts, hidden, traits.routerBias == RouterBias::linear);
    if (traits.routerBias == RouterBias::buffer)
      t.buffer(n.correction, TensorRole::router_bias, Group::experts, p.experts);
    if (traits.routerBias == RouterBias::parameter)
      t.tensor(n.correction, TensorRole::router_bias, Group::experts, p.experts);
    // Router and shared experts see the hidden state, routed experts may see a narrower one.
    const std::int64_t inner = p.latent > 0 ? p.latent : hidden;
    if (p.latent > 0) {
      t.linear(n.latentDown, TensorRole::other, Group::mlp, inner, hidden);
      t.linear(n.latentUp, TensorRole::other, Group::mlp, hidden, inner);
    }
    if (traits.fusedGateUp) {
      addExpertTensor(t, traits, n.gateUp, TensorRole::expert_gate_up, 2 * p.width, inner, p.experts);
    } else {
      if (traits.gated) addExpertTensor(t, traits, n.gate, TensorRole::expert_gate, p.width, inner, p.experts);
      addExpertTensor(t, traits, n.up, TensorRole::expert_up, p.width, inner, p.experts);
    }
    addExpertTensor(t, traits, n.down, TensorRole::expert_down, inner, p.width, p.experts);
  }
  if (p.sharedWidth > 0) addShared(t, hidden, p.sharedWidth, traits, p.sharedBias);
  MlpSpec& mlp = layer.kind.mlp;
  mlp.wideRouter = traits.wideRouter;
  mlp.clampedGates = traits.clampedGates;
  mlp.kind = p.experts > 0 ? MlpKind::experts : traits.gated ? MlpKind::gated : MlpKind::plain;
  mlp.experts = p.experts;
  mlp.expertsPerToken = p.perToken;
  mlp.expertIntermediate = p.width;
  mlp.sharedIntermediate = p.sharedWidth;
  if (p.experts == 0) mlp.intermediate = p.sharedWidth;
  mlp.gatedExperts = traits.gated;
  mlp.fusedGateUp = p.experts > 0 ? traits.fusedGateUp : traits.fusedSharedGateUp;
  mlp.gelu = gelu;
}

std::vector<bool> sparseLayers(const Config& config, std::int64_t layers) {
  const auto n = static_cast<std::size_t>(layers);
  if (config.isList("mlp_layer_types")) return sparseIn(config.texts("mlp_layer_types"), n);
  if (config.isList("moe_layer_freq")) return sparseIn(config.texts("moe_layer_freq"), n);
  if (!config.given("first_k_dense_replace num_dense_layers moe_layer_freq moe_layers mlp_only_layers"))
    if (const std::vector<std::string> types = listByRule(config, "mlp_layer_types", layers); !types.empty())
      return sparseIn(types, n);

  std::vector<bool> sparse(n, true);
  const auto clear = [&](std::int64_t i) {
    if (i >= 0 && i < layers) sparse[static_cast<std::size_t>(i)] = false;
  };
  if (config.isList("moe_layers")) {
    sparse.assign(n, false);
    for (const std::int64_t i : config.integers("moe_layers"))
      if (i < layers) sparse[static_cast<std::size_t>(i)] = true;
    return sparse;
  }
  const std::int64_t interleaved = config.size("interleave_moe_layer_step", 0, kMostLayers);
  const std::int64_t step = config.size("decoder_sparse_step", 1, kMostLayers);
  const std::int64_t period = config.size("expert_layer_period", 0, kMostLayers),
                     offset = config.size("expert_layer_offset", 0, kMostLayers);
  const std::int64_t dense = config.size("first_k_dense_replace num_dense_layers", 0, kMostLayers),
                     every = config.size("moe_layer_freq", 1, kMostLayers);
  const std::int64_t start = config.size("moe_layer_start_index", 0, kMostLayers),
                     interval = config.size("moe_layer_interval", 1, kMostLayers);
  // -1 stands for the last layer in ERNIE's configuration.
  const double end = config.real("moe_layer_end_index", -1);
  for (std::int64_t i = 0; i < layers; ++i) {
    const bool yes = i >= dense && (every <= 1 || i % every == 0) && (step >= 1 && (i + 1) % step == 0) &&
                     (interleaved <= 1 || (i + 1) % interleaved == 0) && (period <= 1 || i % period == offset) &&
                     i >= start && (end < 0 || static_cast<double>(i) <= end) &&
                     (interval <= 1 || (i + 1) % interval == 0);
    if (!yes) clear(i);
  }
  for (const std::int64_t i : config.integers("mlp_only_layers")) clear(i);
  return sparse;
}

}  // namespace headroom
