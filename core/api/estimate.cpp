#include <headroom/estimate.h>
#include <headroom/limits.h>

#include <algorithm>

#include "core/analysis/limits.h"
#include "core/analysis/remarks.h"
#include "core/api/content.h"
#include "core/base/parallel.h"
#include "core/estimate/estimate.h"
#include "core/report/verdict_text.h"

namespace headroom::api {
namespace {

std::vector<Component> componentsOf(const Ledger& ledger) {
  std::vector<Component> out;
  for (std::size_t i = 0; i < kComponentCount; ++i) {
    const auto id = static_cast<ComponentId>(i);
    if (ledger.bytes(id) == Bytes(0) && ledger.high(id) == Bytes(0)) continue;
    out.push_back({std::string(idOf(id)), std::string(nameOf(id)), ledger.bytes(id).value(), ledger.low(id).value(),
                   ledger.high(id).value()});
  }
  return out;
}

Rank rankOf(const RankEstimate& r) {
  Rank out;
  out.label = r.label, out.stage = r.stage, out.devices = r.devices, out.accelerator = r.accelerator;
  out.components = componentsOf(r.ledger);
  out.total = r.device.value(), out.low = r.low.value(), out.high = r.high.value();
  if (r.usable) out.usable = r.usable->value();
  out.peakMoment = r.peakMoment;
  return out;
}

Estimate answer(const headroom::Scenario& scenario, headroom::Estimate& e) {
  addRemarks(scenario, e);
  Estimate out;
  if (const auto verdict = e.verdict()) out.verdict = nameOf(*verdict);
  out.sentence = verdictSentence(judge(e), ByteUnit::gib);
  for (const RankEstimate& r : e.ranks) out.ranks.push_back(rankOf(r));
  out.host = componentsOf(e.host);
  out.unmodelled = e.unmodelled, out.refused = e.refused;
  for (const headroom::Diagnostic& d : e.diagnostics)
    out.diagnostics.push_back({std::string(d.code), std::string(nameOf(d.severity)), d.message, d.key});
  out.parameters = e.parameters.value(), out.activeParameters = e.activeParameters.value();
  out.trainableParameters = e.trainableParameters.value(), out.weightBytes = e.weightBytes.value();
  out.kvBytesPerToken = e.kvBytesPerToken;
  out.poolTokens = e.pool.kvTokens, out.poolConcurrency = e.pool.maxConcurrency;
  return out;
}

}  // namespace

Estimate estimate(const Scenario& scenario) {
  headroom::Estimate e = headroom::estimate(scenario.content().scenario);
  return answer(scenario.content().scenario, e);
}

std::vector<Estimate> estimateAll(const std::vector<Scenario>& scenarios) {
  std::vector<Estimate> out(scenarios.size());
  onAllCores(scenarios.size(), [&] {
    return [&, scratch = headroom::Estimate()](std::size_t i) mutable {
      estimateInto(scenarios[i].content().scenario, scratch);
      out[i] = answer(scenarios[i].content().scenario, scratch);
    };
  });
  return out;
}

Limits limits(const Scenario& scenario) {
  const headroom::Limits l = limitsOf(scenario.content().scenario);
  return {l.batch, l.context, l.rank, l.sequences};
}

}  // namespace headroom::api
