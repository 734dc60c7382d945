// Map: a scenario at every pair of values of two fields, and the boundary beyond which it does not fit. Built only on
// estimate(); the boundary is searched for, not read off the grid, where more of the field never needs less.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

#include "core/analysis/limits.h"
#include "core/estimate/estimate.h"
#include "core/scenario/scenario.h"

namespace headroom {

struct MapCell {
  Bytes device, low, high;    // of the deciding device
  std::optional<Bytes> left;  // < 0 where it is short; nothing where no capacity is known
  std::optional<Verdict> verdict;
  bool runs = true;         // nothing of it is refused
  bool allModelled = true;  // nothing is left out of the figures
  bool onHost = false;      // the engine leaves weights to the host to make room: it fits no more than by that
};

// Where the second field ends at one value of the first.
struct MapBoundary {
  // The second field is a knob: the largest value that fits; 0 where not even 1 does, nothing where nothing bounds it
  // or no capacity is known.
  std::optional<std::int64_t> largest;
  // Of the values asked: the last that fits; nothing where none does, or where values fit that lie behind others that
  // do not, so that there is no boundary.
  std::optional<std::size_t> last;
  bool oneWay = true;  // no value fits behind one that does not
};

struct FieldMap {
  std::size_t across = 0;             // values of the first field
  std::vector<MapCell> cells;         // as the scenarios
  std::vector<MapBoundary> boundary;  // by value of the first field
};

// The knob that a field of the scenario file turns ("batch", "context", "training.rank" or "rank"); nothing for others.
std::optional<Knob> knobOf(std::string_view field);

// `scenarios` hold every pair of values, those of the first field (`across` of them) next to one another. The same on
// any number of cores; stopped, what is left stays empty.
FieldMap mapOf(std::span<const Scenario> scenarios, std::size_t across, std::optional<Knob> second,
               const std::stop_token& stop = {});

}  // namespace headroom
