// The window's way into the help: a page, or the passage about what has the focus.
#include <QWhatsThis>

#include "ui/help/help_view.h"
#include "ui/window/help_dialogs.h"
#include "ui/window/main_window.h"

namespace headroom::ui {

HelpView& MainWindow::helpView() {
  if (help_ == nullptr) help_ = new HelpView(shortcutsTable(*this), this);
  return *help_;
}

void MainWindow::helpOn(const QString& page) {
  HelpView& view = helpView();
  view.find({});
  view.showPage(page);
  view.show();
  view.raise();
}

// A control knows the key of the scenario file that it says; the help has a passage about each. What has no key is
// told in its own words, where it stands.
void MainWindow::helpOnFocus() {
  QWidget* focus = focusWidget();
  const QString words = ownWordsOf(*this);
  for (const QWidget* w = focus; w != nullptr && w != this; w = w->parentWidget()) {
    const QString key = w->property("scenarioKey").toString();
    if (key.isEmpty()) continue;
    HelpView& view = helpView();
    const auto place = view.book().placeOfKey(key.toStdString());
    if (!place) break;
    view.find({});
    view.showPlace(*place, words);
    view.show();
    view.raise();
    return;
  }
  if (focus == nullptr || words.isEmpty()) return helpOn(QStringLiteral("keyboard.md"));
  QWhatsThis::showText(focus->mapToGlobal(QPoint(0, focus->height())), words, focus);
}

}  // namespace headroom::ui
