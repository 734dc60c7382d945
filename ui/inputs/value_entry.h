// ValueEntry: a field that takes a value on Enter or when it is left, gives it back on Esc, and keeps a text it cannot
// read under a red frame while the last good value stays in force.
#pragma once

#include <QLineEdit>
#include <functional>

namespace headroom::ui {

class ValueEntry : public QLineEdit {
  Q_OBJECT

 public:
  // Takes a typed text; returns why it cannot, or nothing.
  using Commit = std::function<QString(const QString& text)>;

  explicit ValueEntry(Commit commit, QWidget* parent = nullptr);

  // Shows a value; a text that is being typed is left alone unless the value itself has changed.
  void showText(const QString& text);
  const QString& problem() const { return problem_; }

 Q_SIGNALS:
  void problemChanged(const QString& problem);
  void stepped(int direction);  // Up or Down was pressed

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;

 private:
  void commit();
  void restore();
  void setProblem(const QString& problem);

  Commit commit_;
  QString shown_;
  QString problem_;
};

}  // namespace headroom::ui
