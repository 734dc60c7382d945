#include "ui/charts/sweep_chart.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "ui/charts/line_legend.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

constexpr double kWide = 8;             // a range that spans more is logarithmic
constexpr std::size_t kFewPoints = 12;  // so many are marked one by one

double number(Bytes bytes) {
  return static_cast<double>(bytes.value());
}

}  // namespace

double placeOf(const SweptAxis& axis, double n) {
  if (axis.values.size() < 2) return 0.5;
  const auto count = static_cast<double>(axis.values.size());
  if (!axis.numeric) return (n + 0.5) / count;
  const double first = axis.values.front().number, last = axis.values.back().number;
  if (first > 0 && last >= kWide * first) return std::log(n / first) / std::log(last / first);
  return (n - first) / std::max(1e-12, last - first);
}

SweepChart::SweepChart(QWidget* parent) : PlottedChart(parent) {
  setObjectName(QStringLiteral("sweepChart"));
  setAccessibleName(tr("Sweep"));
}

void SweepChart::show(SweepPicturePtr picture) {
  picture_ = std::move(picture);
  hover_.reset();
  if (hasSnapshot()) applySnapshot();
}

QString SweepChart::title() const {
  return picture_ ? tr("%1 over %2").arg(picture_->figureLabel, picture_->along.label) : tr("Sweep");
}

QString SweepChart::subject() const {
  if (!picture_) return {};
  return picture_->lines.size() == 1
             ? tr("%1 values").arg(picture_->along.values.size())
             : tr("%1 values, %2 lines").arg(picture_->along.values.size()).arg(picture_->lines.size());
}

bool SweepChart::isBytes() const {
  return picture_->figure.kind != SweepFigure::Kind::limit;
}

std::optional<double> SweepChart::figureOf(const SweepPoint& point) const {
  if (!point.runs) return std::nullopt;
  switch (picture_->figure.kind) {
    case SweepFigure::Kind::total:
      return number(point.device);
    case SweepFigure::Kind::component:
      return number(point.bytes[static_cast<std::size_t>(picture_->figure.component)]);
    case SweepFigure::Kind::limit:
      break;
  }
  const auto& limit = point.limits.*picture_->figure.limit;
  return limit ? std::optional(static_cast<double>(*limit)) : std::nullopt;
}

void SweepChart::applySnapshot() {
  if (!picture_) return;
  divisor_ = !isBytes() ? 1 : static_cast<double>(snapshot().unit == ByteUnit::gib ? kGiB : kGB);
  capacity_.reset();
  bool one = picture_->figure.kind == SweepFigure::Kind::total;
  double largest = 0;
  QStringList sentences;
  for (const SweptLine& line : picture_->lines) {
    double most = 0, least = 1e300;
    std::size_t exceeding = 0;
    for (const SweepPoint& p : line.points) {
      const auto figure = figureOf(p);
      if (p.verdict == Verdict::exceeds) ++exceeding;
      if (p.usable && one) {
        if (capacity_ && std::abs(*capacity_ - number(*p.usable)) > 0.002 * *capacity_) one = false;
        capacity_ = std::max(capacity_.value_or(0), number(*p.usable));
      }
      if (figure) most = std::max(most, *figure), least = std::min(least, *figure);
    }
    // The axis holds what is of use: up to twice what the device takes.
    if (capacity_ && least < 1e300) most = std::min(most, std::max(2 * *capacity_, 1.2 * least));
    largest = std::max(largest, most);
    sentences << tr("%1: %2 of %3 values do not fit").arg(line.label).arg(exceeding).arg(line.points.size());
  }
  if (!one) capacity_.reset();
  if (capacity_) largest = std::max(largest, std::min(*capacity_, 3 * largest));
  scale_ = niceScale(largest / divisor_ * 1.03, 5);
  setAccessibleDescription(title() + QStringLiteral(". ") + sentences.join(QStringLiteral(". ")));
  updateLayout();
}

void SweepChart::updateLayout() {
  if (!picture_) return;
  const QFontMetricsF metrics(font());
  view()->setPlotMargins({linearAxisWidth(font(), scale_),
                          metrics.height() + lineLegendHeight(legend(), width(), metrics) + 10, 22,
                          7 + 2.4 * metrics.height()});
  view()->repaintMarks();
}

