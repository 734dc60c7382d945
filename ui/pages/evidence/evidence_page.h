// EvidencePage: how good the numbers are: real runs against what is predicted for them, by engine and figure, down to
// each run and its source.
#pragma once

#include <QScrollArea>
#include <optional>

#include "core/report/text_table.h"
#include "ui/document/evidence_filter.h"
#include "ui/pages/page.h"

class QLabel;
class QProgressBar;
class QStackedWidget;
class QTableView;

namespace headroom::ui {

class Document;
class EvidenceChart;
class FigureModel;
class QuietCombo;
class RunCard;
class RunModel;
class Segmented;

class EvidencePage : public QScrollArea, public DocumentPage {
  Q_OBJECT

 public:
  explicit EvidencePage(Document& document, QWidget* parent = nullptr);

  void render(const Snapshot& snapshot) override;
  QString chartName(ChartView view) const override;
  void prepare(Chart& chart) const override;
  // The table that is shown; as CSV every run's error in bytes.
  QString text(const Snapshot& snapshot, ReportFormat format) const override;
  EvidenceChart* chart() const { return chart_; }
  EvidenceStore& store() { return store_; }
  RunCard* card() const { return card_; }
  FigureModel* figures() const { return figures_; }
  RunModel* runs() const { return runs_; }

  void setFilter(const EvidenceFilter& filter);
  const EvidenceFilter& filter() const { return filter_; }
  // Shows one of the evidence's errors in chart, table and card.
  void select(std::optional<std::size_t> error);
  std::optional<std::size_t> selected() const { return selected_; }

 Q_SIGNALS:
  // The scenario was set to a run's.
  void runOpened();

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  QWidget* buildHead();
  QWidget* buildTables();
  void fillChoices();
  void refresh();
  void openRun(const Scenario& scenario);
  TextTable tableShown() const;
  std::string errorsAsCsv() const;

  Document& document_;
  EvidenceStore store_;
  EvidenceFilter filter_;
  std::optional<std::size_t> selected_;
  bool selecting_ = false;  // the tables follow, nobody clicked them
  ByteUnit unit_ = ByteUnit::gib;
  QuietCombo *group_, *figure_;
  Segmented *quality_, *which_;
  QLabel* status_;
  QProgressBar* progress_;
  EvidenceChart* chart_;
  RunCard* card_;
  QStackedWidget* tables_;
  QTableView *figureTable_, *runTable_;
  FigureModel* figures_;
  RunModel* runs_;
};

}  // namespace headroom::ui
