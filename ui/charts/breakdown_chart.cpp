#include "ui/charts/breakdown_chart.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QToolTip>
#include <QVBoxLayout>
#include <QtCharts/QBarSet>
#include <QtCharts/QChart>
#include <QtCharts/QStackedBarSeries>
#include <QtCharts/QValueAxis>
#include <algorithm>
#include <cmath>

#include "core/analysis/verdict.h"
#include "ui/charts/marks.h"
#include "ui/charts/plot_view.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

constexpr double kWidestColumn = 88, kLegendGap = 28, kLeastPlot = 96, kLeastCategory = 44;

double number(Bytes bytes) {
  return static_cast<double>(bytes.value());
}

}  // namespace

BreakdownChart::BreakdownChart(QWidget* parent)
    : Chart(parent),
      view_(new PlotView(this)),
      series_(new QStackedBarSeries),
      categories_(new QValueAxis),
      values_(new QValueAxis) {
  setObjectName(QStringLiteral("breakdownChart"));
  setAccessibleName(tr("Memory breakdown"));
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(view_);
  for (std::size_t i = 0; i < kComponentCount; ++i) {
    sets_[i] = new QBarSet(componentName(static_cast<ComponentId>(i)));
    sets_[i]->setPen(Qt::NoPen);
    series_->append(sets_[i]);
  }
  QChart* chart = view_->chart();
  chart->addSeries(series_);
  chart->addAxis(categories_, Qt::AlignBottom);
  chart->addAxis(values_, Qt::AlignLeft);
  series_->attachAxis(categories_);
  series_->attachAxis(values_);
  categories_->setVisible(false);
  values_->setVisible(false);
  view_->paintUnder = [this](QPainter& p) { paintUnder(p); };
  view_->paintOver = [this](QPainter& p) { paintOver(p); };
  view_->hovered = [this](const QPointF& at, const QPoint& global) { hoverAt(at, global); };
  view_->left = [this] { leave(); };
  view_->released = [this](const QPointF& at) {
    if (const auto hit = hitAt(at)) Q_EMIT componentActivated(hit->id);
  };
}

void BreakdownChart::setSubject(Subject subject) {
  if (subject_ == subject) return;
  subject_ = subject;
  scale_ = {};
  if (hasSnapshot()) render(Snapshot(snapshot()));
}

