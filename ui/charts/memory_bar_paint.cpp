// How MemoryBar looks.
#include <QFontMetricsF>
#include <QPaintEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/charts/marks.h"
#include "ui/charts/memory_bar.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

double number(Bytes bytes) {
  return static_cast<double>(bytes.value());
}

}  // namespace

void MemoryBar::paintEvent(QPaintEvent* event) {
  PaintedChart::paintEvent(event);
  if (!hasFocus() || !currentSegment()) return;
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(theme().accent, 2));
  painter.setBrush(Qt::NoBrush);
  painter.drawRoundedRect(segmentRect(*currentSegment()).adjusted(-2, -2, 2, 2), 3, 3);
}

void MemoryBar::paintFigure(QPainter& painter, const QRectF& target) {
  if (!hasSnapshot()) return;
  painter.setFont(font());
  const QRectF bar = barRect(target);
  paintBar(painter, bar);
  paintFree(painter, bar);
  paintMarks(painter, bar);
  const double line = QFontMetricsF(font()).height();
  paintValues(painter, {bar.left(), bar.bottom() + 6, bar.width(), line});
}

void MemoryBar::paintBar(QPainter& painter, const QRectF& bar) const {
  // The track is the device: what no segment covers is free.
  painter.setPen(Qt::NoPen);
  painter.setBrush(theme().line);
  const double end = stack_.capacity ? xOf(bar, number(*stack_.capacity)) : xOf(bar, number(stack_.total));
  painter.drawRect(QRectF(bar.left(), bar.top(), end - bar.left(), bar.height()));
  const auto marked = hover_ ? hover_ : highlight_;
  for (ComponentId id : shown_) {
    const QRectF segment = segmentIn(bar, id);
    paintSegment(painter, segment, id, theme());
    paintName(painter, bar, segment, id);
  }
  paintReleasable(painter,
                  QRectF(QPointF(xOf(bar, number(stack_.total - stack_.releasable)), bar.top()),
                         QPointF(xOf(bar, number(stack_.total)), bar.bottom())),
                  theme());
  if (stack_.overflows()) {
    const double from = xOf(bar, std::max(0.0, number(*stack_.limit)));
    paintOverflow(painter, {from, bar.top(), xOf(bar, number(stack_.total)) - from, bar.height()}, theme());
  }
  if (!marked || stack_.at(*marked) == Bytes(0)) return;
  painter.setPen(QPen(theme().text, 2));
  painter.setBrush(Qt::NoBrush);
  painter.drawRect(segmentIn(bar, *marked));
}

void MemoryBar::paintName(QPainter& painter, const QRectF& bar, const QRectF& segment, ComponentId id) const {
  // Clear of the hatching and of the whisker, or not at all: the row below names every segment.
  QRectF room = segment;
  if (stack_.overflows()) room.setRight(std::min(room.right(), xOf(bar, number(*stack_.limit))));
  const double low = xOf(bar, number(stack_.low)), high = xOf(bar, number(stack_.high));
  if (high > low && low < room.right() && high > room.left()) room.setRight(low);
  const QString name = componentName(id);
  if (QFontMetricsF(painter.font()).horizontalAdvance(name) + 16 > room.width()) return;
  painter.setPen(inkOn(theme().colour(id)));
  painter.drawText(room.adjusted(8, 0, -8, 0), Qt::AlignLeft | Qt::AlignVCenter, name);
}

void MemoryBar::paintFree(QPainter& painter, const QRectF& bar) const {
  if (!stack_.limit || *stack_.limit <= stack_.total) return;
  const double from = xOf(bar, number(std::max(stack_.total, stack_.high)));
  const double to = xOf(bar, number(*stack_.limit));
  const QString text = tr("%1 left").arg(inUnit(*stack_.limit - stack_.total, snapshot().unit));
  if (QFontMetricsF(painter.font()).horizontalAdvance(text) + 20 > to - from) return;
  painter.setPen(theme().quietText);
  painter.drawText(QRectF(from, bar.top(), to - from - 8, bar.height()), Qt::AlignRight | Qt::AlignVCenter, text);
}

