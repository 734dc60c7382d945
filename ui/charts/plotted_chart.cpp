#include "ui/charts/plotted_chart.h"

#include <QVBoxLayout>

namespace headroom::ui {

PlottedChart::PlottedChart(QWidget* parent) : Chart(parent), view_(new PlotView(this)) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(view_);
  view_->paintUnder = [this](QPainter& p) { paintUnder(p); };
  view_->paintOver = [this](QPainter& p) { paintOver(p); };
  view_->hovered = [this](const QPointF& at, const QPoint& global) { hoverAt(at, global); };
  view_->left = [this] { leave(); };
  view_->pressed = [this](const QPointF& at) { pressAt(at); };
  view_->dragged = [this](const QPointF& at) { dragTo(at); };
  view_->released = [this](const QPointF& at) { clickAt(at); };
}

void PlottedChart::paintFigure(QPainter& painter, const QRectF& target) {
  view_->paintFigure(painter, target);
}

void PlottedChart::applyTheme() {
  if (renderCount() > 0) updateLayout();
}

void PlottedChart::resizeEvent(QResizeEvent* event) {
  Chart::resizeEvent(event);
  if (renderCount() > 0) updateLayout();
}

}  // namespace headroom::ui
