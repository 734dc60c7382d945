// Work: all that a document holds, as one value: scenarios, the devices they are compared on, what is asked beside
// them, the panels that are open.
// It is what undo goes back to, what a file stores and what a crash must not take.
#pragma once

#include <QStringList>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/file_stamp.h"
#include "core/scenario/scenario.h"
#include "ui/document/asked.h"

namespace headroom::ui {

using ScenarioPointer = std::shared_ptr<const Scenario>;

struct Work {
  std::vector<ScenarioPointer> scenarios;  // never empty; shared between steps of undo, for most never change
  std::size_t current = 0;                 // the one that is shown
  std::optional<std::size_t> baseline;     // the one the others are compared with
  std::vector<DeviceRequest> compared;     // of the Devices page, beside the scenario's own
  QStringList panels;                      // sections of the inputs that stand open
  Asked asked;                             // of devices, sweeps and plans
  std::optional<FileStamp> file;           // what the file it was read from was then; not part of it

  const Scenario& shown() const { return *scenarios[current]; }
};

inline bool sameScenarios(const Work& a, const Work& b) {
  if (a.scenarios.size() != b.scenarios.size()) return false;
  for (std::size_t i = 0; i < a.scenarios.size(); ++i)
    if (a.scenarios[i] != b.scenarios[i] && !(*a.scenarios[i] == *b.scenarios[i])) return false;
  return true;
}

// Whether a person would call them the same work: what is open and what is shown is no change that must be saved.
inline bool sameWork(const Work& a, const Work& b) {
  return a.baseline == b.baseline && a.compared == b.compared && a.asked == b.asked && sameScenarios(a, b);
}

inline bool operator==(const Work& a, const Work& b) {
  return a.current == b.current && a.panels == b.panels && sameWork(a, b);
}

}  // namespace headroom::ui
