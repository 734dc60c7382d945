// SweepChart: what a scenario comes to over the values of one field, a line for each of a second one, with the band of
// the total and the capacity.
#pragma once

#include "ui/charts/axis_scale.h"
#include "ui/charts/chart.h"
#include "ui/document/swept_value.h"

namespace headroom::ui {

class PlotView;

class SweepChart : public Chart {
  Q_OBJECT

 public:
  explicit SweepChart(QWidget* parent = nullptr);

  void show(SweepPicturePtr picture);
  using QWidget::show;
  const SweepPicturePtr& picture() const { return picture_; }

  void paintFigure(QPainter& painter, const QRectF& target) override;
  QString title() const override;
  QString subject() const override;
  QSize minimumSizeHint() const override { return {260, 220}; }
  QSize sizeHint() const override { return {480, 340}; }
  // Where a value of a line is drawn; nothing where it has none.
  std::optional<QPointF> positionOf(std::size_t line, std::size_t value) const;

 Q_SIGNALS:
  // A point was clicked.
  void pointActivated(std::size_t line, std::size_t value);

 protected:
  void applySnapshot() override;
  void applyTheme() override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  std::optional<double> figureOf(const SweepPoint& point) const;
  bool isBytes() const;
  void updateLayout();
  double xOf(std::size_t value) const;
  double yOf(double figure) const;
  std::optional<std::size_t> nearest(const QPointF& at) const;
  void hoverAt(const QPointF& at, const QPoint& global);
  void click(const QPointF& at);
  void paintUnder(QPainter& painter) const;
  void paintOver(QPainter& painter) const;
  void paintBand(QPainter& painter, std::size_t line) const;
  void paintLine(QPainter& painter, std::size_t line) const;
  void paintCapacity(QPainter& painter) const;

  PlotView* view_;
  SweepPicturePtr picture_;
  AxisScale scale_;
  double divisor_ = 1;
  std::optional<double> capacity_;  // where all lines have the same
  std::optional<std::size_t> hover_;
};

// A place along an axis of values from 0 to 1: logarithmic where they span much, even where they are no numbers.
double placeOf(const SweptAxis& axis, double number);

}  // namespace headroom::ui
