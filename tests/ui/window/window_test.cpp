// The window as a whole: pages, explanations, goal-seek, units, themes, exports, and every command once.
#include <QAction>
#include <QClipboard>
#include <QDialog>
#include <QLabel>
#include <QMenuBar>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollBar>
#include <QTabBar>

#include "core/report/verdict_text.h"
#include "core/scenario/choices.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/charts/breakdown_chart.h"
#include "ui/charts/compare_chart.h"
#include "ui/pages/devices/devices_page.h"
#include "ui/pages/explain/explain_page.h"
#include "ui/pages/explain/explain_panel.h"
#include "ui/pages/explore/advice_list.h"
#include "ui/pages/explore/component_table.h"
#include "ui/pages/explore/explore_page.h"
#include "ui/pages/explore/fit_banner.h"
#include "ui/pages/explore/headline.h"
#include "ui/pages/explore/message_bar.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

TEST_F(WindowTest, TheHeadlineSaysWhetherItFitsAndByHowMuch) {
  const VerdictText text = verdictText(judge(truth()), ByteUnit::gib);
  const auto named = [](const std::string& number) {
    return QString::fromStdString(number) + QChar(QChar::Nbsp) + QStringLiteral("GiB");
  };
  EXPECT_EQ(window->explorePage()->banner()->sentence(),
            QStringLiteral("Fits — %1 of %2, %3 left")
                .arg(QString::fromStdString(text.need), named(text.room), named(text.gap)));
  document().edit(Field::batch, [](Scenario& s) { s.batch = 64; });
  EXPECT_TRUE(window->explorePage()->banner()->sentence().startsWith(QStringLiteral("Does not fit — ")))
      << window->explorePage()->banner()->sentence().toStdString();
  EXPECT_EQ(find<QLabel>("headline")->property("verdict").toString(), QStringLiteral("exceeds"));
  document().edit(Field::devices, [](Scenario& s) { s.devices.clear(); });
  EXPECT_TRUE(window->explorePage()->banner()->sentence().startsWith(QStringLiteral("Needs ")));
}

TEST_F(WindowTest, TheHeadlineGroupsWhatIsLargeAndLeavesOutItsHundredths) {
  document().edit(Field::run, [](Scenario& s) { s.batch = 1024, s.context = 1 << 20; });
  static const QRegularExpression kLong(QStringLiteral("\\d{4}"));
  EXPECT_FALSE(window->explorePage()->banner()->sentence().contains(kLong))
      << window->explorePage()->banner()->sentence().toStdString();
}

TEST_F(WindowTest, TheHeadlineTellsHowLittleIsMissing) {
  Estimate e = truth();
  RankEstimate& rank = e.ranks.front();
  rank.verdict = Verdict::exceeds;
  rank.headroom = Bytes(-(std::int64_t{8} << 20));
  rank.device = Bytes(std::int64_t{17} << 30);
  rank.usable = rank.device + *rank.headroom;
  const QString sentence = headlineOf(e, ByteUnit::gib).sentence;
  EXPECT_TRUE(sentence.endsWith(withUnit(Bytes(std::int64_t{8} << 20), ByteUnit::gib, 2) + QStringLiteral(" short")))
      << sentence.toStdString();
}

TEST_F(WindowTest, TheHeadlineNamesWhatIsNotModelled) {
  Estimate e = truth();
  ASSERT_EQ(e.verdict(), Verdict::fits);
  e.unmodelled.push_back("the moon");
  const Headline headline = headlineOf(e, ByteUnit::gib);
  EXPECT_TRUE(headline.sentence.startsWith(QStringLiteral("Fits as far as modelled — ")))
      << headline.sentence.toStdString();
  EXPECT_TRUE(headline.detail.startsWith(QStringLiteral("not modelled: the moon"))) << headline.detail.toStdString();
}

TEST_F(WindowTest, GoalSeekGoesToTheMostThatFits) {
  trigger("actionSeekContext");
  const std::int64_t longest = *scenario().context;
  EXPECT_GT(longest, 8192);
  EXPECT_NE(truth().verdict(), Verdict::exceeds);
  Scenario more = scenario();
  more.context = longest + 1;
  EXPECT_EQ(estimate(more).verdict(), Verdict::exceeds);
  trigger("actionUndo");
  EXPECT_EQ(scenario().context, 8192);
  trigger("actionSeekBatch");
  more = scenario();
  more.batch = more.batch.value_or(1) + 1;
  EXPECT_EQ(estimate(more).verdict(), Verdict::exceeds);
}

