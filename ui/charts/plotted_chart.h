// PlottedChart: a chart whose series Qt Charts draws in a PlotView that fills it. What the chart draws itself goes
// under and over them; what the mouse does over the view is told to the chart.
#pragma once

#include "ui/charts/chart.h"
#include "ui/charts/plot_view.h"

namespace headroom::ui {

class PlottedChart : public Chart {
  Q_OBJECT

 public:
  void paintFigure(QPainter& painter, const QRectF& target) override;

 protected:
  explicit PlottedChart(QWidget* parent);

  PlotView* view() const { return view_; }
  QRectF plotRect() const { return view_->plotRect(); }

  // Places the plot for the values, the font and the size: called when one of the latter two changes.
  virtual void updateLayout() = 0;
  virtual void paintUnder(QPainter& painter) const = 0;
  virtual void paintOver(QPainter& painter) const = 0;

  void applyTheme() override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  PlotView* view_;
};

}  // namespace headroom::ui
