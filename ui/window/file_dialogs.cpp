#include "ui/window/file_dialogs.h"

#include <QFileDialog>
#include <QMessageBox>

namespace headroom::ui {

QString FileDialogs::openFile(QWidget* parent, const QString& title, const QString& folder, const QString& filter) {
  return QFileDialog::getOpenFileName(parent, title, folder, filter);
}

QString FileDialogs::openFolder(QWidget* parent, const QString& title, const QString& folder) {
  return QFileDialog::getExistingDirectory(parent, title, folder);
}

QString FileDialogs::saveFile(QWidget* parent, const QString& title, const QString& suggestion, const QString& filter) {
  return QFileDialog::getSaveFileName(parent, title, suggestion, filter);
}

FileDialogs::Unsaved FileDialogs::askUnsaved(QWidget* parent, const QString& name) {
  QMessageBox box(QMessageBox::Question, QMessageBox::tr("Unsaved changes"),
                  QMessageBox::tr("Save the changes to “%1”?").arg(name),
                  QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, parent);
  box.setTextFormat(Qt::PlainText);
  box.setDefaultButton(QMessageBox::Save);
  switch (box.exec()) {
    case QMessageBox::Save:
      return Unsaved::save;
    case QMessageBox::Discard:
      return Unsaved::discard;
    default:
      return Unsaved::cancel;
  }
}

}  // namespace headroom::ui
