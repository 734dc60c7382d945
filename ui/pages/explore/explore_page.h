// ExplorePage: one configuration on one kind of device: the verdict, where the memory goes, and what would change it.
#pragma once

#include <QScrollArea>

#include "ui/pages/page.h"

class QStackedWidget;
class QPushButton;
class QLabel;

namespace headroom::ui {

class AdviceList;
class BreakdownChart;
class CalibrationChip;
class Chart;
class ComponentTable;
class ContextChart;
class Document;
class ExplainPanel;
class FitBanner;
class MemoryBar;
class Segmented;
class SensitivityStrip;
class StepChart;

class ExplorePage : public QScrollArea, public DocumentPage {
  Q_OBJECT

 public:
  explicit ExplorePage(Document& document, QWidget* parent = nullptr);

  void render(const Snapshot& snapshot) override;

  FitBanner* banner() const { return banner_; }
  CalibrationChip* calibration() const { return calibration_; }
  MemoryBar* bar() const { return bar_; }
  BreakdownChart* breakdown() const { return breakdown_; }
  ContextChart* contextChart() const { return context_; }
  StepChart* stepChart() const { return step_; }
  ComponentTable* table() const { return table_; }
  SensitivityStrip* strip() const { return strip_; }
  AdviceList* advice() const { return advice_; }
  ExplainPanel* explanation() const { return explanation_; }
  // Opens a component's explanation in place of the context chart; closes it again with nothing.
  void explain(std::optional<ComponentId> id);

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void connectViews();
  // Training shows the step's moments, or the context plot where that was chosen.
  void showPlot();

  Document& document_;
  FitBanner* banner_;
  CalibrationChip* calibration_;
  MemoryBar* bar_;
  BreakdownChart* breakdown_;
  ContextChart* context_;
  StepChart* step_;
  Segmented* plotChoice_;
  QStackedWidget* plots_;
  QStackedWidget* right_;
  ExplainPanel* explanation_;
  QPushButton* closeExplanation_;
  ComponentTable* table_;
  SensitivityStrip* strip_;
  AdviceList* advice_;
  QLabel* notes_;
};

}  // namespace headroom::ui
