#include "ui/charts/compare_chart.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QToolTip>
#include <QVBoxLayout>
#include <QtCharts/QBarSet>
#include <QtCharts/QChart>
#include <QtCharts/QStackedBarSeries>
#include <QtCharts/QValueAxis>
#include <algorithm>

#include "core/analysis/verdict.h"
#include "ui/charts/plot_view.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

constexpr double kWidestColumn = 96;
constexpr int kFootRows = 6;  // name in two rows, verdict, need, batch, context

double number(Bytes bytes) {
  return static_cast<double>(bytes.value());
}

// Rows that the legend's components take, as they are painted.
int legendRows(const std::vector<ComponentId>& shown, const QFontMetricsF& metrics, double left, double width) {
  constexpr double kSwatch = 16, kBetween = 18;
  double x = left;
  int rows = 1;
  for (const ComponentId id : shown) {
    const double entry = kSwatch + metrics.horizontalAdvance(componentName(id));
    if (x + entry > width) x = left, ++rows;
    x += entry + kBetween;
  }
  return rows;
}

}  // namespace

CompareChart::CompareChart(Subject subject, QWidget* parent)
    : Chart(parent),
      subject_(subject),
      view_(new PlotView(this)),
      series_(new QStackedBarSeries),
      categories_(new QValueAxis),
      values_(new QValueAxis) {
  setObjectName(QStringLiteral("compareChart"));
  setAccessibleName(subject == Subject::devices ? tr("Devices side by side") : tr("Scenarios side by side"));
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
  view_->left = [this] {
    hover_.reset();
    view_->repaintMarks();
    Q_EMIT hoverLeft();
  };
  view_->released = [this](const QPointF& at) {
    const auto hit = hitAt(at);
    if (!hit) return;
    Q_EMIT columnActivated(hit->column);
    if (hit->id) Q_EMIT componentActivated(*hit->id);
  };
}

void CompareChart::paintFigure(QPainter& painter, const QRectF& target) {
  view_->paintFigure(painter, target);
}

QSize CompareChart::minimumSizeHint() const {
  // Narrow columns say less in words; their number is what must be read.
  const double column = QFontMetricsF(font()).horizontalAdvance(QStringLiteral("≤ 888 888"));
  return {static_cast<int>(60 + column * std::max(columns(), 2)), static_cast<int>(180 + labelHeight())};
}

double CompareChart::labelHeight() const {
  return (kFootRows + 0.9) * 1.25 * QFontMetricsF(font()).height();
}

void CompareChart::applySnapshot() {
  divisor_ = static_cast<double>(snapshot().unit == ByteUnit::gib ? kGiB : kGB);
  const int before = columns();
  stacks_ = deviceStacks(comparedColumns());
  if (subject_ == Subject::scenarios)
    for (std::size_t i = 0; i < stacks_.size(); ++i) stacks_[i].label = snapshot().scenarios[i].label;
  shown_ = shownComponents(stacks_);
  hover_.reset();
  double largest = 0;
  for (const Stack& s : stacks_) largest = std::max(largest, number(s.extent()));
  scale_ = niceScale(largest / divisor_);
  if (columns() != before) {
    setMinimumWidth(minimumSizeHint().width());
    updateGeometry();
  }
  updateSeries();
  updateLayout();
  QStringList sentences;
  for (int c = 0; c < columns(); ++c) {
    sentences += spoken(stacks_[static_cast<std::size_t>(c)], snapshot().unit) + QLatin1Char(' ') +
                 batchTexts(c).front() + QStringLiteral(", ") + contextTexts(c).front();
  }
  setAccessibleDescription(sentences.join(QStringLiteral(". ")));
}

