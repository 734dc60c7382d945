#include "ui/inputs/value_entry.h"

#include <QFocusEvent>
#include <QKeyEvent>
#include <QStyle>
#include <QTimer>

namespace headroom::ui {

ValueEntry::ValueEntry(Commit commit, QWidget* parent) : QLineEdit(parent), commit_(std::move(commit)) {
  setProperty("entry", true);
  setAlignment(Qt::AlignRight | Qt::AlignVCenter);
}

void ValueEntry::showText(const QString& shown) {
  if (shown == shown_) return;
  shown_ = shown;
  restore();
}

void ValueEntry::restore() {
  setText(shown_);
  setModified(false);
  setProblem({});
}

void ValueEntry::commit() {
  if (!isModified()) return;
  const QString typed = text();
  const QString reason = commit_(typed);
  if (!reason.isEmpty()) return setProblem(reason);
  restore();  // what the document made of it: "8k" becomes "8192"
}

void ValueEntry::setProblem(const QString& problem) {
  if (problem == problem_) return;
  problem_ = problem;
  setProperty("invalid", !problem.isEmpty());
  style()->unpolish(this);
  style()->polish(this);
  Q_EMIT problemChanged(problem);
}

void ValueEntry::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
      commit();
      selectAll();
      return;
    case Qt::Key_Escape:
      if (!isModified() && problem_.isEmpty()) break;
      restore();
      selectAll();
      return;
    case Qt::Key_Up:
      Q_EMIT stepped(+1);
      return;
    case Qt::Key_Down:
      Q_EMIT stepped(-1);
      return;
    default:
      break;
  }
  QLineEdit::keyPressEvent(event);
}

void ValueEntry::focusInEvent(QFocusEvent* event) {
  QLineEdit::focusInEvent(event);
  // After the click that gave the focus has placed its cursor.
  if (event->reason() == Qt::MouseFocusReason) QTimer::singleShot(0, this, &QLineEdit::selectAll);
}

void ValueEntry::focusOutEvent(QFocusEvent* event) {
  commit();
  QLineEdit::focusOutEvent(event);
}

}  // namespace headroom::ui
