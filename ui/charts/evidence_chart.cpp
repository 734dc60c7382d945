#include "ui/charts/evidence_chart.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QToolTip>
#include <QtCharts/QChart>
#include <QtCharts/QLineSeries>
#include <QtCharts/QScatterSeries>
#include <QtCharts/QValueAxis>
#include <algorithm>
#include <cmath>

#include "core/evidence/calibrate.h"
#include "ui/pages/explore/figure_text.h"
#include "ui/style/names.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

constexpr double kMarker = 8, kReach = 12;
constexpr double kGuide = 1.1;
constexpr std::array<QScatterSeries::MarkerShape, 5> kShapes{
    QScatterSeries::MarkerShapeCircle, QScatterSeries::MarkerShapeRectangle, QScatterSeries::MarkerShapeTriangle,
    QScatterSeries::MarkerShapePentagon, QScatterSeries::MarkerShapeRotatedRectangle};
bool perToken(const std::string& figure) {
  return figure == "kv_bytes_per_token";
}

// Bytes of a device or of its host: what shares one axis.
bool isMemory(const std::string& figure) {
  return !isCount(figure) && !perToken(figure);
}

}  // namespace

EvidenceChart::EvidenceChart(QWidget* parent)
    : PlottedChart(parent), measured_(new QValueAxis), predicted_(new QValueAxis) {
  setObjectName(QStringLiteral("evidenceChart"));
  setAccessibleName(tr("Predicted against measured"));
  QChart* chart = view()->chart();
  chart->addAxis(measured_, Qt::AlignBottom);
  chart->addAxis(predicted_, Qt::AlignLeft);
  measured_->setVisible(false);
  predicted_->setVisible(false);
  const auto attach = [&](QXYSeries* series) {
    chart->addSeries(series);
    series->attachAxis(measured_);
    series->attachAxis(predicted_);
  };
  for (QLineSeries*& guide : guides_) attach(guide = new QLineSeries);
  for (std::size_t f = 0; f < kFamilies; ++f)
    for (QScatterSeries*& series : series_[f]) {
      attach(series = new QScatterSeries);
      series->setMarkerShape(kShapes[f]);
      series->setMarkerSize(kMarker);
    }
}

void EvidenceChart::pressAt(const QPointF& at) {
  if (const std::optional<std::size_t> hit = nearest(at)) Q_EMIT errorActivated(*hit);
}

std::size_t EvidenceChart::familyOf(const std::string& group) {
  constexpr std::array<std::string_view, 4> kServers{"vllm", "sglang", "llama.cpp", "transformers"};
  return static_cast<std::size_t>(std::ranges::find(kServers, group) - kServers.begin());
}

void EvidenceChart::show(EvidencePtr evidence, const EvidenceFilter& filter) {
  if (evidence == evidence_ && filter == filter_) return;
  evidence_ = std::move(evidence);
  filter_ = filter;
  selected_.reset();
  if (hasSnapshot()) render(Snapshot(snapshot()));
}

void EvidenceChart::setSelected(std::optional<std::size_t> error) {
  if (selected_ == error) return;
  selected_ = error;
  view()->repaintMarks();
}

QString EvidenceChart::subject() const {
  std::size_t inside = 0;
  if (evidence_)
    for (const std::size_t i : drawn_) inside += at(i).inside;
  const QString share = QString::number(
      drawn_.empty() ? 0.0 : 100.0 * static_cast<double>(inside) / static_cast<double>(drawn_.size()), 'f', 0);
  const QString what = filter_.figure.empty() ? tr("all memory figures") : figureName(filter_.figure, filter_.group);
  return tr("%1, %2: %3 figures of real runs, %4 % inside the stated band")
      .arg(what, filter_.group.empty() ? tr("all engines") : spelled(filter_.group),
           grouped(static_cast<qint64>(drawn_.size())), share);
}

double EvidenceChart::divisor() const {
  if (!filter_.figure.empty() && !isMemory(filter_.figure)) return 1;
  return static_cast<double>(snapshot().unit == ByteUnit::gib ? kGiB : kGB);
}

QPointF EvidenceChart::valueOf(const PredictionError& e) const {
  const auto decade = [this](double value) { return value > 0 ? std::log10(value / divisor()) : low_; };
  return {decade(e.measured.value), decade(e.predicted.value)};
}