TEST_F(WindowTest, AdviceThatSaysItThenFitsMakesItFit) {
  trigger("actionThemeLight");
  document().edit(Field::batch, [](Scenario& s) { s.batch = 6; });
  ASSERT_EQ(truth().verdict(), Verdict::exceeds);
  AdviceList* list = window->explorePage()->advice();
  list->refresh();
  ASSERT_FALSE(list->advice().empty());
  const Advice first = list->advice().front();
  ASSERT_TRUE(first.verdict && *first.verdict != Verdict::exceeds);
  QTest::mouseClick(find<QPushButton>("applyAdvice0"), Qt::LeftButton);
  EXPECT_NE(truth().verdict(), Verdict::exceeds);
  trigger("actionUndo");
  EXPECT_EQ(truth().verdict(), Verdict::exceeds);
}

TEST_F(WindowTest, AdviceThatBeginsAlikeIsToldApartByItsEnd) {
  document().edit(Field::run, [](Scenario& s) { chooseWorkload(s, Workload::lora); });
  AdviceList* list = window->explorePage()->advice();
  list->refresh();
  QStringList words;
  for (const auto* button : list->findChildren<QPushButton*>())
    if (!button->isHidden()) words << button->text().section(QStringLiteral("  −"), 0, 0);
  EXPECT_GE(words.size(), 2);
  EXPECT_EQ(words.removeDuplicates(), 0) << words.front().toStdString();
}

TEST_F(WindowTest, ARowOfTheTableOpensItsExplanation) {
  ComponentTable* table = window->explorePage()->table();
  const int row = table->components()->rowOf(ComponentId::kv_cache);
  QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(table->model()->index(row, 0)).center());
  ExplainPanel* panel = window->explorePage()->explanation();
  EXPECT_EQ(panel->component(), ComponentId::kv_cache);
  EXPECT_TRUE(panel->isVisible());
  // A text document gives no-break spaces back as spaces.
  const auto amount = [&] {
    return grouped(truth().heaviest().ledger.bytes(ComponentId::kv_cache).value())
        .replace(QChar::Nbsp, QLatin1Char(' '));
  };
  const QString text = panel->toPlainText();
  EXPECT_TRUE(text.contains(amount())) << text.toStdString();
  EXPECT_TRUE(text.contains(QStringLiteral("8 192"))) << text.toStdString();
  // It stays true while the scenario changes under it.
  document().edit(Field::batch, [](Scenario& s) { s.batch = 2; });
  EXPECT_TRUE(panel->toPlainText().contains(amount()));
  QTest::keyClick(panel, Qt::Key_Escape);
  EXPECT_FALSE(panel->isVisible());
}

// Only what changed is set: it reads as if all of it had been.
TEST_F(WindowTest, TheExplainPageReadsAsAFreshOneAfterEveryEdit) {
  trigger("actionExplain");
  ExplainPanel* panel = window->explainPage()->panel();
  const auto edits = {std::function<void(Scenario&)>([](Scenario& s) { s.batch = 3; }),
                      std::function<void(Scenario&)>([](Scenario& s) { s.context = 3000; }),
                      std::function<void(Scenario&)>([](Scenario& s) { s.workload = Workload::qlora; }),
                      std::function<void(Scenario&)>([](Scenario& s) { s.batch = 5, s.context = 700; })};
  for (const auto& edit : edits) {
    document().edit(Field::batch, edit);
    panel->verticalScrollBar()->setValue(panel->verticalScrollBar()->maximum() / 2);
    document().edit(Field::batch, [](Scenario& s) { ++*s.batch; });
    QCoreApplication::processEvents();
    ExplainPanel fresh(QStringLiteral("fresh"));
    fresh.resize(panel->size());
    fresh.render(document().snapshot());
    fresh.show();
    EXPECT_EQ(panel->toPlainText().toStdString(), fresh.toPlainText().toStdString());
    EXPECT_NEAR(panel->document()->size().height(), fresh.document()->size().height(), 1);
  }
}

TEST_F(WindowTest, TheExplainPageAccountsForEveryComponent) {
  trigger("actionExplain");
  const QString text = window->explainPage()->panel()->toPlainText();
  const Estimate e = truth();
  for (std::size_t i = 0; i < kComponentCount; ++i) {
    const auto id = static_cast<ComponentId>(i);
    if (e.heaviest().ledger.bytes(id) > Bytes(0)) {
      EXPECT_TRUE(text.contains(componentName(id))) << idOf(id);
    }
  }
  window->explainPage()->list()->setCurrentRow(1);
  EXPECT_EQ(window->explainPage()->panel()->component(), ComponentId::weights);
}

