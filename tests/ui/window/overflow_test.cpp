// Nothing is cut: whatever is open, whatever the model is called and however small the window, every widget lies within
// what shows it, and every text has room or says "…".
#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QSplitter>
#include <QTabBar>
#include <QTest>

#include "core/scenario/choices.h"
#include "core/scenario/engines.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/inputs/input_panel.h"
#include "ui/inputs/option.h"
#include "ui/languages/language.h"
#include "ui/pages/explore/explore_page.h"
#include "ui/pages/explore/message_bar.h"
#include "ui/pages/learn/learn_page.h"
#include "ui/style/elided_label.h"

namespace headroom::ui {
namespace {

constexpr int kEdge = 4;  // of a button, beside its text

class OverflowTest : public WindowTest {
 protected:
  static std::string nameOf(const QWidget* w) {
    QStringList path;
    for (const QWidget* p = w; p != nullptr && path.size() < 4; p = p->parentWidget())
      path.prepend(p->objectName().isEmpty() ? QLatin1String(p->metaObject()->className()) : p->objectName());
    return path.join(QLatin1Char('/')).toStdString();
  }

  // What a text needs and does not get; empty where it is whole.
  static QString cut(const QWidget* w) {
    if (const auto* label = qobject_cast<const QLabel*>(w)) {
      if (qobject_cast<const ElidedLabel*>(w) != nullptr || label->text().isEmpty()) return {};
      const QSize need = label->wordWrap() ? QSize(0, label->heightForWidth(label->width())) : label->sizeHint();
      if (need.width() > label->width() || need.height() > label->height() + 1)
        return QStringLiteral("“%1” needs %2 × %3").arg(label->text()).arg(need.width()).arg(need.height());
    }
    if (const auto* button = qobject_cast<const QAbstractButton*>(w)) {
      if (button->text().isEmpty()) return {};
      // What does not fit is elided, never cut.
      const QString text = QString(button->text()).remove(QLatin1Char('&'));
      const int need = button->fontMetrics().horizontalAdvance(text) + 2 * kEdge;
      if (need > button->width()) return QStringLiteral("“%1” needs %2").arg(text).arg(need);
    }
    if (const auto* head = qobject_cast<const QHeaderView*>(w);
        head != nullptr && head->orientation() == Qt::Horizontal)
      for (int i = 0; i < head->count(); ++i) {
        const QString text = head->model()->headerData(i, Qt::Horizontal).toString();
        const int need = head->fontMetrics().horizontalAdvance(text);
        if (!head->isSectionHidden(i) && need > head->sectionSize(i))
          return QStringLiteral("head “%1” needs %2, has %3").arg(text).arg(need).arg(head->sectionSize(i));
      }
    return {};
  }

  void expectNothingCut(const std::string& what) const {
    for (int i = 0; i < 4; ++i) QCoreApplication::processEvents();
    int wrong = 0;
    const auto complain = [&](const QWidget* w, const QString& why) {
      if (++wrong > 3) return;
      ADD_FAILURE() << what << ": " << nameOf(w) << " " << w->width() << "×" << w->height() << ": "
                    << why.toStdString();
    };
    for (QWidget* w : window->findChildren<QWidget*>()) {
      if (!w->isVisible() || w->window() != window.get() || w->visibleRegion().isEmpty()) continue;
      if (const auto* area = qobject_cast<QAbstractScrollArea*>(w); area != nullptr) {
        // A text is laid out anew once its upright bar has come, when the event loop gets to it.
        const QScrollBar* sideways = area->horizontalScrollBar();
        for (int i = 0; i < 40 && sideways->maximum() > 0; ++i) QTest::qWait(5);
        if (sideways->maximum() > 0) complain(w, QStringLiteral("scrolls sideways by %1").arg(sideways->maximum()));
        if (const auto* scroll = qobject_cast<QScrollArea*>(w))
          if (scroll->widget() != nullptr && scroll->widget()->width() > scroll->viewport()->width())
            complain(
                w,
                QStringLiteral("holds %1, shows %2").arg(scroll->widget()->width()).arg(scroll->viewport()->width()));
      }
      const QWidget* parent = w->parentWidget();
      const bool scrolled = parent != nullptr && qobject_cast<QAbstractScrollArea*>(parent->parentWidget()) != nullptr;
      const QRect shown = w->geometry(), room = parent->rect();
      const auto* tabs = qobject_cast<const QTabBar*>(parent);
      const bool strip = tabs != nullptr && tabs->usesScrollButtons();  // its arrows bring the rest
      // From right to left Qt puts what is right of a splitter's handle one pixel too far.
      const int odd = QGuiApplication::isRightToLeft() && qobject_cast<const QSplitter*>(parent) != nullptr ? 1 : 0;
      if (!strip && (shown.left() < room.left() || shown.right() > room.right() + odd))
        complain(w, QStringLiteral("lies at %1 – %2 of %3").arg(shown.left()).arg(shown.right()).arg(room.width()));
      if (!scrolled && (shown.top() < room.top() || shown.bottom() > room.bottom()))
        complain(w, QStringLiteral("lies at %1 – %2 of %3 from the top")
                        .arg(shown.top())
                        .arg(shown.bottom())
                        .arg(room.height()));
      if (const QString why = cut(w); !why.isEmpty()) complain(w, why);
    }
  }

