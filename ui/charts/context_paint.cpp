// What ContextChart paints itself, under and over Qt's lines.
#include <QFontMetricsF>
#include <QPainter>
#include <QtCharts/QLineSeries>
#include <algorithm>
#include <cmath>

#include "ui/charts/context_chart.h"
#include "ui/charts/marks.h"
#include "ui/charts/plot_view.h"
#include "ui/style/text.h"
#include "ui/style/tokens_label.h"

namespace headroom::ui {
namespace {

QString count(double tokens) {
  return grouped(static_cast<qint64>(tokens));
}

}  // namespace

void ContextChart::paintUnder(QPainter& painter) const {
  painter.setFont(font());
  paintLinearAxis(painter, plotRect(), scale_, QLatin1String(unitName(snapshot().unit)), theme());
  if (!picture_.lines.empty()) paintContextAxis(painter);
  paintFree(painter);
}

void ContextChart::paintContextAxis(QPainter& painter) const {
  const QRectF plot = plotRect();
  const QFontMetricsF metrics(painter.font());
  const int room = static_cast<int>(plot.width() / (metrics.horizontalAdvance(QStringLiteral("128K")) + 10));
  for (std::int64_t tokens : contextTicks(picture_.first, picture_.last, std::max(room, 2))) {
    const double x = xOf(static_cast<double>(tokens));
    painter.setPen(QPen(theme().line, 1));
    painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + 5));
    painter.setPen(theme().quietText);
    const QRectF cell(x - 40, plot.bottom() + 7, 80, metrics.height());
    painter.drawText(cell, Qt::AlignHCenter | Qt::AlignTop, tokensLabel(tokens));
  }
  const QRectF name(plot.left(), plot.bottom() + 7 + 1.15 * metrics.height(), plot.width(), metrics.height());
  painter.drawText(name, Qt::AlignCenter, tr("context, tokens per sequence"));
}

void ContextChart::paintFree(QPainter& painter) const {
  if (picture_.free.empty()) return;
  const auto current =
      std::find_if(picture_.lines.begin(), picture_.lines.end(), [](const ContextLine& l) { return l.current; });
  if (current == picture_.lines.end()) return;
  QPolygonF edge;
  for (const QPointF& p : bent(current->contexts, picture_.free))
    edge << QPointF(xOf(p.x()), yOf(std::max(0.0, p.y())));
  const QRectF plot = plotRect();
  // Above the line nothing fits: a breath of the colour of "exceeds".
  QPolygonF beyond = edge;
  beyond << QPointF(edge.back().x(), plot.top()) << QPointF(edge.front().x(), plot.top());
  QColor ground = theme().exceeds;
  ground.setAlphaF(theme().dark ? 0.10F : 0.06F);
  painter.setPen(Qt::NoPen);
  painter.setBrush(ground);
  painter.drawPolygon(beyond);
  painter.setPen(QPen(theme().text, 1.5));
  painter.drawPolyline(edge);
}

void ContextChart::paintFreeLabel(QPainter& painter) const {
  const auto [label, text] = freeLabel(QFontMetricsF(painter.font()));
  if (!text.isEmpty()) paintPlate(painter, label, text, theme().text, theme(), Qt::AlignLeft);
}

std::pair<QRectF, QString> ContextChart::freeLabel(const QFontMetricsF& metrics) const {
  if (picture_.free.empty()) return {};
  const auto current =
      std::find_if(picture_.lines.begin(), picture_.lines.end(), [](const ContextLine& l) { return l.current; });
  if (current == picture_.lines.end()) return {};
  const QRectF plot = plotRect();
  QString word = picture_.wholeDevice ? tr("usable %1") : tr("free for the KV cache %1");
  const Bytes free = toBytes(valueAt(current->contexts, picture_.free, cursorContext()));
  if (metrics.horizontalAdvance(word) > 0.4 * plot.width()) word = tr("free %1");
  const double height = metrics.height();
  QString text = word.arg(withUnit(free, snapshot().unit));
  if (free <= Bytes(0)) text = picture_.wholeDevice ? tr("nothing usable") : tr("nothing left for the KV cache");
  return {QRectF(plot.left() + 4, yOf(std::max(0.0, picture_.free.front())) - height - 3,
                 metrics.horizontalAdvance(text) + 8, height),
          text};
}

void ContextChart::paintOver(QPainter& painter) const {
  if (picture_.lines.empty()) return;
  painter.setFont(font());
  paintCursor(painter);
  paintFreeLabel(painter);
  paintCrossings(painter);
  paintLegend(painter);
}

