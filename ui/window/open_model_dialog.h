// OpenModelDialog: one field that takes whatever says which model is meant: a file, a folder, a hub id, the address of
// a model page, or a configuration as text. It says in words what it was given, reads it off the window's thread, and
// stays open with the reason where that fails. A scenario whose model is the hub's is read here too.
#pragma once

#include <QDialog>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>

#include "core/base/format.h"
#include "core/formats/config/edited_model.h"
#include "core/open/model_input.h"
#include "ui/document/model_reader.h"

namespace headroom::ui {

class FileDialogs;

class OpenModelDialog : public QDialog {
  Q_OBJECT

 public:
  // `hub` says where and how the hub is asked.
  OpenModelDialog(std::function<HubOptions()> hub, FileDialogs& dialogs, QWidget* parent);

  // Shows the dialog with a text in its field; `folder` is where browsing begins.
  void ask(const QString& text, const QString& folder, ByteUnit unit);
  // Shows the dialog reading what `shown` names by `work`, off this thread. `done` takes the result and says whether it
  // is content with it; the dialog stays open with the reason where it is not.
  void readScenario(const QString& shown, ByteUnit unit, std::function<Result<Scenario>(const HubOptions&)> work,
                    std::function<bool(const Result<Scenario>&)> done);
  QString recognised() const { return kind_->text(); }
  QString status() const { return status_->text(); }
  bool isReading() const { return reader_.isReading(); }

  void reject() override;  // cancels a reading first; closes where there is none

 Q_SIGNALS:
  void opened(const headroom::NamedModel& model);
  void scenarioChosen(const QString& path);
  // A text that is no model but that the one reader knows: a command, a recipe, a scenario.
  void textGiven(const QString& text);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void build();
  void recognise();
  void browse(bool folder);
  void openGiven();
  void showProgress(const HubProgress& progress);
  void finish(const ModelReference& reference, const Result<ModelReader::Model>& model);
  void sayReading(bool hub);
  void sayProblem(const Error& error);
  void say(const QString& text, bool problem);
  void setReading(bool reading);

  std::function<HubOptions()> hub_;
  FileDialogs& dialogs_;
  ModelReader reader_;
  ModelInput input_;
  QString other_;  // what the text is that is no model: "vllm command"; empty where it is one, or nothing
  QString folder_;
  ByteUnit unit_ = ByteUnit::gib;
  QPlainTextEdit* field_;
  QLabel *kind_, *status_;
  QProgressBar* bar_;
  QPushButton *file_, *folderButton_, *open_, *cancel_;
};

}  // namespace headroom::ui
