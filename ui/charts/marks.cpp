#include "ui/charts/marks.h"

#include <QFontMetricsF>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

namespace headroom::ui {
namespace {

double channel(double value) {
  return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

// Relative luminance, WCAG 2.1 (https://www.w3.org/TR/WCAG21/#dfn-relative-luminance).
double luminance(const QColor& c) {
  return 0.2126 * channel(c.redF()) + 0.7152 * channel(c.greenF()) + 0.0722 * channel(c.blueF());
}

QPolygonF ring(const QPointF& centre, double radius, int corners, double turn) {
  QPolygonF polygon;
  for (int i = 0; i < corners; ++i) {
    const double angle = turn + 2 * M_PI * i / corners;
    polygon << centre + QPointF(radius * std::cos(angle), radius * std::sin(angle));
  }
  return polygon;
}

void paintHatch(QPainter& painter, const QRectF& rect, const QColor& colour) {
  constexpr double gap = 6;
  painter.setPen(QPen(colour, 1.4, Qt::SolidLine, Qt::FlatCap));
  // Line k runs along x + y = k; its ends are where it leaves the rectangle.
  const double first = std::ceil((rect.left() + rect.top()) / gap) * gap;
  for (double k = first; k < rect.right() + rect.bottom(); k += gap) {
    const double left = std::max(rect.left(), k - rect.bottom());
    const double right = std::min(rect.right(), k - rect.top());
    if (right > left) painter.drawLine(QPointF(left, k - left), QPointF(right, k - right));
  }
}

}  // namespace

void paintOverflow(QPainter& painter, const QRectF& rect, const Theme& theme) {
  if (rect.width() <= 0 || rect.height() <= 0) return;
  QColor veil = theme.card;
  veil.setAlphaF(0.6F);
  painter.setPen(Qt::NoPen);
  painter.setBrush(veil);
  painter.drawRect(rect);
  paintHatch(painter, rect, theme.exceeds);
  painter.setPen(QPen(theme.exceeds, 1.5));
  painter.setBrush(Qt::NoBrush);
  painter.drawRect(rect.adjusted(0.75, 0.75, -0.75, -0.75));
}

void paintReleasable(QPainter& painter, const QRectF& rect, const Theme& theme) {
  if (rect.width() <= 0 || rect.height() <= 0) return;
  QColor veil = theme.card;
  veil.setAlphaF(theme.dark ? 0.72F : 0.5F);  // on dark ground half of the grey would be that of the runtime
  painter.setPen(Qt::NoPen);
  painter.setBrush(veil);
  painter.drawRect(rect);
}

void paintSegmentEdge(QPainter& painter, const QRectF& rect, ComponentId id, const Theme& theme) {
  // A sliver would be nothing but edge.
  if (std::min(rect.width(), rect.height()) < 4) return;
  painter.setPen(QPen(theme.edge(id), 1));
  painter.setBrush(Qt::NoBrush);
  painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5));
}

void paintSegment(QPainter& painter, const QRectF& rect, ComponentId id, const Theme& theme) {
  painter.setPen(Qt::NoPen);
  painter.setBrush(theme.colour(id));
  painter.drawRect(rect);
  paintSegmentEdge(painter, rect, id, theme);
}

void paintSwatch(QPainter& painter, const QPointF& centre, ComponentId id, const Theme& theme) {
  constexpr double kSide = 10;
  paintSegment(painter, QRectF(centre - QPointF(kSide / 2, kSide / 2), QSizeF(kSide, kSide)), id, theme);
}

