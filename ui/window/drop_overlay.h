// DropOverlay: the outline over the window while a file is held above it, with what may be dropped.
#pragma once

#include <QWidget>

namespace headroom::ui {

class DropOverlay : public QWidget {
  Q_OBJECT

 public:
  explicit DropOverlay(QWidget* parent);
  // Covers the parent.
  void appear();

 protected:
  void paintEvent(QPaintEvent* event) override;
};

}  // namespace headroom::ui
