// The estimate as JSON, schema headroom-estimate/1 (DESIGN 3.2).
#include "core/base/json_text.h"
#include "core/estimate/chosen_settings.h"
#include "core/report/estimate_json_parts.h"
#include "core/report/estimate_report.h"
#include "core/report/explanation.h"
#include "core/report/ledger_json.h"
#include "core/report/settings_json.h"
#include "core/report/verdict_text.h"
#include "core/scenario/settings.h"

namespace headroom {
namespace {

std::optional<std::int64_t> numberOf(const std::optional<Bytes>& bytes) {
  return bytes ? std::optional(bytes->value()) : std::nullopt;
}
std::optional<std::string_view> wordOf(const std::optional<Verdict>& verdict) {
  return verdict ? std::optional(nameOf(*verdict)) : std::nullopt;
}
// Nothing for no text.
std::optional<std::string_view> said(std::string_view text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

template <typename Texts>
void writeTexts(JsonWriter& json, std::string_view name, const Texts& texts) {
  json.array(name, [&] {
    for (const auto& text : texts) json.value(std::string_view(text));
  });
}

void writeComponent(JsonWriter& json, const Ledger& ledger, ComponentId id, int depth) {
  const Explanation e = explain(ledger, id, depth);
  json.member("id", idOf(id));
  json.member("label", nameOf(id));
  json.member("bytes", e.bytes.value());
  json.member("low", e.low.value());
  json.member("high", e.high.value());
  json.member("formula", e.formula);
  json.array("terms", [&] {
    for (const ExplainedTerm& t : e.terms)
      json.element([&] {
        json.member("symbol", t.symbol);
        json.member("value", t.number);
        json.member("unit", t.unit);
        json.member("origin", t.origin);
      });
  });
  json.member("source", e.source);
  json.key("lines"), writeLines(json, e.lines, depth);
}

void writeComponents(JsonWriter& json, const Ledger& ledger, int depth) {
  json.array("components", [&] {
    for (const ComponentId id : componentsOf(ledger)) json.element([&] { writeComponent(json, ledger, id, depth); });
  });
}

void writeModel(JsonWriter& json, const Scenario& scenario, const Estimate& estimate) {
  const Model& m = *scenario.model;
  json.member("id", m.id);
  json.member("parameters", estimate.parameters.value());
  json.member("active_parameters", estimate.activeParameters.value());
  json.member("trainable_parameters", estimate.trainableParameters.value());
  json.object("groups", [&] {
    for (std::size_t g = 0; g < kGroupCount; ++g) json.member(nameOf(static_cast<Group>(g)), m.groups[g].value());
  });
  json.member("weight_bytes", estimate.weightBytes.value());
  json.member("kv_bytes_per_token", toBytes(estimate.kvBytesPerToken).value());
}

void writeRank(JsonWriter& json, const RankEstimate& r, int depth) {
  json.member("label", r.label);
  json.member("stage", r.stage);
  json.member("devices", r.devices);
  json.member("accelerator", said(r.accelerator));
  writeComponents(json, r.ledger, depth);
  json.member("peak_moment", said(r.peakMoment));
  json.array("moments", [&] {
    for (const Moment& m : r.moments)
      json.element([&] { json.member("name", m.name), json.member("bytes", m.total().value()); });
  });
  json.array("saved_activations", [&] {
    for (const SavedActivations& s : r.savedActivations)
      json.element([&] {
        json.member("layers", s.layers);
        json.member("count", s.count);
        json.member("bytes_per_layer", s.bytesPerLayer.value());
      });
  });
  json.member("allocated_bytes", r.allocated.value());
  json.member("reserved_bytes", r.reserved.value());
  json.member("device_bytes", r.device.value());
  json.member("low", r.low.value());
  json.member("high", r.high.value());
  json.member("releasable_bytes", r.releasable.value());
  json.member("claimed_bytes", numberOf(r.claimed));
  json.member("capacity_bytes", numberOf(r.capacity));
  json.member("usable_bytes", numberOf(r.usable));
  json.member("headroom_bytes", numberOf(r.headroom));
  json.member("verdict", wordOf(r.verdict));
}

void writeAdvice(JsonWriter& json, const Advice& a) {
  json.member("id", a.id);
  json.member("change", a.change);
  json.member("cost", a.cost);
  json.member("changes", nameOf(a.outcome));
  json.member("saved_bytes", a.saved.value());
  json.member("device_bytes", a.device.value());
  json.member("verdict", wordOf(a.verdict));
}

}  // namespace

void writeVerdict(JsonWriter& json, const Estimate& estimate) {
  const Judgement j = judge(estimate);
  json.element([&] {
    json.member("word", wordOf(j.word));
    json.member("sentence", verdictSentence(j, ByteUnit::gib));
    json.member("rank", j.rank);
    writeTexts(json, "reasons", j.reasons);
    writeTexts(json, "unmodelled", j.unmodelled);
  });
}

nlohmann::ordered_json verdictJson(const Estimate& estimate) {
  return jsonTree([&](JsonWriter& json) { writeVerdict(json, estimate); });
}

void writeLimits(JsonWriter& json, const Limits& l) {
  json.element([&] {
    json.member("batch", l.batch);
    json.member("context", l.context);
    json.member("rank", l.rank);
    json.member("sequences", l.sequences);
  });
}

nlohmann::ordered_json limitsJson(const Limits& limits) {
  return jsonTree([&](JsonWriter& json) { writeLimits(json, limits); });
}

namespace {

void writeEstimate(JsonWriter& json, const Scenario& scenario, const Estimate& estimate, const EstimateExtras& extras,
                   int depth) {
  constexpr std::size_t kAboutAll = 192;
  std::vector<Setting> settings;
  settings.reserve(kAboutAll);
  std::vector<ChosenSetting> chosen;
  const Engine engine = settingsAsRun(scenario, settings, chosen).engine;
  json.element([&] {
    json.member("schema", "headroom-estimate/1");
    json.member("name", scenario.name);
    json.member("workload", nameOf(scenario.workload));
    json.member("method", nameOf(scenario.method));
    json.member("engine", nameOf(engine));
    json.object("model", [&] { writeModel(json, scenario, estimate); });
    json.key("settings"), writeSettings(json, settings);
    json.key("verdict"), writeVerdict(json, estimate);
    json.array("ranks", [&] {
      for (const RankEstimate& r : estimate.ranks) json.element([&] { writeRank(json, r, depth); });
    });
    json.object("host", [&] { writeComponents(json, estimate.host, depth); });
    json.object("capacity", [&] {
      json.member("kv_bytes", numberOf(estimate.pool.kvBytes));
      json.member("kv_tokens", estimate.pool.kvTokens);
      json.member("max_concurrency", estimate.pool.maxConcurrency);
    });
    json.key("limits"), writeLimits(json, extras.limits.value_or(Limits{}));
    json.array("diagnostics", [&] {
      for (const Diagnostic& d : estimate.diagnostics)
        json.element([&] {
          json.member("code", d.code);
          json.member("severity", nameOf(d.severity));
          json.member("message", d.message);
          json.member("key", said(d.key));
        });
    });
    json.array("advice", [&] {
      for (const Advice& a : extras.advice) json.element([&] { writeAdvice(json, a); });
    });
  });
}

}  // namespace

std::string estimateJson(const Scenario& scenario, const Estimate& estimate, const EstimateExtras& extras, int indent,
                         int depth) {
  std::string out;
  out.reserve(std::size_t{1} << 16);
  {
    JsonWriter json(out, indent);
    writeEstimate(json, scenario, estimate, extras, depth);
  }
  return out;
}

}  // namespace headroom
