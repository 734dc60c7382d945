// A theme that is chosen while the window is open leaves no trace of the one before.
#include <QPainter>

#include "core/scenario/choices.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/inputs/input_panel.h"
#include "ui/pages/evidence/evidence_page.h"
#include "ui/pages/explore/advice_list.h"
#include "ui/pages/explore/explore_page.h"

namespace headroom::ui {
namespace {

class ThemeTest : public WindowTest {
 protected:
  QImage picture(int page) const {
    window->setPage(static_cast<MainWindow::Page>(page));
    window->explorePage()->advice()->refresh();
    // The runs are read off the window's thread.
    if (page == MainWindow::evidence) {
      EXPECT_TRUE(QTest::qWaitFor([&] { return window->evidencePage()->store().evidence() != nullptr; }, 20'000));
    }
    settle();
    if (QWidget* focus = QApplication::focusWidget()) focus->clearFocus();
    for (int i = 0; i < 3; ++i) QCoreApplication::processEvents();
    return window->grab().toImage();
  }
  void prepare() const {
    document().edit(Field::batch, [](Scenario& s) { s.batch = 6; });
    window->inputs()->setOpenSections({QStringLiteral("sectionEngine"), QStringLiteral("sectionPrecision")});
    window->explorePage()->explain(ComponentId::kv_cache);
  }
  static int differing(const QImage& a, const QImage& b, QRect& where) {
    if (a.size() != b.size()) return a.width() * a.height();
    int count = 0;
    for (int y = 0; y < a.height(); ++y)
      for (int x = 0; x < a.width(); ++x)
        if (a.pixel(x, y) != b.pixel(x, y)) ++count, where |= QRect(x, y, 1, 1);
    return count;
  }
};

TEST_F(ThemeTest, SwitchedLiveEveryPageLooksAsAfterAFreshStart) {
  const std::pair<const char*, const char*> ways[] = {{"actionThemeDark", "actionThemeLight"},
                                                      {"actionThemeLight", "actionThemeDark"}};
  for (const auto& [wanted, before] : ways) {
    trigger(wanted);  // kept in the settings, which the next start reads
    start();
    prepare();
    std::vector<QImage> fresh;
    for (int page = 0; page < MainWindow::kPages; ++page) picture(page);
    for (int page = 0; page < MainWindow::kPages; ++page) fresh.push_back(picture(page));
    trigger(before);
    start();
    prepare();
    for (int page = 0; page < MainWindow::kPages; ++page) picture(page);
    trigger(wanted);
    for (int page = 0; page < MainWindow::kPages; ++page) {
      const QImage live = picture(page);
      QRect where;
      const int count = differing(live, fresh[static_cast<std::size_t>(page)], where);
      EXPECT_EQ(count, 0) << wanted << " page " << page << " at " << where.x() << "," << where.y() << " "
                          << where.width() << "×" << where.height();
      if (count != 0 && qEnvironmentVariableIsSet("HEADROOM_KEEP_PICTURES")) {
        live.save(QStringLiteral("/tmp/theme-live-%1.png").arg(page));
        fresh[static_cast<std::size_t>(page)].save(QStringLiteral("/tmp/theme-fresh-%1.png").arg(page));
      }
    }
  }
}

TEST_F(ThemeTest, TheVerdictKeepsItsSize) {
  trigger("actionThemeLight");
  QCoreApplication::processEvents();
  const QFont before = find<QWidget>("headline")->font();
  trigger("actionThemeDark");
  QCoreApplication::processEvents();
  EXPECT_EQ(find<QWidget>("headline")->font().pointSizeF(), before.pointSizeF());
  EXPECT_EQ(find<QWidget>("headline")->font().weight(), before.weight());
}

}  // namespace
}  // namespace headroom::ui
