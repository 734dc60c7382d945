#include "ui/document/edit_scenario.h"

#include "ui/document/document.h"

namespace headroom::ui {

EditScenario::EditScenario(Document& document, Field field, int gesture, Scenario before, Scenario after)
    : document_(document), field_(field), gesture_(gesture), before_(std::move(before)), after_(std::move(after)) {
  retitle();
}

void EditScenario::undo() {
  document_.apply(before_);
}
void EditScenario::redo() {
  document_.apply(after_);
}

bool EditScenario::mergeWith(const QUndoCommand* other) {
  const auto* next = static_cast<const EditScenario*>(other);  // Qt asks only commands with the same id()
  if (next->gesture_ != gesture_) return false;
  after_ = next->after_;
  retitle();
  setObsolete(before_ == after_);
  return true;
}

std::shared_ptr<const Model> EditScenario::modelOf(const ModelReference& reference) const {
  for (const Scenario* s : {&after_, &before_})
    if (s->reference == reference) return s->model;
  return nullptr;
}

void EditScenario::retitle() {
  const bool several =
      field_ == Field::advice || field_ == Field::command || field_ == Field::run || field_ == Field::calibration;
  if (several) return setText(labelOf(field_));
  setText(QStringLiteral("%1 %2 → %3").arg(labelOf(field_), valueText(field_, before_), valueText(field_, after_)));
}

}  // namespace headroom::ui
