// StackedChart: stacked columns of components on one axis. Those of it say where a column stands and what is around it.
#pragma once

#include <array>

#include "ui/charts/axis_scale.h"
#include "ui/charts/plotted_chart.h"
#include "ui/charts/stack.h"

class QBarSet;
class QStackedBarSeries;
class QValueAxis;

namespace headroom::ui {

class StackedChart : public PlottedChart {
  Q_OBJECT

 public:
  // Read back from the series: bytes of a component in a column, in the unit shown.
  double shownValue(ComponentId id, int column) const;
  QColor shownColour(ComponentId id) const;
  const std::vector<Stack>& stacks() const { return stacks_; }
  const AxisScale& scale() const { return scale_; }
  virtual QRectF columnRect(int column) const = 0;
  // Where a segment lies in the chart's coordinates.
  QRectF segmentRect(int column, ComponentId id) const;

 protected:
  explicit StackedChart(QWidget* parent);

  // Takes over the columns, the unit of the snapshot and an axis that holds them; updateLayout() has then to follow.
  void setStacks(std::vector<Stack> stacks);
  int columns() const { return static_cast<int>(stacks_.size()); }
  // The components that any column has.
  const std::vector<ComponentId>& shown() const { return shown_; }
  double yOf(double bytes) const;
  // Of a column, as a share of its category.
  void setBarWidth(double share);

  void applyTheme() override;

 private:
  void updateSeries();

  QStackedBarSeries* series_;
  QValueAxis *categories_, *values_;
  std::array<QBarSet*, kComponentCount> sets_{};
  std::vector<Stack> stacks_;
  std::vector<ComponentId> shown_;
  AxisScale scale_;
  double divisor_ = 1;  // bytes per unit shown
};

}  // namespace headroom::ui
