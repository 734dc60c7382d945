// Advice: which single change of the scenario saves how much. Built only on estimate(): every saving is the difference
// of two estimates, so advice can never disagree with the numbers it stands beside.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/estimate/estimate.h"
#include "core/scenario/scenario.h"

namespace headroom {

struct Advice {
  std::string_view id;             // stable, kebab-case: "checkpointing", "kv-cache-format"
  std::string change;              // what to do: "Recompute activations (full checkpointing)"
  std::string cost;                // what it costs: "about a third more compute"
  Scenario scenario;               // the scenario with the change
  Bytes saved;                     // on the heaviest device; above 0
  Bytes device;                    // what that device then needs
  std::optional<Verdict> verdict;  // after the change; nothing where no capacity is known
};

// Single changes worth making, best first: those after which everything fits, then by saving. Empty where there is
// nothing to gain: the scenario fits with room to spare, or no capacity is known and nothing stands out. Training whose
// activations are over half of the need is told about checkpointing in any case.
// At most `count`; changes that save under a hundredth of the need are left out.
std::vector<Advice> adviceOf(const Scenario& scenario, const Estimate& estimate, std::size_t count = 5);

}  // namespace headroom
