#include "ui/charts/painted_chart.h"

#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

namespace headroom::ui {

PaintedChart::PaintedChart(QWidget* parent) : Chart(parent) {
  setMouseTracking(true);
}

void PaintedChart::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  paintFigure(painter, rect());
}

void PaintedChart::mouseMoveEvent(QMouseEvent* event) {
  hoverAt(event->position(), event->globalPosition().toPoint());
}

void PaintedChart::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton) clickAt(event->position());
}

void PaintedChart::leaveEvent(QEvent* event) {
  leave();
  Chart::leaveEvent(event);
}

void PaintedChart::focusInEvent(QFocusEvent* event) {
  Chart::focusInEvent(event);
  update();
}

void PaintedChart::focusOutEvent(QFocusEvent* event) {
  Chart::focusOutEvent(event);
  QToolTip::hideText();
  update();
}

}  // namespace headroom::ui
