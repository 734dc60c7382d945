// The estimate as JSON, schema headroom-estimate/1 (DESIGN 3.2).
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/report/estimate_json_parts.h"
#include "core/report/estimate_report.h"
#include "core/report/explanation.h"
#include "core/report/ledger_json.h"
#include "core/report/settings_json.h"
#include "core/report/verdict_text.h"
#include "core/scenario/settings.h"

namespace headroom {
namespace {

using nlohmann::ordered_json;

ordered_json componentJson(const Ledger& ledger, ComponentId id, int depth) {
  const Explanation e = explain(ledger, id);
  ordered_json terms = ordered_json::array();
  for (const ExplainedTerm& t : e.terms)
    terms.push_back({{"symbol", t.symbol}, {"value", numberJson(t.number)}, {"unit", t.unit}, {"origin", t.origin}});
  return {{"id", idOf(id)},
          {"label", nameOf(id)},
          {"bytes", e.bytes.value()},
          {"low", e.low.value()},
          {"high", e.high.value()},
          {"formula", e.formula},
          {"terms", std::move(terms)},
          {"source", e.source},
          {"lines", linesJson(e.lines, depth)}};
}

ordered_json componentsJson(const Ledger& ledger, int depth) {
  ordered_json list = ordered_json::array();
  for (ComponentId id : componentsOf(ledger)) list.push_back(componentJson(ledger, id, depth));
  return list;
}

ordered_json modelJson(const Scenario& scenario, const Estimate& estimate) {
  const Model& m = *scenario.model;
  ordered_json groups = ordered_json::object();
  for (std::size_t g = 0; g < kGroupCount; ++g)
    groups[std::string(nameOf(static_cast<Group>(g)))] = m.groups[g].value();
  return {{"id", m.id},
          {"parameters", estimate.parameters.value()},
          {"active_parameters", estimate.activeParameters.value()},
          {"trainable_parameters", estimate.trainableParameters.value()},
          {"groups", std::move(groups)},
          {"weight_bytes", estimate.weightBytes.value()},
          {"kv_bytes_per_token", toBytes(estimate.kvBytesPerToken).value()}};
}

ordered_json rankJson(const RankEstimate& r, int depth) {
  ordered_json moments = ordered_json::array();
  for (const Moment& m : r.moments) moments.push_back({{"name", m.name}, {"bytes", m.total().value()}});
  ordered_json saved = ordered_json::array();
  for (const SavedActivations& s : r.savedActivations)
    saved.push_back({{"layers", s.layers}, {"count", s.count}, {"bytes_per_layer", s.bytesPerLayer.value()}});
  return {{"label", r.label},
          {"stage", r.stage},
          {"devices", r.devices},
          {"accelerator", r.accelerator.empty() ? ordered_json(nullptr) : ordered_json(r.accelerator)},
          {"components", componentsJson(r.ledger, depth)},
          {"peak_moment", r.peakMoment.empty() ? ordered_json(nullptr) : ordered_json(r.peakMoment)},
          {"moments", std::move(moments)},
          {"saved_activations", std::move(saved)},
          {"allocated_bytes", r.allocated.value()},
          {"reserved_bytes", r.reserved.value()},
          {"device_bytes", r.device.value()},
          {"low", r.low.value()},
          {"high", r.high.value()},
          {"releasable_bytes", r.releasable.value()},
          {"claimed_bytes", jsonOf(r.claimed)},
          {"capacity_bytes", jsonOf(r.capacity)},
          {"usable_bytes", jsonOf(r.usable)},
          {"headroom_bytes", jsonOf(r.headroom)},
          {"verdict", jsonOf(r.verdict)}};
}

ordered_json adviceJson(const std::vector<Advice>& advice) {
  ordered_json list = ordered_json::array();
  for (const Advice& a : advice)
    list.push_back({{"id", a.id},
                    {"change", a.change},
                    {"cost", a.cost},
                    {"changes", nameOf(a.outcome)},
                    {"saved_bytes", a.saved.value()},
                    {"device_bytes", a.device.value()},
                    {"verdict", jsonOf(a.verdict)}});
  return list;
}

}  // namespace

ordered_json verdictJson(const Estimate& estimate) {
  const Judgement j = judge(estimate);
  return {{"word", jsonOf(j.word)},
          {"sentence", verdictSentence(j, ByteUnit::gib)},
          {"rank", j.rank},
          {"reasons", j.reasons},
          {"unmodelled", j.unmodelled}};
}

ordered_json limitsJson(const Limits& l) {
  return {{"batch", jsonOf(l.batch)},
          {"context", jsonOf(l.context)},
          {"rank", jsonOf(l.rank)},
          {"sequences", jsonOf(l.sequences)}};
}

std::string estimateJson(const Scenario& scenario, const Estimate& estimate, const EstimateExtras& extras, int indent,
                         int depth) {
  const Settings settings = settingsOf(scenario);
  ordered_json ranks = ordered_json::array();
  for (const RankEstimate& r : estimate.ranks) ranks.push_back(rankJson(r, depth));
  ordered_json diagnostics = ordered_json::array();
  for (const Diagnostic& d : estimate.diagnostics)
    diagnostics.push_back({{"code", d.code},
                           {"severity", nameOf(d.severity)},
                           {"message", d.message},
                           {"key", d.key.empty() ? ordered_json(nullptr) : ordered_json(d.key)}});
  ordered_json out{{"schema", "headroom-estimate/1"},
                   {"name", scenario.name},
                   {"workload", nameOf(scenario.workload)},
                   {"method", nameOf(scenario.method)},
                   {"engine", nameOf(settings.engine)},
                   {"model", modelJson(scenario, estimate)},
                   {"settings", settingsJson(scenario)},
                   {"verdict", verdictJson(estimate)},
                   {"ranks", std::move(ranks)},
                   {"host", {{"components", componentsJson(estimate.host, depth)}}},
                   {"capacity",
                    {{"kv_bytes", jsonOf(estimate.pool.kvBytes)},
                     {"kv_tokens", jsonOf(estimate.pool.kvTokens)},
                     {"max_concurrency", jsonOf(estimate.pool.maxConcurrency)}}},
                   {"limits", limitsJson(extras.limits.value_or(Limits{}))},
                   {"diagnostics", std::move(diagnostics)},
                   {"advice", adviceJson(extras.advice)}};
  return jsonText(out, indent);
}

}  // namespace headroom
