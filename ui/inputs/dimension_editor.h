// DimensionEditor: what-if on the model's dimensions: one field for each it has, and the way back to the original.
#pragma once

#include <QLabel>
#include <QPushButton>
#include <QWidget>
#include <vector>

#include "core/base/result.h"
#include "core/formats/config/edited_model.h"
#include "ui/document/snapshot.h"
#include "ui/inputs/quiet_controls.h"
#include "ui/inputs/value_entry.h"

class QGridLayout;

namespace headroom::ui {

class Document;

class DimensionEditor : public QWidget {
  Q_OBJECT

 public:
  explicit DimensionEditor(Document& document, QWidget* parent = nullptr);

  void render(const Snapshot& snapshot);
  QPushButton* backButton() const { return back_; }

 Q_SIGNALS:
  // The original could not be brought back.
  void failed(const headroom::Error& error);

 private:
  struct Row {
    Dimension dimension{};
    QLabel* label = nullptr;
    ValueEntry* entry = nullptr;  // or
    Switch* toggle = nullptr;
  };
  void addRow(Dimension dimension);
  QString commit(Dimension dimension, const QString& text);
  void show(const Row& row, const EditableDimension* dimension);

  Document& document_;
  QGridLayout* grid_;
  std::vector<Row> rows_;
  QPushButton* back_;
  std::shared_ptr<const Model> shown_;
};

}  // namespace headroom::ui