TEST_F(WindowTest, DevicesStandSideBySideAndCanBeAddedAndTakenOut) {
  trigger("actionDevices");
  const Snapshot& s = document().snapshot();
  const std::size_t before = s.columns.size();
  ASSERT_GE(before, 3U);
  for (std::size_t i = 0; i < before; ++i) {
    const Estimate e = estimate(s.columns[i].scenario);
    EXPECT_NEAR(window->devicesPage()->chart()->shownValue(ComponentId::weights, static_cast<int>(i)),
                static_cast<double>(e.heaviest().ledger.bytes(ComponentId::weights).value()) / kGiB, 1e-6);
  }
  document().edit(Field::devices, [](Scenario& d) { chooseDeviceCount(d, 2); });
  for (const ComparedColumn& column : document().snapshot().columns)
    EXPECT_EQ(column.scenario.devices.front().count, 2);
  trigger("actionUndo");
  Q_EMIT find<PickerField>("comparePicker")->chosen(QStringLiteral("l40s"));
  EXPECT_EQ(s.columns.size(), before + 1);
  EXPECT_EQ(document().compared().back().accelerator, "l40s");
  auto* pins = find<QTabBar>("pinTabs");
  ASSERT_EQ(pins->count(), static_cast<int>(before));
  Q_EMIT pins->tabCloseRequested(0);
  EXPECT_EQ(s.columns.size(), before);
  EXPECT_EQ(document().compared().back().accelerator, "l40s");
  pins->moveTab(pins->count() - 1, 0);
  EXPECT_EQ(document().compared().front().accelerator, "l40s");
}

TEST_F(WindowTest, TheUnitChangesEveryNumberAndIsRemembered) {
  const Bytes weights = truth().heaviest().ledger.bytes(ComponentId::weights);
  ComponentModel* table = window->explorePage()->table()->components();
  const auto shown = [&] {
    return table->index(table->rowOf(ComponentId::weights), ComponentModel::Amount).data().toString().toStdString();
  };
  EXPECT_EQ(shown(), formatIn(weights, ByteUnit::gib));
  trigger("actionUnitGb");
  EXPECT_EQ(shown(), formatIn(weights, ByteUnit::gb));
  EXPECT_TRUE(window->explorePage()->banner()->sentence().contains(QStringLiteral("GB")));
  EXPECT_FALSE(window->explorePage()->banner()->sentence().contains(QStringLiteral("GiB")));
  EXPECT_FALSE(document().isModified());
  start();
  EXPECT_EQ(document().snapshot().unit, ByteUnit::gb);
}

TEST_F(WindowTest, DarkAndLightRecolourAndAreRemembered) {
  trigger("actionThemeDark");
  EXPECT_TRUE(Theme::current().dark);
  EXPECT_LT(window->grab().toImage().pixelColor(640, 790).lightness(), 60);
  trigger("actionThemeLight");
  EXPECT_FALSE(Theme::current().dark);
  EXPECT_GT(window->grab().toImage().pixelColor(640, 790).lightness(), 200);
  trigger("actionThemeDark");
  start();
  EXPECT_TRUE(Theme::current().dark);
}

TEST_F(WindowTest, ThePageAndTheComparedDevicesAreRemembered) {
  trigger("actionDevices");
  Q_EMIT find<PickerField>("comparePicker")->chosen(QStringLiteral("l40s"));
  ASSERT_TRUE(window->close());
  start();
  EXPECT_EQ(window->page(), MainWindow::devices);
  EXPECT_EQ(document().compared().back().accelerator, "l40s");
}

TEST_F(WindowTest, ChartsAndTablesAreWrittenInTheirFormats) {
  const std::pair<const char*, const char*> pictures[] = {
      {"chart.png", "\x89PNG"}, {"chart.svg", "<?xml"}, {"chart.pdf", "%PDF"}};
  for (const auto& [name, magic] : pictures) {
    answers->save = file(QString::fromLatin1(name));
    trigger("actionExportChart");
    QFile f(answers->save);
    ASSERT_TRUE(f.open(QIODevice::ReadOnly)) << window->messages()->text().toStdString();
    EXPECT_TRUE(f.readAll().startsWith(magic)) << name;
  }
  answers->save = file(QStringLiteral("table.csv"));
  trigger("actionExportCsv");
  QFile csv(answers->save);
  ASSERT_TRUE(csv.open(QIODevice::ReadOnly));
  EXPECT_TRUE(csv.readAll().contains(
      QByteArray::number(qlonglong(truth().heaviest().ledger.bytes(ComponentId::weights).value()))));
  trigger("actionCopyMarkdown");
  EXPECT_TRUE(QApplication::clipboard()->text().contains(QLatin1Char('|')));
  answers->save = file(QStringLiteral("no such folder/table.csv"));
  trigger("actionExportCsv");
  EXPECT_TRUE(window->messages()->property("error").toBool());
}

