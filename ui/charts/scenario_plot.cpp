#include "ui/charts/scenario_plot.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "ui/charts/context_curves.h"
#include "ui/charts/line_legend.h"
#include "ui/style/text.h"
#include "ui/style/tokens_label.h"

namespace headroom::ui {
namespace {

double number(Bytes bytes) {
  return static_cast<double>(bytes.value());
}

double valueAt(const ScenarioPlot::Line& line, double tokens) {
  const auto& p = line.points;
  if (p.empty()) return 0;
  const auto after = std::find_if(p.begin(), p.end(), [&](const QPointF& q) { return q.x() >= tokens; });
  if (after == p.begin()) return p.front().y();
  if (after == p.end()) return p.back().y();
  const QPointF a = *(after - 1), b = *after;
  return a.y() + (b.y() - a.y()) * (tokens - a.x()) / std::max(1.0, b.x() - a.x());
}

}  // namespace

ScenarioPlot::ScenarioPlot(QWidget* parent) : PlottedChart(parent) {
  setObjectName(QStringLiteral("scenarioPlot"));
  setAccessibleName(tr("Scenarios against the context"));
}

QString ScenarioPlot::title() const {
  return component_ ? tr("%1 against the context").arg(componentName(*component_)) : tr("Memory against the context");
}

QString ScenarioPlot::subject() const {
  return tr("%1 scenarios, each with its own verdict").arg(lines_.size());
}

void ScenarioPlot::setComponent(std::optional<ComponentId> component) {
  if (component == component_) return;
  component_ = component;
  if (hasSnapshot()) applySnapshot();
}

void ScenarioPlot::applySnapshot() {
  const Snapshot& s = snapshot();
  divisor_ = static_cast<double>(s.unit == ByteUnit::gib ? kGiB : kGB);
  lines_.clear();
  double largest = 0;
  first_ = 512, last_ = 1024;
  for (std::size_t i = 0; i < s.scenarioCurves.size(); ++i) {
    const ContextCurve& curve = s.scenarioCurves[i];
    Line line;
    line.label = s.scenarios[i].label;
    for (std::size_t k = 0; k < curve.contexts.size(); ++k) {
      const double bytes =
          component_ ? number(curve.bytes[k][static_cast<std::size_t>(*component_)]) : curve.deviceBytes[k];
      line.points.emplace_back(curve.contexts[k], bytes);
    }
    // The same limit as everywhere else, not one read off the line.
    if (const auto& limit = s.scenarioColumns[i].limits.context) {
      line.fullAt = static_cast<double>(*limit);
      line.refused = *limit > 0 && curve.usable &&
                     !fullAtLimit(curve.contexts, curve.deviceBytes, number(*curve.usable), *line.fullAt);
    }
    if (!curve.contexts.empty()) last_ = std::max(last_, curve.contexts.back()), first_ = curve.contexts.front();
    // The axis holds what is of use: up to twice what any device takes.
    double most = line.points.empty() ? 0 : line.points.back().y();
    if (curve.usable) most = std::min(most, std::max(2 * number(*curve.usable), line.points.front().y() * 1.2));
    largest = std::max(largest, most);
    lines_.push_back(std::move(line));
  }
  scale_ = niceScale(largest / divisor_ * 1.02, 5);
  updateLayout();
  QStringList sentences;
  for (const Line& line : lines_)
    sentences << (line.fullAt ? QStringLiteral("%1: %2").arg(line.label, noteOf(line))
                              : tr("%1 fits as far as shown").arg(line.label));
  setAccessibleDescription(sentences.join(QStringLiteral(". ")));
}

void ScenarioPlot::updateLayout() {
  const QFontMetricsF metrics(font());
  view()->setPlotMargins({linearAxisWidth(font(), scale_),
                          metrics.height() + lineLegendHeight(legend(), width(), metrics) + 8, 22,
                          7 + 2.4 * metrics.height()});
  view()->repaintMarks();
}

double ScenarioPlot::xOf(double tokens) const {
  const QRectF plot = plotRect();
  return plot.left() + plot.width() * std::log(tokens / first_) / std::log(last_ / first_);
}
double ScenarioPlot::yOf(double bytes) const {
  const QRectF plot = plotRect();
  return plot.bottom() - bytes / divisor_ / scale_.maximum * plot.height();
}

void ScenarioPlot::paintUnder(QPainter& painter) const {
  painter.setFont(font());
  const QRectF plot = plotRect();
  paintLinearAxis(painter, plot, scale_, QLatin1String(unitName(snapshot().unit)), theme());
  const QFontMetricsF metrics(painter.font());
  const int room = static_cast<int>(plot.width() / (metrics.horizontalAdvance(QStringLiteral("128K")) + 10));
  painter.setPen(theme().quietText);
  for (const std::int64_t tokens : contextTicks(first_, last_, std::max(room, 2))) {
    const double x = xOf(static_cast<double>(tokens));
    painter.setPen(QPen(theme().line, 1));
    painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + 5));
    painter.setPen(theme().quietText);
    painter.drawText(QRectF(x - 40, plot.bottom() + 7, 80, metrics.height()), Qt::AlignHCenter | Qt::AlignTop,
                     tokensLabel(tokens));
  }
  painter.drawText(QRectF(plot.left(), plot.bottom() + 7 + 1.15 * metrics.height(), plot.width(), metrics.height()),
                   Qt::AlignCenter, tr("context, tokens per sequence"));
}

