// CompareChart: the same scenario on several devices, or several scenarios, side by side, on one axis: what it needs
// against what each has, whether it fits, and how far batch and context go there.
#pragma once

#include <optional>

#include "ui/charts/stacked_chart.h"

namespace headroom::ui {

class CompareChart : public StackedChart {
  Q_OBJECT

 public:
  enum class Subject { devices, scenarios };
  explicit CompareChart(Subject subject = Subject::devices, QWidget* parent = nullptr);

  QString title() const override {
    return subject_ == Subject::devices ? tr("The same question on other devices") : tr("Scenarios side by side");
  }
  Subject shows() const { return subject_; }
  // Every column carries its own verdict; the figure's head says what is compared.
  QString subject() const override;
  // Grows with the columns, so that no name is cut; put the chart into a scroll area.
  QSize minimumSizeHint() const override;
  QSize sizeHint() const override { return minimumSizeHint().expandedTo({560, 380}); }

  QRectF columnRect(int column) const override;

 Q_SIGNALS:
  void columnActivated(int column);

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
    std::optional<ComponentId> id;
    bool operator==(const Hit&) const = default;
  };

  std::optional<Hit> hitAt(const QPointF& position) const;
  QRectF categoryRect(int column) const;
  double labelHeight() const;
  const std::vector<ComparedColumn>& comparedColumns() const;
  // The same in ever fewer words, for narrow columns.
  QStringList batchTexts(int column) const;
  QStringList contextTexts(int column) const;

  void paintColumn(QPainter& painter, int column) const;
  void paintFoot(QPainter& painter, int column) const;
  int nameRows() const;
  void paintBadge(QPainter& painter, const QRectF& row, const Stack& stack) const;
  void paintLegend(QPainter& painter) const;

  Subject subject_;
  std::optional<Hit> hover_;
};

}  // namespace headroom::ui
