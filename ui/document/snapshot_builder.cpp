#include "ui/document/snapshot_builder.h"

#include "core/analysis/devices.h"
#include "core/analysis/remarks.h"
#include "core/estimate/chosen_settings.h"
#include "core/scenario/engines.h"

namespace headroom::ui {

void SnapshotBuilder::build(const Scenario& scenario, ByteUnit unit, Snapshot& snapshot) {
  snapshot.scenario = scenario;
  snapshot.unit = unit;
  snapshot.settings = settingsOf(snapshot.scenario);
  snapshot.settings.context = contextAsRun(snapshot.scenario, snapshot.settings);
  snapshot.stated = statedSettings(snapshot.scenario);
  estimateInto(snapshot.scenario, snapshot.estimate, Detail::lines);
  // Asking again without each key is dear where an estimate replays a graph: a drag does not wait for it.
  if (!hurried || !rowOf(snapshot.settings.engine).replaysGraph) addRemarks(snapshot.scenario, snapshot.estimate);
  snapshot.limits = limitsOf(snapshot.scenario);
  snapshot.sensitivity = sensitivityOf(snapshot.scenario, snapshot.estimate, scratch_);
  if (wantCurves)
    contextCurves(snapshot.scenario, snapshot.settings, snapshot.curves, scratch_);
  else
    snapshot.curves.clear();
  if (wantColumns)
    buildColumns(snapshot);
  else
    snapshot.columns.clear();
}

void SnapshotBuilder::build(const Work& work, ByteUnit unit, Snapshot& snapshot) {
  snapshot.compared = work.compared;
  snapshot.asked = work.asked;
  build(work.shown(), unit, snapshot);
  answers_.build(work, wantScenarios, snapshot);
}

void SnapshotBuilder::buildColumns(Snapshot& snapshot) {
  snapshot.columns.resize(compared.size() + 1);
  snapshot.columns[0] = {snapshot.scenario, snapshot.estimate, snapshot.limits};
  // For so many users each has as many devices and copies as they take: what the table of devices says of it.
  DeviceQuestion question;
  question.limits = false;
  if (!isTraining(snapshot.scenario.workload)) question.users = snapshot.asked.devices.users;
  for (std::size_t i = 0; i < compared.size(); ++i) {
    if (question.users) {
      Machine machine{compared[i].entry, nullptr, compared[i].memory, {}, {}};
      if (compared[i].count > 1) machine.count = compared[i].count;
      compareInto(devicesFor(snapshot.scenario, std::span(&machine, 1), question).front().scenario,
                  snapshot.columns[i + 1]);
      continue;
    }
    Scenario other = onDevice(snapshot.scenario, compared[i]);
    if (compared[i].count > 1) other.devices.front().count = compared[i].count;  // asked for as so many
    compareInto(other, snapshot.columns[i + 1]);
  }
}

}  // namespace headroom::ui
