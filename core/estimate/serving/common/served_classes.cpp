#include "core/estimate/serving/common/served_classes.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "core/base/embedded_resource.h"
#include "core/base/word_list.h"
#include "core/model/class_name.h"
#include "core/scenario/engines.h"

namespace headroom {
namespace {

using nlohmann::json;

struct Releases {
  EngineVersion since, until;  // the last one that has it; not known: no bound
  bool adapts = false;         // takes adapters, in
  EngineVersion adaptsSince, adaptsUntil;
};

struct EngineClasses {
  EngineVersion genericSince;
  bool adaptersKnown = false;
  std::map<std::string, Releases, std::less<>> classes;
};

struct Table {
  std::map<std::string, std::string, std::less<>> aliases;
  std::map<std::string, EngineClasses, std::less<>> engines;
};

EngineClasses readEngine(const json& file) {
  EngineClasses engine;
  engine.genericSince = engineVersion(file["generic_since"].get_ref<const std::string&>());
  for (const auto& [release, names] : file["classes"].items()) {
    const EngineVersion since = engineVersion(release);
    eachWord(names.get_ref<const std::string&>(),
             [&](std::string_view name) { engine.classes[std::string(name)].since = since; });
  }
  const auto bound = [&](const char* key, void (*set)(Releases&, const EngineVersion&)) {
    if (!file.contains(key)) return;
    for (const auto& [release, names] : file[key].items()) {
      const EngineVersion at = engineVersion(release);
      eachWord(names.get_ref<const std::string&>(),
               [&](std::string_view name) { set(engine.classes[std::string(name)], at); });
    }
  };
  bound("until", [](Releases& r, const EngineVersion& at) { r.until = at; });
  bound("adapters", [](Releases& r, const EngineVersion& at) { r.adapts = true, r.adaptsSince = at; });
  bound("adapters_until", [](Releases& r, const EngineVersion& at) { r.adaptsUntil = at; });
  engine.adaptersKnown = file.contains("adapters");
  return engine;
}

const Table& table() {
  static const Table kTable = [] {
    Table out;
    const json file = json::parse(embeddedResource("catalogue/served_classes.json"), nullptr, false);
    if (!file.is_object()) return out;
    for (const auto& [name, known] : file["aliases"].items()) out.aliases[name] = known.get<std::string>();
    for (const auto& [id, engine] : file["engines"].items()) out.engines[id] = readEngine(engine);
    return out;
  }();
  return kTable;
}

// The name the tables have for a class; types of text parts are called after their whole.
const Releases* find(const EngineClasses& engine, std::string_view name) {
  const auto listed = [&](std::string_view n) -> const Releases* {
    const auto at = engine.classes.find(n);
    return at == engine.classes.end() ? nullptr : &at->second;
  };
  if (const Releases* found = listed(name)) return found;
  if (const auto at = table().aliases.find(name); at != table().aliases.end()) return listed(at->second);
  constexpr std::string_view kText = "text";
  if (name.ends_with(kText)) return listed(name.substr(0, name.size() - kText.size()));
  return nullptr;
}

// What stands in for missing classes wraps decoders of plain attention: no states, no encoder beside them
// (vllm/model_executor/models/transformers/base.py, 0.33; sglang/srt/models/transformers.py, 0.5.18).
bool wraps(const Model& m) {
  if (m.encoderDecoder) return false;
  return std::ranges::none_of(m.kinds, [](const LayerKind& k) {
    return k.state.kind != StateKind::none || k.attention.kind == AttentionKind::cross ||
           k.crossAttention.kind == AttentionKind::cross;
  });
}

}  // namespace

namespace {

// Whether a release lies within two bounds; an open end has no release after it.
bool within(const EngineVersion& v, const EngineVersion& since, const EngineVersion& until) {
  return !v.before(since) && (!until.known || (v.known && !until.before(v)));
}

// The class of the table that serves the model in this release; none.
const Releases* servingClass(const EngineClasses& engine, const Model& model, const EngineVersion& v) {
  for (const std::string& name : {plainClass(model.family), plainClass(model.named)})
    if (const Releases* r = name.empty() ? nullptr : find(engine, name); r != nullptr && within(v, r->since, r->until))
      return r;
  return nullptr;
}

// vllm/lora/worker_manager.py asks the model for SupportsLoRA as it is loaded.
void diagnoseAdapters(EstimateContext& c) {
  const auto engine = table().engines.find(rowOf(c.settings.engine).id);
  if (!c.scenario.lora || engine == table().engines.end() || !engine->second.adaptersKnown) return;
  const EngineVersion& v = c.settings.version;
  const Releases* r = servingClass(engine->second, c.model, v);
  if (r == nullptr || (r->adapts && within(v, r->adaptsSince, r->adaptsUntil))) return;
  c.refuse("no-adapters",
           fmt::format("this release of {} takes no adapters for models of this kind", rowOf(c.settings.engine).label),
           "lora");
}

}  // namespace

ServedBy servedBy(const Model& model, const Settings& s) {
  const auto engine = table().engines.find(rowOf(s.engine).id);
  if (engine == table().engines.end() || model.family.empty() || model.config.empty()) return ServedBy::own;
  if (servingClass(engine->second, model, s.version) != nullptr) return ServedBy::own;
  return wraps(model) && !s.version.before(engine->second.genericSince) ? ServedBy::generic : ServedBy::nothing;
}

void diagnoseClass(EstimateContext& c) {
  const ServedBy by = servedBy(c.model, c.settings);
  if (by == ServedBy::own) return diagnoseAdapters(c);
  const std::string_view engine = rowOf(c.settings.engine).label;
  if (by == ServedBy::nothing)
    return c.refuse("no-class", fmt::format("this release of {} has no class for models of this kind", engine),
                    "model");
  c.about("model", "no-class", Severity::warning,
          fmt::format("This release of {} has no class of its own for models of this kind; the code of Transformers "
                      "stands in for it, if it can.",
                      engine));
  c.unmodelled(fmt::format("what {} takes for a model that it has no class of its own for", engine));
}

}  // namespace headroom
