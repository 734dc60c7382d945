// What a person would change to need less memory: one entry per switch of the scenario, each as a function that can be
// applied to any scenario, so that several can be tried together.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/analysis/advice.h"
#include "core/scenario/scenario.h"

namespace headroom {

struct Change {
  std::string_view id;     // stable, kebab-case: "checkpointing"
  std::string_view field;  // what it sets: changes of one field exclude one another
  std::string change;      // "Recompute activations (full checkpointing)"
  std::string cost;        // of having it: "about a third more compute"
  Outcome outcome = Outcome::same;
  bool on = false;                      // the scenario has it already; `flip` takes it back
  bool advised = true;                  // a way to make room; else it is worth knowing, and not offered by itself
  std::function<void(Scenario&)> flip;  // on where it is off, off where it is on
};

// Every change that this workload and engine know, on or off, in the order of the scenario's parts.
std::vector<Change> changesOf(const Scenario& scenario);

}  // namespace headroom
