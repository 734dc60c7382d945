#include "core/analysis/ceiling.h"

#include <algorithm>
#include <map>

#include "core/model/weight_bytes.h"
#include "core/scenario/settings.h"

namespace headroom {
namespace {

// The share of the weights' bytes that one token's step reads.
double shareRead(const Model& model, const WeightFormat& format) {
  double all = 0, read = 0;
  const auto add = [&](const Tensor& t, double layers, double share) {
    const double bytes = layers * static_cast<double>(tensorBytes(model, t, format).value());
    all += bytes, read += share * bytes;
  };
  for (const LayerKind& k : model.kinds)
    for (const Tensor& t : k.tensors) {
      const double chosen = k.mlp.experts > 0 && isRoutedExpert(t.role)
                                ? static_cast<double>(k.mlp.expertsPerToken) / static_cast<double>(k.mlp.experts)
                                : 1.0;
      add(t, k.count, k.encoder ? 0.0 : std::min(1.0, chosen));
    }
  for (const Tensor& t : model.globals) {
    const bool looksUp = t.role == TensorRole::position_embedding || t.role == TensorRole::per_layer_embedding ||
                         (t.role == TensorRole::token_embedding && !model.tiedHead);
    add(t, 1, looksUp ? 0.0 : 1.0);
  }
  for (const Tensor& t : model.vision) add(t, 1, 0.0);
  return all > 0 ? read / all : 1.0;
}

}  // namespace

std::optional<Ceiling> decodeCeiling(const Scenario& scenario, const Estimate& estimate,
                                     std::optional<double> gigabytesPerSecond) {
  const Settings s = settingsOf(scenario);
  if (isTraining(scenario.workload) || !s.generates || scenario.method != Method::detailed) return std::nullopt;
  if (!gigabytesPerSecond || !(*gigabytesPerSecond > 0) || s.parallel.data > 1) return std::nullopt;
  // Devices that hold the same layers read at once. Those with other layers read one after the other what every
  // sequence passes through; their caches may be read at the same time, each for sequences of its own.
  struct Stage {
    double weights = 0, cache = 0, alike = 1;
  };
  std::map<int, Stage> stages;
  const double together = static_cast<double>(std::max<std::int64_t>(1, s.parallel.tensor * s.parallel.context));
  for (const RankEstimate& r : estimate.ranks) {
    Stage& stage = stages[r.stage];
    const Ledger& l = r.ledger;
    stage.weights = std::max(stage.weights, static_cast<double>(l.bytes(ComponentId::weights).value()));
    stage.cache = std::max(
        stage.cache, static_cast<double>((l.bytes(ComponentId::kv_cache) + l.bytes(ComponentId::state_cache)).value()));
    stage.alike = std::max(stage.alike, static_cast<double>(r.devices) / together);
  }
  Ceiling c;
  double weights = 0, cache = 0;
  for (const auto& [index, stage] : stages) {
    weights += stage.alike * stage.weights;
    cache = std::max(cache, stage.cache);
  }
  // What lies beside the tensors (rotary tables, padding, several ranks' copies of a head) need not be read whole.
  weights = std::min(weights, static_cast<double>(estimate.weightBytes.value()) / together);
  c.weights = toBytes(weights * shareRead(*scenario.model, s.weights));
  c.cache = toBytes(cache);
  c.tokens = s.batch * (1 + std::max<std::int64_t>(0, s.draftTokens));
  c.gigabytesPerSecond = *gigabytesPerSecond;
  const double bytes = static_cast<double>(c.weights.value()) + static_cast<double>(c.cache.value());
  if (!(bytes > 0)) return std::nullopt;
  c.tokensPerSecond = static_cast<double>(c.tokens) * *gigabytesPerSecond * 1e9 / bytes;
  return c;
}

}  // namespace headroom
