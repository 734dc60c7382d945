// What of a scenario is set aside, and what its layout and its programs leave doubtful, in words.
#include <fmt/format.h>

#include "core/estimate/estimate_context.h"
#include "core/scenario/engines.h"
#include "core/scenario/ignored_keys.h"
#include "core/scenario/training_codes.h"

namespace headroom {
namespace {

std::string nameOfDevices(std::int64_t n) {
  return n == 1 ? "one device" : fmt::format("{} devices", n);
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
  if (const TrainingCodeRow* code = trainingCode(s.framework); code != nullptr && code->profile != code->id)
    c.about("framework", "profile-of-another-code", Severity::note,
            fmt::format("The steps of {} are accounted for as those of {}.", code->label,
                        trainingCode(code->profile)->label));
}

}  // namespace

void diagnoseKeys(EstimateContext& c) {
  forEachIgnoredKey(c.scenario, c.settings, [&](const IgnoredKey& k) {
    c.about(k.key, "ignored", Severity::ignored, fmt::format("{} is set aside: {}.", k.key, k.why));
  });
  diagnoseLayout(c);
  diagnosePrograms(c);
  if (c.scenario.images && c.scenario.images->perRequest > 0 && !rowOf(c.settings.engine).has(Feature::images) &&
      c.model.visionSpec && !isTraining(c.scenario.workload))
    c.unmodelled("what the vision encoder takes for images");
}

}  // namespace headroom