void MemoryBar::paintMarks(QPainter& painter, const QRectF& bar) const {
  const ByteUnit unit = snapshot().unit;
  if (stack_.high > stack_.low) {
    const double y = bar.center().y();
    paintWhisker(painter, {xOf(bar, number(stack_.low)), y}, {xOf(bar, number(stack_.high)), y}, theme());
  }
  if (!stack_.capacity) return;
  const double end = paintLevel(painter, bar, *stack_.capacity, tr("capacity %1").arg(withUnit(*stack_.capacity, unit)),
                                Qt::SolidLine, bar.right());
  const bool apart =
      stack_.limit && std::abs(number(*stack_.limit) - number(*stack_.capacity)) > 0.005 * number(*stack_.capacity);
  if (!apart || stack_.limit->value() <= 0) return;
  const QString word = tr("usable %1").arg(inUnit(*stack_.limit, unit));
  constexpr double kBetween = 18;
  paintLevel(painter, bar, *stack_.limit, word, Qt::DashLine, end - kBetween);
}

double MemoryBar::paintLevel(QPainter& painter, const QRectF& bar, Bytes bytes, const QString& label,
                             Qt::PenStyle style, double rightmost) const {
  const double x = std::clamp(xOf(bar, number(bytes)), bar.left() + 1, bar.right() - 1);
  painter.setPen(QPen(theme().text, 2, style));
  painter.drawLine(QPointF(x, bar.top() - 5), QPointF(x, bar.bottom() + 3));
  const QFontMetricsF metrics(painter.font());
  const double width = metrics.horizontalAdvance(label) + 2;
  if (rightmost - width < bar.left()) return bar.left();  // no room beside the other label
  // Ends at the mark, unless that would leave the bar at the left or run into the label at its right.
  const double left = std::max(bar.left(), std::min(x, rightmost) - width);
  painter.setPen(theme().quietText);
  painter.drawText(QRectF(left, bar.top() - 6 - metrics.height(), width, metrics.height()),
                   Qt::AlignRight | Qt::AlignVCenter, label);
  return left;
}

void MemoryBar::paintValues(QPainter& painter, const QRectF& row) const {
  constexpr double kSwatch = 16, kBetween = 20;
  const QFontMetricsF metrics(painter.font());
  const auto text = [this](ComponentId id) {
    return componentName(id) + QLatin1Char(' ') + inUnit(stack_.at(id), snapshot().unit);
  };
  const auto width = [&](const QString& t) { return kSwatch + metrics.horizontalAdvance(t) + kBetween; };
  // The largest that fit into one row, in stacking order; the others are one sum.
  std::vector<ComponentId> listed = shown_;
  Bytes rest;
  const auto others = [&] {
    return listed.size() == shown_.size() ? QString()
                                          : tr("%n others %1", nullptr, static_cast<int>(shown_.size() - listed.size()))
                                                .arg(inUnit(rest, snapshot().unit));
  };
  const auto needed = [&] {
    double sum = others().isEmpty() ? 0 : metrics.horizontalAdvance(others()) + kBetween;
    for (ComponentId id : listed) sum += width(text(id));
    return sum - kBetween;
  };
  while (!listed.empty() && needed() > row.width()) {
    const auto least = std::min_element(listed.begin(), listed.end(),
                                        [this](ComponentId a, ComponentId b) { return stack_.at(a) < stack_.at(b); });
    rest += stack_.at(*least);
    listed.erase(least);
  }
  double x = row.left();
  for (ComponentId id : listed) {
    paintSwatch(painter, {x + 5, row.center().y()}, id, theme());
    painter.setPen(theme().text);
    painter.drawText(QRectF(x + kSwatch, row.top(), width(text(id)), row.height()), Qt::AlignLeft | Qt::AlignVCenter,
                     text(id));
    x += width(text(id));
  }
  painter.setPen(theme().quietText);
  painter.drawText(QRectF(x, row.top(), row.right() - x, row.height()), Qt::AlignLeft | Qt::AlignVCenter, others());
}

}  // namespace headroom::ui
