// The window in another language: its parts are made anew around the document, whose work, undo and file stay.
#include <QDialog>
#include <QMenuBar>
#include <QSplitter>
#include <QTimer>
#include <utility>

#include "ui/document/local_search.h"
#include "ui/languages/language.h"
#include "ui/window/drop_overlay.h"
#include "ui/window/main_window.h"
#include "ui/window/menus.h"

namespace headroom::ui {

void MainWindow::setLanguage(const QString& choice) {
  settings().set(setting::kLanguage, choice);
  // The menu that was clicked is one of the parts.
  QTimer::singleShot(0, this, [this] {
    const QString code = languageOf(settings().get(setting::kLanguage));
    if (code == currentLanguage()) return;
    rebuild(code);
  });
}

void MainWindow::rebuild(const QString& language) {
  const Page shown = page();
  const QByteArray split = splitter_->saveState();
  document_.disconnect(this);
  for (QDialog* open : findChildren<QDialog*>(QString(), Qt::FindDirectChildrenOnly)) delete open;
  help_ = nullptr;
  openModel_ = nullptr;
  delete menuBar();
  for (QAction* action : findChildren<QAction*>(QString(), Qt::FindDirectChildrenOnly)) delete action;
  delete std::exchange(search_, nullptr);
  delete std::exchange(overlay_, nullptr);
  delete takeCentralWidget();
  useLanguage(language);  // once nothing of the old works in the background any more
  document_.retranslate();
  buildBody();
  buildMenus(*this);
  overlay_ = new DropOverlay(this);
  connectDocument();
  splitter_->restoreState(split);
  setPage(shown);
  styled_.clear();
  restyle();
  search_->start();
  updateTitle();
}

}  // namespace headroom::ui
