#include "ui/window/file_dialogs.h"

#include <QFileDialog>
#include <QMessageBox>
#include <QPushButton>

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
                  QMessageBox::tr("Save the changes to “%1”?").arg(name), QMessageBox::NoButton, parent);
  box.setTextFormat(Qt::PlainText);
  // Own words: the platform's ("Close without Saving") may have no key, or another one.
  QPushButton* save = box.addButton(QMessageBox::tr("&Save"), QMessageBox::AcceptRole);
  const QAbstractButton* discard = box.addButton(QMessageBox::tr("&Discard"), QMessageBox::DestructiveRole);
  QPushButton* cancel = box.addButton(QMessageBox::tr("&Cancel"), QMessageBox::RejectRole);
  box.setDefaultButton(save);
  box.setEscapeButton(cancel);
  box.exec();
  if (box.clickedButton() == save) return Unsaved::save;
  return box.clickedButton() == discard ? Unsaved::discard : Unsaved::cancel;
}

FileDialogs::Changed FileDialogs::askChanged(QWidget* parent, const QString& name) {
  QMessageBox box(
      QMessageBox::Warning, QMessageBox::tr("The file was changed"),
      QMessageBox::tr("Another program changed “%1” since it was read. Saving replaces what it wrote.").arg(name),
      QMessageBox::Cancel, parent);
  box.setTextFormat(Qt::PlainText);
  const QAbstractButton* other = box.addButton(QMessageBox::tr("Save as…"), QMessageBox::AcceptRole);
  const QAbstractButton* overwrite = box.addButton(QMessageBox::tr("Replace it"), QMessageBox::DestructiveRole);
  box.setDefaultButton(QMessageBox::Cancel);
  box.exec();
  if (box.clickedButton() == overwrite) return Changed::overwrite;
  return box.clickedButton() == other ? Changed::save_as : Changed::cancel;
}

}  // namespace headroom::ui