  void callIt(const std::string& label) const {
    document().edit(Field::model, [&](Scenario& s) {
      auto model = std::make_shared<Model>(*s.model);
      model->id = "somebody/" + label;
      model->label = label;
      s.model = model;
    });
  }
  void openAll() const {
    QStringList names;
    for (const FoldedSection* s : window->inputs()->findChildren<FoldedSection*>()) names << s->objectName();
    window->inputs()->setOpenSections(names);
  }
};

const QSize kSizes[] = {{1024, 640}, {1280, 800}, {1920, 1080}};
const std::string kLongName = "Meta-Llama-3.1-8B-Instruct-abliterated-with-a-name-of-eighty-characters-and-then-some";

TEST_F(OverflowTest, EveryWorkloadAndEngineWithEverythingOpen) {
  openAll();
  callIt(kLongName);
  for (const QSize& size : kSizes) {
    window->resize(size);
    for (const Workload workload : {Workload::inference, Workload::lora, Workload::qlora, Workload::full}) {
      document().edit(Field::workload, [&](Scenario& s) { chooseWorkload(s, workload); });
      for (const EngineRow& row : engineRows()) {
        if (row.trains != isTraining(workload)) continue;
        document().edit(Field::engine, [&](Scenario& s) { chooseEngine(s, row.engine); });
        expectNothingCut(std::string(headroom::nameOf(workload)) + " " + std::string(row.id) + " " +
                         std::to_string(size.width()));
      }
    }
  }
}

TEST_F(OverflowTest, EveryChoiceOfEveryOption) {
  openAll();
  window->resize(kSizes[0]);
  for (const Workload workload : {Workload::inference, Workload::qlora}) {
    document().edit(Field::workload, [&](Scenario& s) { chooseWorkload(s, workload); });
    for (const Option& option : allOptions()) {
      if (!option.applies(document().snapshot())) continue;
      std::vector<OptionChoice> choices = option.choices(document().snapshot());
      if (option.kind == Option::Kind::toggle) choices = {{QStringLiteral("on"), {}}, {QStringLiteral("off"), {}}};
      if (choices.empty()) choices = {{QStringLiteral("3"), {}}};
      for (const OptionChoice& choice : choices) {
        const int before = document().undoStack().index();
        document().edit(option.field, [&](Scenario& s) { option.apply(s, choice.id); });
        if (document().undoStack().index() == before) continue;  // it says so already
        expectNothingCut(labelOf(option.field).toStdString() + " " + choice.id.toStdString());
        trigger("actionUndo");
      }
    }
  }
}

TEST_F(OverflowTest, EveryPageWithManyDevicesAndHugeNumbers) {
  callIt(kLongName);
  std::vector<DeviceRequest> devices;
  for (const Accelerator& a : accelerators()) {
    if (devices.size() == 8) break;
    DeviceRequest d;
    d.accelerator = a.id;
    d.entry = &a;
    d.count = 1024;
    devices.push_back(d);
  }
  document().setCompared(devices);
  const std::function<void(Scenario&)> extremes[] = {
      [](Scenario&) {}, [](Scenario& s) { s.context = 1 << 20, s.batch = 1024; },
      [](Scenario& s) { chooseDeviceCount(s, 1024); }, [](Scenario& s) { s.devices.clear(); },
      [](Scenario& s) { chooseWorkload(s, Workload::full), s.context = 1 << 20; }};
  for (const QSize& size : kSizes) {
    window->resize(size);
    for (const char* theme : {"actionThemeLight", "actionThemeDark"}) {
      trigger(theme);
      for (const auto& extreme : extremes) {
        document().edit(Field::run, extreme);
        for (int page = 0; page < MainWindow::kPages; ++page) {
          window->setPage(static_cast<MainWindow::Page>(page));
          if (size == kSizes[0]) settle();
          expectNothingCut("page " + std::to_string(page) + " at " + std::to_string(size.width()));
        }
      }
    }
  }
}

TEST_F(OverflowTest, EveryPartOfTheLearnPageTheHelpAndASearch) {
  window->setPage(MainWindow::learn);
  document().edit(Field::workload, [](Scenario& s) { chooseWorkload(s, Workload::full), s.context = 1 << 20; });
  for (const QSize& size : kSizes) {
    window->resize(size);
    for (const auto part : {LearnPage::floats, LearnPage::rules, LearnPage::worked}) {
      window->learnPage()->showPart(part);
      expectNothingCut("learn " + std::to_string(part) + " at " + std::to_string(size.width()));
    }
    for (const char* words : {"e", "draft", "zero", "no such thing"}) {
      find<QLineEdit>("settingSearch")->setText(QLatin1String(words));
      expectNothingCut(std::string("search ") + words + " at " + std::to_string(size.width()));
    }
    find<QLineEdit>("settingSearch")->clear();
  }
}

// German words are long, Chinese lines high; from right to left everything lies the other way round.
TEST_F(OverflowTest, EveryPageInEveryLanguageAndFromRightToLeft) {
  for (const char* code : {"de", "zh_CN", "mirrored"}) {
    const bool mirrored = std::string_view(code) == "mirrored";
    if (!mirrored) trigger((std::string("actionLanguage-") + code).c_str());
    QCoreApplication::processEvents();
    if (mirrored) QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    openAll();
    callIt(kLongName);
    window->resize(kSizes[0]);
    for (const Workload workload : {Workload::inference, Workload::qlora, Workload::full}) {
      const std::string what = std::string(code) + " " + std::string(headroom::nameOf(workload));
      document().edit(Field::workload, [&](Scenario& s) { chooseWorkload(s, workload); });
      if (!isTraining(workload))
        for (const EngineRow& row : engineRows()) {
          if (row.trains) continue;
          document().edit(Field::engine, [&](Scenario& s) { chooseEngine(s, row.engine); });
          expectNothingCut(what + " " + std::string(row.id));
        }
      document().edit(Field::batch, [](Scenario& s) { s.batch = 1024; });
      for (int page = 0; page < MainWindow::kPages; ++page) {
        window->setPage(static_cast<MainWindow::Page>(page));
        settle();
        expectNothingCut(what + " page " + std::to_string(page));
      }
    }
    window->setPage(MainWindow::learn);
    for (const auto part : {LearnPage::floats, LearnPage::rules, LearnPage::worked}) {
      window->learnPage()->showPart(part);
      expectNothingCut(std::string(code) + " learn " + std::to_string(part));
    }
    window->setPage(MainWindow::explore);
    find<QLineEdit>("settingSearch")->setText(QStringLiteral("zero"));
    expectNothingCut(std::string(code) + " search");
    find<QLineEdit>("settingSearch")->clear();
  }
  QGuiApplication::setLayoutDirection(Qt::LeftToRight);
  useLanguage(QStringLiteral("en"));
}

TEST_F(OverflowTest, AMessageOfAnyLengthLiesInThePage) {
  window->resize(kSizes[0]);
  QString text;
  for (int i = 0; i < 60; ++i) text += QStringLiteral("A line of what was left out, number %1\n").arg(i);
  window->messages()->show(MessageBar::Kind::error, text);
  QCoreApplication::processEvents();
  EXPECT_TRUE(window->messages()->parentWidget()->rect().contains(window->messages()->geometry()));
}

TEST_F(OverflowTest, NothingMovesWhenItNoLongerFits) {
  const auto places = [&] {
    window->explorePage()->advice();
    QCoreApplication::processEvents();
    QList<QRect> rects;
    for (const char* n : {"answerCard", "breakdownCard", "contextCard", "memoryBar", "headlineDetail", "adviceList"}) {
      const auto* w = find<QWidget>(n);
      rects << QRect(w->mapTo(window.get(), QPoint()), w->size());
    }
    return rects;
  };
  for (const QSize& size : kSizes) {
    window->resize(size);
    document().edit(Field::batch, [](Scenario& s) { s.batch = 1; });
    const QList<QRect> fits = places();
    document().edit(Field::batch, [](Scenario& s) { s.batch = 512; });
    QTest::qWait(250);  // the advice is worked out when the hand rests
    EXPECT_EQ(places(), fits) << size.width();
    // Advice stands above the fold.
    const auto* advice = find<QWidget>("applyAdvice0");
    EXPECT_TRUE(advice->isVisible() && !advice->visibleRegion().isEmpty()) << size.width();
  }
}

}  // namespace
}  // namespace headroom::ui
