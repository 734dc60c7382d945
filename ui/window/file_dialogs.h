// FileDialogs: the questions the window asks in dialogs of their own. An interface, so that tests can answer.
#pragma once

#include <QString>

class QWidget;

namespace headroom::ui {

class FileDialogs {
 public:
  enum class Unsaved { save, discard, cancel };

  enum class Changed { overwrite, save_as, cancel };

  virtual ~FileDialogs() = default;
  // A path, or nothing where the user cancelled. `filter` as in QFileDialog.
  virtual QString openFile(QWidget* parent, const QString& title, const QString& folder, const QString& filter);
  virtual QString openFolder(QWidget* parent, const QString& title, const QString& folder);
  virtual QString saveFile(QWidget* parent, const QString& title, const QString& suggestion, const QString& filter);
  virtual Unsaved askUnsaved(QWidget* parent, const QString& name);
  // What to do where another program changed the file that is to be saved.
  virtual Changed askChanged(QWidget* parent, const QString& name);
};

}  // namespace headroom::ui
