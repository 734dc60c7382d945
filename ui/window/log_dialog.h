// LogDialog: the log of a server or a training run, or a snapshot of PyTorch's memory, beside the prediction for the
// scenario, and the calibration that follows from a server's. It comes as a file, by drag and drop or by pasting text.
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

  // What is wrong is shown in the dialog. name: what the log is called; empty for pasted text. A long one is read off
  // this thread.
  void openFile(const QString& path);
  void openText(const QString& log);
  using QDialog::show;
  void show(LogReading log, const QString& name);
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
  void take(Result<LogReading> log, const QString& name);
  void fill();
  QStringList adviceOn(bool stands, bool likely) const;
  void calibrate();
  // The scenario as the log's run would have it: its engine, and its version where the scenario names none.
  Scenario asLogged() const;

  Document& document_;
  FileDialogs& dialogs_;
  QString name_;
  std::optional<LogReading> reading_;
  QLabel *found_, *missing_, *notes_, *advice_;
  QTableWidget* table_;
  QPushButton* calibrate_;
};

}  // namespace headroom::ui