void BreakdownChart::setHighlight(std::optional<ComponentId> id) {
  if (highlight_ == id) return;
  highlight_ = id;
  view_->repaintMarks();
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

void BreakdownChart::paintFigure(QPainter& painter, const QRectF& target) {
  view_->paintFigure(painter, target);
}

void BreakdownChart::applySnapshot() {
  divisor_ = static_cast<double>(snapshot().unit == ByteUnit::gib ? kGiB : kGB);
  switch (subject_) {
    case Subject::ranks:
      stacks_ = rankStacks(snapshot());
      break;
    case Subject::devices:
      stacks_ = deviceStacks(snapshot().columns);
      break;
  }
  shown_ = shownComponents(stacks_);
  if (hover_ && hover_->column >= columns()) hover_.reset();
  double largest = 0;
  for (const Stack& s : stacks_) largest = std::max(largest, number(s.extent()));
  scale_ = niceScale(largest / divisor_);
  updateSeries();
  updateLayout();
  QStringList sentences;
  for (const Stack& s : stacks_) sentences += spoken(s, snapshot().unit);
  setAccessibleDescription(sentences.join(QLatin1Char(' ')));
}

void BreakdownChart::updateSeries() {
  for (std::size_t i = 0; i < kComponentCount; ++i) {
    QBarSet* set = sets_[i];
    if (set->count() > columns()) set->remove(columns(), set->count() - columns());
    for (int c = 0; c < columns(); ++c) {
      const double value = number(stacks_[static_cast<std::size_t>(c)].bytes[i]) / divisor_;
      if (c >= set->count()) {
        set->append(value);
      } else if (set->at(c) != value) {
        set->replace(c, value);
      }
    }
  }
  categories_->setRange(-0.5, std::max(columns(), 1) - 0.5);
  values_->setRange(0, scale_.maximum);
}

void BreakdownChart::updateLayout() {
  const QFontMetricsF metrics(font());
  const double axis = linearAxisWidth(font(), scale_);
  // The most of the legend that leaves the columns their room.
  const double room = width() - axis - std::max(kLeastPlot, columns() * kLeastCategory);
  for (const auto detail :
       {BreakdownLegend::Detail::values, BreakdownLegend::Detail::names, BreakdownLegend::Detail::none}) {
    const double needed = BreakdownLegend::widthFor(stacks_, shown_, snapshot().unit, font(), detail);
    legendWidth_ = needed > 0 ? needed + kLegendGap : 4;
    legendDetail_ = detail;
    if (legendWidth_ <= room) break;
  }
  view_->setPlotMargins({axis, 2.2 * metrics.height(), legendWidth_, 2.6 * metrics.height()});
  series_->setBarWidth(columnWidth() / (view_->plotRect().width() / std::max(columns(), 1)));
  arrangeLegend();
  view_->repaintMarks();
}

void BreakdownChart::applyTheme() {
  for (std::size_t i = 0; i < kComponentCount; ++i) sets_[i]->setColor(theme().colour(static_cast<ComponentId>(i)));
  if (hasSnapshot()) updateLayout();
}

void BreakdownChart::resizeEvent(QResizeEvent* event) {
  Chart::resizeEvent(event);
  if (renderCount() > 0) updateLayout();
}

double BreakdownChart::shownValue(ComponentId id, int column) const {
  return sets_[static_cast<std::size_t>(id)]->at(column);
}
QColor BreakdownChart::shownColour(ComponentId id) const {
  return sets_[static_cast<std::size_t>(id)]->color();
}

double BreakdownChart::yOf(double bytes) const {
  const QRectF& plot = view_->plotRect();
  return plot.bottom() - bytes / divisor_ / scale_.maximum * plot.height();
}

double BreakdownChart::columnWidth() const {
  return std::min(kWidestColumn, 0.62 * view_->plotRect().width() / std::max(columns(), 1));
}

QRectF BreakdownChart::columnRect(int column) const {
  const QRectF& plot = view_->plotRect();
  const double category = plot.width() / std::max(columns(), 1);
  const double centre = plot.left() + (column + 0.5) * category;
  return {centre - columnWidth() / 2, plot.top(), columnWidth(), plot.height()};
}

QRectF BreakdownChart::segmentRect(int column, ComponentId id) const {
  const Stack& stack = stacks_[static_cast<std::size_t>(column)];
  double below = 0;
  for (std::size_t i = 0; i < static_cast<std::size_t>(id); ++i) below += number(stack.bytes[i]);
  const double top = yOf(below + number(stack.at(id)));
  const QRectF rect = columnRect(column);
  return {rect.left(), top, rect.width(), yOf(below) - top};
}

std::optional<BreakdownChart::Hit> BreakdownChart::hitAt(const QPointF& position) const {
  for (int c = 0; c < columns(); ++c) {
    if (!columnRect(c).contains(position)) continue;
    for (ComponentId id : shown_) {
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
    view_->repaintMarks();
    Q_EMIT componentHovered(hit->id);
  }
  const Stack& stack = stacks_[static_cast<std::size_t>(hit->column)];
  QToolTip::showText(global, segmentTip(stack, hit->id, ledgerOf(hit->column), snapshot().unit), this);
}

void BreakdownChart::leave() {
  if (!hover_) return;
  hover_.reset();
  QToolTip::hideText();
  arrangeLegend();
  view_->repaintMarks();
  Q_EMIT hoverLeft();
}

const Ledger* BreakdownChart::ledgerOf(int column) const {
  const auto at = static_cast<std::size_t>(column);
  if (subject_ == Subject::ranks) return &snapshot().estimate.ranks[at].ledger;
  return &decidingRank(snapshot().columns[at].estimate).ledger;
}

// The column under the mouse, else the fullest.
int BreakdownChart::legendColumn() const {
  if (hover_ || stacks_.empty()) return hover_ ? hover_->column : 0;
  const auto less = [](const Stack& a, const Stack& b) { return a.total < b.total; };
  return static_cast<int>(std::max_element(stacks_.begin(), stacks_.end(), less) - stacks_.begin());
}

void BreakdownChart::arrangeLegend() {
  const int column = legendColumn();
  if (column < columns()) {
    legend_.arrange(stacks_[static_cast<std::size_t>(column)], shown_, snapshot().unit, font(), legendArea().height(),
                    columns() > 1, legendDetail_, marksOf(stacks_));
  }
}

QRectF BreakdownChart::legendArea() const {
  const double top = QFontMetricsF(font()).height() * 0.8;
  // Two pixels short of the edge: hinted figures may be wider than their measure.
  return {width() - legendWidth_ + kLegendGap, top, std::max(0.0, legendWidth_ - kLegendGap - 2), height() - top};
}

}  // namespace headroom::ui
