// By keyboard alone: the focus is always to be seen, groups are entered at their choice, F1 explains what has the
// focus.
#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>
#include <QStackedWidget>
#include <QWhatsThis>

#include "core/scenario/choices.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/help/help_view.h"
#include "ui/inputs/input_panel.h"
#include "ui/inputs/segmented.h"

namespace headroom::ui {
namespace {

class KeyboardTest : public WindowTest {
 protected:
  QList<QWidget*> stops() const {
    QList<QWidget*> out;
    QWidget* w = window->nextInFocusChain();
    for (int i = 0; i < 2000 && w != window.get(); ++i, w = w->nextInFocusChain())
      if ((w->focusPolicy() & Qt::TabFocus) != 0 && w->isVisible() && w->isEnabled() && w->window() == window.get() &&
          !w->visibleRegion().isEmpty())
        out << w;
    return out;
  }
  QImage picture() const {
    QCoreApplication::processEvents();
    return window->grab().toImage();
  }
};

TEST_F(KeyboardTest, TheFocusIsSeenOnEveryStopOfEveryPage) {
  window->inputs()->setOpenSections({QStringLiteral("sectionEngine")});
  for (int page = 0; page < MainWindow::kPages; ++page) {
    window->setPage(static_cast<MainWindow::Page>(page));
    QCoreApplication::processEvents();
    const QList<QWidget*> all = stops();
    EXPECT_GT(all.size(), 5);
    for (QWidget* stop : all) {
      if (QWidget* focus = QApplication::focusWidget()) focus->clearFocus();
      const QImage without = picture();
      stop->setFocus(Qt::TabFocusReason);
      if (auto* line = qobject_cast<QLineEdit*>(stop)) line->deselect();
      const QImage with = picture();
      const QRect where(stop->mapTo(window.get(), QPoint()), stop->size());
      int changed = 0;
      for (int y = std::max(0, where.top()); y <= std::min(with.height() - 1, where.bottom()); ++y)
        for (int x = std::max(0, where.left()); x <= std::min(with.width() - 1, where.right()); ++x)
          if (with.pixel(x, y) != without.pixel(x, y)) ++changed;
      EXPECT_GT(changed, 30) << "page " << page << ": " << stop->objectName().toStdString() << " "
                             << stop->metaObject()->className();
    }
  }
}

TEST_F(KeyboardTest, AGroupIsEnteredAtItsChoice) {
  document().edit(Field::workload, [](Scenario& s) { chooseWorkload(s, Workload::qlora); });
  QCoreApplication::processEvents();
  for (const Segmented* group : window->findChildren<Segmented*>()) {
    for (const QAbstractButton* b : group->findChildren<QAbstractButton*>()) {
      EXPECT_EQ((b->focusPolicy() & Qt::TabFocus) != 0, b->isChecked()) << b->objectName().toStdString();
    }
  }
}

TEST_F(KeyboardTest, F6GoesFromAreaToAreaOnEveryPage) {
  trigger("actionDuplicateScenario");
  for (int page = 0; page < MainWindow::kPages; ++page) {
    window->setPage(static_cast<MainWindow::Page>(page));
    QCoreApplication::processEvents();
    find<QLineEdit>("contextEntry")->setFocus();
    const QWidget* shown = find<QStackedWidget>("pages")->currentWidget();
    trigger("actionNextArea");
    ASSERT_NE(QApplication::focusWidget(), nullptr) << page;
    EXPECT_TRUE(shown->isAncestorOf(QApplication::focusWidget()) || shown == QApplication::focusWidget()) << page;
    EXPECT_FALSE(QApplication::focusWidget()->visibleRegion().isEmpty()) << page;
    trigger("actionPreviousArea");
    EXPECT_TRUE(window->inputs()->isAncestorOf(QApplication::focusWidget())) << page;
    for (int i = 0; i < 4; ++i) trigger("actionNextArea");  // around, by the pages' names and the scenarios
    EXPECT_TRUE(window->inputs()->isAncestorOf(QApplication::focusWidget())) << page;
  }
}

TEST_F(KeyboardTest, F1ExplainsWhatHasTheFocus) {
  // What is a key of the scenario opens its passage; anything else is told where it stands.
  find<QLineEdit>("contextEntry")->setFocus();
  trigger("actionHelp");
  QCoreApplication::processEvents();
  const auto* help = find<HelpView>("helpView");
  EXPECT_TRUE(help->isVisible());
  EXPECT_TRUE(find<QLabel>("helpAbout")->text().contains(QStringLiteral("Context")));
  find<QWidget>("addScenario")->setFocus();
  trigger("actionHelp");
  QCoreApplication::processEvents();
  bool shown = false;
  for (const QWidget* w : QApplication::topLevelWidgets())
    shown = shown || (w->isVisible() && QLatin1String(w->metaObject()->className()) == QLatin1String("QWhatsThat"));
  EXPECT_TRUE(shown);
  QWhatsThis::hideText();
}

}  // namespace
}  // namespace headroom::ui
