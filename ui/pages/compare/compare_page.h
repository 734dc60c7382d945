// ComparePage: the document's scenarios beside each other: stacked bars on one axis, any component against the context
// in one plot, and a table of what differs.
#pragma once

#include <QScrollArea>

#include "ui/document/snapshot.h"

class QComboBox;
class QLabel;
class QPushButton;
class QTableView;

namespace headroom::ui {

class CompareChart;
class CompareModel;
class Document;
class ScenarioPlot;

class ComparePage : public QScrollArea {
  Q_OBJECT

 public:
  explicit ComparePage(Document& document, QWidget* parent = nullptr);

  void render(const Snapshot& snapshot);
  CompareChart* chart() const { return chart_; }
  ScenarioPlot* plot() const { return plot_; }
  CompareModel* table() const { return model_; }

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void renderBaseline(const Snapshot& snapshot);
  void fitTable();

  Document& document_;
  QLabel* hint_;
  QPushButton* add_;
  QComboBox *component_, *baseline_;
  CompareChart* chart_;
  ScenarioPlot* plot_;
  QTableView* view_;
  CompareModel* model_;
};

}  // namespace headroom::ui
