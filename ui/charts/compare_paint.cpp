// What CompareChart paints itself, under and over Qt's bars.
#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>

#include "ui/charts/compare_chart.h"
#include "ui/charts/mark_key.h"
#include "ui/charts/marks.h"
#include "ui/charts/plot_view.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

double number(Bytes bytes) {
  return static_cast<double>(bytes.value());
}

// The longest of the texts that fits, else what fits of the last.
QString fitting(const QStringList& texts, const QFontMetricsF& metrics, double width) {
  for (const QString& text : texts)
    if (metrics.horizontalAdvance(text) <= width) return text;
  return metrics.elidedText(texts.back(), Qt::ElideRight, width);
}

}  // namespace

void CompareChart::paintUnder(QPainter& painter) const {
  painter.setFont(font());
  paintLinearAxis(painter, plotRect(), scale(), QLatin1String(unitName(snapshot().unit)), theme());
  // What each device has, as an outline that the need fills.
  for (int c = 0; c < columns(); ++c) {
    const Stack& stack = stacks()[static_cast<std::size_t>(c)];
    if (!stack.capacity) continue;
    const QRectF rect = columnRect(c).adjusted(-6, 0, 6, 0);
    const double top = yOf(number(*stack.capacity));
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().line);
    painter.drawRect(QRectF(rect.left(), top, rect.width(), rect.bottom() - top));
  }
}

void CompareChart::paintOver(QPainter& painter) const {
  for (int c = 0; c < columns(); ++c) {
    painter.setFont(font());
    paintColumn(painter, c);
    paintFoot(painter, c);
  }
  painter.setFont(font());
  paintLegend(painter);
}

void CompareChart::paintColumn(QPainter& painter, int column) const {
  const Stack& stack = stacks()[static_cast<std::size_t>(column)];
  const QRectF rect = columnRect(column);
  const double line = QFontMetricsF(painter.font()).height();
  for (ComponentId id : shown()) {
    const QRectF segment = segmentRect(column, id);
    paintSegmentEdge(painter, segment, id, theme());
    if (hover_ && hover_->id == id && hover_->column == column) {
      painter.setPen(QPen(theme().text, 2));
      painter.setBrush(Qt::NoBrush);
      painter.drawRect(segment);
    }
  }
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
    paintWhisker(painter, {x, yOf(number(stack.low))}, {x, yOf(number(stack.high))}, theme());
  }
  if (!stack.capacity) return;
  const double y = yOf(number(*stack.capacity));
  painter.setPen(QPen(theme().text, 2));
  painter.drawLine(QPointF(rect.left() - 10, y), QPointF(rect.right() + 10, y));
  const QRectF label(rect.center().x() - 60, y - line - 4, 120, line);
  paintPlate(painter, label, inUnit(*stack.capacity, snapshot().unit), theme().text, theme());
}

void CompareChart::paintFoot(QPainter& painter, int column) const {
  const Stack& stack = stacks()[static_cast<std::size_t>(column)];
  const QFontMetricsF metrics(font());
  const double step = 1.25 * metrics.height();
  const QRectF category = categoryRect(column).adjusted(4, 0, -4, 0);
  QRectF row(category.left(), category.bottom() + 0.5 * metrics.height(), category.width(), step);
  painter.setPen(theme().text);
  for (const QString& part : twoRows(stack.label, metrics, row.width())) {
    painter.drawText(row, Qt::AlignCenter, metrics.elidedText(part, Qt::ElideRight, row.width()));
    row.translate(0, step);
  }
  // One row or two, the verdicts stand on one line.
  row.moveTop(category.bottom() + 0.8 * metrics.height() + nameRows() * step);
  paintBadge(painter, row, stack);
  painter.setPen(theme().quietText);
  const QString need = inUnit(stack.total, snapshot().unit);
  const std::optional<Bytes> room = stack.limit ? stack.limit : stack.capacity;
  QStringList have{withUnit(stack.total, snapshot().unit), need};
  if (room)
    have = {tr("%1 of %2").arg(need, withUnit(*room, snapshot().unit)),
            tr("%1 of %2").arg(need, inUnit(*room, snapshot().unit, 1)), need};
  for (const QStringList& texts : {have, batchTexts(column), contextTexts(column)}) {
    row.translate(0, step);
    painter.drawText(row, Qt::AlignCenter, fitting(texts, metrics, row.width()));
  }
}

int CompareChart::nameRows() const {
  const QFontMetricsF metrics(font());
  const double room = categoryRect(0).width() - 8;
  return std::any_of(stacks().begin(), stacks().end(),
                     [&](const Stack& s) { return metrics.horizontalAdvance(s.label) > room; })
             ? 2
             : 1;
}

void CompareChart::paintBadge(QPainter& painter, const QRectF& row, const Stack& stack) const {
  if (!stack.verdict) return;
  // A word that is cut may be another ("Passt nicht"): it becomes smaller instead, and less bold.
  const QString word = verdictWord(*stack.verdict, stack.allModelled);
  const double gap = 4;
  QFont strong = scaledFont(font(), 1, true);
  const auto iconOf = [](const QFont& f) { return QFontMetricsF(f).ascent() * 1.1; };
  const auto widthOf = [&](const QFont& f) { return iconOf(f) + gap + QFontMetricsF(f).horizontalAdvance(word); };
  for (const double size : {1.0, 0.9, 0.8, 0.7})
    if (widthOf(strong) > row.width()) strong = scaledFont(font(), size);
  const double icon = iconOf(strong), width = widthOf(strong);
  const double left = row.center().x() - width / 2;
  paintVerdictIcon(painter, {left, row.center().y() - icon / 2, icon, icon}, *stack.verdict, theme());
  painter.setFont(strong);
  painter.setPen(theme().colour(*stack.verdict));
  painter.drawText(QRectF(left + icon + gap, row.top(), width, row.height()), Qt::AlignLeft | Qt::AlignVCenter, word);
  painter.setFont(font());
}

void CompareChart::paintLegend(QPainter& painter) const {
  constexpr double kSwatch = 16, kBetween = 18;
  const QFontMetricsF metrics(painter.font());
  double x = plotRect().left();
  double y = 0.8 * metrics.height();
  for (ComponentId id : shown()) {
    const QString name = componentName(id);
    const double width = kSwatch + metrics.horizontalAdvance(name);
    if (x + width > this->width()) {
      x = plotRect().left();
      y += 1.3 * metrics.height();
    }
    paintSwatch(painter, {x + 5, y}, id, theme());
    painter.setPen(theme().text);
    painter.drawText(QRectF(x + kSwatch, y - metrics.height() / 2, width, metrics.height()),
                     Qt::AlignLeft | Qt::AlignVCenter, name);
    x += width + kBetween;
  }
  for (const Mark mark : marksOf(stacks())) {
    const QString name = markName(mark);
    const double width = kSwatch + metrics.horizontalAdvance(name);
    if (x + width > this->width()) {
      x = plotRect().left();
      y += 1.3 * metrics.height();
    }
    paintMark(painter, {x + 5, y}, mark, theme());
    painter.setPen(theme().quietText);
    painter.drawText(QRectF(x + kSwatch, y - metrics.height() / 2, width, metrics.height()),
                     Qt::AlignLeft | Qt::AlignVCenter, name);
    x += width + kBetween;
  }
}

}  // namespace headroom::ui
