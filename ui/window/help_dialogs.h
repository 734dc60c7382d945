// Help: the shortcuts, read off the menus so that the list is never stale, how Headroom compares, and About.
#pragma once

#include <QString>

class QMainWindow;
class QWidget;

namespace headroom::ui {

// Every command of the menus that has a shortcut, as a Markdown table.
QString shortcutsTable(const QMainWindow& window);
// What has the focus, in its own words: its name, what its tool tip says, what it shows now. Empty where there is
// nothing to say.
QString ownWordsOf(const QMainWindow& window);
void showAbout(QMainWindow* window);
// Other calculators' answers to the same jobs beside Headroom's, which are estimated as the table is made.
void showPeers(QMainWindow* window);

}  // namespace headroom::ui
