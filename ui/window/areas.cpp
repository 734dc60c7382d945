// From one area of the window to the next by key: pages, scenarios, settings, the page. Tab goes through all stops; who
// works by keyboard does not want to pass forty settings on the way to a table.
#include <QApplication>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTabBar>

#include "ui/inputs/input_panel.h"
#include "ui/window/main_window.h"
#include "ui/window/scenario_strip.h"

namespace headroom::ui {
namespace {

bool isStop(const QWidget* w) {
  return (w->focusPolicy() & Qt::TabFocus) == Qt::TabFocus && w->isVisible() && w->isEnabled();
}

// In the order in which Tab goes.
QWidget* firstStopIn(const QWidget* area, QWidget* window) {
  if (area == nullptr || !area->isVisible()) return nullptr;
  for (QWidget* w = window->nextInFocusChain(); w != window; w = w->nextInFocusChain())
    if ((w == area || area->isAncestorOf(w)) && isStop(w)) return w;
  return nullptr;
}

}  // namespace

void MainWindow::focusArea(bool forward) {
  const QList<QWidget*> areas{inputs_, pages_->currentWidget(), tabs_, strip_};
  const auto count = areas.size();
  QWidget* now = QApplication::focusWidget();
  qsizetype at = forward ? -1 : 0;
  for (qsizetype i = 0; i < count; ++i)
    if (now != nullptr && areas[i] != nullptr && (areas[i] == now || areas[i]->isAncestorOf(now))) at = i;
  for (qsizetype step = 1; step <= count; ++step) {
    QWidget* stop = firstStopIn(areas[(at + (forward ? step : count - step) + count) % count], this);
    if (stop == nullptr) continue;
    stop->setFocus(Qt::TabFocusReason);
    for (QWidget* w = stop->parentWidget(); w != nullptr; w = w->parentWidget())
      if (auto* scroll = qobject_cast<QScrollArea*>(w)) scroll->ensureWidgetVisible(stop);
    return;
  }
}

}  // namespace headroom::ui
