// DevicesPage: the same scenario on several accelerators side by side, as a chart and as a table.
#pragma once

#include <QScrollArea>
#include <QTableView>

#include "ui/document/snapshot.h"
#include "ui/inputs/picker_field.h"
#include "ui/pages/devices/devices_model.h"

class QLabel;

namespace headroom::ui {

class CompareChart;
class Document;

class DevicesPage : public QScrollArea {
  Q_OBJECT

 public:
  explicit DevicesPage(Document& document, QWidget* parent = nullptr);

  void render(const Snapshot& snapshot);
  CompareChart* chart() const { return chart_; }
  DevicesModel* devices() const { return model_; }

 private:
  void add(const QString& id);
  void removeRow(int row);

  Document& document_;
  QLabel* question_;
  PickerField* picker_;
  CompareChart* chart_;
  QTableView* table_;
  DevicesModel* model_;
};

}  // namespace headroom::ui
