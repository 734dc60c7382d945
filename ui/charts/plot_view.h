// PlotView: a Qt Charts view reduced to its series. Axis labels, grid, marks and legend are painted by the chart that
// owns it, at positions it knows exactly: Qt's own labels are slow rich-text items that elide early (style study, 4).
#pragma once

#include <QtCharts/QChartView>
#include <functional>

#include "ui/charts/axis_scale.h"
#include "ui/style/theme.h"

namespace headroom::ui {

class PlotView : public QChartView {
  Q_OBJECT

 public:
  explicit PlotView(QWidget* parent = nullptr);

  // Room around the plot area for labels, in pixels.
  void setPlotMargins(const QMarginsF& margins);
  QRectF plotRect() const { return plot_; }

  // Painted under and over the series, in the view's coordinates.
  std::function<void(QPainter&)> paintUnder, paintOver;
  std::function<void(const QPointF&, const QPoint& global)> hovered;  // mouse moved, no button
  std::function<void()> left;
  std::function<void(const QPointF&)> pressed, dragged, released;

  // Takes a size while hidden, when Qt sends no resize event.
  void layOut(QSize size);
  // Paints everything into target.
  void paintFigure(QPainter& painter, const QRectF& target);
  // Repaints what paintUnder and paintOver draw.
  void repaintMarks() { viewport()->update(); }

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void drawBackground(QPainter* painter, const QRectF& rect) override;
  void drawForeground(QPainter* painter, const QRectF& rect) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  bool viewportEvent(QEvent* event) override;

 private:
  void place();

  QMarginsF margins_;
  QRectF plot_;
};

// Grid lines and right-aligned labels of a linear axis at the left of plot, the unit above it.
void paintLinearAxis(QPainter& painter, const QRectF& plot, const AxisScale& scale, const QString& unit,
                     const Theme& theme);
// Width those labels need, gap to the plot included.
double linearAxisWidth(const QFont& font, const AxisScale& scale);

}  // namespace headroom::ui
