#include "ui/charts/plan_chart.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <tuple>

#include "ui/charts/line_legend.h"
#include "ui/charts/marker.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

constexpr double kMarker = 9, kReach = 14, kWidestStep = 13;

double number(Bytes bytes) {
  return static_cast<double>(bytes.value());
}

}  // namespace

PlanChart::PlanChart(QWidget* parent) : PlottedChart(parent) {
  setObjectName(QStringLiteral("planChart"));
  setAccessibleName(title());
}

void PlanChart::show(PlanPicturePtr picture) {
  picture_ = std::move(picture);
  hover_.reset();
  selected_.reset();
  if (hasSnapshot()) applySnapshot();
}

void PlanChart::setSelected(std::optional<std::size_t> layout) {
  if (selected_ == layout) return;
  selected_ = layout;
  view()->repaintMarks();
}

QString PlanChart::subject() const {
  return picture_ ? tr("%1 layouts that nothing beats at once").arg(picture_->points.size()) : QString();
}

void PlanChart::applySnapshot() {
  if (!picture_) return;
  divisor_ = static_cast<double>(snapshot().unit == ByteUnit::gib ? kGiB : kGB);
  const std::vector<PlannedPoint>& points = picture_->points;
  double largest = picture_->usable ? number(*picture_->usable) : 0;
  front_.clear(), slots_.clear();
  places_.assign(points.size(), {});
  crowd_ = 1;
  std::vector<std::size_t> order(points.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i, largest = std::max(largest, number(points[i].need));
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    return std::tie(points[a].devices, points[a].need) < std::tie(points[b].devices, points[b].need);
  });
  for (const std::size_t i : order)
    if (front_.empty() || points[i].need < points[front_.back()].need) front_.push_back(i);
  for (std::size_t first = 0, end = 0; first < order.size(); first = end) {
    const std::int64_t devices = points[order[first]].devices;
    while (end < order.size() && points[order[end]].devices == devices) ++end;
    const double middle = static_cast<double>(end - first - 1) / 2;
    for (std::size_t i = first; i < end; ++i)
      places_[order[i]] = {slots_.size(), middle - static_cast<double>(i - first)};
    slots_.push_back(devices);
    crowd_ = std::max(crowd_, static_cast<double>(end - first));
  }
  scale_ = niceScale(largest / divisor_ * 1.05, 5);
  setAccessibleDescription(points.empty() ? picture_->problem
                                          : tr("%1, on %2 to %3 devices; the least a device needs is %4")
                                                .arg(subject())
                                                .arg(slots_.front())
                                                .arg(slots_.back())
                                                .arg(withUnit(points[front_.back()].need, snapshot().unit)));
  updateLayout();
}

void PlanChart::updateLayout() {
  const QFontMetricsF metrics(font());
  view()->setPlotMargins({linearAxisWidth(font(), scale_), 3.1 * metrics.height(), 8, 7 + 2.4 * metrics.height()});
  view()->repaintMarks();
}

double PlanChart::centreOf(std::size_t slot) const {
  const QRectF plot = plotRect();
  return plot.left() + plot.width() * (static_cast<double>(slot) + 0.5) / static_cast<double>(slots_.size());
}

double PlanChart::stepOf() const {
  return std::min(kWidestStep, 0.86 * plotRect().width() / static_cast<double>(slots_.size()) / crowd_);
}

double PlanChart::yOf(double bytes) const {
  const QRectF plot = plotRect();
  return plot.bottom() - bytes / divisor_ / scale_.maximum * plot.height();
}

QPointF PlanChart::positionOf(std::size_t layout) const {
  const PlannedPoint& p = picture_->points[layout];
  const Place& place = places_[layout];
  return {centreOf(place.slot) + place.offset * stepOf(), yOf(number(p.need))};
}

void PlanChart::paintUnder(QPainter& painter) const {
  if (!picture_) return;
  painter.setFont(font());
  if (empty()) {
    painter.setPen(theme().quietText);
    painter.drawText(rect().adjusted(12, 0, -12, 0), Qt::AlignCenter | Qt::TextWordWrap, picture_->problem);
    return;
  }
  paintLinearAxis(painter, plotRect(), scale_, QLatin1String(unitName(snapshot().unit)), theme());
  paintDevices(painter);
}

void PlanChart::paintDevices(QPainter& painter) const {
  const QRectF plot = plotRect();
  const QFontMetricsF metrics(painter.font());
  double taken = -1e9;
  for (std::size_t slot = 0; slot < slots_.size(); ++slot) {
    const std::int64_t n = slots_[slot];
    const double x = centreOf(slot), half = metrics.horizontalAdvance(grouped(n)) / 2;
    painter.setPen(QPen(theme().line, 1));
    painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + 5));
    if (x - half < taken) continue;
    taken = x + half + 8;
    painter.setPen(theme().quietText);
    painter.drawText(QRectF(x - half - 1, plot.bottom() + 7, 2 * half + 2, metrics.height()),
                     Qt::AlignHCenter | Qt::AlignTop, grouped(n));
  }
  painter.setPen(theme().quietText);
  painter.drawText(QRectF(plot.left(), plot.bottom() + 7 + 1.15 * metrics.height(), plot.width(), metrics.height()),
                   Qt::AlignCenter, tr("devices"));
}

