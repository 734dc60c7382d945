#include "core/analysis/communication.h"

#include <algorithm>

#include "core/estimate/estimate.h"

namespace headroom {
namespace {

double d(std::int64_t n) {
  return static_cast<double>(n);
}

// The share of a tensor that each of n ranks sends to gather or to scatter it in a ring.
double ring(std::int64_t n) {
  return n > 1 ? d(n - 1) / d(n) : 0.0;
}

}  // namespace

CommunicationModel communicationModel(const Scenario& scenario, const PlanAxes& axes) {
  const Settings s = settingsOf(scenario);
  const Model& m = *scenario.model;
  CommunicationModel c;
  c.training = isTraining(scenario.workload);
  c.layers = d(m.layers());
  double kv = 0;
  for (const LayerKind& k : m.kinds) {
    if (k.mlp.kind == MlpKind::experts) {
      c.expertLayers += k.count;
      c.expertsPerToken = std::max(c.expertsPerToken, d(k.mlp.expertsPerToken));
    }
    const AttentionSpec& a = k.attention;
    const double width =
        a.kind == AttentionKind::latent ? d(a.kvLoraRank + a.ropeDim) : d(a.kvHeads) * d(a.headDim + a.valueDim);
    kv += k.count * width;
  }
  c.keysAndValues = c.layers > 0 ? kv / c.layers : 0;
  c.hidden = d(m.hidden);
  c.bytes = bytesPerElement(s.compute);
  c.gradientBytes = bytesPerElement(s.reduce);
  c.tokens = c.training ? d(s.context) : 1.0;
  Scenario one = scenario;
  Estimate estimate;
  for (const auto& format : axes.weights) {
    if (format) one.precision.weights = *format;
    estimateInto(one, estimate);
    c.weightBytes.push_back(d(estimate.weightBytes.value()));
    c.trainable = d(estimate.trainableParameters.value());
  }
  return c;
}

double communicationOf(const CommunicationModel& c, const Layout& l) {
  const double layers = c.layers / d(l.pipeline);
  const double sequences = d(l.microBatch) * d(c.training ? l.accumulation : 1);
  const double tokens = c.tokens / d(c.training ? l.context : 1) * sequences;  // that this device sees in a step
  const double hidden = tokens * c.hidden * c.bytes;
  const bool again =
      c.training && (l.checkpointing == Checkpointing::full || l.checkpointing == Checkpointing::offloaded);
  // Forward alone; with backward; with another forward.
  const double passes = !c.training ? 1.0 : again ? 3.0 : 2.0;
  double sent = 2 * passes * layers * 2 * ring(l.tensor) * hidden;
  if (l.pipeline > 1) sent += (c.training ? 2.0 : 1.0) * hidden;
  // Keys and values go round n − 1 times; backward they go round again, and their gradients with them.
  if (l.context > 1 && c.training)
    sent += (passes + 1) * layers * d(l.context - 1) * tokens * c.keysAndValues / d(l.tensor) * c.bytes;
  if (l.expert > 1) sent += 2 * passes * (c.expertLayers / d(l.pipeline)) * ring(l.expert) * c.expertsPerToken * hidden;
  if (!c.training) return sent;
  const std::int64_t replicas = l.data * l.context;
  const double held = 1.0 / (d(l.tensor) * d(l.pipeline));
  const double gradients = c.trainable * c.gradientBytes * held;
  const double weights = c.weightBytes[l.weights] * held;
  const bool whole = l.sharding == Sharding::zero3 || l.sharding == Sharding::fsdp || l.sharding == Sharding::fsdp2;
  if (whole)
    sent += ring(replicas) * d(l.accumulation) * ((again ? 3.0 : 2.0) * weights + gradients);
  else
    sent += 2 * ring(replicas) * gradients;  // reduced whole, or scattered and the new weights gathered
  return sent;
}

}  // namespace headroom
