// LogDialog: a server's log beside the prediction for the scenario, and the calibration that follows from it. A log
// comes as a file, by drag and drop or by pasting its text.
#pragma once

#include <QDialog>
#include <optional>

#include "core/evidence/calibrate.h"
#include "ui/document/document.h"

class QLabel;
class QPushButton;
class QTableWidget;

namespace headroom::ui {

class FileDialogs;

class LogDialog : public QDialog {
  Q_OBJECT

 public:
  LogDialog(Document& document, FileDialogs& dialogs, QWidget* parent = nullptr);

  // Both show what is wrong in the dialog as well. name: what the log is called; empty for pasted text.
  Result<void> openFile(const QString& path);
  Result<void> show(const std::string& log, const QString& name);
  // The reading shown; nothing before there is one.
  const std::optional<LogReading>& reading() const { return reading_; }

 Q_SIGNALS:
  // The scenario was calibrated from it.
  void calibrated();

 protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  QWidget* buildHead();
  void buildTable();
  void paste();
  void fail(const Error& error);
  void fill();
  void calibrate();
  // The scenario as the log's run would have it: its engine, and its version where the scenario names none.
  Scenario asLogged() const;

  Document& document_;
  FileDialogs& dialogs_;
  QString name_;
  std::optional<LogReading> reading_;
  QLabel *found_, *missing_, *advice_;
  QTableWidget* table_;
  QPushButton* calibrate_;
};

}  // namespace headroom::ui
