// EngineOptionsTable: options of the engine by its own names: those that are asked for, each with its value, and a
// picker of all that are known, which says what becomes of each.
#pragma once

#include <QLabel>
#include <QVBoxLayout>
#include <QWidget>
#include <vector>

#include "ui/document/snapshot.h"
#include "ui/inputs/picker_field.h"
#include "ui/inputs/value_entry.h"

namespace headroom::ui {

class Document;

class EngineOptionsTable : public QWidget {
  Q_OBJECT

 public:
  explicit EngineOptionsTable(Document& document, QWidget* parent = nullptr);

  void render(const Snapshot& snapshot);
  PickerField* picker() const { return picker_; }

 private:
  struct Line {
    QWidget* row;
    ValueEntry* entry;
    QWidget* remove;
  };
  void addLine(const QString& name);
  void choose(const QString& name);
  QString take(const QString& name, const QString& value);
  void list(const Snapshot& snapshot);

  Document& document_;
  QVBoxLayout* lines_;
  PickerField* picker_;
  QLabel* problem_;
  QStringList shown_;  // names of the lines
  QString waiting_;    // chosen and without a value yet
  std::vector<Line> rows_;
};

}  // namespace headroom::ui