void EvidenceChart::applySnapshot() {
  if (!evidence_ && !waiting_) evidence_ = bundledEvidence();
  drawn_.clear();
  double least = 1e300, most = 0;
  const std::vector<std::size_t> rows = evidence_ ? rowsOf(*evidence_, filter_) : std::vector<std::size_t>();
  for (const std::size_t i : rows) {
    const PredictionError& e = at(i);
    if (filter_.figure.empty() && !isMemory(e.measured.name)) continue;
    drawn_.push_back(i);
    for (const double v : {e.measured.value, e.predicted.value})
      if (v > 0) least = std::min(least, v), most = std::max(most, v);
  }
  low_ = drawn_.empty() ? -1 : static_cast<int>(std::floor(std::log10(least / divisor())));
  high_ = drawn_.empty() ? 2 : static_cast<int>(std::ceil(std::log10(most / divisor())));
  high_ = std::max(high_, low_ + 1);
  updateSeries();
  updateLayout();
  setAccessibleDescription(subject());
}

void EvidenceChart::updateSeries() {
  measured_->setRange(low_, high_);
  predicted_->setRange(low_, high_);
  const double tenth = std::log10(kGuide);
  const std::array<double, 3> offsets{0, tenth, -tenth};
  for (std::size_t g = 0; g < guides_.size(); ++g) {
    const double up = std::max(0.0, offsets[g]), down = std::max(0.0, -offsets[g]);
    guides_[g]->replace(QList<QPointF>{{low_ + down, low_ + up}, {high_ - up, high_ - down}});
  }
  std::array<std::array<QList<QPointF>, 2>, kFamilies> points;
  for (const std::size_t i : drawn_) points[familyOf(at(i).group)][at(i).inside ? 1 : 0] += valueOf(at(i));
  for (std::size_t f = 0; f < kFamilies; ++f)
    for (std::size_t b = 0; b < 2; ++b) series_[f][b]->replace(points[f][b]);
  styleSeries();
}

void EvidenceChart::styleSeries() {
  guides_[0]->setPen(QPen(theme().quietText, 1.4));
  for (std::size_t g = 1; g < guides_.size(); ++g) guides_[g]->setPen(QPen(theme().quietText, 1, Qt::DashLine));
  for (auto& family : series_)
    for (std::size_t b = 0; b < 2; ++b) {
      QColor fill = b == 1 ? theme().accent : theme().tight;
      fill.setAlphaF(b == 1 ? 0.45F : 0.75F);
      if (family[b]->color() != fill) family[b]->setBrush(fill);
      family[b]->setPen(QPen(theme().card, 0.6));
    }
}

void EvidenceChart::updateLayout() {
  const QFontMetricsF metrics(font());
  double widest = 0;
  for (int d = low_; d <= high_; ++d) widest = std::max(widest, metrics.horizontalAdvance(tickText(d)));
  const double legend = width() < kWideLegend ? 4.6 : 3.4;
  const double right = metrics.horizontalAdvance(tickText(high_)) / 2 + 4;
  view()->setPlotMargins(
      {widest + 14 + 1.3 * metrics.height(), legend * metrics.height(), right, 2.9 * metrics.height()});
  view()->repaintMarks();
}

void EvidenceChart::applyTheme() {
  if (renderCount() == 0) return;
  styleSeries();
  updateLayout();
}

QPointF EvidenceChart::positionOf(std::size_t error) const {
  const QRectF plot = plotRect();
  const QPointF v = valueOf(at(error));
  const double span = high_ - low_;
  return {plot.left() + (v.x() - low_) / span * plot.width(), plot.bottom() - (v.y() - low_) / span * plot.height()};
}

std::optional<std::size_t> EvidenceChart::nearest(const QPointF& position) const {
  std::optional<std::size_t> best;
  double distance = kReach * kReach;
  for (const std::size_t i : drawn_) {
    const QPointF d = positionOf(i) - position;
    if (const double square = QPointF::dotProduct(d, d); square < distance) distance = square, best = i;
  }
  return best;
}

void EvidenceChart::hoverAt(const QPointF& position, const QPoint& global) {
  const std::optional<std::size_t> hit = nearest(position);
  view()->viewport()->setCursor(hit ? Qt::PointingHandCursor : Qt::ArrowCursor);
  if (!hit) return QToolTip::hideText();
  const PredictionError& e = at(*hit);
  const ByteUnit unit = snapshot().unit;
  QToolTip::showText(
      global,
      tr("<b>%1</b> · %2<br/>%3: measured %4, predicted %5, %6")
          .arg(QString::fromStdString(e.run).toHtmlEscaped(), spelled(e.group).toHtmlEscaped(),
               figureName(e.measured.name, e.group), figureValue(e.measured.name, e.measured.value, unit),
               figureValue(e.measured.name, e.predicted.value, unit), errorText(e.error)),
      this);
}

}  // namespace headroom::ui