void ScenarioPlot::paintOver(QPainter& painter) const {
  painter.setFont(font());
  const QRectF plot = plotRect();
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    QPolygonF shape;
    for (std::size_t k = 0; k < lines_[i].points.size(); ++k) {
      const QPointF p = lines_[i].points[k];
      const QPointF at(xOf(p.x()), yOf(p.y()));
      if (at.y() < plot.top()) {
        // Where the line leaves the plot.
        if (!shape.isEmpty()) {
          const QPointF last = shape.back();
          const double share = (last.y() - plot.top()) / std::max(1e-9, last.y() - at.y());
          shape << QPointF(last.x() + share * (at.x() - last.x()), plot.top());
        }
        break;
      }
      shape << at;
    }
    painter.setPen(linePen(i, theme()));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(shape);
    if (lines_[i].fullAt && *lines_[i].fullAt >= first_ && *lines_[i].fullAt <= last_) {
      const QPointF at(xOf(*lines_[i].fullAt), yOf(valueAt(lines_[i], *lines_[i].fullAt)));
      if (at.y() >= plot.top()) {
        painter.setPen(QPen(lineColour(i, theme()), 2));
        painter.setBrush(theme().card);
        painter.drawEllipse(at, 4.5, 4.5);
      }
    }
  }
  paintLineLegend(painter, legend(), width(), theme());
}

QString ScenarioPlot::noteOf(const Line& line) {
  if (!line.fullAt) return {};
  if (*line.fullAt < 1) return tr("does not fit");
  return (line.refused ? tr("at most %1") : tr("full at %1")).arg(grouped(static_cast<qint64>(*line.fullAt)));
}

// Each entry says where its line is full.
LineLegend ScenarioPlot::legend() const {
  LineLegend out;
  for (const Line& line : lines_) {
    out.labels << line.label;
    out.notes << noteOf(line);
  }
  return out;
}

void ScenarioPlot::hoverAt(const QPointF& at, const QPoint& global) {
  const QRectF plot = plotRect();
  if (!plot.contains(at) || lines_.empty()) return QToolTip::hideText();
  const double tokens = first_ * std::pow(last_ / first_, (at.x() - plot.left()) / plot.width());
  QStringList rows{tr("%1 tokens").arg(grouped(roundedContext(tokens)))};
  for (const Line& line : lines_)
    rows << QStringLiteral("%1: %2").arg(
        line.label, withUnit(Bytes(static_cast<std::int64_t>(valueAt(line, tokens))), snapshot().unit));
  QToolTip::showText(global, plainTip(rows.join(QLatin1Char('\n'))), this);
}

}  // namespace headroom::ui
