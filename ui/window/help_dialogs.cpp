#include "ui/window/help_dialogs.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QLabel>
#include <QMainWindow>
#include <QMenuBar>
#include <QTextBrowser>
#include <QVBoxLayout>

#include "core/hardware/accelerator.h"
#include "core/sources/catalogue.h"

namespace headroom::ui {
namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("Help", text);
}

void showText(QMainWindow* window, const QString& name, const QString& title, const QString& html) {
  auto* dialog = new QDialog(window);
  dialog->setObjectName(name);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(title);
  auto* text = new QTextBrowser(dialog);
  text->setProperty("sheet", true);
  text->setOpenExternalLinks(true);
  text->setHtml(html);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
  QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);
  auto* column = new QVBoxLayout(dialog);
  column->setContentsMargins(24, 24, 24, 16);
  column->addWidget(text);
  column->addWidget(buttons);
  dialog->resize(520, 480);
  dialog->open();
}

void listActions(const QMenu* menu, QString& html) {
  for (const QAction* action : menu->actions()) {
    if (action->menu() != nullptr) listActions(action->menu(), html);
    if (action->shortcut().isEmpty()) continue;
    html += QStringLiteral("<tr><td style='padding:3px 24px 3px 0'>%1</td><td><b>%2</b></td></tr>")
                .arg(QString(action->text()).remove(QLatin1Char('&')).toHtmlEscaped(),
                     action->shortcut().toString(QKeySequence::NativeText).toHtmlEscaped());
  }
}

}  // namespace

void showShortcuts(QMainWindow* window) {
  QString html = QStringLiteral("<table>");
  for (const QAction* top : window->menuBar()->actions())
    if (top->menu() != nullptr) listActions(top->menu(), html);
  html +=
      QStringLiteral("</table><p>%1</p>")
          .arg(tr(
              "On a slider: arrows move one stop, Page Up and Page Down two, Home and End go to the ends. In a field: "
              "Enter takes the value, Esc gives it back, Up and Down go to the next stop. Alt with an underlined "
              "letter "
              "goes to a field."));
  showText(window, QStringLiteral("shortcutsDialog"), tr("Keyboard shortcuts"), html);
}

void showAbout(QMainWindow* window) {
  const QString html = QStringLiteral("<h2>Headroom %1</h2><p>%2</p><p>%3</p><p>%4</p>")
                           .arg(QString::fromLatin1(HEADROOM_VERSION),
                                tr("How much accelerator memory a transformer language model needs, byte by byte, with "
                                   "the reason for every byte."),
                                tr("%1 models and %2 accelerators are built in; nothing is sent anywhere.")
                                    .arg(modelCatalogue().size())
                                    .arg(accelerators().size()),
                                tr("Free software under the GNU General Public License, version 3 or later; it uses Qt "
                                   "%1 and Qt Charts (GPL 3).")
                                    .arg(QString::fromLatin1(qVersion())));
  showText(window, QStringLiteral("aboutDialog"), tr("About Headroom"), html);
}

}  // namespace headroom::ui
