// PlanChart: the layouts of a plan that nothing beats: what a device of each needs over how many devices it takes, by
// what is computed again, with the front of the least memory and the capacity.
#pragma once

#include "ui/charts/axis_scale.h"
#include "ui/charts/plotted_chart.h"
#include "ui/document/planned.h"

namespace headroom::ui {

class PlanChart : public PlottedChart {
  Q_OBJECT

 public:
  explicit PlanChart(QWidget* parent = nullptr);

  void show(PlanPicturePtr picture);
  using QWidget::show;
  const PlanPicturePtr& picture() const { return picture_; }
  // Rings one of the layouts; nothing rings none.
  void setSelected(std::optional<std::size_t> layout);
  std::optional<std::size_t> selected() const { return selected_; }

  QString title() const override { return tr("Memory of a device over the devices of a layout"); }
  QString subject() const override;
  QSize minimumSizeHint() const override { return {260, 220}; }
  QSize sizeHint() const override { return {480, 280}; }
  QPointF positionOf(std::size_t layout) const;
  // The layouts that need less than all that take no more devices, by devices.
  const std::vector<std::size_t>& front() const { return front_; }

 Q_SIGNALS:
  void layoutActivated(std::size_t layout);

 protected:
  void applySnapshot() override;
  void updateLayout() override;
  void paintUnder(QPainter& painter) const override;
  void paintOver(QPainter& painter) const override;
  void hoverAt(const QPointF& at, const QPoint& global) override;
  void leave() override;
  void clickAt(const QPointF& at) override;

 private:
  double centreOf(std::size_t slot) const;  // of a number of devices, on the axis
  double stepOf() const;                    // between points of one number of devices
  double yOf(double bytes) const;
  std::optional<std::size_t> nearest(const QPointF& at) const;
  void paintDevices(QPainter& painter) const;
  void paintFront(QPainter& painter) const;
  void paintCapacity(QPainter& painter) const;
  void paintPoint(QPainter& painter, std::size_t layout) const;
  void paintLegend(QPainter& painter) const;
  bool empty() const { return !picture_ || picture_->points.empty(); }

  PlanPicturePtr picture_;
  std::vector<std::size_t> front_;
  AxisScale scale_;
  double divisor_ = 1;
  std::vector<std::int64_t> slots_;  // the numbers of devices
  struct Place {
    std::size_t slot = 0;
    double offset = 0;  // in steps from its centre: layouts on as many devices stand side by side
  };
  std::vector<Place> places_;  // of the points
  double crowd_ = 1;           // most points of one slot
  std::optional<std::size_t> hover_, selected_;
};

}  // namespace headroom::ui
