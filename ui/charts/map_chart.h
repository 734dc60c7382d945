// MapChart: a scenario at every pair of values of two fields: a cell for each, coloured by its verdict and by how much
// is left, and for each pinned device the boundary beyond which it does not fit.
#pragma once

#include "ui/charts/line_legend.h"
#include "ui/charts/painted_chart.h"
#include "ui/document/swept_value.h"

namespace headroom::ui {

class MapChart : public PaintedChart {
  Q_OBJECT

 public:
  explicit MapChart(QWidget* parent = nullptr);

  void show(MapPicturePtr picture);
  using QWidget::show;
  const MapPicturePtr& picture() const { return picture_; }

  void paintFigure(QPainter& painter, const QRectF& target) override;
  QString title() const override;
  QString subject() const override;
  QSize minimumSizeHint() const override { return {260, 220}; }
  QSize sizeHint() const override { return {480, 340}; }
  QRectF cellRect(std::size_t across, std::size_t down) const;

 Q_SIGNALS:
  // A cell was clicked, or chosen with the keys.
  void cellActivated(std::size_t across, std::size_t down);

 protected:
  void applySnapshot() override;
  void hoverAt(const QPointF& at, const QPoint& global) override;
  void leave() override;
  void clickAt(const QPointF& at) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;

 private:
  LineLegend legend() const;
  struct Cell {
    std::size_t across = 0, down = 0;
    bool operator==(const Cell&) const = default;
  };
  const MapCell& at(const Cell& cell) const;
  QRectF plotRect() const;
  std::optional<Cell> cellAt(const QPointF& position) const;
  QString words(const Cell& cell) const;
  QColor colourOf(const MapCell& cell) const;
  void paintCells(QPainter& painter) const;
  void paintAxes(QPainter& painter) const;
  void paintEdge(QPainter& painter, std::size_t edge) const;
  void paintKey(QPainter& painter) const;

  MapPicturePtr picture_;
  std::optional<Cell> hover_, cursor_;
};

}  // namespace headroom::ui
