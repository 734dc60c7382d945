// PlanPage: how the scenario could be laid out over a fleet: the layouts that nothing beats at once in memory, devices,
// recomputation and communication; each opens as a scenario of the document.
#pragma once

#include <QScrollArea>

#include "core/report/estimate_report.h"
#include "ui/document/background.h"
#include "ui/pages/page.h"
#include "ui/pages/plan/plan_search.h"

class QBoxLayout;
class QLabel;
class QPushButton;

namespace headroom::ui {

class Document;
class ElidedLabel;
class PlanChart;
class PickerField;
class SheetView;
class ValueEntry;

class PlanPage : public QScrollArea, public DocumentPage {
  Q_OBJECT

 public:
  explicit PlanPage(Document& document, QWidget* parent = nullptr);

  void render(const Snapshot& snapshot) override;
  QString chartName(ChartView view) const override;
  void prepare(Chart& chart) const override;
  QString text(const Snapshot& snapshot, ReportFormat format) const override;
  SheetView* table() const { return table_; }
  PlanChart* chart() const { return chart_; }
  const Plan& plan() const { return plan_; }
  bool busy() const { return waiting_ || work_.busy(); }

 Q_SIGNALS:
  // A layout became a scenario of the document.
  void layoutOpened();

 protected:
  void showEvent(QShowEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  QWidget* buildQuestion();
  QWidget* buildFleet();
  void ask();
  void showPlan();
  void openLayout(std::size_t row);

  Document& document_;
  ValueEntry *count_, *batch_;
  QLabel* batchLabel_;
  PickerField* accelerator_;
  std::vector<QPushButton*> parts_;
  QPushButton* larger_;  // the fleet that would do
  ElidedLabel *question_, *answer_, *note_;
  QLabel* left_;
  QWidget* result_;
  QBoxLayout* halves_;
  PlanChart* chart_;
  SheetView* table_;
  std::optional<Scenario> asked_;  // what was asked last, with its axes
  PlanAsked how_;
  Scenario scenario_;  // what the plan is of
  PlanAxes axes_;
  Plan plan_;
  std::int64_t enough_ = 0;  // devices of the fleet that would do where this one does not
  bool waiting_ = true;
  Background work_;  // last: it ends before what it writes to
};

}  // namespace headroom::ui
