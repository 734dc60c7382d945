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
};

struct EngineClasses {
  EngineVersion genericSince;
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
  for (const auto& [release, names] : file["until"].items()) {
    const EngineVersion until = engineVersion(release);
    eachWord(names.get_ref<const std::string&>(),
             [&](std::string_view name) { engine.classes[std::string(name)].until = until; });
  }
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

ServedBy servedBy(const Model& model, const Settings& s) {
  const auto engine = table().engines.find(rowOf(s.engine).id);
  if (engine == table().engines.end() || model.family.empty() || model.config.empty()) return ServedBy::own;
  const auto has = [&](const std::string& name) {
    const Releases* releases = find(engine->second, name);
    if (releases == nullptr || s.version.before(releases->since)) return false;
    return !releases->until.known || (s.version.known && !releases->until.before(s.version));
  };
  if (has(plainClass(model.family))) return ServedBy::own;
  if (!model.named.empty() && has(plainClass(model.named))) return ServedBy::own;
  return wraps(model) && !s.version.before(engine->second.genericSince) ? ServedBy::generic : ServedBy::nothing;
}

void diagnoseClass(EstimateContext& c) {
  const ServedBy by = servedBy(c.model, c.settings);
  if (by == ServedBy::own) return;
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
