#include "core/analysis/map.h"

#include "core/analysis/verdict.h"
#include "core/base/parallel.h"

namespace headroom {
namespace {

MapCell cellOf(const Scenario& scenario, Estimate& scratch) {
  estimateInto(scenario, scratch);
  const RankEstimate& rank = decidingRank(scratch);
  return {rank.device,
          rank.low,
          rank.high,
          rank.headroom,
          scratch.verdict(),
          scratch.refused.empty(),
          scratch.unmodelled.empty(),
          weightsLeftToHost(scratch) > Bytes(0)};
}

bool fits(const MapCell& cell) {
  return cell.verdict && *cell.verdict != Verdict::exceeds && !cell.onHost;
}

// What the values that were asked show of a boundary.
void readOff(const FieldMap& map, std::size_t column, MapBoundary& boundary) {
  bool ended = false;
  for (std::size_t i = column, row = 0; i < map.cells.size(); i += map.across, ++row) {
    if (!fits(map.cells[i])) {
      ended = true;
    } else if (ended) {
      boundary.oneWay = false;
    } else {
      boundary.last = row;
    }
  }
  if (!boundary.oneWay) boundary.last.reset();
}

}  // namespace

std::optional<Knob> knobOf(std::string_view field) {
  if (field == "batch") return Knob::batch;
  if (field == "context") return Knob::context;
  if (field == "rank" || field == "training.rank") return Knob::rank;
  return std::nullopt;
}

FieldMap mapOf(std::span<const Scenario> scenarios, std::size_t across, std::optional<Knob> second,
               const std::stop_token& stop) {
  FieldMap map;
  map.across = across;
  map.cells.resize(scenarios.size());
  map.boundary.resize(std::min(across, scenarios.size()));
  const auto cells = [&] {
    return [&, scratch = Estimate()](std::size_t i) mutable { map.cells[i] = cellOf(scenarios[i], scratch); };
  };
  onAllCores(map.cells.size(), cells, stop);
  const auto ends = [&] {
    return [&](std::size_t column) {
      readOff(map, column, map.boundary[column]);
      if (second) map.boundary[column].largest = largest(scenarios[column], *second, Host::empty);
    };
  };
  onAllCores(map.boundary.size(), ends, stop);
  return map;
}

}  // namespace headroom
