// SnapshotBuilder: turns a scenario into everything the views show. Synchronous; budget 4 ms for a slider move
// including the views, so work that only a hidden page needs is left out.
#pragma once

#include <QStringList>
#include <vector>

#include "ui/document/scenario_answers.h"
#include "ui/document/snapshot.h"

namespace headroom::ui {

class SnapshotBuilder {
 public:
  // The devices of the side-by-side page beside the scenario's own.
  std::vector<DeviceRequest> compared;
  bool wantColumns = false;  // the side-by-side page is shown
  bool wantCurves = true;    // the page with the context plot is shown
  bool hurried = false;      // a drag goes on: what is dear and not a number waits for its end

  bool wantScenarios = false;  // the page of all scenarios is shown

  // Overwrites `snapshot`, reusing its storage. `work`: the document that the scenario is the shown one of.
  void build(const Scenario& scenario, ByteUnit unit, Snapshot& snapshot);
  void build(const Work& work, ByteUnit unit, Snapshot& snapshot);

 private:
  void buildColumns(Snapshot& snapshot);

  Estimate scratch_;
  ScenarioAnswers answers_;
};

}  // namespace headroom::ui
