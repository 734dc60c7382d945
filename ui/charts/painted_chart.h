// PaintedChart: a chart that draws all of itself. What the mouse does over it is told as a PlottedChart's is.
#pragma once

#include "ui/charts/chart.h"

namespace headroom::ui {

class PaintedChart : public Chart {
  Q_OBJECT

 protected:
  explicit PaintedChart(QWidget* parent);

  void applyTheme() override { update(); }
  void paintEvent(QPaintEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
};

}  // namespace headroom::ui
