// Advice: which change of the scenario saves how much: single ones, pairs where no single one is enough, more devices.
// Built only on estimate(): every saving is the difference of two estimates, so advice can never disagree with the
// numbers it stands beside.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/estimate/estimate.h"
#include "core/scenario/scenario.h"

namespace headroom {

// What a change does to the result: the same thing is trained or answered, the same in fewer bits, or another thing.
enum class Outcome : std::uint8_t { same, rounding, other };
std::string_view nameOf(Outcome outcome);  // "nothing", "precision", "task": what changes

struct Advice {
  std::string_view id;             // stable, kebab-case: "checkpointing", "kv-cache-format"
  std::string change;              // what to do: "Recompute activations (full checkpointing)"
  std::string cost;                // what it costs: "about a third more compute"
  Scenario scenario;               // the scenario with the change
  Bytes saved;                     // on the heaviest device; above 0
  Bytes device;                    // what that device then needs
  std::optional<Verdict> verdict;  // after the change; nothing where no capacity is known
  Outcome outcome = Outcome::same;
};

// Single changes worth making, best first: those after which everything fits, then by saving. Empty where there is
// nothing to gain: the scenario fits with room to spare, or no capacity is known and nothing stands out. Training whose
// activations are over half of the need is told about checkpointing in any case.
// At most `count`; changes that save under a hundredth of the need are left out. Where it does not fit and no single
// change makes it fit, those that do come first: the least number of the same devices ("more-devices"), and the pairs
// of changes ("pair") that leave the result alone before those that do not.
std::vector<Advice> adviceOf(const Scenario& scenario, const Estimate& estimate, std::size_t count = 5);

// One switch of the scenario in the position it has, and its price.
struct SwitchPrice {
  std::string_view id;  // as of an Advice
  std::string change, cost;
  Outcome outcome = Outcome::same;
  bool on = false;
  Bytes saved;  // on the heaviest device: by having it, or what it would save; below 0 where it takes more
  // With the switch the other way round.
  Scenario scenario;
  Bytes device;
  std::optional<Verdict> verdict;
};

// Every switch that the workload and the engine know, on or off, whether it fits or not.
std::vector<SwitchPrice> switchesOf(const Scenario& scenario, const Estimate& estimate);

}  // namespace headroom
