// Help: the shortcuts, read off the menus so that the list is never stale, and About.
#pragma once

class QMainWindow;

namespace headroom::ui {

void showShortcuts(QMainWindow* window);
void showAbout(QMainWindow* window);

}  // namespace headroom::ui