TEST_F(WindowTest, EveryCommandRunsOnEveryPage) {
  answers->unsaved = FileDialogs::Unsaved::cancel;
  document().edit(Field::batch, [](Scenario& s) { s.batch = 2; });
  for (const char* page : {"actionExplore", "actionDevices", "actionSweep", "actionPlan", "actionModel",
                           "actionExplain", "actionEvidence"})
    for (QAction* action : window->findChildren<QAction*>()) {
      if (!action->objectName().startsWith(QLatin1String("action")) || !action->isEnabled()) continue;
      // Another language makes the commands anew (tests/ui/languages).
      if (action->objectName().startsWith(QLatin1String("actionLanguage-"))) continue;
      trigger(page);
      action->trigger();
      QCoreApplication::processEvents();
      for (QDialog* dialog : window->findChildren<QDialog*>()) dialog->close();
      EXPECT_TRUE(window->isVisible()) << action->objectName().toStdString();
    }
}

TEST_F(WindowTest, NoTwoCommandsShareAShortcutOrAMnemonic) {
  QStringList keys;
  for (const QAction* action : window->findChildren<QAction*>())
    for (const QKeySequence& k : action->shortcuts()) keys << k.toString();
  EXPECT_EQ(keys.removeDuplicates(), 0);
  for (const char* language : {"actionLanguage-en", "actionLanguage-de", "actionLanguage-zh_CN"}) {
    trigger(language);
    QCoreApplication::processEvents();
    for (const QAction* menu : window->menuBar()->actions()) {
      QStringList letters;
      for (const QAction* action : menu->menu()->actions()) {
        const qsizetype at = action->text().indexOf(QLatin1Char('&'));
        if (at >= 0) letters << action->text().mid(at + 1, 1).toLower();
      }
      EXPECT_EQ(letters.removeDuplicates(), 0) << menu->text().toStdString();
    }
  }
}

TEST_F(WindowTest, NumbersThatChangeMoveNoControl) {
  const QStringList names{QStringLiteral("acceleratorPicker"), QStringLiteral("deviceCount"),
                          QStringLiteral("batchSlider"),       QStringLiteral("contextSlider"),
                          QStringLiteral("precisionSlider"),   QStringLiteral("memoryBar"),
                          QStringLiteral("breakdownChart"),    QStringLiteral("contextChart")};
  const auto places = [&] {
    QCoreApplication::processEvents();
    QList<QRect> rects;
    for (const QString& n : names) {
      const auto* w = window->findChild<QWidget*>(n);
      rects << QRect(w->mapTo(window.get(), QPoint()), w->size());
    }
    return rects;
  };
  const QList<QRect> before = places();
  for (std::int64_t batch : {2, 16, 1000}) {
    document().edit(Field::batch, [batch](Scenario& s) { s.batch = batch; });
    const QList<QRect> after = places();
    for (qsizetype i = 0; i < names.size(); ++i)
      EXPECT_EQ(after[i].topLeft(), before[i].topLeft()) << names[i].toStdString() << " at batch " << batch;
  }
}

TEST_F(WindowTest, NothingInTheSmallestWindowIsCutOff) {
  window->resize(1024, 700);
  QCoreApplication::processEvents();
  for (const char* name :
       {"workload0", "seekContext", "seekBatch", "acceleratorPicker", "batchEntry", "perThousandTokens"}) {
    const auto* w = find<QWidget>(name);
    EXPECT_GE(w->width(), w->minimumSizeHint().width()) << name;
    const QRect inWindow(w->mapTo(window.get(), QPoint()), w->size());
    EXPECT_LE(inWindow.right(), window->width()) << name;
  }
  trigger("actionExplore");
  const auto* headline = find<QLabel>("headline");
  document().edit(Field::batch, [](Scenario& s) { s.batch = 64; });
  EXPECT_LE(QFontMetrics(headline->font()).horizontalAdvance(headline->text()), headline->width());
}

}  // namespace
}  // namespace headroom::ui
