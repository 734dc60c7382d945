// BreakdownChart: the memory of each kind of rank (or device side by side) as stacked columns on one
// axis, with the capacity, the band of the total, and its own legend with values.
#pragma once

#include <optional>

#include "ui/charts/breakdown_legend.h"
#include "ui/charts/stacked_chart.h"

namespace headroom::ui {

class BreakdownChart : public StackedChart {
  Q_OBJECT

 public:
  enum class Subject { ranks, devices };

  explicit BreakdownChart(QWidget* parent = nullptr);

  void setSubject(Subject subject);
  // Marks a component in every column and in the legend: what the table or the bar has under the mouse.
  void setHighlight(std::optional<ComponentId> id);

  QString title() const override;
  QSize minimumSizeHint() const override { return {340, 220}; }
  QSize sizeHint() const override { return {460, 320}; }
  QRectF columnRect(int column) const override;

 protected:
  void applySnapshot() override;
  void updateLayout() override;
  void paintUnder(QPainter& painter) const override;
  void paintOver(QPainter& painter) const override;
  void hoverAt(const QPointF& position, const QPoint& global) override;
  void leave() override;
  void clickAt(const QPointF& position) override;

 private:
  struct Hit {
    int column = -1;
    ComponentId id{};
    bool operator==(const Hit&) const = default;
  };

  std::optional<Hit> hitAt(const QPointF& position) const;
  const Ledger* ledgerOf(int column) const;
  int legendColumn() const;
  void arrangeLegend();
  QRectF legendArea() const;
  double columnWidth() const;

  void paintColumn(QPainter& painter, int column) const;
  void paintColumnLabel(QPainter& painter, int column) const;
  void paintLimits(QPainter& painter) const;
  QString limitText(const QString& words, Bytes bytes, const QRectF& span, bool above) const;
  void paintLevel(QPainter& painter, const QRectF& span, Bytes bytes, const QString& label, Qt::PenStyle style,
                  bool above) const;

  BreakdownLegend legend_;
  Subject subject_ = Subject::ranks;
  BreakdownLegend::Detail legendDetail_ = BreakdownLegend::Detail::values;
  double legendWidth_ = 0;
  std::optional<Hit> hover_;
  std::optional<ComponentId> highlight_;
};

}  // namespace headroom::ui
