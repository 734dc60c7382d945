// What EvidenceChart paints itself, under and over Qt's points.
#include <QFontMetricsF>
#include <QPainter>
#include <QtCharts/QScatterSeries>
#include <cmath>

#include "core/evidence/calibrate.h"
#include "ui/charts/evidence_chart.h"
#include "ui/charts/marker.h"
#include "ui/charts/plot_view.h"
#include "ui/languages/language.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

constexpr std::array<const char*, 5> kFamilyNames{QT_TRANSLATE_NOOP("headroom::ui::EvidenceChart", "vLLM"),
                                                  QT_TRANSLATE_NOOP("headroom::ui::EvidenceChart", "SGLang"),
                                                  QT_TRANSLATE_NOOP("headroom::ui::EvidenceChart", "llama.cpp"),
                                                  QT_TRANSLATE_NOOP("headroom::ui::EvidenceChart", "Transformers"),
                                                  QT_TRANSLATE_NOOP("headroom::ui::EvidenceChart", "training")};

// "0.01", "1", "100"; from a thousand on in k, M, G.
QString decadeText(int decade) {
  if (decade < 0) return localNumber(std::pow(10.0, decade), 'f', -decade);
  constexpr std::array<const char*, 5> kSuffix{"", "k", "M", "G", "T"};
  const int thousands = std::min(decade / 3, 4);
  return QString::number(static_cast<qint64>(std::llround(std::pow(10.0, decade - 3 * thousands)))) +
         QLatin1String(kSuffix[static_cast<std::size_t>(thousands)]);
}

}  // namespace

QString EvidenceChart::tickText(int decade) const {
  // Thousands of GiB read better in full.
  const bool memory = divisor() > 1 && decade >= 3 && decade < 6;
  return memory ? grouped(std::llround(std::pow(10.0, decade))) : decadeText(decade);
}

QString EvidenceChart::axisUnit() const {
  if (divisor() > 1) return QLatin1String(unitName(snapshot().unit));
  if (filter_.figure == "kv_tokens") return tr("tokens");
  return filter_.figure == "trainable_parameters" ? tr("parameters") : tr("bytes");
}

void EvidenceChart::paintUnder(QPainter& painter) const {
  const QRectF plot = plotRect();
  const QFontMetricsF metrics(font());
  painter.setFont(font());
  const double span = high_ - low_;
  double widest = 0;
  for (int d = low_; d <= high_; ++d) widest = std::max(widest, metrics.horizontalAdvance(tickText(d)));
  // Labels below keep apart; the last one always stands.
  const int every = std::max(1, static_cast<int>(std::ceil((widest + 8) * span / plot.width())));
  for (int d = low_; d <= high_; ++d) {
    const double x = plot.left() + (d - low_) / span * plot.width();
    const double y = plot.bottom() - (d - low_) / span * plot.height();
    painter.setPen(QPen(theme().line, 1));
    painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
    painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    painter.setPen(theme().quietText);
    const QString text = tickText(d);
    painter.drawText(QRectF(plot.left() - 8 - 80, y - metrics.height() / 2, 80, metrics.height()),
                     Qt::AlignRight | Qt::AlignVCenter, text);
    if ((high_ - d) % every == 0)
      painter.drawText(QRectF(x - 40, plot.bottom() + 6, 80, metrics.height()), Qt::AlignHCenter | Qt::AlignTop, text);
  }
  painter.drawText(QRectF(plot.left(), plot.bottom() + 6 + 1.15 * metrics.height(), plot.width(), metrics.height()),
                   Qt::AlignCenter, tr("measured, %1").arg(axisUnit()));
  painter.save();
  painter.translate(1.0, plot.center().y());
  painter.rotate(-90);
  painter.drawText(QRectF(-plot.height() / 2, 0, plot.height(), metrics.height()), Qt::AlignCenter,
                   tr("predicted, %1").arg(axisUnit()));
  painter.restore();
}

void EvidenceChart::paintOver(QPainter& painter) const {
  painter.setFont(font());
  paintLegend(painter);
  if (!evidence_ || drawn_.empty()) {
    painter.setPen(theme().quietText);
    painter.drawText(plotRect(), Qt::AlignCenter,
                     evidence_ ? tr("No run printed such a figure.") : tr("Predicting the runs …"));
    return;
  }
  const QRectF plot = plotRect();
  const QFontMetricsF metrics(font());
  painter.setPen(theme().quietText);
  painter.drawText(QRectF(plot.left(), plot.bottom() - 1.4 * metrics.height(), plot.width() - 6, metrics.height()),
                   Qt::AlignRight | Qt::AlignVCenter, tr("line: equal · dashed: ±10 %"));
  if (!selected_ || std::ranges::find(drawn_, *selected_) == drawn_.end()) return;
  const QPointF centre = positionOf(*selected_);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(theme().card, 5));
  painter.drawEllipse(centre, 9, 9);
  painter.setPen(QPen(theme().text, 2));
  painter.drawEllipse(centre, 9, 9);
}

void EvidenceChart::paintLegend(QPainter& painter) const {
  const QRectF plot = plotRect();
  const QFontMetricsF metrics(font());
  const double left = width() < kWideLegend ? 4.0 : plot.left();
  double x = left, y = 0.9 * metrics.height();
  const auto place = [&](const QString& text) {
    if (x > left && x + 15 + metrics.horizontalAdvance(text) > width() - 4) x = left, y += 1.35 * metrics.height();
  };
  const auto word = [&](const QString& text) {
    painter.setPen(theme().text);
    painter.drawText(QPointF(x + 15, y + metrics.ascent() / 2 - 1), text);
    x += 15 + metrics.horizontalAdvance(text) + 16;
  };
  for (std::size_t f = 0; f < kFamilies; ++f) {
    if (series_[f][0]->count() + series_[f][1]->count() == 0) continue;
    place(tr(kFamilyNames[f]));
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().quietText);
    paintMarker(painter, f, {x + 5, y}, 9);
    word(tr(kFamilyNames[f]));
  }
  x = left;
  y += 1.35 * metrics.height();
  for (const bool inside : {true, false}) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(inside ? theme().accent : theme().tight);
    painter.drawRoundedRect(QRectF(x, y - 5, 10, 10), 3, 3);
    word(inside ? tr("inside the stated band") : tr("outside"));
  }
}

}  // namespace headroom::ui