void ContextChart::paintCrossings(QPainter& painter) const {
  std::optional<QPointF> ofCurrent;
  QString text;
  std::vector<QRectF> taken{freeLabel(QFontMetricsF(painter.font())).first};
  for (std::size_t i = 0; i < picture_.lines.size(); ++i) {
    const ContextLine& line = picture_.lines[i];
    if (!line.fullAt || *line.fullAt < picture_.first || *line.fullAt > picture_.last) continue;
    const double bytes = valueAt(line.contexts, line.bytes, *line.fullAt);
    if (bytes > ceiling()) continue;
    const QPointF at(xOf(*line.fullAt), yOf(bytes));
    painter.setPen(QPen(lineColour(i), line.current ? 2.2 : 1.5));
    painter.setBrush(theme().card);
    const double radius = line.current ? 5 : 3.5;
    painter.drawEllipse(at, radius, radius);
    taken.emplace_back(at.x() - radius - 1, at.y() - radius - 1, 2 * radius + 2, 2 * radius + 2);
    if (!line.current) continue;
    ofCurrent = at;
    text = (line.refused ? tr("at most %1 tokens") : tr("full at %1 tokens")).arg(count(*line.fullAt));
  }
  if (!ofCurrent) return;
  const QRectF room = roomBeside(*ofCurrent, QFontMetricsF(painter.font()), text, taken);
  paintPlate(painter, room, text, theme().text, theme());
}

// Below the line of what is free if it may be: inside the plot, over no point and no other words, and over as little of
// the curves as there is.
QRectF ContextChart::roomBeside(const QPointF& at, const QFontMetricsF& metrics, const QString& text,
                                const std::vector<QRectF>& taken) const {
  constexpr double kOutside = 1000, kOver = 100;
  const QSizeF size(metrics.horizontalAdvance(text) + 10, metrics.height());
  const QRectF plot = plotRect();
  const auto cost = [&](const QRectF& room) {
    double sum = plot.contains(room) ? 0 : kOutside;
    for (const QRectF& other : taken) sum += room.intersects(other) ? kOver : 0;
    for (const ContextLine& line : picture_.lines)
      for (const QPointF& p : bent(line.contexts, line.bytes))
        sum += room.contains(QPointF(xOf(p.x()), yOf(p.y()))) ? 1 : 0;
    return sum;
  };
  QRectF best;
  double least = 0;
  for (const double away : {8.0, 24.0})
    for (const double top : {at.y() + away, at.y() - away - size.height()})
      for (const double left : {at.x() + 10, at.x() - 10 - size.width()}) {
        const QRectF room({left, top}, size);
        const double now = cost(room);
        if (best.isNull() || now < least) best = room, least = now;
      }
  return best;
}

void ContextChart::paintCursor(QPainter& painter) const {
  const QRectF plot = plotRect();
  const double x = xOf(cursorContext());
  const QColor colour = theme().accent;
  painter.setPen(QPen(colour, hasFocus() ? 2.5 : 1.5));
  painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
  // A grip at the foot says that it can be dragged.
  const QPolygonF grip{
      {QPointF(x, plot.bottom() - 1), QPointF(x + 6, plot.bottom() + 7), QPointF(x - 6, plot.bottom() + 7)}};
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour);
  painter.drawPolygon(grip);
  for (const ContextLine& line : picture_.lines) {
    if (!line.current) continue;
    const double bytes = valueAt(line.contexts, line.bytes, cursorContext());
    painter.setPen(QPen(theme().card, 1.5));
    painter.setBrush(colour);
    painter.drawEllipse(QPointF(x, yOf(bytes)), 4.5, 4.5);
    const QString text = tr("%1 at %2 tokens").arg(withUnit(toBytes(bytes), snapshot().unit), count(cursorContext()));
    const double width = QFontMetricsF(painter.font()).horizontalAdvance(text) + 8,
                 height = QFontMetricsF(painter.font()).height();
    // Above the plot, so that it hides nothing; kept inside the view.
    const double left = std::clamp(x - width / 2, plot.left(), std::max(plot.left(), plot.right() - width));
    paintPlate(painter, {left, plot.top() - height - 3, width, height}, text, colour, theme());
  }
}

QString ContextChart::legendText(const ContextLine& line, int detail) const {
  const QString name = picture_.wholeDevice ? tr("device memory that does not give way") : line.format;
  if (detail == 0) return name;
  if (line.alwaysFull) return name + QStringLiteral(" · ") + tr("does not fit");
  // The current line's is read out at its point.
  if (!line.fullAt || line.current) return name;
  return name + QStringLiteral(" · ") +
         (detail == 2 ? tr("full at %1 tokens") : tr("full at %1")).arg(count(*line.fullAt));
}

void ContextChart::paintLegend(QPainter& painter) const {
  constexpr double kSample = 26, kGap = 8, kBetween = 22;
  const QFontMetricsF metrics(painter.font());
  const auto width = [&](int detail) {
    double sum = 0;
    for (const ContextLine& line : picture_.lines)
      sum += kSample + kGap + metrics.horizontalAdvance(legendText(line, detail)) + kBetween;
    return sum - kBetween;
  };
  double x = plotRect().left();
  int detail = 2;
  while (detail > 0 && x + width(detail) > this->width()) --detail;
  const double y = 0.8 * metrics.height();
  for (std::size_t i = 0; i < picture_.lines.size(); ++i) {
    const QString text = legendText(picture_.lines[i], detail);
    painter.setPen(series_[static_cast<qsizetype>(i)]->pen());
    painter.drawLine(QPointF(x, y), QPointF(x + kSample, y));
    painter.setPen(picture_.lines[i].current ? theme().text : theme().quietText);
    const QRectF room(x + kSample + kGap, y - metrics.height() / 2, metrics.horizontalAdvance(text) + 2,
                      metrics.height());
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, text);
    x = room.right() + kBetween;
  }
}

}  // namespace headroom::ui
