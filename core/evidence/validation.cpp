#include "core/evidence/validation.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/evidence/least_bytes.h"
#include "core/open/scenario_json.h"
#include "core/scenario/engines.h"
#include "core/scenario/settings.h"

namespace headroom {
namespace {

double d(Bytes bytes) {
  return static_cast<double>(bytes.value());
}

std::optional<ComponentId> componentOf(std::string_view name) {
  for (std::size_t i = 0; i < kComponentCount; ++i)
    if (idOf(static_cast<ComponentId>(i)) == name) return static_cast<ComponentId>(i);
  return std::nullopt;
}

PredictedFigure ofLedger(const Ledger& l, ComponentId id) {
  return {d(l.bytes(id)), d(l.low(id)), d(l.high(id))};
}

const RankEstimate& rankOf(const Estimate& e, FigureScope scope) {
  if (scope != FigureScope::first_stage && scope != FigureScope::last_stage) return e.heaviest();
  const auto byStage = [](const RankEstimate& a, const RankEstimate& b) { return a.stage < b.stage; };
  return scope == FigureScope::last_stage ? *std::ranges::max_element(e.ranks, byStage)
                                          : *std::ranges::min_element(e.ranks, byStage);
}

// The pool is what the other components leave: its band is theirs, turned round.
PredictedFigure poolOf(const Estimate& e) {
  const double pool = e.pool.kvBytes ? d(*e.pool.kvBytes) : 0;
  const Ledger& l = e.heaviest().ledger;
  double less = 0, more = 0;
  for (ComponentId id : {ComponentId::weights, ComponentId::activations, ComponentId::runtime}) {
    less += d(l.high(id) - l.bytes(id));
    more += d(l.bytes(id) - l.low(id));
  }
  return {pool, std::max(0.0, pool - less), pool + more};
}

// What a run that ended can have printed: on a full device the allocator has given back what gave way.
Bytes observable(const RankEstimate& r, Bytes bytes) {
  if (!r.capacity || r.device <= *r.capacity) return bytes;
  return bytes - std::min(r.releasable, r.device - *r.capacity);
}

// allocated, reserved: the band is that of the device's bytes, and scales.
PredictedFigure scaled(const RankEstimate& r, Bytes bytes) {
  const double whole = d(r.device);
  if (whole <= 0) return {d(bytes), d(bytes), d(bytes)};
  return {d(bytes), d(bytes) * d(r.low) / whole, d(bytes) * d(r.high) / whole};
}

PredictedFigure sumOver(const Estimate& e, ComponentId id) {
  PredictedFigure sum;
  for (const RankEstimate& r : e.ranks) {
    const PredictedFigure one = ofLedger(r.ledger, id);
    const auto n = static_cast<double>(r.devices);
    sum = {sum.value + n * one.value, sum.low + n * one.low, sum.high + n * one.high};
  }
  return sum;
}

}  // namespace

std::string validationGroup(const Scenario& s) {
  const Settings settings = settingsOf(s);
  if (isTraining(s.workload) && !settings.framework.empty()) return std::string(settings.framework);
  return std::string(nameOf(settings.engine));
}

PredictionError errorOf(std::string_view run, std::size_t row, std::string_view group, const MeasuredFigure& f,
                        const PredictedFigure& p) {
  const double slack = f.step / 2 + 1;
  const bool inside = p.low - slack <= f.value && f.value <= p.high + slack;
  return {std::string(run), row, std::string(group), f, p, p.value / f.value - 1.0, inside};
}

std::optional<PredictedFigure> predictedFigure(const Scenario& s, const Estimate& e, const MeasuredFigure& figure) {
  const std::string_view name = figure.name;
  const RankEstimate& rank = rankOf(e, figure.scope);
  const Engine engine = settingsOf(s).engine;
  const bool pooled = rowOf(engine).has(Feature::claim);
  if (name == "trainable_parameters") {
    const auto n = static_cast<double>(e.trainableParameters.value());
    return PredictedFigure{n, n, n};
  }
  if (name == "kv_bytes_per_token") return PredictedFigure{e.kvBytesPerToken, e.kvBytesPerToken, e.kvBytesPerToken};
  if (name == "allocated") return scaled(rank, rank.allocated);
  if (name == "reserved") return scaled(rank, rank.reserved);
  if (name == "device" && !pooled) return scaled(rank, observable(rank, rank.device));
  if (name == "kv_tokens" || (name == "kv_cache" && pooled)) {
    if (!e.pool.kvBytes || !e.pool.kvTokens) return std::nullopt;
    const PredictedFigure pool = poolOf(e);
    if (name == "kv_cache") return pool;
    const double tokens = static_cast<double>(*e.pool.kvTokens), each = pool.value > 0 ? tokens / pool.value : 0;
    return PredictedFigure{tokens, pool.low * each, pool.high * each};
  }
  const bool host = name.starts_with("host.");
  const std::optional<ComponentId> id = componentOf(host ? name.substr(5) : name);
  if (!id) return std::nullopt;
  if (host) return ofLedger(e.host, *id);
  return figure.scope == FigureScope::sum ? sumOver(e, *id) : ofLedger(rank.ledger, *id);
}

FigureSummary summarize(std::span<const PredictionError> errors) {
  FigureSummary s;
  s.group = errors.front().group;
  s.figure = errors.front().measured.name;
  s.count = errors.size();
  std::vector<double> absolute, signedErrors;
  std::size_t inside = 0;
  for (const PredictionError& e : errors) {
    absolute.push_back(std::abs(e.error));
    signedErrors.push_back(e.error);
    inside += e.inside;
    if (absolute.back() >= s.worst) s.worst = absolute.back(), s.worstRun = e.run;
  }
  std::ranges::sort(absolute);
  std::ranges::sort(signedErrors);
  const std::size_t n = errors.size();
  s.median = absolute[n / 2];
  s.p90 = absolute[(9 * n + 9) / 10 - 1];
  s.bias = signedErrors[n / 2];
  s.inside = static_cast<double>(inside) / static_cast<double>(n);
  return s;
}

std::vector<FigureSummary> summarizeAll(std::span<const PredictionError> errors) {
  std::map<std::pair<std::string, std::string>, std::vector<PredictionError>> byFigure;
  for (const PredictionError& e : errors) byFigure[{e.group, e.measured.name}].push_back(e);
  std::vector<FigureSummary> out;
  for (const auto& [key, some] : byFigure) out.push_back(summarize(some));
  return out;
}

Validation validate(std::span<const MeasuredRun> runs, const ValidationFilter& filter,
                    const std::function<bool(std::size_t done)>& progress) {
  Validation out;
  Estimate estimate;
  for (std::size_t row = 0; row < runs.size(); ++row) {
    if (progress && !progress(row)) break;
    const MeasuredRun& run = runs[row];
    const Result<Scenario> scenario = readScenario(run.scenario, run.id);
    if (!scenario) {
      out.refused.push_back({run.id, scenario.error().text()});
      continue;
    }
    const std::string group = validationGroup(*scenario);
    if (!filter.group.empty() && filter.group != group) continue;
    estimateInto(*scenario, estimate);
    for (const MeasuredFigure& f : run.figures) {
      if (!filter.figure.empty() && filter.figure != f.name) continue;
      if (filter.qualities.find(f.quality) == std::string::npos || f.value <= 0) continue;
      const std::optional<PredictedFigure> p = predictedFigure(*scenario, estimate, f);
      if (!p) continue;
      out.errors.push_back(errorOf(run.id, row, group, f, *p));
      out.errors.back().least = d(leastBytes(rankOf(estimate, f.scope), f.name));
    }
  }
  out.summaries = summarizeAll(out.errors);
  std::ranges::stable_sort(out.errors, std::ranges::greater{},
                           [](const PredictionError& e) { return std::abs(e.error); });
  return out;
}

}  // namespace headroom
