#include "ui/charts/plot_view.h"

#include <QFontMetricsF>
#include <QGraphicsLayout>
#include <QMouseEvent>
#include <QPainter>
#include <QtCharts/QChart>
#include <QtCharts/QLegend>

#include "ui/languages/language.h"
#include "ui/style/grouped_number.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

QString tickText(const AxisScale& scale, double value) {
  return localNumber(groupedNumber(QString::fromStdString(tickLabel(scale, value))));
}
constexpr double kLabelGap = 8;
}  // namespace

PlotView::PlotView(QWidget* parent) : QChartView(parent) {
  setFrameShape(QFrame::NoFrame);
  setBackgroundBrush(Qt::NoBrush);
  viewport()->setAutoFillBackground(false);
  setRenderHint(QPainter::Antialiasing);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  viewport()->setMouseTracking(true);
  setFocusPolicy(Qt::NoFocus);
  viewport()->setFocusPolicy(Qt::NoFocus);  // the chart has the focus, not the parts that draw it
  setRubberBand(QChartView::NoRubberBand);
  QChart* c = chart();
  c->setAnimationOptions(QChart::NoAnimation);
  c->setBackgroundVisible(false);
  c->setBackgroundRoundness(0);
  c->setMargins({});
  c->layout()->setContentsMargins(0, 0, 0, 0);
  c->legend()->hide();
}

void PlotView::setPlotMargins(const QMarginsF& margins) {
  if (margins == margins_ && !plot_.isNull()) return;
  margins_ = margins;
  place();
}

void PlotView::place() {
  const QRectF area = QRectF(QPointF(0, 0), QSizeF(size())).marginsRemoved(margins_);
  plot_ = QRectF(area.topLeft(), area.size().expandedTo(QSizeF(1, 1)));
  chart()->setPlotArea(plot_);
}

void PlotView::layOut(QSize size) {
  resize(size);
  chart()->resize(size);
  scene()->setSceneRect(QRectF(QPointF(0, 0), size));
  place();
}

void PlotView::resizeEvent(QResizeEvent* event) {
  QChartView::resizeEvent(event);
  place();
}

void PlotView::drawBackground(QPainter* painter, const QRectF& rect) {
  QChartView::drawBackground(painter, rect);
  if (!paintUnder) return;
  // Qt's series take the painter as they find it: a brush left behind would fill their lines.
  painter->save();
  paintUnder(*painter);
  painter->restore();
}

void PlotView::drawForeground(QPainter* painter, const QRectF& rect) {
  QChartView::drawForeground(painter, rect);
  if (!paintOver) return;
  painter->save();
  paintOver(*painter);
  painter->restore();
}

void PlotView::paintFigure(QPainter& painter, const QRectF& target) {
  const QRectF source(QPointF(0, 0), QSizeF(size()));
  painter.save();
  painter.translate(target.topLeft());
  painter.scale(target.width() / source.width(), target.height() / source.height());
  if (paintUnder) paintUnder(painter);
  painter.restore();
  painter.save();
  painter.setBrush(Qt::NoBrush);  // see drawBackground
  scene()->render(&painter, target, source, Qt::IgnoreAspectRatio);
  painter.restore();
  painter.save();
  painter.translate(target.topLeft());
  painter.scale(target.width() / source.width(), target.height() / source.height());
  if (paintOver) paintOver(painter);
  painter.restore();
}

void PlotView::mouseMoveEvent(QMouseEvent* event) {
  if (event->buttons() & Qt::LeftButton) {
    if (dragged) dragged(event->position());
  } else if (hovered) {
    hovered(event->position(), event->globalPosition().toPoint());
  }
}

void PlotView::mousePressEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton && pressed) pressed(event->position());
}

void PlotView::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton && released) released(event->position());
}

// A chart does not scroll: the wheel belongs to the page.
void PlotView::wheelEvent(QWheelEvent* event) {
  event->ignore();
}

bool PlotView::viewportEvent(QEvent* event) {
  if (event->type() == QEvent::Leave && left) left();
  return QChartView::viewportEvent(event);
}

void paintLinearAxis(QPainter& painter, const QRectF& plot, const AxisScale& scale, const QString& unit,
                     const Theme& theme) {
  const QFontMetricsF metrics(painter.font());
  const double half = metrics.height() / 2;
  for (double value : ticks(scale)) {
    const double y = plot.bottom() - value / scale.maximum * plot.height();
    painter.setPen(QPen(theme.line, 1));
    painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
    painter.setPen(theme.quietText);
    const QRectF cell(0, y - half, plot.left() - kLabelGap, 2 * half);
    painter.drawText(cell, Qt::AlignRight | Qt::AlignVCenter, tickText(scale, value));
  }
  const double above = plot.top() - 1.7 * metrics.height();
  painter.drawText(QRectF(0, above, plot.left() - kLabelGap, metrics.height()), Qt::AlignRight | Qt::AlignVCenter,
                   unit);
}

double linearAxisWidth(const QFont& font, const AxisScale& scale) {
  const QFontMetricsF metrics(font);
  const double number = metrics.horizontalAdvance(tickText(scale, scale.maximum));
  return std::max(number, metrics.horizontalAdvance(QStringLiteral("GiB"))) + kLabelGap + 1;
}

}  // namespace headroom::ui