void CompareChart::updateSeries() {
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

void CompareChart::updateLayout() {
  const double line = QFontMetricsF(font()).height();
  // At least two rows, so that the plot keeps its place where a component comes or goes.
  const double left = linearAxisWidth(font(), scale_);
  const int rows = std::max(2, legendRows(shown_, QFontMetricsF(font()), left, width()));
  view_->setPlotMargins({left, (2.0 + 1.3 * rows) * line, 4, labelHeight()});
  if (columns() > 0) series_->setBarWidth(columnRect(0).width() / categoryRect(0).width());
  view_->repaintMarks();
}

void CompareChart::applyTheme() {
  for (std::size_t i = 0; i < kComponentCount; ++i) sets_[i]->setColor(theme().colour(static_cast<ComponentId>(i)));
  if (renderCount() > 0) updateLayout();
}

void CompareChart::resizeEvent(QResizeEvent* event) {
  Chart::resizeEvent(event);
  if (renderCount() > 0) updateLayout();
}

double CompareChart::shownValue(ComponentId id, int column) const {
  return sets_[static_cast<std::size_t>(id)]->at(column);
}

QRectF CompareChart::categoryRect(int column) const {
  const QRectF& plot = view_->plotRect();
  const double width = plot.width() / std::max(columns(), 1);
  return {plot.left() + column * width, plot.top(), width, plot.height()};
}

QRectF CompareChart::columnRect(int column) const {
  const QRectF category = categoryRect(column);
  const double width = std::min(kWidestColumn, 0.56 * category.width());
  return {category.center().x() - width / 2, category.top(), width, category.height()};
}

double CompareChart::yOf(double bytes) const {
  const QRectF& plot = view_->plotRect();
  return plot.bottom() - bytes / divisor_ / scale_.maximum * plot.height();
}

QRectF CompareChart::segmentRect(int column, ComponentId id) const {
  const Stack& stack = stacks_[static_cast<std::size_t>(column)];
  double below = 0;
  for (std::size_t i = 0; i < static_cast<std::size_t>(id); ++i) below += number(stack.bytes[i]);
  const double top = yOf(below + number(stack.at(id)));
  const QRectF rect = columnRect(column);
  return {rect.left(), top, rect.width(), yOf(below) - top};
}

std::optional<CompareChart::Hit> CompareChart::hitAt(const QPointF& position) const {
  for (int c = 0; c < columns(); ++c) {
    if (position.x() < categoryRect(c).left() || position.x() > categoryRect(c).right()) continue;
    for (ComponentId id : shown_) {
      if (segmentRect(c, id).contains(position)) return Hit{c, id};
    }
    return Hit{c, std::nullopt};
  }
  return std::nullopt;
}

void CompareChart::hoverAt(const QPointF& position, const QPoint& global) {
  const auto hit = hitAt(position);
  if (hit != hover_) {
    hover_ = hit;
    view_->repaintMarks();
    if (hit && hit->id) Q_EMIT componentHovered(*hit->id);
  }
  if (!hit || !hit->id) return QToolTip::hideText();
  const auto at = static_cast<std::size_t>(hit->column);
  QToolTip::showText(
      global, segmentTip(stacks_[at], *hit->id, &decidingRank(comparedColumns()[at].estimate).ledger, snapshot().unit),
      this);
}

const std::vector<ComparedColumn>& CompareChart::comparedColumns() const {
  return subject_ == Subject::devices ? snapshot().columns : snapshot().scenarioColumns;
}

QString CompareChart::subject() const {
  return subject_ == Subject::devices ? QString() : tr("%1 scenarios, each with its own verdict").arg(columns());
}

QStringList CompareChart::batchTexts(int column) const {
  const auto& batch = comparedColumns()[static_cast<std::size_t>(column)].limits.batch;
  if (batch && *batch < 1) return {tr("no batch fits"), QStringLiteral("–")};
  if (!batch) return {tr("batch: no limit known"), QStringLiteral("–")};
  return {tr("batch ≤ %1").arg(grouped(*batch)), QStringLiteral("≤ %1").arg(grouped(*batch))};
}

QStringList CompareChart::contextTexts(int column) const {
  const auto& context = comparedColumns()[static_cast<std::size_t>(column)].limits.context;
  if (context && *context < 1) return {tr("no context fits"), QStringLiteral("–")};
  if (!context) return {QString()};
  return {tr("context ≤ %1").arg(grouped(*context)), QStringLiteral("≤ %1").arg(grouped(*context))};
}

}  // namespace headroom::ui
