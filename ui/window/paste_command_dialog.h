// PasteCommandDialog: a server's command or an Ollama Modelfile, what it would change shown while it is typed, applied
// as one step to undo.
#pragma once

#include <QDialog>
#include <optional>

#include "core/readers/commands/launch_command.h"
#include "ui/document/document.h"

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace headroom::ui {

class PasteCommandDialog : public QDialog {
  Q_OBJECT

 public:
  explicit PasteCommandDialog(Document& document, QWidget* parent = nullptr);

  void setCommand(const QString& text);
  // Applies what the text says; false where it says nothing.
  bool apply();

 Q_SIGNALS:
  // After it was applied: what was not understood, one a line; empty for nothing.
  void applied(const QString& ignored);

 private:
  void read();

  Document& document_;
  QPlainTextEdit* command_;
  QLabel *changes_, *ignored_;
  QPushButton* apply_;
  std::optional<PastedCommand> pasted_;
};

// "Context 8192 → 16000" for every field that differs.
QStringList changedFields(const Scenario& before, const Scenario& after);

}  // namespace headroom::ui
