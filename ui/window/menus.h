// The menus: every command of the window as an action with a name, a shortcut and an object name.
#pragma once

namespace headroom::ui {

class MainWindow;

void buildMenus(MainWindow& window);

}  // namespace headroom::ui
