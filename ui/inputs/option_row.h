// OptionRow: one finer setting on one line: its name and a list, a field or a switch.
#pragma once

#include <QLabel>
#include <QWidget>
#include <vector>

#include "ui/inputs/option.h"
#include "ui/inputs/quiet_controls.h"
#include "ui/inputs/value_entry.h"

namespace headroom::ui {

class Document;

class OptionRow : public QWidget {
  Q_OBJECT

 public:
  OptionRow(const Option& option, Document& document, QWidget* parent = nullptr);

  const Option& option() const { return option_; }
  // Shows the scenario's value; hides the row where it does not apply or is not looked for.
  void render(const Snapshot& snapshot, bool wanted = true);
  // What takes the keyboard.
  QWidget* control() const;

 protected:
  // A tip ends with the default and its reason, which are worked out when somebody asks.
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  QString take(const QString& value);
  void renderChoice(const Snapshot& snapshot);
  void renderSaving(const Snapshot& snapshot);

  const Option& option_;
  Document& document_;
  QuietCombo* combo_ = nullptr;
  ValueEntry* entry_ = nullptr;
  Switch* check_ = nullptr;
  QLabel* reason_ = nullptr;
  QLabel* saving_ = nullptr;  // what flipping it saves
  std::vector<OptionChoice> shown_;
};

}  // namespace headroom::ui
