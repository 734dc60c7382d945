#include "ui/window/exchange.h"

#include <QAction>
#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMenu>

#include "core/readers/commands/launch_command.h"
#include "core/scenario/choices.h"
#include "core/scenario/settings.h"
#include "ui/languages/core_text.h"
#include "ui/languages/tr.h"
#include "ui/pages/explore/message_bar.h"
#include "ui/style/names.h"
#include "ui/style/text.h"
#include "ui/window/log_dialog.h"
#include "ui/window/main_window.h"
#include "ui/window/paste_command_dialog.h"

namespace headroom::ui {
namespace {

struct Server {
  Engine engine;
  const char *name, *text;
};
constexpr Server kServers[] = {
    {Engine::vllm, "actionCopyVllm", QT_TRANSLATE_NOOP("headroom::ui", "&vllm serve …")},
    {Engine::sglang, "actionCopySglang", QT_TRANSLATE_NOOP("headroom::ui", "python -m &sglang.launch_server …")},
    {Engine::llama_cpp, "actionCopyLlama", QT_TRANSLATE_NOOP("headroom::ui", "&llama-server …")}};

template <typename Run>
QAction* add(QMenu* menu, MainWindow& w, const char* name, const QString& text, const QKeySequence& keys, Run run) {
  auto* action = new QAction(text, &w);
  action->setObjectName(QLatin1String(name));
  action->setShortcut(keys);
  QObject::connect(action, &QAction::triggered, &w, run);
  menu->addAction(action);
  return action;
}

}  // namespace

void addCommandActions(QMenu* menu, MainWindow& w) {
  QMenu* copy = menu->addMenu(tr("Copy &as"));
  copy->setObjectName(QStringLiteral("menuCopyAs"));
  for (const Server& s : kServers)
    add(copy, w, s.name, tr(s.text), {}, [&w, engine = s.engine] { copyCommand(w, engine); });
  add(menu, w, "actionPasteCommand", tr("&Paste command…"), QKeySequence(QStringLiteral("Ctrl+Shift+V")),
      [&w] { pasteCommandInto(w); });
}

void addLogActions(QMenu* menu, MainWindow& w) {
  add(menu, w, "actionReadLog", tr("Read a &log…"), QKeySequence(QStringLiteral("Ctrl+Shift+R")),
      [&w] { readLogInto(w, QString()); });
  QAction* remove = add(menu, w, "actionRemoveCalibration", tr("&Remove the calibration"), {},
                        [&w] { w.document().edit(Field::calibration, [](Scenario& s) { s.calibration.reset(); }); });
  remove->setEnabled(false);
  QObject::connect(&w.document(), &Document::changed, remove,
                   [remove](const Snapshot& s) { remove->setEnabled(s.scenario.calibration != nullptr); });
}

void copyCommand(MainWindow& w, Engine engine) {
  Scenario s = w.document().scenario();
  const bool other = settingsOf(s).engine != engine;
  if (other && !isTraining(s.workload)) chooseEngine(s, engine);
  const Result<LaunchCommand> command = launchCommand(s);
  if (!command) return w.report(tr("There is no such command for this scenario"), command.error());
  QGuiApplication::clipboard()->setText(QString::fromStdString(command->text));
  QStringList said{tr("On the clipboard: %1").arg(QString::fromStdString(command->text))};
  if (other)
    said << tr("The scenario is accounted for as %1 serves it; this command starts %2.")
                .arg(spelled(nameOf(settingsOf(w.document().scenario()).engine)), spelled(nameOf(engine)));
  for (const std::string& note : command->notes) said << coreText(note);
  w.messages()->show(MessageBar::Kind::note, said.join(QLatin1Char('\n')));
}

void pasteCommandInto(MainWindow& w) {
  auto* dialog = new PasteCommandDialog(w.document(), &w);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  QObject::connect(dialog, &PasteCommandDialog::applied, &w, [&w](const QString& ignored) {
    w.setPage(MainWindow::explore);
    w.messages()->show(MessageBar::Kind::note,
                       ignored.isEmpty() ? tr("The scenario is set as the command says.")
                                         : tr("The scenario is set as the command says. Not understood, or without a "
                                              "say in memory:\n%1")
                                               .arg(ignored));
    w.messages()->leaveWithLastOf(w.document().undoStack());
  });
  dialog->open();
}

void readLogInto(MainWindow& w, const QString& path) {
  auto* dialog = new LogDialog(w.document(), w.dialogs(), &w);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  QObject::connect(dialog, &LogDialog::calibrated, &w, [&w] { w.setPage(MainWindow::explore); });
  if (!path.isEmpty()) dialog->openFile(path);
  dialog->open();
}

}  // namespace headroom::ui
