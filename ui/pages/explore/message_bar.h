// MessageBar: one message over the page it is about. It moves nothing, leaves by itself after the time it takes to read
// it unless it is of something that went wrong, and can be shown again.
#pragma once

#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <functional>

class QUndoStack;

namespace headroom::ui {

class MessageBar : public QFrame {
  Q_OBJECT

 public:
  enum class Kind { note, error };

  // Lies over the lower edge of `parent`.
  explicit MessageBar(QWidget* parent);

  void show(Kind kind, const QString& text, const QString& action = {}, std::function<void()> run = {});
  // Leaves too once the stack's last edit, which the message is about, is undone.
  void leaveWithLastOf(const QUndoStack& stack);
  // The last message once more; nothing where there was none.
  void showAgain();
  QString text() const { return isVisibleTo(parentWidget()) ? text_->text() : QString(); }

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void enterEvent(QEnterEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void place();
  void countDown();

  QLabel* text_;
  QPushButton *action_, *close_;
  std::function<void()> run_;
  QTimer leaves_;
  QMetaObject::Connection undone_;
};

}  // namespace headroom::ui
