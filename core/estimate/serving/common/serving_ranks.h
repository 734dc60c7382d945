// The kinds of rank of a serving layout: pipeline stages that differ, on each kind of device.
#pragma once

#include <algorithm>
#include <string>

#include "core/estimate/estimate_context.h"
#include "core/estimate/serving/common/serving_device.h"
#include "core/estimate/weights.h"

namespace headroom {

// Sequences one data-parallel replica holds.
inline std::int64_t sequencesPerReplica(const Settings& s) {
  const std::int64_t data = std::max<std::int64_t>(1, s.parallel.data);
  return s.batch / data + (s.batch % data != 0);
}

inline Factor sequencesFactor(FactorTree& tree, const Settings& s) {
  const Factor batch = asked("sequences", static_cast<double>(s.batch), Unit::sequences);
  if (s.parallel.data <= 1) return batch;
  return tree.product("sequences of a replica", Unit::sequences,
                      {batch, over(asked("replicas", static_cast<double>(s.parallel.data), Unit::copies))}, Round::up);
}

// Stages with the same kinds of layers and the same place (first, middle, last) hold the same.
bool sameStage(const Model& model, const RankPart& a, const RankPart& b);

// The part of stage `stage` of the scenario's layout.
RankPart servingPart(const Model& model, const ParallelSettings& parallel, std::int64_t stage);

// Calls fill(rank, part, device request or nullptr) once per kind of rank, with label, stage, devices and accelerator
// set.
template <typename Fill>
void forEachServingRank(EstimateContext& c, Fill&& fill) {
  const ParallelSettings& p = c.settings.parallel;
  const std::int64_t stages = std::clamp<std::int64_t>(p.pipeline, 1, std::max<std::int64_t>(1, c.model.layers()));
  const std::int64_t perStage = p.ranksOfStage();
  const std::size_t kinds = std::max<std::size_t>(1, c.scenario.devices.size());
  for (std::int64_t stage = 0; stage < stages;) {
    const RankPart part = servingPart(c.model, p, stage);
    std::int64_t next = stage + 1;
    while (next < stages && sameStage(c.model, part, servingPart(c.model, p, next))) ++next;
    for (std::size_t k = 0; k < kinds; ++k) {
      const DeviceRequest* request = c.scenario.devices.empty() ? nullptr : &c.scenario.devices[k];
      RankEstimate& rank = c.addRank();
      rank.stage = static_cast<int>(stage);
      rank.devices = kinds == 1 ? perStage * (next - stage) : request->count;
      if (request != nullptr) rank.accelerator = request->accelerator;
      if (stages == 1)
        rank.label = kinds == 1 ? "every device" : request->accelerator;
      else if (next - stage > 1)
        rank.label = "stages " + std::to_string(stage) + "–" + std::to_string(next - 1);
      else
        rank.label = "stage " + std::to_string(stage);
      fill(rank, part, request);
    }
    stage = next;
  }
}

}  // namespace headroom
