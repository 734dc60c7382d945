// What a look at the pages found: nothing stands squeezed, broken, empty or beyond its time.
#include <QAbstractTextDocumentLayout>
#include <QClipboard>
#include <QLabel>
#include <QLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTableView>
#include <QTextBlock>
#include <QTextLayout>

#include "core/analysis/plan.h"
#include "core/scenario/choices.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/languages/language.h"
#include "ui/pages/explain/explain_page.h"
#include "ui/pages/explain/explain_panel.h"
#include "ui/pages/explore/message_bar.h"
#include "ui/pages/learn/float_model.h"
#include "ui/pages/learn/learn_page.h"
#include "ui/pages/plan/plan_search.h"

namespace headroom::ui {
namespace {

class LooksTest : public WindowTest {
 protected:
  void TearDown() override {
    WindowTest::TearDown();
    useLanguage(QStringLiteral("en"));
  }
  void resizeTo(int width, int height) const {
    window->resize(width, height);
    for (int i = 0; i < 4; ++i) QCoreApplication::processEvents();
  }
};

TEST_F(LooksTest, WhatWasSaidOfAnEditLeavesWithIt) {
  const Scenario before = scenario();
  window->openText(QStringLiteral("vllm serve meta-llama/Llama-3.1-8B --max-model-len 4096 --port 8000"),
                   QStringLiteral("a text"));
  ASSERT_NE(scenario(), before);
  MessageBar* bar = window->messages();
  ASSERT_TRUE(bar->isVisible());
  document().edit(Field::batch, [](Scenario& s) { s.batch = 3; });
  trigger("actionUndo");
  EXPECT_TRUE(bar->isVisible()) << "what came after it is undone, not what it tells of";
  while (scenario() != before && document().undoStack().canUndo()) trigger("actionUndo");
  EXPECT_EQ(scenario(), before);
  EXPECT_FALSE(bar->isVisible());
}

TEST_F(LooksTest, TheHintOfComparingHasRoomInEveryLanguage) {
  trigger("actionCompare");
  for (const Language& language : languages()) {
    window->setLanguage(QLatin1String(language.code));
    resizeTo(1024, 640);
    const auto* hint = find<QLabel>("compareHint");
    EXPECT_LE(hint->heightForWidth(hint->width()), 2 * hint->fontMetrics().lineSpacing() + 4) << language.code;
  }
}

TEST_F(LooksTest, APlanWithoutLayoutsIsNoEmptySheetAndOffersTheFleetThatWouldDo) {
  document().edit(Field::devices, [](Scenario& s) {
    chooseEngine(s, Engine::vllm);
    chooseAccelerator(s, *findAccelerator("rtx-4090"));
    chooseDeviceCount(s, 1);
    s.batch = 4, s.context = 32768;
  });
  trigger("actionPlan");
  settle();
  ASSERT_TRUE(window->planPage()->plan().layouts.empty());
  EXPECT_FALSE(find<QWidget>("planTable")->isVisible());
  EXPECT_LT(find<QWidget>("planCard")->height(), find<QLabel>("planLeft")->height() + 40);
  auto* larger = find<QPushButton>("planLarger");
  ASSERT_TRUE(larger->isVisible());
  larger->click();
  settle();
  EXPECT_FALSE(window->planPage()->plan().layouts.empty());
  EXPECT_FALSE(larger->isVisible());
  const std::int64_t enough = scenario().devices.front().count;
  EXPECT_GT(enough, 1);
  // Half of it would not.
  Scenario half = scenario();
  chooseDeviceCount(half, enough / 2);
  EXPECT_TRUE(planFor(half, axesOf(half, document().snapshot().asked.plan)).layouts.empty());
  EXPECT_GT(find<QWidget>("planCard")->height(), 300);
}

TEST_F(LooksTest, WithoutARunThereIsNothingToDoWithIt) {
  trigger("actionEvidence");
  EXPECT_FALSE(find<QPushButton>("runOpen")->isVisible());
  EXPECT_FALSE(find<QPushButton>("runCopySource")->isVisible());
}

TEST_F(LooksTest, EveryEngineIsNamedWhollyBesideItsErrors) {
  trigger("actionEvidence");
  resizeTo(1024, 640);
  for (const auto& [name, column] : {std::pair("figureTable", 0), {"runTable", 1}}) {
    const auto* table = find<QTableView>(name);
    ASSERT_TRUE(QTest::qWaitFor([&] { return table->model()->rowCount() > 10; }, 60'000)) << name;
    for (int row = 0; row < table->model()->rowCount(); ++row) {
      const QString engine = table->model()->index(row, column).data().toString();
      ASSERT_LE(table->fontMetrics().horizontalAdvance(engine) + 16, table->columnWidth(column))
          << engine.toStdString();
    }
  }
}

TEST_F(LooksTest, WhatScrollsEndsBeforeItsBar) {
  trigger("actionLearn");
  for (const auto& [part, name] : {std::pair(LearnPage::floats, "floatsArea"), {LearnPage::worked, "storiesArea"}}) {
    window->learnPage()->showPart(part);
    resizeTo(1024, 640);
    const auto* area = find<QScrollArea>(name);
    const QMargins edge = area->widget()->layout()->contentsMargins();
    EXPECT_GE(edge.right(), 12) << name;
    EXPECT_GE(edge.bottom(), 12) << name;
    EXPECT_EQ(area->mapTo(window->learnPage(), QPoint(area->width(), 0)).x(), window->learnPage()->width()) << name;
  }
}

TEST_F(LooksTest, AWideWindowMakesTheBitsLarger) {
  trigger("actionLearn");
  const auto* table = find<QTableView>("floatTable");
  resizeTo(1024, 640);
  const int narrow = table->columnWidth(FloatModel::Bits);
  EXPECT_GE(narrow, 32 * BitsDelegate::kCell + 2 * BitsDelegate::kGap);
  resizeTo(1920, 1080);
  EXPECT_GT(table->columnWidth(FloatModel::Bits), narrow * 3 / 2);
}

// A name of code ends its line at one of its own signs, and a line that goes on stands under its beginning.
TEST_F(LooksTest, AnExplanationBreaksNoNameWithin) {
  document().edit(Field::engine, [](Scenario& s) { chooseEngine(s, Engine::vllm); });
  trigger("actionExplain");
  resizeTo(1024, 640);
  ExplainPanel* panel = window->explainPage()->panel();
  const QTextDocument* shown = panel->document();
  shown->documentLayout()->documentSize();
  int lines = 0;
  for (QTextBlock block = shown->begin(); block.isValid(); block = block.next()) {
    const QString text = block.text();
    EXPECT_FALSE(text.startsWith(QChar::Nbsp)) << text.toStdString();
    for (int i = 0; i + 1 < block.layout()->lineCount(); ++i) {
      const QTextLine line = block.layout()->lineAt(i);
      const int end = line.textStart() + line.textLength();
      const bool within = text[end - 1].isLetter() && text[end].isLetter() && text[end - 1].unicode() < 0x2E80 &&
                          text[end].unicode() < 0x2E80;
      EXPECT_FALSE(within) << text.toStdString() << " at " << end;
      ++lines;
    }
  }
  EXPECT_GT(lines, 10) << "long names are there";
  panel->selectAll();
  panel->copy();
  EXPECT_TRUE(QGuiApplication::clipboard()->text().contains(QStringLiteral("vocab_parallel_embedding.py")));
}

}  // namespace
}  // namespace headroom::ui
