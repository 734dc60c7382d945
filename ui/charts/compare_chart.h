// CompareChart: the same scenario on several devices, or several scenarios, side by side, on one axis: what it needs
// against what each has, whether it fits, and how far batch and context go there.
#pragma once

#include <optional>

#include "ui/charts/axis_scale.h"
#include "ui/charts/chart.h"
#include "ui/charts/stack.h"

class QBarSet;
class QStackedBarSeries;
class QValueAxis;

namespace headroom::ui {

class PlotView;

class CompareChart : public Chart {
  Q_OBJECT

 public:
  enum class Subject { devices, scenarios };
  explicit CompareChart(Subject subject = Subject::devices, QWidget* parent = nullptr);

  void paintFigure(QPainter& painter, const QRectF& target) override;
  QString title() const override {
    return subject_ == Subject::devices ? tr("The same question on other devices") : tr("Scenarios side by side");
  }
  // Every column carries its own verdict; the figure's head says what is compared.
  QString subject() const override;
  // Grows with the columns, so that no name is cut; put the chart into a scroll area.
  QSize minimumSizeHint() const override;
  QSize sizeHint() const override { return minimumSizeHint().expandedTo({560, 380}); }

  double shownValue(ComponentId id, int column) const;
  const std::vector<Stack>& stacks() const { return stacks_; }
  const AxisScale& scale() const { return scale_; }
  QRectF columnRect(int column) const;

 Q_SIGNALS:
  void columnActivated(int column);

 protected:
  void applySnapshot() override;
  void applyTheme() override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  struct Hit {
    int column = -1;
    std::optional<ComponentId> id;
    bool operator==(const Hit&) const = default;
  };

  int columns() const { return static_cast<int>(stacks_.size()); }
  void updateSeries();
  void updateLayout();
  std::optional<Hit> hitAt(const QPointF& position) const;
  void hoverAt(const QPointF& position, const QPoint& global);
  QRectF categoryRect(int column) const;
  QRectF segmentRect(int column, ComponentId id) const;
  double yOf(double bytes) const;
  double labelHeight() const;
  const std::vector<ComparedColumn>& comparedColumns() const;
  // The same in ever fewer words, for narrow columns.
  QStringList batchTexts(int column) const;
  QStringList contextTexts(int column) const;

  void paintUnder(QPainter& painter) const;
  void paintOver(QPainter& painter) const;
  void paintColumn(QPainter& painter, int column) const;
  void paintFoot(QPainter& painter, int column) const;
  int nameRows() const;
  void paintBadge(QPainter& painter, const QRectF& row, const Stack& stack) const;
  void paintLegend(QPainter& painter) const;

  Subject subject_;
  PlotView* view_;
  QStackedBarSeries* series_;
  QValueAxis *categories_, *values_;
  std::array<QBarSet*, kComponentCount> sets_{};
  std::vector<Stack> stacks_;
  std::vector<ComponentId> shown_;
  AxisScale scale_;
  double divisor_ = 1;
  std::optional<Hit> hover_;
};

}  // namespace headroom::ui
