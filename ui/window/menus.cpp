#include "ui/window/menus.h"

#include <QActionGroup>
#include <QFileInfo>
#include <QMenuBar>

#include "core/report/estimate_report.h"
#include "ui/inputs/input_panel.h"
#include "ui/languages/language.h"
#include "ui/languages/tr.h"
#include "ui/pages/explore/explore_page.h"
#include "ui/pages/explore/fit_banner.h"
#include "ui/pages/explore/message_bar.h"
#include "ui/pages/explore/sensitivity_strip.h"
#include "ui/style/text.h"
#include "ui/window/exchange.h"
#include "ui/window/exporting.h"
#include "ui/window/help_dialogs.h"
#include "ui/window/main_window.h"

namespace headroom::ui {
namespace {

template <typename Run>
QAction* add(QMenu* menu, MainWindow& w, const char* name, const QString& text, const QKeySequence& keys, Run run) {
  auto* action = new QAction(text, &w);
  action->setObjectName(QLatin1String(name));
  action->setShortcut(keys);
  QObject::connect(action, &QAction::triggered, &w, run);
  menu->addAction(action);
  return action;
}

void fillRecent(QMenu* menu, MainWindow& w) {
  menu->clear();
  const QStringList files = w.settings().get(setting::kRecent);
  for (const QString& file : files) {
    QAction* action =
        menu->addAction(shown(QFileInfo(file).fileName().toStdString()).replace(QLatin1Char('&'), QLatin1String("&&")));
    action->setToolTip(plainTip(file));
    action->setStatusTip(file);
    action->setEnabled(QFileInfo::exists(file));
    QObject::connect(action, &QAction::triggered, &w, [&w, file] { w.openPath(file); });
  }
  if (files.isEmpty()) {
    menu->addAction(tr("Nothing yet"))->setEnabled(false);
    return;
  }
  menu->addSeparator();
  QObject::connect(menu->addAction(tr("Clear list")), &QAction::triggered, &w,
                   [&w] { w.settings().set(setting::kRecent, QStringList()); });
}

void buildFile(MainWindow& w) {
  QMenu* file = w.menuBar()->addMenu(tr("&File"));
  add(file, w, "actionNew", tr("&New"), QKeySequence::New, [&w] { w.newDocument(); });
  add(file, w, "actionOpen", tr("&Open…"), QKeySequence::Open, [&w] { w.open(); });
  add(file, w, "actionOpenModel", tr("Open &model…"), QKeySequence(QStringLiteral("Ctrl+Shift+O")),
      [&w] { w.openModel(); });
  add(file, w, "actionImportRecipe", tr("&Import training recipe…"), QKeySequence(QStringLiteral("Ctrl+I")),
      [&w] { w.importRecipe(); });
  QMenu* recent = file->addMenu(tr("Open &recent"));
  recent->setObjectName(QStringLiteral("menuRecent"));
  recent->setToolTipsVisible(true);
  QObject::connect(recent, &QMenu::aboutToShow, &w, [recent, &w] { fillRecent(recent, w); });
  file->addSeparator();
  add(file, w, "actionSave", tr("&Save"), QKeySequence::Save, [&w] { w.save(); });
  add(file, w, "actionSaveAs", tr("Save &as…"), QKeySequence(QStringLiteral("Ctrl+Shift+S")), [&w] { w.saveAs(); });
  file->addSeparator();
  add(file, w, "actionReport", tr("Report as PDF or HTM&L…"), QKeySequence(QStringLiteral("Ctrl+P")),
      [&w] { saveReport(w); });
  QMenu* exports = file->addMenu(tr("&Export"));
  exports->setObjectName(QStringLiteral("menuExport"));
  add(exports, w, "actionExportChart", tr("Break&down or comparison as PNG, SVG or PDF…"),
      QKeySequence(QStringLiteral("Ctrl+E")), [&w] { saveChart(w, ChartView::main); });
  add(exports, w, "actionExportBar", tr("Memory &bar as PNG, SVG or PDF…"), {}, [&w] { saveChart(w, ChartView::bar); });
  add(exports, w, "actionExportContext", tr("&Context plot as PNG, SVG or PDF…"),
      QKeySequence(QStringLiteral("Ctrl+Shift+E")), [&w] { saveChart(w, ChartView::context); });
  exports->addSeparator();
  add(exports, w, "actionExportCsv", tr("Table as CS&V…"), {}, [&w] { saveTable(w, ReportFormat::csv); });
  add(exports, w, "actionExportMarkdown", tr("Table as &Markdown…"), {},
      [&w] { saveTable(w, ReportFormat::markdown); });
  QMenu* recipes = file->addMenu(tr("Export reci&pe"));
  recipes->setObjectName(QStringLiteral("menuRecipe"));
  for (const std::string_view id : recipeDialects()) {
    const RecipeDialect dialect = *recipeDialect(id);
    const std::string name = "actionRecipe-" + std::string(id);
    add(recipes, w, name.c_str(), fromView(nameOf(dialect)) + QStringLiteral("…"), {},
        [&w, dialect] { w.exportRecipe(dialect); });
  }
  QObject::connect(&w.document(), &Document::changed, recipes,
                   [recipes](const Snapshot& s) { recipes->setEnabled(isTraining(s.scenario.workload)); });
  file->addSeparator();
  add(file, w, "actionQuit", tr("&Quit"), QKeySequence(QStringLiteral("Ctrl+Q")), [&w] {
    w.close();
  })->setMenuRole(QAction::QuitRole);
}

void buildEdit(MainWindow& w) {
  QMenu* edit = w.menuBar()->addMenu(tr("&Edit"));
  QUndoStack& stack = w.document().undoStack();
  QAction* undo = stack.createUndoAction(&w, tr("Undo"));
  undo->setObjectName(QStringLiteral("actionUndo"));
  undo->setShortcut(QKeySequence::Undo);
  QAction* redo = stack.createRedoAction(&w, tr("Redo"));
  redo->setObjectName(QStringLiteral("actionRedo"));
  redo->setShortcuts({QKeySequence(QStringLiteral("Ctrl+Shift+Z")), QKeySequence(QStringLiteral("Ctrl+Y"))});
  edit->addAction(undo);
  edit->addAction(redo);
  edit->addSeparator();
  add(edit, w, "actionOpenClipboard", tr("&Open what is on the clipboard"), QKeySequence::Paste,
      [&w] { w.openClipboard(); });
  add(edit, w, "actionCopyChart", tr("Copy &chart"), QKeySequence(QStringLiteral("Ctrl+Shift+C")),
      [&w] { putChartOnClipboard(w); });
  add(edit, w, "actionCopyMarkdown", tr("Copy table as &Markdown"), QKeySequence(QStringLiteral("Ctrl+Shift+M")),
      [&w] { putTableOnClipboard(w, ReportFormat::markdown); });
  add(edit, w, "actionCopyCsv", tr("Copy table as CS&V"), {}, [&w] { putTableOnClipboard(w, ReportFormat::csv); });
  edit->addSeparator();
  addCommandActions(edit, w);
}

template <typename Choose>
void addChoices(QMenu* menu, MainWindow& w, std::initializer_list<std::pair<const char*, QString>> names, int now,
                Choose choose) {
  auto* group = new QActionGroup(menu);
  int i = 0;
  for (const auto& [name, text] : names) {
    QAction* action = add(menu, w, name, text, {}, [choose, i] { choose(i); });
    action->setCheckable(true);
    action->setChecked(i == now);
    group->addAction(action);
    ++i;
  }
}

// Each in itself, so that whoever is in the wrong one finds the way out.
void buildLanguages(QMenu* view, MainWindow& w) {
  QMenu* menu = view->addMenu(tr("Lan&guage"));
  menu->setObjectName(QStringLiteral("menuLanguage"));
  const QString now = w.settings().get(setting::kLanguage);
  auto* group = new QActionGroup(menu);
  const auto offer = [&](const QString& choice, const QString& text) {
    QAction* action = add(menu, w, ("actionLanguage-" + choice.toStdString()).c_str(), text, {},
                          [&w, choice] { w.setLanguage(choice); });
    action->setCheckable(true);
    action->setChecked(choice == now);
    group->addAction(action);
  };
  offer(setting::kLanguage.fallback, tr("&System"));
  for (const Language& l : languages()) offer(QLatin1String(l.code), QString::fromUtf8(l.name));
}

void buildView(MainWindow& w) {
  QMenu* view = w.menuBar()->addMenu(tr("&View"));
  // In the order of MainWindow::Page, which Ctrl and the number follow.
  const std::pair<const char*, QString> pages[] = {
      {"actionExplore", tr("&Explore")},     {"actionCompare", tr("&Compare")},   {"actionDevices", tr("&Devices")},
      {"actionSweep", tr("S&weep and map")}, {"actionPlan", tr("&Plan")},         {"actionModel", tr("&Model")},
      {"actionExplain", tr("E&xplain")},     {"actionEvidence", tr("E&vidence")}, {"actionLearn", tr("Lear&n")}};
  static_assert(std::size(pages) == MainWindow::kPages);
  int number = 0;
  for (const auto& [name, text] : pages) {
    const auto page = static_cast<MainWindow::Page>(number++);
    add(view, w, name, text, QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_0 + number)),
        [&w, page] { w.setPage(page); });
  }
  view->addSeparator();
  add(view, w, "actionLastMessage", tr("&Last message"), QKeySequence(QStringLiteral("Ctrl+Shift+D")),
      [&w] { w.messages()->showAgain(); });
  add(view, w, "actionNextArea", tr("Next a&rea"), QKeySequence(Qt::Key_F6), [&w] { w.focusArea(true); });
  add(view, w, "actionPreviousArea", tr("Previous &area"), QKeySequence(QStringLiteral("Shift+F6")),
      [&w] { w.focusArea(false); });
  view->addSeparator();
  const QString theme = w.settings().get(setting::kTheme);
  QMenu* themes = view->addMenu(tr("&Theme"));
  addChoices(
      themes, w,
      {{"actionThemeSystem", tr("&System")}, {"actionThemeLight", tr("&Light")}, {"actionThemeDark", tr("&Dark")}},
      theme == QLatin1String("dark")    ? 2
      : theme == QLatin1String("light") ? 1
                                        : 0,
      [&w](int i) { w.setTheme(static_cast<Theme::Choice>(i)); });
  buildLanguages(view, w);
  QMenu* units = view->addMenu(tr("&Unit"));
  addChoices(units, w, {{"actionUnitGib", tr("Gi&B, 2³⁰ bytes")}, {"actionUnitGb", tr("&GB, 10⁹ bytes")}},
             w.settings().get(setting::kUnit) == QLatin1String("gb") ? 1 : 0,
             [&w](int i) { w.setUnit(i == 0 ? ByteUnit::gib : ByteUnit::gb); });
  QObject::connect(&w.document(), &Document::changed, units,
                   [units](const Snapshot& s) { units->actions()[s.unit == ByteUnit::gib ? 0 : 1]->setChecked(true); });
  view->addSeparator();
  QAction* full = add(view, w, "actionFullScreen", tr("&Full screen"), QKeySequence(QStringLiteral("F11")),
                      [&w] { w.setWindowState(w.windowState() ^ Qt::WindowFullScreen); });
  full->setCheckable(true);
}