// What more devices buy: from each point on to the next that needs less.
void PlanChart::paintFront(QPainter& painter) const {
  QPolygonF steps;
  for (const std::size_t i : front_) {
    const QPointF at = positionOf(i);
    if (!steps.isEmpty()) steps << QPointF(at.x(), steps.back().y());
    steps << at;
  }
  steps << QPointF(plotRect().right(), steps.back().y());
  painter.setPen(QPen(theme().quietText, 1.4, Qt::DotLine));
  painter.setBrush(Qt::NoBrush);
  painter.drawPolyline(steps);
}

void PlanChart::paintCapacity(QPainter& painter) const {
  if (!picture_->usable) return;
  const QRectF plot = plotRect();
  const double y = yOf(number(*picture_->usable));
  painter.setPen(QPen(theme().text, 1.2, Qt::DashLine));
  painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
  const QFontMetricsF metrics(painter.font());
  painter.setPen(theme().quietText);
  painter.drawText(QRectF(plot.left() + 4, y - metrics.height() - 2, plot.width() - 8, metrics.height()),
                   Qt::AlignRight | Qt::AlignVCenter,
                   tr("usable %1").arg(withUnit(*picture_->usable, snapshot().unit)));
}

void PlanChart::paintPoint(QPainter& painter, std::size_t layout) const {
  const std::size_t kind = picture_->points[layout].kind;
  QColor fill = lineColour(kind + 1, theme());
  fill.setAlphaF(0.75F);
  painter.setPen(QPen(theme().card, 1));
  painter.setBrush(fill);
  paintMarker(painter, kind, positionOf(layout), kMarker);
}

void PlanChart::paintLegend(QPainter& painter) const {
  const QFontMetricsF metrics(painter.font());
  const double y = 0.8 * metrics.height();
  double x = 6;
  const auto word = [&](const QString& text, double room) {
    painter.setPen(theme().text);
    painter.drawText(QPointF(x + room, y + metrics.ascent() / 2 - 1), text);
    x += room + metrics.horizontalAdvance(text) + 16;
  };
  for (qsizetype k = 0; k < picture_->kinds.size() && picture_->kinds.size() > 1; ++k) {
    const auto kind = static_cast<std::size_t>(k);
    painter.setPen(Qt::NoPen);
    painter.setBrush(lineColour(kind + 1, theme()));
    paintMarker(painter, kind, {x + 5, y}, kMarker);
    word(picture_->kinds[k], 15);
  }
  painter.setPen(QPen(theme().quietText, 1.4, Qt::DotLine));
  painter.drawLine(QPointF(x, y), QPointF(x + 24, y));
  word(tr("least memory"), 30);
}

void PlanChart::paintOver(QPainter& painter) const {
  if (empty()) return;
  painter.setFont(font());
  paintCapacity(painter);
  paintFront(painter);
  for (std::size_t i = 0; i < picture_->points.size(); ++i) paintPoint(painter, i);
  for (const std::optional<std::size_t>& ringed : {hover_, selected_}) {
    if (!ringed || *ringed >= picture_->points.size()) continue;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme().accent, 2));
    painter.drawEllipse(positionOf(*ringed), kMarker - 1, kMarker - 1);
  }
  paintLegend(painter);
}

std::optional<std::size_t> PlanChart::nearest(const QPointF& at) const {
  if (empty()) return std::nullopt;
  std::optional<std::size_t> best;
  double distance = kReach * kReach;
  for (std::size_t i = 0; i < picture_->points.size(); ++i) {
    const QPointF d = positionOf(i) - at;
    if (const double square = QPointF::dotProduct(d, d); square < distance) distance = square, best = i;
  }
  return best;
}

void PlanChart::hoverAt(const QPointF& at, const QPoint& global) {
  const auto hit = nearest(at);
  view()->viewport()->setCursor(hit ? Qt::PointingHandCursor : Qt::ArrowCursor);
  if (hit != hover_) {
    hover_ = hit;
    view()->repaintMarks();
  }
  if (!hit) return QToolTip::hideText();
  const PlannedPoint& p = picture_->points[*hit];
  const QStringList rows{p.name, p.tip, tr("A click shows it in the table")};
  QToolTip::showText(global, plainTip(rows.join(QLatin1Char('\n'))), this);
}

void PlanChart::leave() {
  hover_.reset();
  view()->repaintMarks();
  QToolTip::hideText();
}

void PlanChart::clickAt(const QPointF& at) {
  if (const auto hit = nearest(at)) Q_EMIT layoutActivated(*hit);
}

}  // namespace headroom::ui
