// FocusRing: shows where the focus is on widgets that do not show it themselves: lists, tables, texts, tabs, charts. A
// frame of the accent colour that lies over the widget and moves nothing.
#pragma once

#include <QPointer>
#include <QWidget>

namespace headroom::ui {

class FocusRing : public QWidget {
  Q_OBJECT

 public:
  // Serves the widgets of this window.
  explicit FocusRing(QWidget* window);

 protected:
  void paintEvent(QPaintEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void follow(QWidget* focus);
  void place();

  QWidget* window_;
  QPointer<QWidget> focus_;
};

}  // namespace headroom::ui
