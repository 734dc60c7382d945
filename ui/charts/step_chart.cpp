#include "ui/charts/step_chart.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QRegularExpression>
#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/charts/marks.h"
#include "ui/charts/plot_view.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

constexpr double kLegendGap = 16, kLeastPlot = 260;

double number(Bytes bytes) {
  return static_cast<double>(bytes.value());
}

// What belongs to the process is there at every moment.
void hold(Stack& stack, ComponentId id, Bytes bytes) {
  Bytes& part = stack.bytes[static_cast<std::size_t>(id)];
  stack.total = stack.total - part + bytes;
  part = bytes;
  stack.low = stack.high = stack.total;
}

}  // namespace

std::vector<Stack> stepMoments(const Snapshot& snapshot) {
  std::vector<Stack> stacks = momentStacks(snapshot);
  if (stacks.empty()) return stacks;
  const RankEstimate& rank = snapshot.estimate.heaviest();
  for (Stack& stack : stacks) {
    hold(stack, ComponentId::runtime, rank.ledger.bytes(ComponentId::runtime));
    hold(stack, ComponentId::fragmentation, rank.ledger.bytes(ComponentId::fragmentation));
  }
  const bool loads = rank.moments[0].name == "load";
  if (loads && rank.peakMoment != "load") stacks.erase(stacks.begin());
  return stacks;
}

StepChart::StepChart(QWidget* parent) : PaintedChart(parent) {
  setObjectName(QStringLiteral("stepChart"));
  setAccessibleName(title());
}

void StepChart::setHighlight(std::optional<ComponentId> id) {
  if (highlight_ == id) return;
  highlight_ = id;
  update();
}

std::optional<std::size_t> StepChart::peak() const {
  if (moments_.empty()) return std::nullopt;
  const auto less = [](const Stack& a, const Stack& b) { return a.total < b.total; };
  return static_cast<std::size_t>(std::max_element(moments_.begin(), moments_.end(), less) - moments_.begin());
}

void StepChart::applySnapshot() {
  divisor_ = static_cast<double>(snapshot().unit == ByteUnit::gib ? kGiB : kGB);
  moments_ = stepMoments(snapshot());
  shown_ = shownComponents(moments_);
  held_ = {};
  double largest = 0;
  QStringList sentences;
  for (std::size_t m = 0; m < moments_.size(); ++m) {
    const Stack& stack = moments_[m];
    largest = std::max(largest, number(std::max(stack.total, stack.capacity.value_or(Bytes(0)))));
    for (std::size_t i = 0; i < kComponentCount; ++i)
      held_.bytes[i] = m == 0 ? stack.bytes[i] : std::min(held_.bytes[i], stack.bytes[i]);
    sentences += tr("%1: %2").arg(stack.label, withUnit(stack.total, snapshot().unit));
  }
  scale_ = niceScale(largest / divisor_ * 1.04);
  if (const auto at = peak()) sentences += tr("The peak is at: %1.").arg(moments_[*at].label);
  setAccessibleDescription(sentences.join(QStringLiteral(", ")));
  update();
}

StepChart::Frame StepChart::frameOf(const QRectF& area) const {
  const QFontMetricsF metrics(font());
  const double axis = linearAxisWidth(font(), scale_), top = 2.2 * metrics.height(), bottom = 1.6 * metrics.height();
  Frame frame;
  double legend = 4;
  // An export is wide enough for values; beside the breakdown the names do, for what is no part of the peak has no
  // colour in its legend.
  for (const auto& [detail, plots] :
       {std::pair(BreakdownLegend::Detail::values, 2.0), {BreakdownLegend::Detail::names, 0.75}}) {
    const double needed = BreakdownLegend::widthFor(moments_, shown_, snapshot().unit, font(), detail);
    if (needed <= 0 || area.width() - axis - needed - kLegendGap < plots * kLeastPlot) continue;
    frame.detail = detail;
    legend = needed + kLegendGap;
    break;
  }
  frame.plot = area.adjusted(axis, top, -legend, -bottom);
  frame.legend = QRectF(frame.plot.right() + kLegendGap, area.top() + metrics.height() * 0.8, legend - kLegendGap - 2,
                        area.height() - metrics.height());
  return frame;
}