void paintVerdictIcon(QPainter& painter, const QRectF& rect, Verdict verdict, const Theme& theme) {
  const QPointF c = rect.center();
  const double r = std::min(rect.width(), rect.height()) / 2;
  painter.setPen(Qt::NoPen);
  painter.setBrush(theme.colour(verdict));
  QPen stroke(theme.card, r * 0.28, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
  switch (verdict) {
    case Verdict::fits:
      painter.drawEllipse(c, r, r);
      painter.setPen(stroke);
      painter.setBrush(Qt::NoBrush);
      painter.drawPolyline(QPolygonF{
          {c + QPointF(-0.45 * r, 0.02 * r), c + QPointF(-0.1 * r, 0.38 * r), c + QPointF(0.48 * r, -0.34 * r)}});
      return;
    case Verdict::tight:
      painter.drawPolygon(ring(c + QPointF(0, 0.18 * r), 1.12 * r, 3, -M_PI / 2));
      painter.setPen(stroke);
      painter.drawLine(c + QPointF(0, -0.34 * r), c + QPointF(0, 0.14 * r));
      painter.drawPoint(c + QPointF(0, 0.48 * r));
      return;
    case Verdict::exceeds:
      painter.drawPolygon(ring(c, 1.04 * r, 8, M_PI / 8));
      painter.setPen(stroke);
      painter.drawLine(c + QPointF(-0.36 * r, -0.36 * r), c + QPointF(0.36 * r, 0.36 * r));
      painter.drawLine(c + QPointF(-0.36 * r, 0.36 * r), c + QPointF(0.36 * r, -0.36 * r));
      return;
  }
}

void paintWhisker(QPainter& painter, const QPointF& low, const QPointF& high, const Theme& theme, double cap) {
  constexpr double kVisible = 3, kRoomForHalo = 12;
  const double length = QLineF(low, high).length();
  if (length < kVisible) return;
  const bool horizontal = std::abs(high.x() - low.x()) > std::abs(high.y() - low.y());
  const QPointF across = horizontal ? QPointF(0, cap) : QPointF(cap, 0);
  // A halo of the card's colour first: the whisker lies half on the bar, half beside it.
  QColor halo = theme.card;
  halo.setAlphaF(0.75F);
  for (const QPen& pen :
       {QPen(halo, 3.5, Qt::SolidLine, Qt::SquareCap), QPen(theme.text, 1.5, Qt::SolidLine, Qt::FlatCap)}) {
    if (length < kRoomForHalo && pen.widthF() > 2) continue;
    painter.setPen(pen);
    painter.drawLine(low, high);
    painter.drawLine(low - across, low + across);
    painter.drawLine(high - across, high + across);
  }
}

void paintPlate(QPainter& painter, const QRectF& rect, const QString& text, const QColor& colour, const Theme& theme,
                Qt::Alignment align) {
  const QFontMetricsF metrics(painter.font());
  QRectF plate(0, 0, metrics.horizontalAdvance(text) + 8, metrics.height());
  plate.moveCenter(rect.center());
  if (align & Qt::AlignRight) plate.moveRight(rect.right());
  if (align & Qt::AlignLeft) plate.moveLeft(rect.left());
  painter.setPen(Qt::NoPen);
  QColor ground = theme.card;
  ground.setAlphaF(0.93F);
  painter.setBrush(ground);
  painter.drawRoundedRect(plate, 3, 3);
  painter.setPen(colour);
  painter.drawText(plate, Qt::AlignCenter, text);
}

QStringList twoRows(const QString& text, const QFontMetricsF& metrics, double width) {
  if (metrics.horizontalAdvance(text) <= width) return {text};
  QString first;
  const QStringList words = text.split(QLatin1Char(' '));
  qsizetype taken = 0;
  while (taken + 1 < words.size()) {
    const QString longer = first.isEmpty() ? words[taken] : first + QLatin1Char(' ') + words[taken];
    if (!first.isEmpty() && metrics.horizontalAdvance(longer) > width) break;
    first = longer;
    ++taken;
  }
  return {first, words.mid(taken).join(QLatin1Char(' '))};
}

QColor inkOn(const QColor& fill) {
  const double l = luminance(fill);
  // Contrast against white is 1.05/(l+0.05), against near-black (l+0.05)/0.055.
  return 1.05 / (l + 0.05) >= (l + 0.05) / 0.055 ? QColor(Qt::white) : QColor(0x14, 0x17, 0x1A);
}

}  // namespace headroom::ui
