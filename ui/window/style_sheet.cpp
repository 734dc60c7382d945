#include "ui/window/style_sheet.h"

#include <algorithm>

namespace headroom::ui {
namespace {

// @name stands for a colour or a size of the theme.
constexpr const char* kSheet = R"(
QMainWindow, QDialog, #centralBody, #exploreBody, #devicesBody, #compareBody, #sweepBody, #planBody, #modelBody, #evidenceBody, #explainPage, #learnPage { background: @page; }
QScrollArea { background: transparent; border: none; }
#inputScroll, #inputPanel { background: @card; }
#inputScroll { border: none; border-right: 1px solid @line; }
#topStrip { background: @card; border-bottom: 1px solid @line; }
QLabel, QCheckBox { color: @text; background: transparent; }
QLabel[quiet="true"] { color: @quiet; font-size: @smallpt; }
QLabel[heading="true"] { color: @quiet; font-weight: 600; }
QLabel[problem="true"] { color: @exceeds; font-size: @smallpt; background: @card; }
QDialog QLabel[problem="true"] { background: transparent; }
#headline { color: @text; }
#headline[verdict="fits"] { color: @fits; }
#headline[verdict="tight"] { color: @tight; }
#headline[verdict="exceeds"] { color: @exceeds; }
QFrame[card="true"] { background: @card; border: 1px solid @line; border-radius: 10px; }

QLineEdit { color: @text; background: @field; border: 1px solid @line; border-radius: 6px; padding: 3px 8px; min-height: 20px;
  selection-background-color: @accent; selection-color: @card; }
QLineEdit:hover { border-color: @edge; }
QLineEdit:focus { border: 2px solid @accent; padding: 2px 7px; background: @card; }
QLineEdit[invalid="true"] { border: 2px solid @exceeds; padding: 2px 7px; }
QLineEdit[picker="true"] { min-height: 24px; font-weight: 600; }
QLineEdit:disabled { color: @quiet; }
QPlainTextEdit { color: @text; background: @field; border: 1px solid @line; border-radius: 6px; padding: 4px 6px;
  selection-background-color: @accent; selection-color: @card; }
QPlainTextEdit:focus { border: 2px solid @accent; padding: 3px 5px; background: @card; }
QProgressBar { background: @field; border: none; border-radius: 3px; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
QListView[pickerList="true"] { background: @card; border: 1px solid @edge; border-radius: 8px; padding: 2px; outline: none; }

QPushButton[segment="true"] { color: @quiet; background: transparent; border: 1px solid transparent; border-radius: 5px; padding: 3px 4px; min-height: 18px; }
QPushButton[segment="true"]:hover { color: @text; }
QPushButton[segment="true"]:checked { color: @accent; background: @card; border-color: @edge; }
QPushButton[segment="true"]:focus { border: 2px solid @accent; padding: 2px 3px; }
QPushButton[goal="true"], QDialog QPushButton { color: @accent; background: @card; border: 1px solid @line; border-radius: 6px; padding: 4px 12px; min-height: 18px; }
QPushButton[goal="true"]:hover, QDialog QPushButton:hover { border-color: @accent; }
QPushButton[goal="true"]:pressed { background: @field; }
QPushButton[goal="true"]:focus, QDialog QPushButton:focus { border: 2px solid @accent; padding: 3px 11px; }
QPushButton[goal="true"]:disabled, QDialog QPushButton:disabled { color: @quiet; background: transparent; }
QDialogButtonBox, QFileDialog, QMessageBox { dialogbuttonbox-buttons-have-icons: 0; }
QPushButton[link="true"] { color: @accent; background: transparent; border: 1px solid transparent; border-radius: 5px; padding: 1px 6px; }
QPushButton[link="true"]:hover { border-color: @line; }
QPushButton[link="true"]:focus { border: 2px solid @accent; padding: 0 5px; }
QPushButton[factChip="true"] { color: @text; background: @field; border: 1px solid @line; border-radius: 9px; padding: 1px 8px; font-size: @smallpt; }
QPushButton[factChip="true"]:hover { border-color: @accent; }
QPushButton[factChip="true"]:focus { border: 2px solid @accent; padding: 0 7px; }
QPushButton[filterChip="true"] { color: @quiet; background: transparent; border: 1px solid @line; border-radius: 12px; padding: 2px 12px; min-height: 18px; }
QPushButton[filterChip="true"]:hover { border-color: @accent; color: @text; }
QPushButton[filterChip="true"]:checked { color: @accent; background: @select; border-color: @accent; }
QPushButton[filterChip="true"]:focus { border: 2px solid @accent; padding: 1px 11px; }
QPushButton[filterChip="true"]:disabled { color: @quiet; background: @field; border-color: transparent; }
QPushButton[tightChip="true"], QPushButton[tightChip="true"]:focus { padding-left: 8px; padding-right: 8px; font-size: @smallpt; }
QLabel[answer="true"] { color: @text; font-size: @answerpt; font-weight: 600; }
QLineEdit[cellEditor="true"] { border-radius: 3px; padding: 0 4px; min-height: 0; border: 2px solid @accent; background: @card; }
#pinTabs::tab { padding: 4px 4px 4px 10px; }
QPushButton[cross="true"] { color: @quiet; background: transparent; border: none; border-radius: 4px; padding: 0; font-size: @smallpt; }
QPushButton[cross="true"]:hover { color: @text; background: @field; }
QFrame[chipRow="true"] { background: @field; border-radius: 6px; }
QLabel[chip="true"] { color: @text; background: @field; border-radius: 6px; padding: 5px 8px; font-size: @smallpt; }

QTabBar { background: transparent; }
QTabBar::tab { color: @quiet; background: transparent; border: none; border-bottom: 2px solid transparent; padding: 9px 16px 7px 16px; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:selected { color: @text; border-bottom-color: @accent; }
QTabBar::tab:focus { color: @accent; }
#scenarioStrip { background: @card; border-bottom: 1px solid @line; }
#scenarioTabs::tab { padding: 5px 12px 5px 10px; }
QMenuBar { color: @text; background: @card; }
QMenuBar::item { padding: 5px 10px; background: transparent; border-radius: 5px; }
QMenuBar::item:selected { background: @field; }
QMenu { color: @text; background: @card; border: 1px solid @edge; padding: 4px; }
QMenu::item { padding: 6px 32px 6px 24px; border-radius: 5px; }
QMenu::item:selected { background: @field; }
QMenu::item:disabled { color: @quiet; }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }
QToolTip { color: @text; background: @card; border: 1px solid @edge; padding: 5px 8px; }

QTableView, QTreeView, QListWidget, QTextBrowser[sheet="true"], QListWidget[sheet="true"] { color: @text; background: transparent; border: none; outline: none; }
QHeaderView, QHeaderView::section { color: @quiet; background: transparent; border: none; font-size: @smallpt; }
QHeaderView::section { padding: 0 8px; border-bottom: 1px solid @line; }
QListWidget::item { padding: 7px 8px; border-radius: 6px; color: @text; }
QListWidget::item:hover { background: @field; }
QListWidget::item:selected { background: @field; color: @accent; }
#storiesBody, #floatsExplorer { background: transparent; }
#floatTable::item { border: 0px; padding: 0 5px; }
#figureTable::item, #runTable::item, #logTable::item { border: 0px; padding: 0 5px; }
QTableView, QTreeView { selection-background-color: @select; selection-color: @text; }
QTableView:focus, QTreeView:focus, QListWidget:focus, QTextBrowser:focus { border: none; }
QSplitter::handle { background: @line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:hover { background: @accent; }
#messageBar { background: @card; border: 1px solid @edge; border-left: 4px solid @accent; border-radius: 6px; }
#messageScroll, #messageText { background: transparent; border: none; }
#messageBar[error="true"] { border-left-color: @exceeds; }
QComboBox QAbstractItemView { color: @text; background: @card; border: 1px solid @edge; selection-background-color: @field; selection-color: @accent; outline: none; padding: 4px; }
QProgressBar { background: @field; border: none; border-radius: 3px; max-height: 6px; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @edge; border-radius: 3px; min-height: 28px; min-width: 28px; margin: 2px; }
QScrollBar::handle:hover { background: @quiet; }
QScrollBar::handle:disabled { background: transparent; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
)";

QColor mix(const QColor& a, const QColor& b, double share) {
  const auto channel = [&](int x, int y) { return static_cast<int>(x + (y - x) * share); };
  return {channel(a.red(), b.red()), channel(a.green(), b.green()), channel(a.blue(), b.blue())};
}

}  // namespace

QString styleSheetOf(const Theme& t, double basePoints) {
  QString sheet = QString::fromLatin1(kSheet);
  const std::pair<const char*, QString> tokens[] = {
      {"@answerpt", QStringLiteral("%1pt").arg(basePoints + 3)},
      {"@smallpt", QStringLiteral("%1pt").arg(std::max(7.5, basePoints - 1))},
      {"@page", t.page.name()},
      {"@card", t.card.name()},
      {"@line", t.line.name()},
      {"@edge", mix(t.line, t.quietText, 0.35).name()},
      {"@field", mix(t.card, t.quietText, 0.07).name()},
      {"@select", mix(t.card, t.accent, 0.14).name()},
      {"@text", t.text.name()},
      {"@quiet", t.quietText.name()},
      {"@accent", t.accent.name()},
      {"@fits", t.fits.name()},
      {"@tight", t.tight.name()},
      {"@exceeds", t.exceeds.name()},
  };
  for (const auto& [name, value] : tokens) sheet.replace(QLatin1String(name), value);
  return sheet;
}

}  // namespace headroom::ui
