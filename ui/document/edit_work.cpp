#include "ui/document/edit_work.h"

#include "ui/document/document.h"

namespace headroom::ui {

EditWork::EditWork(Document& document, Field field, int gesture, Work before, Work after, const QString& title)
    : document_(document),
      field_(field),
      gesture_(gesture),
      title_(title),
      before_(std::move(before)),
      after_(std::move(after)) {
  retitle();
}

void EditWork::undo() {
  document_.apply(before_);
}
void EditWork::redo() {
  document_.apply(after_);
}

bool EditWork::mergeWith(const QUndoCommand* other) {
  const auto* next = static_cast<const EditWork*>(other);  // Qt asks only commands with the same id()
  if (next->gesture_ != gesture_) return false;
  after_ = next->after_;
  retitle();
  setObsolete(before_ == after_);
  return true;
}

std::shared_ptr<const Model> EditWork::modelOf(const ModelReference& reference) const {
  for (const Work* work : {&after_, &before_})
    for (const ScenarioPointer& s : work->scenarios)
      if (s->reference == reference) return s->model;
  return nullptr;
}

void EditWork::retitle() {
  if (!title_.isEmpty()) return setText(title_);
  const bool several = field_ == Field::advice || field_ == Field::command || field_ == Field::run ||
                       field_ == Field::calibration || (field_ > Field::dimensions && field_ < Field::keyed);
  if (several) return setText(labelOf(field_));
  setText(QStringLiteral("%1 %2 → %3")
              .arg(labelOf(field_), valueText(field_, before_.shown()), valueText(field_, after_.shown())));
}

}  // namespace headroom::ui
