// Exchange with real servers: commands out and in, logs in. The menu entries, and what they do.
#pragma once

#include "core/scenario/scenario.h"

class QMenu;
class QString;

namespace headroom::ui {

class MainWindow;

// "Copy as" with one entry per server, and "Paste command…".
void addCommandActions(QMenu* menu, MainWindow& window);
// "Read a log…" and "Remove the calibration".
void addLogActions(QMenu* menu, MainWindow& window);

// Puts the command that starts `engine` the scenario's way on the clipboard and says what it leaves unsaid.
void copyCommand(MainWindow& window, Engine engine);
void pasteCommandInto(MainWindow& window);
// Opens the dialog, with the file's log in it unless the path is empty.
void readLogInto(MainWindow& window, const QString& path);

}  // namespace headroom::ui