void buildScenario(MainWindow& w) {
  QMenu* scenario = w.menuBar()->addMenu(tr("&Scenario"));
  add(scenario, w, "actionDuplicateScenario", tr("&Duplicate"), QKeySequence(QStringLiteral("Ctrl+T")),
      [&w] { w.document().duplicateScenario(); });
  add(scenario, w, "actionCloseScenario", tr("Cl&ose"), QKeySequence(QStringLiteral("Ctrl+W")),
      [&w] { w.document().closeScenario(w.document().work().current); });
  add(scenario, w, "actionBaseline", tr("Compare the others &with this one"), QKeySequence(QStringLiteral("Ctrl+B")),
      [&w] { w.document().setBaseline(w.document().work().current); });
  add(scenario, w, "actionNextScenario", tr("&Next"), QKeySequence(QStringLiteral("Ctrl+PgDown")),
      [&w] { w.document().show((w.document().work().current + 1) % w.document().work().scenarios.size()); });
  scenario->addSeparator();
  add(scenario, w, "actionFindModel", tr("Find a &model"), QKeySequence(QStringLiteral("Ctrl+L")),
      [&w] { w.inputs()->modelPicker()->openList(); });
  add(scenario, w, "actionFindAccelerator", tr("Find an &accelerator"), QKeySequence(QStringLiteral("Ctrl+Shift+L")),
      [&w] {
        w.setPage(MainWindow::explore);
        w.explorePage()->banner()->acceleratorPicker()->openList();
      });
  scenario->addSeparator();
  add(scenario, w, "actionSeekContext", tr("Longest &context that fits"), QKeySequence(QStringLiteral("Ctrl+G")),
      [&w] { w.explorePage()->strip()->seekContext(); });
  add(scenario, w, "actionSeekBatch", tr("Largest &batch that fits"), QKeySequence(QStringLiteral("Ctrl+Shift+G")),
      [&w] { w.explorePage()->strip()->seekBatch(); });
  scenario->addSeparator();
  addLogActions(scenario, w);
}

}  // namespace

