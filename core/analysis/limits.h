// Limits: how far one knob can be turned until the device is full. Built only on estimate(); exact, because more of a
// knob never needs less memory: the value fits and the next one does not. Where an engine would leave more to the host
// than as asked, it does not fit.
#pragma once

#include <cstdint>
#include <optional>

#include "core/scenario/scenario.h"

namespace headroom {

// Each value is the largest that fits with everything else as asked; 0 where not even 1 fits; absent where no capacity
// is known or the knob does not apply (rank outside LoRA) or nothing bounds it below kMax….
struct Limits {
  std::optional<std::int64_t> batch;      // sequences held at once
  std::optional<std::int64_t> context;    // tokens per sequence
  std::optional<std::int64_t> rank;       // LoRA
  std::optional<std::int64_t> sequences;  // concurrent sequences of the asked context (inference)
};

Limits limitsOf(const Scenario& scenario);

// What can be turned up until the device is full: more of it never needs less.
enum class Knob : std::uint8_t { batch, context, rank };
// The largest value of it that anybody may ask for.
std::int64_t mostOf(Knob knob);
void turn(Scenario& scenario, Knob knob, std::int64_t value);
// What an engine that makes room by itself may leave to the host and fit: as much as it does as asked, or nothing.
enum class Host : std::uint8_t { as_asked, empty };
// One search; nothing where the scenario does not have the knob.
std::optional<std::int64_t> largest(const Scenario& scenario, Knob knob, Host host = Host::as_asked);

// The single searches, for goal-seek buttons.
std::optional<std::int64_t> largestBatch(const Scenario& scenario);
std::optional<std::int64_t> largestContext(const Scenario& scenario);
std::optional<std::int64_t> largestRank(const Scenario& scenario);
std::optional<std::int64_t> largestSequences(const Scenario& scenario);  // inference

}  // namespace headroom
