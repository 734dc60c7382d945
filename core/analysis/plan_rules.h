// Which layouts a job can be run in, before anything is estimated. Internal to core/analysis.
#pragma once

#include "core/analysis/plan.h"
#include "core/scenario/settings.h"

namespace headroom {

// Why a layout is no valid one; in the order in which they are looked at.
enum class LayoutFault : std::uint8_t {
  none,
  fleet,             // takes more devices than there are
  tensor_lacking,    // the engine does not split layers
  pipeline_lacking,  // nor runs of layers
  context_lacking,
  expert_lacking,
  heads,
  layers,
  sequence,
  experts,
  expert_ranks,
  sharding_owner,
  nothing_to_shard,
  zero_pipeline,
  global_batch,
};
constexpr std::size_t kLayoutFaults = 15;
std::string_view wordsOf(LayoutFault fault);

class LayoutRules {
 public:
  LayoutRules(const Scenario& scenario, const PlanAxes& axes);
  // Fills in what follows from the rest (accumulation).
  LayoutFault check(Layout& layout) const;

 private:
  const PlanAxes& axes_;
  const Model& model_;
  Settings settings_;
  bool training_;
  std::int64_t experts_ = 0, layers_ = 0;
};

}  // namespace headroom
