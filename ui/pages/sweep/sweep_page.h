// SweepPage: what the scenario comes to over the values of a field, and over every pair of two: lines beside a map. A
// click on either sets the scenario to what is there.
#pragma once

#include <QScrollArea>

#include "ui/document/background.h"
#include "ui/document/work.h"
#include "ui/languages/language.h"
#include "ui/pages/page.h"
#include "ui/pages/sweep/sweep_pictures.h"

class QBoxLayout;
class QComboBox;

namespace headroom::ui {

class Document;
class ElidedLabel;
class MapChart;
class RangeRow;
class SweepChart;

class SweepPage : public QScrollArea, public DocumentPage {
  Q_OBJECT

 public:
  explicit SweepPage(Document& document, QWidget* parent = nullptr);

  void render(const Snapshot& snapshot) override;
  QString chartName(ChartView view) const override;
  void prepare(Chart& chart) const override;
  // The sweep and the map below one another.
  QString text(const Snapshot& snapshot, ReportFormat format) const override;
  SweepChart* chart() const { return chart_; }
  MapChart* map() const { return map_; }
  bool busy() const { return waiting_ || sweeping_.busy() || mapping_.busy(); }

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void showEvent(QShowEvent* event) override;

 private:
  QWidget* buildSweep();
  QWidget* buildMap();
  void ask();
  void pick(std::size_t line, std::size_t value);
  void pickCell(std::size_t across, std::size_t down);

  Document& document_;
  QBoxLayout* halves_;
  QComboBox* figure_;
  RangeRow *along_, *series_, *across_, *down_;
  SweepChart* chart_;
  MapChart* map_;
  ElidedLabel* mapNote_;
  std::optional<Work> work_;  // what was asked last
  SweepQuestion question_;
  QString language_ = currentLanguage();  // of the words it holds    // of it
  bool waiting_ = true;
  Background sweeping_, mapping_;  // last: they end before what they write to
};

}  // namespace headroom::ui
