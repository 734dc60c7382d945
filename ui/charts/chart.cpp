#include "ui/charts/chart.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QEvent>
#include <QShowEvent>
#include <QToolTip>

#include "ui/charts/plot_view.h"

namespace headroom::ui {
namespace {

// Screen readers are told that it is a chart; its description says the numbers.
QAccessibleInterface* accessibleChart(const QString& className, QObject* object) {
  if (className != QLatin1String(Chart::staticMetaObject.className())) return nullptr;
  return new QAccessibleWidget(static_cast<QWidget*>(object), QAccessible::Chart);
}

}  // namespace

Chart::Chart(QWidget* parent) : QWidget(parent) {
  static const bool installed = (QAccessible::installFactory(accessibleChart), true);
  static_cast<void>(installed);
}

void Chart::render(const Snapshot& snapshot) {
  snapshot_ = snapshot;
  hasSnapshot_ = true;
  dirty_ = true;
  if (isVisible()) takeOver();
}

void Chart::setFixedTheme(const Theme* theme) {
  fixedTheme_ = theme;
  themed_ = false;
  if (isVisible()) takeOver();
}

void Chart::layOut(QSize size) {
  resize(size);
  if (auto* view = findChild<PlotView*>()) view->layOut(size);
  dirty_ = hasSnapshot_;
  takeOver();
}

void Chart::takeOver() {
  if (!themed_) {
    themed_ = true;
    applyTheme();
  }
  if (!dirty_) return;
  dirty_ = false;
  ++renderCount_;
  applySnapshot();
}

void Chart::hoverAt(const QPointF&, const QPoint&) {}
void Chart::leave() {
  QToolTip::hideText();
}
void Chart::pressAt(const QPointF&) {}
void Chart::dragTo(const QPointF&) {}
void Chart::clickAt(const QPointF&) {}

void Chart::showEvent(QShowEvent* event) {
  takeOver();
  QWidget::showEvent(event);
}

void Chart::changeEvent(QEvent* event) {
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
    themed_ = false;
    if (isVisible()) takeOver();
  }
  QWidget::changeEvent(event);
}

}  // namespace headroom::ui
