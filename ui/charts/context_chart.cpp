#include "ui/charts/context_chart.h"

#include <QFontMetricsF>
#include <QKeyEvent>
#include <QPainter>
#include <QtCharts/QChart>
#include <QtCharts/QLineSeries>
#include <QtCharts/QValueAxis>
#include <algorithm>
#include <cmath>

#include "ui/style/text.h"

namespace headroom::ui {

ContextChart::ContextChart(QWidget* parent) : PlottedChart(parent), contexts_(new QValueAxis), values_(new QValueAxis) {
  setObjectName(QStringLiteral("contextChart"));
  setAccessibleName(tr("KV cache against context"));
  setFocusPolicy(Qt::StrongFocus);
  QChart* chart = view()->chart();
  chart->addAxis(contexts_, Qt::AlignBottom);
  chart->addAxis(values_, Qt::AlignLeft);
  contexts_->setVisible(false);
  values_->setVisible(false);
}

QString ContextChart::title() const {
  return picture_.wholeDevice ? tr("Memory against context") : tr("KV cache against context");
}

double ContextChart::cursorContext() const {
  return static_cast<double>(picked_ ? *picked_ : std::max<std::int64_t>(snapshot().settings.context, 1));
}

void ContextChart::applySnapshot() {
  divisor_ = static_cast<double>(snapshot().unit == ByteUnit::gib ? kGiB : kGB);
  picked_.reset();
  picture_ = contextPicture(snapshot());
  picture_.first = std::min(picture_.first, cursorContext());
  picture_.last = std::max(picture_.last, cursorContext());
  // What is free decides the axis: lines may leave it upwards, the cursor's value may not.
  double needed = 0;
  for (const ContextLine& line : picture_.lines) {
    if (line.current) needed = std::max(needed, valueAt(line.contexts, line.bytes, cursorContext()));
  }
  if (picture_.free.empty()) {
    for (const ContextLine& line : picture_.lines) needed = std::max(needed, line.bytes.back());
  } else {
    needed = std::max(needed, 1.2 * *std::max_element(picture_.free.begin(), picture_.free.end()));
  }
  scale_ = niceScale(needed / divisor_ * 1.05, 5);
  updateSeries();
  updateLayout();
  setAccessibleName(title());
  setAccessibleDescription(sentence());
}

void ContextChart::updateSeries() {
  const auto lines = static_cast<qsizetype>(picture_.lines.size());
  while (series_.size() < lines) {
    auto* line = new QLineSeries;
    view()->chart()->addSeries(line);
    line->attachAxis(contexts_);
    line->attachAxis(values_);
    series_ += line;
  }
  const double low = std::log2(std::max(picture_.first, 1.0)), high = std::log2(std::max(picture_.last, 2.0));
  contexts_->setRange(low, std::max(high, low + 1));
  values_->setRange(0, scale_.maximum);
  for (qsizetype i = 0; i < series_.size(); ++i) {
    QList<QPointF> points;
    if (i < lines) {
      const ContextLine& line = picture_.lines[static_cast<std::size_t>(i)];
      for (const QPointF& p : visiblePoints(line.contexts, line.bytes, ceiling()))
        points += QPointF(p.x(), p.y() / divisor_);
    }
    series_[i]->replace(points);
  }
  styleLines();
}

QColor ContextChart::lineColour(std::size_t line) const {
  const QColor own = theme().colour(picture_.wholeDevice ? ComponentId::weights : ComponentId::kv_cache);
  if (picture_.lines[line].current) return own;
  // The others step back towards the quiet text, each by its own pattern (styleLines).
  return theme().quietText;
}

void ContextChart::styleLines() {
  constexpr std::array kPatterns{Qt::DashLine, Qt::DotLine, Qt::DashDotLine, Qt::DashDotDotLine};
  std::size_t other = 0;
  for (std::size_t i = 0; i < picture_.lines.size(); ++i) {
    const bool current = picture_.lines[i].current;
    QPen pen(lineColour(i), current ? 2.6 : 1.6, current ? Qt::SolidLine : kPatterns[other++ % kPatterns.size()]);
    pen.setCapStyle(Qt::FlatCap);
    QLineSeries* line = series_[static_cast<qsizetype>(i)];
    if (line->pen() != pen) line->setPen(pen);
  }
}

void ContextChart::updateLayout() {
  const QFontMetricsF metrics(font());
  view()->setPlotMargins({linearAxisWidth(font(), scale_), 3.6 * metrics.height(), 22, 2.8 * metrics.height()});
  view()->repaintMarks();
}

void ContextChart::applyTheme() {
  if (renderCount() == 0) return;
  styleLines();
  updateLayout();
}

double ContextChart::ceiling() const {
  return scale_.maximum * divisor_;
}

double ContextChart::yOf(double bytes) const {
  const QRectF plot = plotRect();
  return plot.bottom() - std::min(bytes / ceiling(), 1.0) * plot.height();
}

double ContextChart::xOf(double tokens) const {
  const QRectF plot = plotRect();
  const double t = (std::log2(std::max(tokens, 1.0)) - contexts_->min()) / (contexts_->max() - contexts_->min());
  return plot.left() + std::clamp(t, 0.0, 1.0) * plot.width();
}

double ContextChart::contextAt(double x) const {
  const QRectF plot = plotRect();
  const double t = std::clamp((x - plot.left()) / plot.width(), 0.0, 1.0);
  return std::exp2(contexts_->min() + t * (contexts_->max() - contexts_->min()));
}

QList<QPointF> ContextChart::shownPoints(int line) const {
  return series_.at(line)->points();
}
QColor ContextChart::shownColour(int line) const {
  return series_.at(line)->pen().color();
}

void ContextChart::pickAt(double x) {
  const std::int64_t tokens = roundedContext(contextAt(x));
  if (picked_ == tokens) return;
  picked_ = tokens;
  view()->repaintMarks();
  Q_EMIT contextPicked(tokens);
  // The document answers by rendering, which clears picked_; without an answer the cursor stays where it was put.
}

void ContextChart::hoverAt(const QPointF& at, const QPoint&) {
  view()->viewport()->setCursor(plotRect().contains(at) ? Qt::SplitHCursor : Qt::ArrowCursor);
}

void ContextChart::pressAt(const QPointF& at) {
  if (picture_.lines.empty() || !plotRect().adjusted(-8, 0, 8, 0).contains(at)) return;
  setFocus(Qt::MouseFocusReason);
  dragging_ = true;
  Q_EMIT dragStarted();
  pickAt(at.x());
}

void ContextChart::dragTo(const QPointF& at) {
  if (dragging_) pickAt(at.x());
}

void ContextChart::clickAt(const QPointF& at) {
  if (!dragging_) return;
  dragging_ = false;
  picked_.reset();
  pickAt(at.x());
  Q_EMIT dragFinished();
}

void ContextChart::keyPressEvent(QKeyEvent* event) {
  if (picture_.lines.empty()) return Chart::keyPressEvent(event);
  const double now = cursorContext(), octave = std::log2(now);
  const bool fine = event->modifiers() & Qt::ShiftModifier;
  double wanted = now;
  switch (event->key()) {
    case Qt::Key_Left:
      wanted = fine ? now * 31 / 32 : std::exp2(std::ceil(octave - 1e-9) - 1);
      break;
    case Qt::Key_Right:
      wanted = fine ? now * 33 / 32 : std::exp2(std::floor(octave + 1e-9) + 1);
      break;
    case Qt::Key_Home:
      wanted = picture_.first;
      break;
    case Qt::Key_End:
      wanted = static_cast<double>(snapshot().limits.context.value_or(static_cast<std::int64_t>(picture_.last)));
      break;
    default:
      return Chart::keyPressEvent(event);
  }
  // The limit is exact; every other stop is a round number.
  const std::int64_t tokens = event->key() == Qt::Key_End
                                  ? static_cast<std::int64_t>(wanted)
                                  : roundedContext(std::clamp(wanted, picture_.first, picture_.last));
  if (tokens > 0) Q_EMIT contextPicked(tokens);
}

void ContextChart::focusInEvent(QFocusEvent* event) {
  Chart::focusInEvent(event);
  view()->repaintMarks();
}

void ContextChart::focusOutEvent(QFocusEvent* event) {
  Chart::focusOutEvent(event);
  view()->repaintMarks();
}

QString ContextChart::sentence() const {
  QStringList parts;
  for (const ContextLine& line : picture_.lines) {
    if (line.current) {
      const Bytes now = toBytes(valueAt(line.contexts, line.bytes, cursorContext()));
      parts += tr("%1 at %2 tokens").arg(withUnit(now, snapshot().unit), grouped(static_cast<qint64>(cursorContext())));
    }
    const QString name = picture_.wholeDevice ? tr("device") : line.format;
    if (!line.fullAt) continue;
    const QString tokens = grouped(static_cast<qint64>(*line.fullAt));
    parts += line.refused ? tr("at most %1 tokens").arg(tokens) : tr("%1: full at %2 tokens").arg(name, tokens);
  }
  return parts.join(QStringLiteral(". ")) + QLatin1Char('.');
}

}  // namespace headroom::ui