double StepChart::xOf(const QRectF& plot, std::size_t moment) const {
  return plot.left() + (static_cast<double>(moment) + 0.5) / static_cast<double>(moments_.size()) * plot.width();
}

double StepChart::yOf(const QRectF& plot, double bytes) const {
  return plot.bottom() - bytes / divisor_ / scale_.maximum * plot.height();
}

QPointF StepChart::pointOf(std::size_t moment, double bytes) const {
  const QRectF plot = frameOf(rect()).plot;
  return {xOf(plot, moment), yOf(plot, bytes)};
}

// Between moments memory is taken to change linearly; before the first and after the last lies what is held.
double StepChart::heightAt(double position, std::size_t components) const {
  const auto sum = [&](const Stack& stack) {
    double bytes = 0;
    for (std::size_t i = 0; i < components; ++i) bytes += number(stack.bytes[i]);
    return bytes;
  };
  const double last = static_cast<double>(moments_.size()) - 1;
  if (position <= 0) {
    const double share = std::clamp((position + 0.5) / 0.5, 0.0, 1.0);
    return sum(held_) * (1 - share) + sum(moments_.front()) * share;
  }
  if (position >= last) {
    const double share = std::clamp((position - last) / 0.5, 0.0, 1.0);
    return sum(moments_.back()) * (1 - share) + sum(held_) * share;
  }
  const auto before = static_cast<std::size_t>(position);
  const double share = position - static_cast<double>(before);
  return sum(moments_[before]) * (1 - share) + sum(moments_[before + 1]) * share;
}

std::size_t StepChart::nearest(const QRectF& plot, double x) const {
  const double at = (x - plot.left()) / plot.width() * static_cast<double>(moments_.size());
  return static_cast<std::size_t>(std::clamp(at, 0.0, static_cast<double>(moments_.size()) - 1));
}

std::optional<ComponentId> StepChart::componentAt(const QPointF& position) const {
  const QRectF plot = frameOf(rect()).plot;
  if (moments_.empty() || !plot.contains(position)) return std::nullopt;
  const double at = (position.x() - plot.left()) / plot.width() * static_cast<double>(moments_.size()) - 0.5;
  const double bytes = (plot.bottom() - position.y()) / plot.height() * scale_.maximum * divisor_;
  for (const ComponentId id : shown_)
    if (bytes <= heightAt(at, static_cast<std::size_t>(id) + 1)) return id;
  return std::nullopt;
}

void StepChart::paintFigure(QPainter& painter, const QRectF& target) {
  if (moments_.empty()) return;
  painter.setFont(font());
  const Frame frame = frameOf(target);
  paintLinearAxis(painter, frame.plot, scale_, QLatin1String(unitName(snapshot().unit)), theme());
  paintAreas(painter, frame.plot);
  paintLimit(painter, frame.plot);
  paintMoments(painter, frame.plot);
  if (frame.detail == BreakdownLegend::Detail::none) return;
  BreakdownLegend legend;
  legend.arrange(moments_[*peak()], shown_, snapshot().unit, font(), frame.legend.height(), true, frame.detail);
  painter.setFont(font());
  legend.paint(painter, frame.legend, hover_ ? hover_ : highlight_, theme());
}

void StepChart::paintAreas(QPainter& painter, const QRectF& plot) const {
  const std::size_t count = moments_.size();
  const auto edge = [&](std::size_t components) {
    QPolygonF line;
    line << QPointF(plot.left(), yOf(plot, heightAt(-0.5, components)));
    for (std::size_t m = 0; m < count; ++m)
      line << QPointF(xOf(plot, m), yOf(plot, heightAt(static_cast<double>(m), components)));
    line << QPointF(plot.right(), yOf(plot, heightAt(static_cast<double>(count) - 0.5, components)));
    return line;
  };
  const auto marked = hover_ ? hover_ : highlight_;
  for (const ComponentId id : shown_) {
    const auto index = static_cast<std::size_t>(id);
    const QPolygonF below = edge(index), above = edge(index + 1);
    QPolygonF area = above;
    for (auto point = below.rbegin(); point != below.rend(); ++point) area << *point;
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().colour(id));
    painter.drawPolygon(area);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(marked == id ? QPen(theme().text, 2) : QPen(theme().edge(id), 1));
    painter.drawPolyline(above);
    if (marked == id) painter.drawPolyline(below);
  }
}

