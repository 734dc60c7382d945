#include "ui/charts/breakdown_chart.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "core/analysis/verdict.h"
#include "ui/charts/marks.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

constexpr double kWidestColumn = 88, kLegendGap = 28, kLeastPlot = 96, kLeastCategory = 44;

}  // namespace

BreakdownChart::BreakdownChart(QWidget* parent) : StackedChart(parent) {
  setObjectName(QStringLiteral("breakdownChart"));
  setAccessibleName(tr("Memory breakdown"));
}

void BreakdownChart::clickAt(const QPointF& position) {
  if (const auto hit = hitAt(position)) Q_EMIT componentActivated(hit->id);
}

void BreakdownChart::setSubject(Subject subject) {
  if (subject_ == subject) return;
  subject_ = subject;
  if (hasSnapshot()) render(Snapshot(snapshot()));
}

void BreakdownChart::setHighlight(std::optional<ComponentId> id) {
  if (highlight_ == id) return;
  highlight_ = id;
  view()->repaintMarks();
}

QString BreakdownChart::title() const {
  switch (subject_) {
    case Subject::ranks:
      return tr("Memory per device");
    case Subject::devices:
      return tr("Memory, side by side");
  }
  return {};
}

void BreakdownChart::applySnapshot() {
  switch (subject_) {
    case Subject::ranks:
      setStacks(rankStacks(snapshot()));
      break;
    case Subject::devices:
      setStacks(deviceStacks(snapshot().columns));
      break;
  }
  if (hover_ && hover_->column >= columns()) hover_.reset();
  updateLayout();
  QStringList sentences;
  for (const Stack& s : stacks()) sentences += spoken(s, snapshot().unit);
  setAccessibleDescription(sentences.join(QLatin1Char(' ')));
}

void BreakdownChart::updateLayout() {
  const QFontMetricsF metrics(font());
  const double axis = linearAxisWidth(font(), scale());
  // The most of the legend that leaves the columns their room.
  const double room = width() - axis - std::max(kLeastPlot, columns() * kLeastCategory);
  for (const auto detail :
       {BreakdownLegend::Detail::values, BreakdownLegend::Detail::names, BreakdownLegend::Detail::none}) {
    const double needed = BreakdownLegend::widthFor(stacks(), shown(), snapshot().unit, font(), detail);
    legendWidth_ = needed > 0 ? needed + kLegendGap : 4;
    legendDetail_ = detail;
    if (legendWidth_ <= room) break;
  }
  view()->setPlotMargins({axis, 2.2 * metrics.height(), legendWidth_, 2.6 * metrics.height()});
  setBarWidth(columnWidth() / (plotRect().width() / std::max(columns(), 1)));
  arrangeLegend();
  view()->repaintMarks();
}

double BreakdownChart::columnWidth() const {
  return std::min(kWidestColumn, 0.62 * plotRect().width() / std::max(columns(), 1));
}

QRectF BreakdownChart::columnRect(int column) const {
  const QRectF& plot = plotRect();
  const double category = plot.width() / std::max(columns(), 1);
  const double centre = plot.left() + (column + 0.5) * category;
  return {centre - columnWidth() / 2, plot.top(), columnWidth(), plot.height()};
}

std::optional<BreakdownChart::Hit> BreakdownChart::hitAt(const QPointF& position) const {
  for (int c = 0; c < columns(); ++c) {
    if (!columnRect(c).contains(position)) continue;
    for (ComponentId id : shown()) {
      if (segmentRect(c, id).contains(position)) return Hit{c, id};
    }
  }
  if (columns() == 0) return std::nullopt;
  const auto id = legend_.componentAt(legendArea(), position);
  return id ? std::optional(Hit{legendColumn(), *id}) : std::nullopt;
}

void BreakdownChart::hoverAt(const QPointF& position, const QPoint& global) {
  const auto hit = hitAt(position);
  if (!hit) return leave();
  if (hit != hover_) {
    hover_ = hit;
    arrangeLegend();
    view()->repaintMarks();
    Q_EMIT componentHovered(hit->id);
  }
  const Stack& stack = stacks()[static_cast<std::size_t>(hit->column)];
  QToolTip::showText(global, segmentTip(stack, hit->id, ledgerOf(hit->column), snapshot().unit), this);
}

void BreakdownChart::leave() {
  if (!hover_) return;
  hover_.reset();
  QToolTip::hideText();
  arrangeLegend();
  view()->repaintMarks();
  Q_EMIT hoverLeft();
}

const Ledger* BreakdownChart::ledgerOf(int column) const {
  const auto at = static_cast<std::size_t>(column);
  if (subject_ == Subject::ranks) return &snapshot().estimate.ranks[at].ledger;
  return &decidingRank(snapshot().columns[at].estimate).ledger;
}

// The column under the mouse, else the fullest.
int BreakdownChart::legendColumn() const {
  if (hover_ || stacks().empty()) return hover_ ? hover_->column : 0;
  const auto less = [](const Stack& a, const Stack& b) { return a.total < b.total; };
  return static_cast<int>(std::max_element(stacks().begin(), stacks().end(), less) - stacks().begin());
}

void BreakdownChart::arrangeLegend() {
  const int column = legendColumn();
  if (column < columns()) {
    legend_.arrange(stacks()[static_cast<std::size_t>(column)], shown(), snapshot().unit, font(), legendArea().height(),
                    columns() > 1, legendDetail_, marksOf(stacks()));
  }
}

QRectF BreakdownChart::legendArea() const {
  const double top = QFontMetricsF(font()).height() * 0.8;
  // Two pixels short of the edge: hinted figures may be wider than their measure.
  return {width() - legendWidth_ + kLegendGap, top, std::max(0.0, legendWidth_ - kLegendGap - 2), height() - top};
}

}  // namespace headroom::ui
