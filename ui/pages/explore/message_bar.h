// MessageBar: one message in the page, next to the work it is about, until it is answered or dismissed.
#pragma once

#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <functional>

namespace headroom::ui {

class MessageBar : public QFrame {
  Q_OBJECT

 public:
  enum class Kind { note, error };

  explicit MessageBar(QWidget* parent = nullptr);

  void show(Kind kind, const QString& text, const QString& action = {}, std::function<void()> run = {});
  QString text() const { return isVisibleTo(parentWidget()) ? text_->text() : QString(); }

 private:
  QLabel* text_;
  QPushButton *action_, *close_;
  std::function<void()> run_;
};

}  // namespace headroom::ui
