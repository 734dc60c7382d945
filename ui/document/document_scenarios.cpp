// The scenarios of a document: which there are, in what order, which is shown and which the others are compared with.
#include <algorithm>

#include "ui/document/document.h"

namespace headroom::ui {

void Document::show(std::size_t scenario) {
  if (scenario >= work_.scenarios.size() || scenario == work_.current) return;
  Work work = work_;
  work.current = scenario;
  apply(work);
}

void Document::addScenario(Scenario scenario) {
  const QString title = tr("Add a scenario");
  editWork(Field::scenarios, title, [&](Work& w) {
    const std::size_t at = w.current + 1;
    w.scenarios.insert(w.scenarios.begin() + static_cast<std::ptrdiff_t>(at),
                       std::make_shared<const Scenario>(std::move(scenario)));
    if (w.baseline && *w.baseline >= at) ++*w.baseline;
    w.current = at;
  });
}

void Document::duplicateScenario() {
  addScenario(scenario());
}

void Document::renameScenario(std::size_t scenario, const QString& name) {
  if (scenario >= work_.scenarios.size()) return;
  editWork(Field::scenarios, tr("Rename a scenario"), [&](Work& w) {
    Scenario renamed = *w.scenarios[scenario];
    renamed.name = name.trimmed().toStdString();
    w.scenarios[scenario] = std::make_shared<const Scenario>(std::move(renamed));
  });
}

void Document::moveScenario(std::size_t from, std::size_t to) {
  if (from >= work_.scenarios.size() || to >= work_.scenarios.size() || from == to) return;
  editWork(Field::scenarios, tr("Move a scenario"), [&](Work& w) {
    const auto moved = [from, to](std::size_t i) {
      if (i == from) return to;
      if (from < i && i <= to) return i - 1;
      return to <= i && i < from ? i + 1 : i;
    };
    const ScenarioPointer one = w.scenarios[from];
    w.scenarios.erase(w.scenarios.begin() + static_cast<std::ptrdiff_t>(from));
    w.scenarios.insert(w.scenarios.begin() + static_cast<std::ptrdiff_t>(to), one);
    w.current = moved(w.current);
    if (w.baseline) w.baseline = moved(*w.baseline);
  });
}

void Document::closeScenario(std::size_t scenario) {
  if (scenario >= work_.scenarios.size() || work_.scenarios.size() == 1) return;
  editWork(Field::scenarios, tr("Close a scenario"), [&](Work& w) {
    w.scenarios.erase(w.scenarios.begin() + static_cast<std::ptrdiff_t>(scenario));
    if (w.current > scenario || w.current == w.scenarios.size()) --w.current;
    if (w.baseline == scenario)
      w.baseline.reset();
    else if (w.baseline && *w.baseline > scenario)
      --*w.baseline;
  });
}

void Document::setBaseline(std::optional<std::size_t> scenario) {
  if (scenario && *scenario >= work_.scenarios.size()) return;
  editWork(Field::scenarios, tr("Choose the baseline"), [&](Work& w) { w.baseline = scenario; });
}

}  // namespace headroom::ui
