// The window as a screen reader is told of it: everything that can be worked has a name and a role, and every picture
// says in words what it shows.
#include <QAccessible>
#include <QScrollArea>
#include <QTabBar>
#include <QTest>
#include <functional>

#include "tests/ui/window/window_fixture.h"
#include "ui/charts/chart.h"

namespace headroom::ui {
namespace {

std::string pathOf(const QWidget* w) {
  QStringList parts;
  for (; w != nullptr; w = w->parentWidget())
    parts.prepend(w->objectName().isEmpty() ? QString::fromLatin1(w->metaObject()->className()) : w->objectName());
  return parts.join(QLatin1Char('/')).toStdString();
}

// What a person can focus, and what draws.
bool isTold(const QWidget* w) {
  if (qobject_cast<const Chart*>(w) != nullptr) return true;
  return w->focusPolicy() != Qt::NoFocus && w->isEnabled() && qobject_cast<const QScrollArea*>(w) == nullptr;
}

class AccessibilityTest : public WindowTest {
 protected:
  void everyPage(const std::function<void()>& look) const {
    auto* tabs = find<QTabBar>("pageTabs");
    for (int page = 0; page < tabs->count(); ++page) {
      window->setPage(static_cast<MainWindow::Page>(page));
      QCoreApplication::processEvents();
      look();
    }
  }
};

TEST_F(AccessibilityTest, EverythingThatCanBeWorkedHasANameAndARole) {
  std::set<std::string> nameless, roleless;
  for (const Workload workload : {Workload::inference, Workload::full}) {
    document().edit(Field::workload, [&](Scenario& s) { chooseWorkload(s, workload); });
    everyPage([&] {
      for (QWidget* w : window->findChildren<QWidget*>()) {
        if (!w->isVisible() || !isTold(w)) continue;
        QAccessibleInterface* told = QAccessible::queryAccessibleInterface(w);
        ASSERT_NE(told, nullptr) << pathOf(w);
        if (told->text(QAccessible::Name).isEmpty()) nameless.insert(pathOf(w));
        if (told->role() == QAccessible::NoRole || told->role() == QAccessible::Client) roleless.insert(pathOf(w));
      }
    });
  }
  EXPECT_EQ(nameless, std::set<std::string>{});
  EXPECT_EQ(roleless, std::set<std::string>{});
}

TEST_F(AccessibilityTest, EveryChartSaysWhatItShows) {
  everyPage([&] {
    for (Chart* chart : window->findChildren<Chart*>()) {
      if (!chart->isVisible()) continue;
      QAccessibleInterface* told = QAccessible::queryAccessibleInterface(chart);
      EXPECT_EQ(told->role(), QAccessible::Chart) << pathOf(chart);
      // Sweeps and plans are worked out beside the window.
      EXPECT_TRUE(QTest::qWaitFor([&] {
        const QString words = told->text(QAccessible::Description);
        return std::ranges::any_of(words, [](QChar c) { return c.isDigit(); });
      })) << pathOf(chart)
          << ": '" << told->text(QAccessible::Description).toStdString() << "'";
    }
  });
}

}  // namespace
}  // namespace headroom::ui
