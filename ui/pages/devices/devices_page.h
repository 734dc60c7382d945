// DevicesPage: which device runs the scenario: every accelerator with the least number that fits, in the order of any
// column, narrowed down to those of interest; those that are pinned stand side by side in a chart.
#pragma once

#include <QScrollArea>
#include <QVariant>
#include <functional>
#include <vector>

#include "ui/pages/devices/devices_search.h"
#include "ui/pages/page.h"

class QBoxLayout;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace headroom::ui {

class CompareChart;
class Document;
class ElidedLabel;
class PinStrip;
class SheetView;
class ValueEntry;

class DevicesPage : public QScrollArea, public DocumentPage {
  Q_OBJECT

 public:
  explicit DevicesPage(Document& document, DetectionPlaces places, QWidget* parent = nullptr);

  void render(const Snapshot& snapshot) override;
  QString chartName(ChartView view) const override;
  QString text(const Snapshot& snapshot, ReportFormat format) const override;
  CompareChart* chart() const { return chart_; }
  SheetView* table() const { return table_; }
  const DevicesSearch& search() const { return search_; }
  // The rows as shown, for an export.
  std::vector<DeviceAnswer> shown() const;

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void showEvent(QShowEvent* event) override;

 private:
  QWidget* buildQuestion();
  QWidget* buildFilters();
  QPushButton* chip(const char* name, const QString& text, const QString& tip, bool DevicesFilter::*flag);
  struct Choices {
    const char* name;
    QString any;  // its first entry
    std::function<QVariant(const DevicesFilter&)> chosen;
    std::function<void(DevicesFilter&, const QVariant&)> choose;
  };
  QComboBox* list(Choices choices);
  const DevicesFilter& filter() const;
  void filter(const std::function<void(DevicesFilter&)>& change);
  void renderFilter();
  void ask();
  void showFound();
  void enter(std::size_t source, int column, const QString& text);
  void put(const DeviceAnswer& answer);

  Document& document_;
  DevicesSearch search_;
  QBoxLayout* halves_;
  ElidedLabel *question_, *here_;
  QLabel* answer_;
  ValueEntry *users_, *context_;
  QLabel *usersLabel_, *contextLabel_;
  QLineEdit* words_;
  std::vector<std::pair<QComboBox*, std::function<QVariant(const DevicesFilter&)>>> lists_;
  std::vector<std::pair<QPushButton*, bool DevicesFilter::*>> chips_;
  SheetView* table_;
  PinStrip* pins_;
  CompareChart* chart_;
  std::vector<DeviceAnswer> rows_;  // of the table, in the order of its sheet
  bool waiting_ = true;             // something changed while nobody looked
};

}  // namespace headroom::ui
