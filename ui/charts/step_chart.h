// StepChart: one training step from left to right: what lies on the fullest device at each moment, as stacked areas
// between what is held from step to step. The highest point is the estimate. Painted by hand.
#pragma once

#include <optional>

#include "ui/charts/axis_scale.h"
#include "ui/charts/breakdown_legend.h"
#include "ui/charts/painted_chart.h"
#include "ui/charts/stack.h"

namespace headroom::ui {

class StepChart : public PaintedChart {
  Q_OBJECT

 public:
  explicit StepChart(QWidget* parent = nullptr);

  // Marks a component: what the table or the bar has under the mouse.
  void setHighlight(std::optional<ComponentId> id);

  void paintFigure(QPainter& painter, const QRectF& target) override;
  QString title() const override { return tr("Memory through one step"); }
  QSize minimumSizeHint() const override { return {340, 220}; }
  QSize sizeHint() const override { return {460, 320}; }

  // One stack per moment, in the order of the step, with what the process holds throughout.
  const std::vector<Stack>& moments() const { return moments_; }
  // The moment that decides; nothing without moments.
  std::optional<std::size_t> peak() const;
  const AxisScale& scale() const { return scale_; }
  // The component under a point of the widget.
  std::optional<ComponentId> componentAt(const QPointF& position) const;
  // Where a moment stands, at a height in bytes.
  QPointF pointOf(std::size_t moment, double bytes) const;

 protected:
  void applySnapshot() override;
  void hoverAt(const QPointF& at, const QPoint& global) override;
  void leave() override;
  void clickAt(const QPointF& at) override;

 private:
  struct Frame {
    QRectF plot, legend;
    BreakdownLegend::Detail detail = BreakdownLegend::Detail::none;
  };
  Frame frameOf(const QRectF& area) const;
  double xOf(const QRectF& plot, std::size_t moment) const;
  double yOf(const QRectF& plot, double bytes) const;
  double heightAt(double position, std::size_t components) const;  // bytes of the first components, position in moments
  std::size_t nearest(const QRectF& plot, double x) const;
  void paintAreas(QPainter& painter, const QRectF& plot) const;
  void paintLimit(QPainter& painter, const QRectF& plot) const;
  QRectF peakPlate(const QRectF& plot) const;  // where the peak is read out
  void paintMoments(QPainter& painter, const QRectF& plot) const;

  std::vector<Stack> moments_;
  Stack held_;  // between two steps
  std::vector<ComponentId> shown_;
  AxisScale scale_;
  double divisor_ = 1;
  std::optional<ComponentId> hover_, highlight_;
};

// The moments of the fullest device's step with the process' own memory (runtime, cached blocks) in each. Loading is
// left out where it needs less than the step.
std::vector<Stack> stepMoments(const Snapshot& snapshot);

}  // namespace headroom::ui