void StepChart::paintLimit(QPainter& painter, const QRectF& plot) const {
  const Stack& stack = moments_.front();
  if (!stack.capacity) return;
  const double y = yOf(plot, number(*stack.capacity)), height = QFontMetricsF(painter.font()).height();
  painter.setPen(QPen(theme().text, 1.5));
  painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
  const QString text = tr("capacity %1").arg(withUnit(*stack.capacity, snapshot().unit));
  const double width = QFontMetricsF(painter.font()).horizontalAdvance(text) + 8;
  // At the right, unless the peak's label is there.
  const QRectF taken = peakPlate(plot);
  for (const double left : {plot.right() - width, plot.left()}) {
    const QRectF room(left, y - height - 3, width, height);
    if (room.intersects(taken)) continue;
    return paintPlate(painter, room, text, theme().text, theme());
  }
}

QRectF StepChart::peakPlate(const QRectF& plot) const {
  const std::size_t highest = *peak();
  const QPointF tip(xOf(plot, highest), yOf(plot, number(moments_[highest].total)));
  const double line = QFontMetricsF(font()).height();
  const QString text = withUnit(moments_[highest].total, snapshot().unit);
  const double width = QFontMetricsF(scaledFont(font(), 1, true)).horizontalAdvance(text) + 10;
  const double left = std::clamp(tip.x() - width / 2, plot.left(), std::max(plot.left(), plot.right() - width));
  return {left, std::max(plot.top() - 1.9 * line, tip.y() - line - 10), width, line + 2};
}

void StepChart::paintMoments(QPainter& painter, const QRectF& plot) const {
  const QFontMetricsF metrics(font());
  const double category = plot.width() / static_cast<double>(moments_.size());
  const std::size_t highest = *peak();
  for (std::size_t m = 0; m < moments_.size(); ++m) {
    const double x = xOf(plot, m), top = yOf(plot, number(moments_[m].total));
    painter.setPen(QPen(theme().line, 1, Qt::DotLine));
    painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, top));
    painter.setFont(m == highest ? scaledFont(font(), 1, true) : font());
    painter.setPen(m == highest ? theme().text : theme().quietText);
    // "optimizer step" in a narrow chart is "step".
    const QFontMetricsF bold(painter.font());
    const bool roomy = bold.horizontalAdvance(moments_[m].label) < category - 4;
    static const QRegularExpression kBetween(QStringLiteral("[ -]"));
    const QString word = roomy ? moments_[m].label : moments_[m].label.section(kBetween, -1);
    painter.drawText(QRectF(x - category / 2, plot.bottom() + 0.3 * metrics.height(), category, metrics.height()),
                     Qt::AlignCenter, bold.elidedText(word, Qt::ElideRight, category));
  }
  const QPointF tip(xOf(plot, highest), yOf(plot, number(moments_[highest].total)));
  painter.setPen(QPen(theme().card, 2));
  painter.setBrush(theme().text);
  painter.drawEllipse(tip, 4.5, 4.5);
  painter.setFont(scaledFont(font(), 1, true));
  paintPlate(painter, peakPlate(plot), withUnit(moments_[highest].total, snapshot().unit), theme().text, theme());
  painter.setFont(font());
}

void StepChart::hoverAt(const QPointF& at, const QPoint& global) {
  const auto id = componentAt(at);
  if (id != hover_) {
    hover_ = id;
    update();
    if (id) {
      Q_EMIT componentHovered(*id);
    } else {
      Q_EMIT hoverLeft();
    }
  }
  if (!id) return QToolTip::hideText();
  const std::size_t moment = nearest(frameOf(rect()).plot, at.x());
  const RankEstimate& rank = snapshot().estimate.heaviest();
  QToolTip::showText(
      global, segmentTip(moments_[moment], *id, moment == peak() ? &rank.ledger : nullptr, snapshot().unit), this);
}

void StepChart::clickAt(const QPointF& at) {
  if (const auto id = componentAt(at)) Q_EMIT componentActivated(*id);
}

void StepChart::leave() {
  if (!hover_) return;
  hover_.reset();
  update();
  Q_EMIT hoverLeft();
}

}  // namespace headroom::ui