double SweepChart::xOf(std::size_t value) const {
  const QRectF plot = plotRect();
  return plot.left() + plot.width() * placeOf(picture_->along, picture_->along.values[value].number);
}
double SweepChart::yOf(double figure) const {
  const QRectF plot = plotRect();
  return plot.bottom() - figure / divisor_ / scale_.maximum * plot.height();
}

std::optional<QPointF> SweepChart::positionOf(std::size_t line, std::size_t value) const {
  const auto figure = figureOf(picture_->lines[line].points[value]);
  return figure ? std::optional(QPointF(xOf(value), yOf(*figure))) : std::nullopt;
}

void SweepChart::paintUnder(QPainter& painter) const {
  if (!picture_) return;
  painter.setFont(font());
  const QRectF plot = plotRect();
  paintLinearAxis(painter, plot, scale_, isBytes() ? QLatin1String(unitName(snapshot().unit)) : QString(), theme());
  const QFontMetricsF metrics(painter.font());
  // Labels from the left, each where the one before leaves room.
  double free = -1e9;
  const auto& values = picture_->along.values;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double x = xOf(i);
    if (!values[i].major) continue;
    double width = metrics.horizontalAdvance(values[i].label);
    const double slot = picture_->along.numeric ? width : plot.width() / static_cast<double>(values.size()) - 6;
    width = std::min(width, std::max(slot, 24.0));
    if (x - width / 2 < free) continue;
    free = x + width / 2 + 10;
    painter.setPen(QPen(theme().line, 1));
    painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + 5));
    painter.setPen(theme().quietText);
    painter.drawText(QRectF(x - width / 2 - 1, plot.bottom() + 7, width + 2, metrics.height()),
                     Qt::AlignHCenter | Qt::AlignTop, metrics.elidedText(values[i].label, Qt::ElideRight, width + 1));
  }
  painter.setPen(theme().quietText);
  painter.drawText(QRectF(plot.left(), plot.bottom() + 7 + 1.15 * metrics.height(), plot.width(), metrics.height()),
                   Qt::AlignCenter, picture_->along.label);
}

void SweepChart::paintBand(QPainter& painter, std::size_t line) const {
  const QRectF plot = plotRect();
  QPolygonF upper, lower;
  const std::vector<SweepPoint>& points = picture_->lines[line].points;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!points[i].runs) continue;
    const double low = yOf(number(points[i].low)), high = yOf(number(points[i].high));
    if (low < plot.top()) break;
    upper << QPointF(xOf(i), std::max(high, plot.top()));
    lower.prepend(QPointF(xOf(i), low));
  }
  QColor veil = lineColour(line, theme());
  veil.setAlphaF(0.12F);
  painter.setPen(Qt::NoPen);
  painter.setBrush(veil);
  painter.drawPolygon(upper + lower);
}

void SweepChart::paintLine(QPainter& painter, std::size_t line) const {
  const QRectF plot = plotRect();
  const std::vector<SweepPoint>& points = picture_->lines[line].points;
  const bool marked = points.size() <= kFewPoints || !picture_->along.numeric;
  QPolygonF shape;
  const auto draw = [&] {
    painter.setPen(linePen(line, theme()));
    painter.setBrush(Qt::NoBrush);
    if (shape.size() > 1 && picture_->along.numeric) painter.drawPolyline(shape);
    shape.clear();
  };
  for (std::size_t i = 0; i < points.size(); ++i) {
    const auto at = positionOf(line, i);
    if (!at) {
      draw();  // nothing is known there
      continue;
    }
    if (at->y() < plot.top()) {
      if (!shape.isEmpty()) {
        const QPointF last = shape.back();
        const double share = (last.y() - plot.top()) / std::max(1e-9, last.y() - at->y());
        shape << QPointF(last.x() + share * (at->x() - last.x()), plot.top());
      }
      draw();
      continue;
    }
    shape << *at;
  }
  draw();
  for (std::size_t i = 0; marked && i < points.size(); ++i) {
    const auto at = positionOf(line, i);
    if (!at || at->y() < plot.top()) continue;
    // Hollow where it does not fit.
    painter.setPen(QPen(lineColour(line, theme()), 2));
    painter.setBrush(points[i].verdict == Verdict::exceeds ? theme().card : lineColour(line, theme()));
    painter.drawEllipse(*at, 3.5, 3.5);
  }
}

