// What of a scenario is set aside, and what its layout and its programs leave doubtful, in words.
#include <fmt/format.h>

#include <algorithm>

#include "core/estimate/estimate_context.h"
#include "core/hardware/accelerator.h"
#include "core/scenario/engine_options.h"
#include "core/scenario/engines.h"
#include "core/scenario/ignored_keys.h"
#include "core/scenario/training_codes.h"

namespace headroom {
namespace {

std::string nameOfDevices(std::int64_t n) {
  return n == 1 ? "one device" : fmt::format("{} devices", n);
}

// More stages than layers: no engine and no code starts so.
void diagnoseStages(EstimateContext& c) {
  const ParallelSettings& p = c.settings.parallel;
  const std::int64_t chunks = isTraining(c.scenario.workload) ? std::max<std::int64_t>(1, p.virtualPipeline) : 1;
  const std::int64_t layers = c.model.layers();
  if (p.pipeline <= 1 || layers <= 0 || p.pipeline <= layers / chunks) return;
  if (!setAsideFor("parallel.pipeline", c.scenario, c.settings).empty()) return;
  c.refuse("more-stages-than-layers",
           fmt::format("{} layers cannot be divided into {} pipeline stages{}", layers, p.pipeline,
                       chunks > 1 ? fmt::format(" of {} chunks each", chunks) : ""),
           "parallel.pipeline");
}

// Devices of a maker whose hardware the engine does not run on, or runs on by other rules than those counted.
void diagnoseHardware(EstimateContext& c) {
  if (isTraining(c.scenario.workload) || c.scenario.method != Method::detailed) return;
  const EngineRow& engine = rowOf(c.settings.engine);
  for (const OtherHardware& other : engine.elsewhere) {
    const auto& devices = c.scenario.devices;
    const auto at = std::ranges::find_if(
        devices, [&](const DeviceRequest& d) { return d.entry != nullptr && d.entry->vendor == other.vendor; });
    if (at == devices.end()) continue;
    if (other.refused) {
      c.refuse("engine-on-hardware", fmt::format("{} does not run on {}: {}", engine.label, at->entry->name, other.why),
               "devices");
      continue;
    }
    c.about("devices", "engine-on-hardware", Severity::warning,
            fmt::format("{} on {}: {}.", engine.label, at->entry->name, other.why));
    c.unmodelled(fmt::format("what {} takes on devices of {}", engine.label, other.vendor));
  }
}

// A card's name that stands for several sizes of it: one is taken, and the others are said.
void diagnoseDevices(EstimateContext& c) {
  for (const DeviceRequest& d : c.scenario.devices) {
    if (d.entry == nullptr || d.calledAs.empty()) continue;
    std::string others;
    for (const Accelerator* other : d.otherSizes) others += fmt::format("{}{}", others.empty() ? "" : ", ", other->id);
    if (!others.empty())
      c.about("devices", "accelerator-of-several-sizes", Severity::assumed,
              fmt::format("'{}' is taken as {}, of {} GB; there is more than one size of it: {}.", d.calledAs,
                          d.entry->id, d.entry->printedGb, others));
  }
}

// A layout that takes more or fewer devices than were named.
void diagnoseLayout(EstimateContext& c) {
  const std::int64_t named = deviceCount(c.scenario), ranks = c.settings.parallel.ranks();
  const bool spreads = rowOf(c.settings.engine).devices == DevicesImply::spread && !isTraining(c.scenario.workload);
  if (named == 0 || spreads || named == ranks) return;
  if (named > ranks)
    c.about("devices", "idle-devices", Severity::warning,
            fmt::format("The layout takes {} of {}; {} idle.", nameOfDevices(ranks), nameOfDevices(named),
                        named - ranks == 1 ? "one is" : fmt::format("{} are", named - ranks)));
  else if (named > 1 || !c.scenario.devices.front().accelerator.empty())
    c.about("devices", "more-devices", Severity::assumed,
            fmt::format("The layout takes {}, more than the {} that {} named; all are taken to be alike.",
                        nameOfDevices(ranks), named, named == 1 ? "is" : "are"));
}

// What the training code itself cannot do: no run looks so, and the figure is what another code would take.
void diagnoseCode(EstimateContext& c, const TrainingCodeRow& code) {
  const Settings& s = c.settings;
  if (!runsOn(code, s.engine)) {
    c.about("engine", "engine-of-another-code", Severity::warning,
            fmt::format("{} does not run on {}; its step is counted with what {} keeps.", code.label,
                        rowOf(s.engine).label, rowOf(s.engine).label));
    c.unmodelled(fmt::format("{} on {}, which no run combines", code.label, rowOf(s.engine).label));
  }
  if (c.scenario.parallel.sharding && s.parallel.sharding != Sharding::none && !code.shardedBy(s.parallel.sharding)) {
    c.about("parallel.sharding", "sharding-of-another-code", Severity::warning,
            fmt::format("{} has no {}; it is counted by the rules of {}.", code.label, nameOf(s.parallel.sharding),
                        labelOf(programOf(s.parallel.sharding))));
    c.unmodelled(fmt::format("{} sharded by {}, which no run combines", code.label, nameOf(s.parallel.sharding)));
  }
  struct Way {
    Feature feature;
    std::int64_t ranks;
    std::string_view key, name;
  };
  const ParallelSettings& p = s.parallel;
  for (const Way& way : {Way{Feature::tensor, p.tensor, "parallel.tensor", "tensor parallelism"},
                         Way{Feature::pipeline, p.pipeline, "parallel.pipeline", "pipeline stages"},
                         Way{Feature::context, p.context, "parallel.context", "context parallelism"},
                         Way{Feature::expert, p.expert, "parallel.expert", "expert parallelism"}}) {
    if (way.ranks <= 1 || code.splitsBy(way.feature)) continue;
    c.about(way.key, "layout-of-another-code", Severity::warning,
            fmt::format("{} has no {}; the step is counted as one that has.", code.label, way.name));
    c.unmodelled(fmt::format("{} with {}, which no run combines", code.label, way.name));
  }
}

// Engine, training code and sharding are three words for one program; where they name several, one is taken.
void diagnosePrograms(EstimateContext& c) {
  const Settings& s = c.settings;
  if (!isTraining(c.scenario.workload)) return;
  const Sharding sharding = s.parallel.sharding;
  if (c.scenario.parallel.sharding && sharding != Sharding::none && !rowOf(s.engine).shardedBy(sharding))
    c.about("parallel.sharding", "sharding-of-another-engine", Severity::note,
            fmt::format("{} is not {}'s own sharding; it is counted by the rules of {}.", nameOf(sharding),
                        rowOf(s.engine).label, labelOf(programOf(sharding))));
  if (c.scenario.parallel.sharding == Sharding::none && s.parallel.data > 1 &&
      rowOf(s.engine).sharding != Sharding::none)
    c.about("parallel.sharding", "engine-without-sharding", Severity::note,
            fmt::format("{} shards by itself; as asked, every rank keeps everything here.", rowOf(s.engine).label));
  const TrainingCodeRow* code = s.code;
  if (code == nullptr) return;
  if (code->profile != code->id)
    c.about("framework", "profile-of-another-code", Severity::note,
            fmt::format("The steps of {} are accounted for as those of {}.", code->label,
                        trainingCode(code->profile)->label));
  diagnoseCode(c, *code);
}

// Packages of a printed version whose release cannot be read: the newest known rules stand for them.
void diagnoseVersions(EstimateContext& c) {
  const std::string& printed = c.scenario.engineVersion;
  if (printed.empty() || !isTraining(c.scenario.workload)) return;
  std::string unread;
  std::string_view rest = printed;
  for (PrintedPackage p = nextPackage(rest); !p.text.empty(); p = nextPackage(rest)) {
    const bool numbered = p.text.find_first_of("0123456789") != std::string_view::npos;
    // Words between packages are none; a release that was read later stands for its name.
    if (!p.named || p.package == Package::other || (p.package == Package::unknown && !numbered)) continue;
    if (p.package != Package::unknown && versionOf(c.settings.packages, p.package).known) continue;
    unread += fmt::format("{}{}", unread.empty() ? "" : ", ", p.text);
  }
  if (!unread.empty())
    c.about(
        "engine_version", "version-unread", Severity::assumed,
        fmt::format("No release that rules depend on is read from “{}”; the newest known rules stand for it.", unread));
}

// Whether a switch says no more than what is so without it.
bool saysNothing(const AskedOption& o, const EngineOptionRow& row) {
  const auto* flag = std::get_if<bool>(&o.value);
  return flag != nullptr && *flag == row.on;
}

// What becomes of each option that has no key: counted, without effect on memory, or not counted.
void diagnoseOptions(EstimateContext& c) {
  const EngineRow& engine = rowOf(c.settings.engine);
  if (!engine.has(Feature::options)) {
    for (const AskedOption& o : c.scenario.engineOptions)
      c.unmodelled(fmt::format("what {}'s {} changes", engine.label, o.name));
    return;
  }
  for (const AskedOption& o : c.scenario.engineOptions) {
    const EngineOptionRow* row = optionRow(c.settings.engine, o.name);
    const auto say = [&](std::string_view code, Severity severity, std::string message) {
      c.about("engine_options", code, severity, std::move(message));
    };
    if (row == nullptr) {
      say("unknown-option", Severity::warning, fmt::format("{} has no option {}.", engine.label, o.name));
      c.unmodelled(fmt::format("option {}, which {} is not known to have", o.name, engine.label));
      continue;
    }
    const EngineVersion since = engineVersion(row->since), until = engineVersion(row->until);
    const EngineVersion& v = c.settings.version;
    // Parsers of arguments stop at what they do not know.
    if (const bool early = v.before(since); early || until.before(v)) {
      say("option-of-another-release", Severity::warning,
          fmt::format("{} {} has no option {}: it {} {}.", engine.label, c.scenario.engineVersion, row->name,
                      early ? "came with" : "ended with", early ? row->since : row->until));
      c.unmodelled(fmt::format("option {}, which {} is not known to have", row->name, engine.label));
    }
    if (row->effect == OptionEffect::none || (row->effect == OptionEffect::memory && saysNothing(o, *row)))
      say("option-without-effect", Severity::note, fmt::format("{} does not change memory.", row->name));
    if (row->effect != OptionEffect::memory || saysNothing(o, *row)) continue;
    say("option-not-counted", Severity::warning,
        fmt::format("{} moves {} and is not counted.", row->name, row->host ? "the host's memory" : "memory"));
    if (!row->host) c.unmodelled(fmt::format("what {}'s {} changes", engine.label, row->name));
  }
}

}  // namespace

void diagnoseKeys(EstimateContext& c) {
  forEachIgnoredKey(c.scenario, c.settings, [&](const IgnoredKey& k) {
    c.about(k.key, "ignored", Severity::ignored, fmt::format("{} is set aside: {}.", k.key, k.why));
    // An engine that is asked for a format it does not have stops.
    const bool weights = k.key == "precision.weights" && !rowOf(c.settings.engine).dequantizesGguf;
    if ((weights || k.key == "precision.kv_cache") && !isTraining(c.scenario.workload))
      c.unmodelled(fmt::format("the {} that was asked for, which {} does not have",
                               weights ? "format of weights" : "format of the cache", rowOf(c.settings.engine).label));
  });
  diagnoseOptions(c);
  diagnoseHardware(c);
  diagnoseDevices(c);
  diagnoseLayout(c);
  diagnoseStages(c);
  diagnosePrograms(c);
  diagnoseVersions(c);
  if (c.scenario.images && c.scenario.images->perRequest > 0 && !rowOf(c.settings.engine).has(Feature::images) &&
      c.model.visionSpec && !isTraining(c.scenario.workload))
    c.unmodelled("what the vision encoder takes for images");
}

}  // namespace headroom
