// Plan: how a job could be laid out over a fleet. Every valid layout is estimated; kept are those that nothing beats at
// once in memory, devices, recomputation, communication and width of the weights; of a server instead of recomputation
// in what a token waits for, stage after stage. Built only on estimate().
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/estimate/estimate.h"
#include "core/scenario/scenario.h"

namespace headroom {

// One way to run the job.
struct Layout {
  std::int64_t tensor = 1, pipeline = 1, context = 1, expert = 1, data = 1;
  Sharding sharding = Sharding::none;
  Checkpointing checkpointing = Checkpointing::none;
  std::int64_t microBatch = 1;    // sequences of a micro-batch; serving: those held at once
  std::int64_t accumulation = 1;  // micro-batches of a step
  std::size_t weights = 0;        // index into PlanAxes::weights
  std::int64_t devices() const { return tensor * pipeline * context * data; }
  bool operator==(const Layout&) const = default;
};

// The values that are tried of each part.
struct PlanAxes {
  std::vector<std::int64_t> tensor, pipeline, context, expert, data, microBatch;
  std::vector<Sharding> sharding;
  std::vector<Checkpointing> checkpointing;
  std::vector<std::optional<WeightFormat>> weights;  // nothing: as the scenario has them
  std::int64_t fleet = 1;                            // devices there are
  // Sequences of an optimizer step, over all micro-batches and replicas; absent: the micro-batches of a step stay as
  // many as the scenario has.
  std::optional<std::int64_t> globalBatch;

  std::size_t layouts() const;
};

// What to try where nobody says: divisors of the fleet, tensor parallelism inside a node, every sharding that is the
// engine's. What the scenario spells out is kept. Serving has neither replicas, sharding, recomputation nor
// micro-batches.
PlanAxes planAxes(const Scenario& scenario, std::optional<std::int64_t> globalBatch = {});

struct PlannedLayout {
  Layout layout;
  Verdict verdict{};
  Bytes need, left;          // of the deciding device
  double communication = 0;  // bytes a device sends in a step (core/analysis/communication.h)
  bool allModelled = true;   // nothing is left out of the need
};

struct Plan {
  std::vector<PlannedLayout> layouts;  // by devices, then memory
  std::size_t tried = 0, valid = 0, fit = 0;
  struct Reason {
    std::string why;
    std::size_t layouts = 0;
  };
  std::vector<Reason> left;  // why layouts were left out, the most frequent first
  bool stopped = false;      // what it holds is a part
};

// The same on any number of cores. A capacity must be known (Plan::valid stays 0 without).
Plan planFor(const Scenario& scenario, const PlanAxes& axes, const std::stop_token& stop = {});

// The scenario run that way.
Scenario laidOut(const Scenario& scenario, const PlanAxes& axes, const Layout& layout);

}  // namespace headroom