void SweepChart::paintCapacity(QPainter& painter) const {
  const QRectF plot = plotRect();
  if (!capacity_ || yOf(*capacity_) < plot.top()) return;
  const double y = yOf(*capacity_);
  painter.setPen(QPen(theme().text, 1.2, Qt::DashLine));
  painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
  const QFontMetricsF metrics(painter.font());
  const QString text = tr("usable %1").arg(withUnit(Bytes(static_cast<std::int64_t>(*capacity_)), snapshot().unit));
  painter.setPen(theme().quietText);
  painter.drawText(QRectF(plot.left() + 4, y - metrics.height() - 2, plot.width() - 8, metrics.height()),
                   Qt::AlignLeft | Qt::AlignVCenter, text);
}

void SweepChart::paintOver(QPainter& painter) const {
  if (!picture_) return;
  painter.setFont(font());
  const QRectF plot = plotRect();
  if (hover_) {
    painter.setPen(QPen(theme().quietText, 1, Qt::DotLine));
    painter.drawLine(QPointF(xOf(*hover_), plot.top()), QPointF(xOf(*hover_), plot.bottom()));
  }
  for (std::size_t i = 0; i < picture_->lines.size(); ++i) {
    if (picture_->figure.kind == SweepFigure::Kind::total && picture_->lines.size() <= 3 && picture_->along.numeric)
      paintBand(painter, i);
  }
  for (std::size_t i = 0; i < picture_->lines.size(); ++i) paintLine(painter, i);
  paintCapacity(painter);
  paintLineLegend(painter, legend(), width(), theme());
}

LineLegend SweepChart::legend() const {
  LineLegend out;
  for (const SweptLine& line : picture_->lines) {
    out.labels << line.label;
    const bool whole = std::ranges::all_of(line.points, &SweepPoint::allModelled);
    out.notes << (whole ? QString() : tr("as modelled"));
  }
  return out;
}

std::optional<std::size_t> SweepChart::nearest(const QPointF& at) const {
  if (!picture_ || !plotRect().adjusted(-12, 0, 12, 0).contains(at)) return std::nullopt;
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < picture_->along.values.size(); ++i)
    if (!best || std::abs(xOf(i) - at.x()) < std::abs(xOf(*best) - at.x())) best = i;
  return best;
}

void SweepChart::hoverAt(const QPointF& at, const QPoint& global) {
  const auto value = nearest(at);
  if (value != hover_) {
    hover_ = value;
    view()->repaintMarks();
  }
  if (!value) return QToolTip::hideText();
  QStringList rows{QStringLiteral("%1: %2").arg(picture_->along.label, picture_->along.values[*value].label)};
  for (const SweptLine& line : picture_->lines) {
    const SweepPoint& p = line.points[*value];
    const auto figure = figureOf(p);
    QString text = !p.runs     ? tr("does not run")
                   : !figure   ? tr("nothing bounds it")
                   : isBytes() ? withUnit(Bytes(static_cast<std::int64_t>(*figure)), snapshot().unit)
                               : grouped(static_cast<qint64>(*figure));
    if (p.runs && p.verdict && picture_->figure.kind == SweepFigure::Kind::total)
      text += QStringLiteral("  ") + verdictWord(*p.verdict, p.allModelled);
    rows << QStringLiteral("%1: %2").arg(line.label, text);
  }
  rows << tr("A click sets the scenario to it");
  QToolTip::showText(global, plainTip(rows.join(QLatin1Char('\n'))), this);
}

void SweepChart::leave() {
  hover_.reset();
  view()->repaintMarks();
  QToolTip::hideText();
}

void SweepChart::clickAt(const QPointF& at) {
  const auto value = nearest(at);
  if (!value) return;
  std::size_t line = 0;
  double least = 1e300;
  for (std::size_t i = 0; i < picture_->lines.size(); ++i)
    if (const auto p = positionOf(i, *value); p && std::abs(p->y() - at.y()) < least)
      least = std::abs(p->y() - at.y()), line = i;
  Q_EMIT pointActivated(line, *value);
}

}  // namespace headroom::ui
