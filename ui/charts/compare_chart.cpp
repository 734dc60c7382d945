#include "ui/charts/compare_chart.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

#include "core/analysis/verdict.h"
#include "ui/charts/mark_key.h"
#include "ui/style/text.h"
#include "ui/style/tokens_label.h"

namespace headroom::ui {
namespace {

constexpr double kWidestColumn = 96;
constexpr int kFootRows = 6;  // name in two rows, verdict, need, batch, context

// Rows that the legend's components and marks take, as they are painted.
int legendRows(const QStringList& names, const QFontMetricsF& metrics, double left, double width) {
  constexpr double kSwatch = 16, kBetween = 18;
  double x = left;
  int rows = 1;
  for (const QString& name : names) {
    const double entry = kSwatch + metrics.horizontalAdvance(name);
    if (x + entry > width) x = left, ++rows;
    x += entry + kBetween;
  }
  return rows;
}

}  // namespace

CompareChart::CompareChart(Subject subject, QWidget* parent) : StackedChart(parent), subject_(subject) {
  setObjectName(QStringLiteral("compareChart"));
  setAccessibleName(subject == Subject::devices ? tr("Devices side by side") : tr("Scenarios side by side"));
}

void CompareChart::leave() {
  hover_.reset();
  view()->repaintMarks();
  Q_EMIT hoverLeft();
}

void CompareChart::clickAt(const QPointF& position) {
  const auto hit = hitAt(position);
  if (!hit) return;
  Q_EMIT columnActivated(hit->column);
  if (hit->id) Q_EMIT componentActivated(*hit->id);
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
  const int before = columns();
  std::vector<Stack> now = deviceStacks(comparedColumns());
  if (subject_ == Subject::scenarios)
    for (std::size_t i = 0; i < now.size(); ++i) now[i].label = snapshot().scenarios[i].label;
  setStacks(std::move(now));
  hover_.reset();
  if (columns() != before) {
    setMinimumWidth(minimumSizeHint().width());
    updateGeometry();
  }
  updateLayout();
  QStringList sentences;
  for (int c = 0; c < columns(); ++c) {
    sentences += spoken(stacks()[static_cast<std::size_t>(c)], snapshot().unit) + QLatin1Char(' ') +
                 batchTexts(c).front() + QStringLiteral(", ") + contextTexts(c).front();
  }
  setAccessibleDescription(sentences.join(QStringLiteral(". ")));
}

void CompareChart::updateLayout() {
  const double line = QFontMetricsF(font()).height();
  // At least two rows, so that the plot keeps its place where a component comes or goes.
  const double left = linearAxisWidth(font(), scale());
  QStringList names;
  for (const ComponentId id : shown()) names << componentName(id);
  for (const Mark mark : marksOf(stacks())) names << markName(mark);
  const int rows = std::max(2, legendRows(names, QFontMetricsF(font()), left, width()));
  view()->setPlotMargins({left, (2.0 + 1.3 * rows) * line, 4, labelHeight()});
  if (columns() > 0) setBarWidth(columnRect(0).width() / categoryRect(0).width());
  view()->repaintMarks();
}

QRectF CompareChart::categoryRect(int column) const {
  const QRectF& plot = plotRect();
  const double width = plot.width() / std::max(columns(), 1);
  return {plot.left() + column * width, plot.top(), width, plot.height()};
}

QRectF CompareChart::columnRect(int column) const {
  const QRectF category = categoryRect(column);
  const double width = std::min(kWidestColumn, 0.56 * category.width());
  return {category.center().x() - width / 2, category.top(), width, category.height()};
}

std::optional<CompareChart::Hit> CompareChart::hitAt(const QPointF& position) const {
  for (int c = 0; c < columns(); ++c) {
    if (position.x() < categoryRect(c).left() || position.x() > categoryRect(c).right()) continue;
    for (ComponentId id : shown()) {
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
    view()->repaintMarks();
    if (hit && hit->id) Q_EMIT componentHovered(*hit->id);
  }
  if (!hit || !hit->id) return QToolTip::hideText();
  const auto at = static_cast<std::size_t>(hit->column);
  QToolTip::showText(
      global, segmentTip(stacks()[at], *hit->id, &decidingRank(comparedColumns()[at].estimate).ledger, snapshot().unit),
      this);
}

const std::vector<ComparedColumn>& CompareChart::comparedColumns() const {
  return subject_ == Subject::devices ? snapshot().columns : snapshot().scenarioColumns;
}

QString CompareChart::subject() const {
  return (subject_ == Subject::devices ? tr("%1 devices, each with its own verdict")
                                       : tr("%1 scenarios, each with its own verdict"))
      .arg(columns());
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
  // In round thousands, downwards, where the number has no room: a cut number would be another one.
  return {tr("context ≤ %1").arg(grouped(*context)), QStringLiteral("≤ %1").arg(grouped(*context)),
          QStringLiteral("≤ %1").arg(tokensLabel(*context < 1024 ? *context : *context - *context % 1024))};
}

}  // namespace headroom::ui
