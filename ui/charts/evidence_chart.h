// EvidenceChart: what was predicted against what real runs printed, both logarithmic, with the line of agreement and
// guides ten per cent to either side. Not about the scenario: it shows the same for any.
#pragma once

#include <array>
#include <optional>

#include "ui/charts/plotted_chart.h"
#include "ui/document/evidence_filter.h"

class QLineSeries;
class QScatterSeries;
class QValueAxis;

namespace headroom::ui {

class EvidenceChart : public PlottedChart {
  Q_OBJECT

 public:
  explicit EvidenceChart(QWidget* parent = nullptr);

  // What to show; without it the bundled runs, predicted on the spot (exports) unless the chart is told to wait.
  void show(EvidencePtr evidence, const EvidenceFilter& filter);
  using QWidget::show;
  void waitForEvidence() { waiting_ = true; }
  // Rings one of the evidence's errors; nothing rings none.
  void setSelected(std::optional<std::size_t> error);

  QString title() const override { return tr("Predicted against measured"); }
  QString subject() const override;
  QSize minimumSizeHint() const override { return {320, 280}; }
  QSize sizeHint() const override { return {520, 420}; }

  // The evidence's errors that are drawn: in bytes, unless the filter asks for a count.
  const std::vector<std::size_t>& drawn() const { return drawn_; }
  QPointF positionOf(std::size_t error) const;

 Q_SIGNALS:
  void errorActivated(std::size_t error);

 protected:
  void applySnapshot() override;
  void updateLayout() override;
  void paintUnder(QPainter& painter) const override;
  void paintOver(QPainter& painter) const override;
  void hoverAt(const QPointF& position, const QPoint& global) override;
  void pressAt(const QPointF& at) override;
  void applyTheme() override;

 private:
  // vLLM, SGLang, llama.cpp, Transformers, training; inside and outside the stated band.
  static constexpr std::size_t kFamilies = 5;
  static constexpr int kWideLegend = 480;  // below it the legend takes a third row
  static std::size_t familyOf(const std::string& group);

  const PredictionError& at(std::size_t error) const { return evidence_->errors[error]; }
  double divisor() const;
  QPointF valueOf(const PredictionError& e) const;
  void updateSeries();
  void styleSeries();
  std::optional<std::size_t> nearest(const QPointF& position) const;
  QString tickText(int decade) const;
  QString axisUnit() const;

  void paintLegend(QPainter& painter) const;

  QValueAxis *measured_, *predicted_;
  std::array<QLineSeries*, 3> guides_{};
  std::array<std::array<QScatterSeries*, 2>, kFamilies> series_{};  // by family; [1] inside the band
  EvidencePtr evidence_;
  EvidenceFilter filter_;
  std::vector<std::size_t> drawn_;
  std::optional<std::size_t> selected_;
  bool waiting_ = false;
  int low_ = -1, high_ = 2;  // decades of the unit
};

}  // namespace headroom::ui
