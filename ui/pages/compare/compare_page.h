// ComparePage: the document's scenarios beside each other: stacked bars on one axis, any component against the context
// in one plot, and a table of what differs.
#pragma once

#include <QScrollArea>

#include "ui/pages/page.h"

class QBoxLayout;
class QComboBox;
class QLabel;
class QPushButton;

namespace headroom::ui {

class CompareChart;
class Document;
class ScenarioPlot;
class SheetView;

class ComparePage : public QScrollArea, public DocumentPage {
  Q_OBJECT

 public:
  explicit ComparePage(Document& document, QWidget* parent = nullptr);

  void render(const Snapshot& snapshot) override;
  QString chartName(ChartView view) const override;
  void prepare(Chart& chart) const override;
  QString text(const Snapshot& snapshot, ReportFormat format) const override;
  CompareChart* chart() const { return chart_; }
  ScenarioPlot* plot() const { return plot_; }
  SheetView* table() const { return view_; }

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void renderBaseline(const Snapshot& snapshot);
  void arrange();

  Document& document_;
  QBoxLayout* halves_ = nullptr;
  std::size_t scenarios_ = 1;
  QLabel* hint_;
  QPushButton* add_;
  QComboBox *component_, *baseline_;
  CompareChart* chart_;
  ScenarioPlot* plot_;
  SheetView* view_;
};

}  // namespace headroom::ui
