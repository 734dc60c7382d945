// ScenarioPlot: any component, or the total, of all scenarios of the document against the context, one line each in the
// scenario's own colour and dash, with the place where each no longer fits.
#pragma once

#include <optional>
#include <vector>

#include "ui/charts/axis_scale.h"
#include "ui/charts/line_legend.h"
#include "ui/charts/plotted_chart.h"

namespace headroom::ui {

class ScenarioPlot : public PlottedChart {
  Q_OBJECT

 public:
  explicit ScenarioPlot(QWidget* parent = nullptr);

  QString title() const override;
  QString subject() const override;
  QSize minimumSizeHint() const override { return {260, 200}; }
  QSize sizeHint() const override { return {480, 320}; }

  // Nothing: everything on the device.
  void setComponent(std::optional<ComponentId> component);
  std::optional<ComponentId> component() const { return component_; }

  struct Line {
    QString label;
    std::vector<QPointF> points;   // tokens, bytes
    std::optional<double> fullAt;  // the last context, in tokens, that works; 0: none does
    bool refused = false;          // not for memory: the engine takes no longer one
  };
  const std::vector<Line>& lines() const { return lines_; }

 protected:
  void applySnapshot() override;
  void updateLayout() override;
  void paintUnder(QPainter& painter) const override;
  void paintOver(QPainter& painter) const override;
  void hoverAt(const QPointF& at, const QPoint& global) override;

 private:
  double xOf(double tokens) const;
  double yOf(double bytes) const;
  LineLegend legend() const;
  static QString noteOf(const Line& line);

  std::optional<ComponentId> component_ = ComponentId::kv_cache;
  std::vector<Line> lines_;
  AxisScale scale_;
  double divisor_ = 1, first_ = 512, last_ = 1024;
};

}  // namespace headroom::ui