void buildMenus(MainWindow& w) {
  buildFile(w);
  buildEdit(w);
  buildView(w);
  buildScenario(w);
  QMenu* help = w.menuBar()->addMenu(tr("&Help"));
  add(help, w, "actionHelp", tr("&What has the focus"), QKeySequence(Qt::Key_F1), [&w] { w.helpOnFocus(); });
  add(help, w, "actionHelpBook", tr("&Help"), QKeySequence(QStringLiteral("Shift+F1")),
      [&w] { w.helpOn(QStringLiteral("numbers.md")); });
  add(help, w, "actionGlossary", tr("&Glossary"), {}, [&w] { w.helpOn(QStringLiteral("glossary.md")); });
  add(help, w, "actionShortcuts", tr("&Keyboard"), QKeySequence(QStringLiteral("Ctrl+?")),
      [&w] { w.helpOn(QStringLiteral("keyboard.md")); });
  add(help, w, "actionPrivacy", tr("&Privacy"), {}, [&w] { w.helpOn(QStringLiteral("privacy.md")); });
  add(help, w, "actionNews", tr("What's &new"), {}, [&w] { w.helpOn(QStringLiteral("CHANGELOG.md")); });
  help->addSeparator();
  add(help, w, "actionPeers", tr("Headroom and &other calculators"), {}, [&w] { showPeers(&w); });
  add(help, w, "actionAbout", tr("&About Headroom"), {}, [&w] { showAbout(&w); })->setMenuRole(QAction::AboutRole);
}

}  // namespace headroom::ui
