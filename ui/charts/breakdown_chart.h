// BreakdownChart: the memory of each kind of rank (or device side by side) as stacked columns on one
// axis, with the capacity, the band of the total, and its own legend with values.
#pragma once

#include <optional>

#include "ui/charts/axis_scale.h"
#include "ui/charts/breakdown_legend.h"
#include "ui/charts/chart.h"
#include "ui/charts/stack.h"

class QBarSet;
class QStackedBarSeries;
class QValueAxis;

namespace headroom::ui {

class PlotView;

class BreakdownChart : public Chart {
  Q_OBJECT

 public:
  enum class Subject { ranks, devices };

  explicit BreakdownChart(QWidget* parent = nullptr);

  void setSubject(Subject subject);
  // Marks a component in every column and in the legend: what the table or the bar has under the mouse.
  void setHighlight(std::optional<ComponentId> id);

  void paintFigure(QPainter& painter, const QRectF& target) override;
  QString title() const override;
  QSize minimumSizeHint() const override { return {340, 220}; }
  QSize sizeHint() const override { return {460, 320}; }

  // Read back from the series: bytes of a component in a column, in the unit shown.
  double shownValue(ComponentId id, int column) const;
  QColor shownColour(ComponentId id) const;
  const std::vector<Stack>& stacks() const { return stacks_; }
  const AxisScale& scale() const { return scale_; }
  // Where a segment lies in the chart's coordinates.
  QRectF segmentRect(int column, ComponentId id) const;

 protected:
  void applySnapshot() override;
  void applyTheme() override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  struct Hit {
    int column = -1;
    ComponentId id{};
    bool operator==(const Hit&) const = default;
  };

  void updateSeries();
  void updateLayout();
  int columns() const { return static_cast<int>(stacks_.size()); }
  std::optional<Hit> hitAt(const QPointF& position) const;
  void hoverAt(const QPointF& position, const QPoint& global);
  void leave();
  const Ledger* ledgerOf(int column) const;
  int legendColumn() const;
  void arrangeLegend();
  QRectF legendArea() const;
  double yOf(double bytes) const;
  QRectF columnRect(int column) const;
  double columnWidth() const;

  void paintUnder(QPainter& painter) const;
  void paintOver(QPainter& painter) const;
  void paintColumn(QPainter& painter, int column) const;
  void paintColumnLabel(QPainter& painter, int column) const;
  void paintLimits(QPainter& painter) const;
  QString limitText(const QString& words, Bytes bytes, const QRectF& span, bool above) const;
  void paintLevel(QPainter& painter, const QRectF& span, Bytes bytes, const QString& label, Qt::PenStyle style,
                  bool above) const;

  PlotView* view_;
  QStackedBarSeries* series_;
  QValueAxis *categories_, *values_;
  std::array<QBarSet*, kComponentCount> sets_{};
  BreakdownLegend legend_;
  Subject subject_ = Subject::ranks;
  std::vector<Stack> stacks_;
  std::vector<ComponentId> shown_;
  AxisScale scale_;
  double divisor_ = 1;  // bytes per unit shown
  BreakdownLegend::Detail legendDetail_ = BreakdownLegend::Detail::values;
  double legendWidth_ = 0;
  std::optional<Hit> hover_;
  std::optional<ComponentId> highlight_;
};

}  // namespace headroom::ui
