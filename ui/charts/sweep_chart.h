// SweepChart: what a scenario comes to over the values of one field, a line for each of a second one, with the band of
// the total and the capacity.
#pragma once

#include "ui/charts/axis_scale.h"
#include "ui/charts/line_legend.h"
#include "ui/charts/plotted_chart.h"
#include "ui/document/swept_value.h"

namespace headroom::ui {

class SweepChart : public PlottedChart {
  Q_OBJECT

 public:
  explicit SweepChart(QWidget* parent = nullptr);

  void show(SweepPicturePtr picture);
  using QWidget::show;
  const SweepPicturePtr& picture() const { return picture_; }

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
  void updateLayout() override;
  void paintUnder(QPainter& painter) const override;
  void paintOver(QPainter& painter) const override;
  void hoverAt(const QPointF& at, const QPoint& global) override;
  void leave() override;
  void clickAt(const QPointF& at) override;

 private:
  LineLegend legend() const;
  std::optional<double> figureOf(const SweepPoint& point) const;
  bool isBytes() const;
  double xOf(std::size_t value) const;
  double yOf(double figure) const;
  std::optional<std::size_t> nearest(const QPointF& at) const;
  void paintBand(QPainter& painter, std::size_t line) const;
  void paintLine(QPainter& painter, std::size_t line) const;
  void paintCapacity(QPainter& painter) const;

  SweepPicturePtr picture_;
  AxisScale scale_;
  double divisor_ = 1;
  std::optional<double> capacity_;  // where all lines have the same
  std::optional<std::size_t> hover_;
};

// A place along an axis of values from 0 to 1: logarithmic where they span much, even where they are no numbers.
double placeOf(const SweptAxis& axis, double number);

}  // namespace headroom::ui
