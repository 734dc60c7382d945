// What BreakdownChart paints itself, under and over Qt's bars.
#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/charts/breakdown_chart.h"
#include "ui/charts/marks.h"
#include "ui/charts/plot_view.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

double number(Bytes bytes) {
  return static_cast<double>(bytes.value());
}

bool nearly(Bytes a, Bytes b) {
  return std::abs(number(a) - number(b)) <= 0.005 * std::max(number(a), number(b));
}

// "stage 3" in a narrow column is "3".
QString shortLabel(const QString& label) {
  return label.section(QLatin1Char(' '), -1);
}

}  // namespace

void BreakdownChart::paintUnder(QPainter& painter) const {
  painter.setFont(font());
  paintLinearAxis(painter, plotRect(), scale(), QLatin1String(unitName(snapshot().unit)), theme());
}

void BreakdownChart::paintOver(QPainter& painter) const {
  if (stacks().empty()) return;
  painter.setFont(font());
  for (int c = 0; c < columns(); ++c) paintColumn(painter, c);
  paintLimits(painter);
  for (int c = 0; c < columns(); ++c) paintColumnLabel(painter, c);
  painter.setFont(font());
  legend_.paint(painter, legendArea(), hover_ ? std::optional(hover_->id) : highlight_, theme());
}

void BreakdownChart::paintColumn(QPainter& painter, int column) const {
  const Stack& stack = stacks()[static_cast<std::size_t>(column)];
  for (ComponentId id : shown()) {
    const QRectF rect = segmentRect(column, id);
    paintSegmentEdge(painter, rect, id, theme());
    const bool marked = hover_ ? *hover_ == Hit{column, id} : highlight_ == id;
    if (marked && rect.height() > 0) {
      painter.setPen(QPen(theme().text, 2));
      painter.setBrush(Qt::NoBrush);
      painter.drawRect(rect);
    }
  }
  const QRectF rect = columnRect(column);
  paintReleasable(painter,
                  QRectF(QPointF(rect.left(), yOf(number(stack.total))),
                         QPointF(rect.right(), yOf(number(stack.total - stack.releasable)))),
                  theme());
  if (stack.overflows()) {
    const double top = yOf(number(stack.total)), bottom = yOf(std::max(0.0, number(*stack.limit)));
    paintOverflow(painter, {rect.left(), top, rect.width(), bottom - top}, theme());
  }
  if (stack.high > stack.low) {
    const double x = rect.center().x();
    paintWhisker(painter, {x, yOf(number(stack.low))}, {x, yOf(number(stack.high))}, theme(),
                 std::min(5.0, rect.width() / 4));
  }
}

void BreakdownChart::paintColumnLabel(QPainter& painter, int column) const {
  const Stack& stack = stacks()[static_cast<std::size_t>(column)];
  const QRectF& plot = plotRect();
  const QFontMetricsF metrics(font());
  const double category = plot.width() / columns();
  const QRectF row(plot.left() + column * category, plot.bottom() + 0.35 * metrics.height(), category,
                   metrics.height());
  const QStringList rows = twoRows(stack.label, metrics, category - 4);
  const bool readable =
      std::all_of(rows.begin(), rows.end(), [&](const QString& r) { return metrics.horizontalAdvance(r) < category; });
  painter.setPen(theme().text);
  painter.drawText(row, Qt::AlignCenter,
                   rows.size() == 1 || (readable && stack.devices < 2) ? rows.front() : shortLabel(stack.label));
  if (stack.devices < 2) {
    if (readable && rows.size() > 1)
      painter.drawText(row.translated(0, metrics.height()), Qt::AlignCenter, rows.back());
    return;
  }
  painter.setPen(theme().quietText);
  const QString count = QStringLiteral("× %1").arg(grouped(stack.devices));
  if (metrics.horizontalAdvance(count) > category) return;
  painter.drawText(row.translated(0, metrics.height()), Qt::AlignCenter, count);
}

void BreakdownChart::paintLimits(QPainter& painter) const {
  const QRectF& plot = plotRect();
  const ByteUnit unit = snapshot().unit;
  bool alike = true;
  for (const Stack& s : stacks())
    alike = alike && s.capacity == stacks().front().capacity && s.limit == stacks().front().limit;
  for (int c = 0; c < columns(); ++c) {
    const Stack& s = stacks()[static_cast<std::size_t>(c)];
    const QRectF rect = columnRect(c);
    const QRectF span = alike ? plot : rect.adjusted(-8, 0, 8, 0);
    if (s.capacity) {
      const QString words = tr("capacity %1").arg(withUnit(*s.capacity, unit));
      paintLevel(painter, span, *s.capacity,
                 alike ? limitText(words, *s.capacity, span, true) : inUnit(*s.capacity, unit), Qt::SolidLine, true);
    }
    if (s.limit && s.limit->value() > 0 && (!s.capacity || !nearly(*s.limit, *s.capacity))) {
      const QString word = tr("usable %1");
      // Between the two lines where there is room, so that no column's top is covered.
      const double gap = s.capacity ? yOf(number(*s.limit)) - yOf(number(*s.capacity)) : plot.height();
      const bool above = gap > QFontMetricsF(painter.font()).height() + 4;
      paintLevel(painter, span, *s.limit,
                 alike ? limitText(word.arg(withUnit(*s.limit, unit)), *s.limit, span, above) : QString(), Qt::DashLine,
                 above);
    }
    if (alike) return;
  }
}

// In as many words as there is room for: beside a single column where it reaches the label's height, so that the plate
// leaves its top and whisker in sight.
QString BreakdownChart::limitText(const QString& words, Bytes bytes, const QRectF& span, bool above) const {
  const ByteUnit unit = snapshot().unit;
  const double lowest = yOf(number(bytes)) + (above ? 0 : QFontMetricsF(font()).height() + 4);
  const double top = yOf(number(std::max(stacks().front().total, stacks().front().high)));
  const double room = columns() == 1 && top < lowest ? span.right() - columnRect(0).right() : span.width();
  const QFontMetricsF metrics(font());
  for (const QString& text : {words, withUnit(bytes, unit)})
    if (metrics.horizontalAdvance(text) + 8 < room) return text;
  return inUnit(bytes, unit);
}

void BreakdownChart::paintLevel(QPainter& painter, const QRectF& span, Bytes bytes, const QString& label,
                                Qt::PenStyle style, bool above) const {
  const double y = yOf(number(bytes));
  painter.setPen(QPen(theme().text, 1.5, style));
  painter.drawLine(QPointF(span.left(), y), QPointF(span.right(), y));
  if (label.isEmpty()) return;
  const double height = QFontMetricsF(painter.font()).height();
  const QRectF room(span.left(), above ? y - height - 3 : y + 3, span.width(), height);
  paintPlate(painter, room, label, theme().text, theme(),
             columns() == 1 || span.width() > 200 ? Qt::AlignRight : Qt::AlignHCenter);
}

}  // namespace headroom::ui
