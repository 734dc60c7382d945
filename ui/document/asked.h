// Asked: what somebody asks of a document beside its scenarios: for whom and among which devices are looked for, what
// is swept over what, which layouts a plan tries. Part of the work: undone, saved and recovered with it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace headroom::ui {

// What narrows the list of devices down.
struct DevicesFilter {
  std::string words, vendor, segment;                         // empty: any
  std::optional<std::int64_t> leastGb, mostWatts, sinceYear;  // memory by its printed size
  bool fits = false;                                          // only where it fits
  bool here = false;                                          // only this machine's
  bool parts = false;                                         // parts of devices as well
  bool nodes = false;                                         // whole nodes of data-centre devices as well
  bool operator==(const DevicesFilter&) const = default;
};

struct DevicesAsked {
  std::optional<std::int64_t> users;                         // sequences at once; absent: the scenario's batch
  std::vector<std::pair<std::string, std::int64_t>> counts;  // own numbers of devices, by machine (keyOf)
  DevicesFilter filter;
  bool operator==(const DevicesAsked&) const = default;
};

// A field and the numbers it takes; without them its usual ones, or all its choices.
struct AskedRange {
  std::string field;  // id of a sweepable field (ui/inputs/sweepable_field.h)
  std::optional<double> from, to;
  bool operator==(const AskedRange&) const = default;
};

struct SweepAsked {
  AskedRange along{"context", {}, {}};
  AskedRange series;                                            // no field: one line
  std::string figure = "total";                                 // of core/report/sweep_report.h, or "left"
  AskedRange across{"context", {}, {}}, down{"batch", {}, {}};  // of the map
  bool operator==(const SweepAsked&) const = default;
};

struct PlanAsked {
  std::optional<std::int64_t> globalBatch;  // sequences of an optimizer step
  std::vector<std::string> kept;            // parts of a layout that stay as the scenario has them
  bool formats = false;                     // other formats of the weights as well
  bool operator==(const PlanAsked&) const = default;
};

struct CompareAsked {
  std::string component = "kv_cache";  // drawn against the context, by its id; empty: the total
  bool operator==(const CompareAsked&) const = default;
};

struct Asked {
  CompareAsked compare;
  DevicesAsked devices;
  SweepAsked sweep;
  PlanAsked plan;
  bool operator==(const Asked&) const = default;
};

}  // namespace headroom::ui
