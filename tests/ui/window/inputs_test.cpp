// The inputs move the scenario and show what it says.
#include <QAbstractItemView>
#include <QComboBox>
#include <QCompleter>
#include <QWheelEvent>

#include "core/scenario/choices.h"
#include "core/scenario/settings.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/charts/breakdown_chart.h"
#include "ui/charts/context_chart.h"
#include "ui/charts/memory_bar.h"
#include "ui/inputs/folded_section.h"
#include "ui/inputs/input_panel.h"
#include "ui/inputs/parse_value.h"
#include "ui/pages/explore/component_table.h"
#include "ui/pages/explore/explore_page.h"
#include "ui/style/text.h"

namespace headroom::ui {
namespace {

class InputsTest : public WindowTest {
 protected:
  StopSlider* slider(const char* name) const { return find<StopSlider>(name); }

  void drag(StopSlider* s, int from, int to) const {
    const int y = 12;
    QTest::mousePress(s, Qt::LeftButton, {}, {s->xOf(from), y});
    for (int stop = from; stop != to; stop += to > from ? 1 : -1)
      QTest::mouseMove(s, {s->xOf(stop + (to > from ? 1 : -1)), y});
    QTest::mouseRelease(s, Qt::LeftButton, {}, {s->xOf(to), y});
  }

  void wheel(QWidget* w) const {
    const QPointF at(w->width() / 2.0, 12);
    QWheelEvent event(at, w->mapToGlobal(at), {}, {0, 120}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(w, &event);
  }

  void enter(const char* name, const char* text) const {
    auto* entry = find<QLineEdit>(name);
    entry->setFocus();
    entry->selectAll();
    QTest::keyClicks(entry, QString::fromLatin1(text));
    QTest::keyClick(entry, Qt::Key_Return);
  }

  // Every view shows what the core says of the scenario.
  void expectViewsShowTheTruth() const {
    const Estimate e = truth();
    const RankEstimate& rank = e.heaviest();
    ExplorePage* page = window->explorePage();
    for (std::size_t i = 0; i < kComponentCount; ++i) {
      const auto id = static_cast<ComponentId>(i);
      const Bytes bytes = rank.ledger.bytes(id);
      if (bytes == Bytes(0)) continue;
      EXPECT_NEAR(page->breakdown()->shownValue(id, 0), static_cast<double>(bytes.value()) / kGiB, 1e-6) << idOf(id);
      ComponentModel* table = page->table()->components();
      const int row = table->rowOf(id);
      ASSERT_GE(row, 0) << idOf(id);
      EXPECT_EQ(table->bytesAt(row), bytes) << idOf(id);
      EXPECT_EQ(table->index(row, ComponentModel::Amount).data().toString().toStdString(),
                formatIn(bytes, ByteUnit::gib));
    }
  }
};

TEST_F(InputsTest, StartsOnAWorkedExampleThatEveryViewShows) {
  EXPECT_EQ(scenario().model->id, "meta-llama/Llama-3.1-8B");
  EXPECT_EQ(scenario().model->parameters, Parameters(8'030'261'248));
  EXPECT_EQ(scenario().context, 8192);
  EXPECT_EQ(scenario().devices.front().accelerator, "rtx-4090");
  EXPECT_FALSE(document().isModified());
  expectViewsShowTheTruth();
}

TEST_F(InputsTest, AKeyOnASliderMovesOneStopAndEveryViewFollows) {
  StopSlider* context = slider("contextSlider");
  context->setFocus();
  QTest::keyClick(context, Qt::Key_Right);
  EXPECT_EQ(scenario().context, 16384);
  EXPECT_EQ(find<ValueEntry>("contextEntry")->text(), grouped(16384));
  expectViewsShowTheTruth();
  // Llama 3.1 8B keeps 2 × 8 × 128 × 32 × 2 bytes a token: 2 GiB at 16384.
  EXPECT_NEAR(window->explorePage()->breakdown()->shownValue(ComponentId::kv_cache, 0), 2.0, 1e-9);
  QTest::keyClick(context, Qt::Key_Home);
  EXPECT_EQ(scenario().context, 512);
  QTest::keyClick(context, Qt::Key_PageUp);
  EXPECT_EQ(scenario().context, 2048);
}

TEST_F(InputsTest, ADragIsOneUndoStepAndUndoMovesTheSliderBack) {
  StopSlider* context = slider("contextSlider");
  const int before = context->value();
  drag(context, 4, 7);
  EXPECT_EQ(scenario().context, 65536);
  EXPECT_EQ(document().undoStack().count(), 1);
  EXPECT_EQ(document().undoStack().undoText(), grouped(QStringLiteral("Context 8,192 → 65,536")));
  trigger("actionUndo");
  EXPECT_EQ(scenario().context, 8192);
  EXPECT_EQ(context->value(), before);
  EXPECT_FALSE(document().isModified());
  trigger("actionRedo");
  EXPECT_EQ(scenario().context, 65536);
}

TEST_F(InputsTest, ADragThatEndsWhereItBeganLeavesNothingBehind) {
  StopSlider* batch = slider("batchSlider");
  const int y = 12;
  QTest::mousePress(batch, Qt::LeftButton, {}, {batch->xOf(0), y});
  QTest::mouseMove(batch, {batch->xOf(3), y});
  EXPECT_EQ(scenario().batch, 8);
  QTest::mouseMove(batch, {batch->xOf(0), y});
  QTest::mouseRelease(batch, Qt::LeftButton, {}, {batch->xOf(0), y});
  EXPECT_EQ(settingsOf(scenario()).batch, 1);
  EXPECT_EQ(document().undoStack().count(), 0);
}

TEST_F(InputsTest, TwoDragsAreTwoSteps) {
  drag(slider("batchSlider"), 0, 2);
  drag(slider("batchSlider"), 2, 4);
  EXPECT_EQ(document().undoStack().count(), 2);
}

TEST_F(InputsTest, TheWheelChangesAValueOnlyWithTheFocus) {
  StopSlider* batch = slider("batchSlider");
  slider("contextSlider")->setFocus();
  wheel(batch);
  EXPECT_EQ(settingsOf(scenario()).batch, 1);
  batch->setFocus();
  wheel(batch);
  EXPECT_EQ(scenario().batch, 2);
}

TEST_F(InputsTest, AFieldTakesWhatPeopleWrite) {
  enter("contextEntry", "128k");
  EXPECT_EQ(scenario().context, 131072);
  EXPECT_EQ(find<ValueEntry>("contextEntry")->text(), grouped(131072));
  enter("contextEntry", "1M");
  EXPECT_EQ(scenario().context, 1 << 20);
  enter("precisionEntry", "fp8");
  EXPECT_EQ(scenario().precision.weights, WeightFormat(NumberFormat::fp8));
  expectViewsShowTheTruth();
}

TEST_F(InputsTest, AValueBetweenTwoStopsStaysAsTyped) {
  enter("contextEntry", "200000");
  EXPECT_EQ(scenario().context, 200000);
  StopSlider* context = slider("contextSlider");
  const double place = context->scale().positionOf(200000);
  EXPECT_GT(place, context->scale().positionOf(131072));
  EXPECT_LT(place, context->scale().positionOf(262144));
  // The next stop upwards, not one stop further.
  context->setFocus();
  QTest::keyClick(context, Qt::Key_Right);
  EXPECT_EQ(scenario().context, 262144);
}

TEST_F(InputsTest, AnUnreadableTextStaysUnderARedFrameAndTheLastValueHolds) {
  auto* entry = find<ValueEntry>("contextEntry");
  const QRect place = slider("contextSlider")->geometry();
  enter("contextEntry", "lots");
  QCoreApplication::processEvents();
  EXPECT_EQ(scenario().context, 8192);
  EXPECT_EQ(entry->text(), QStringLiteral("lots"));
  EXPECT_FALSE(entry->problem().isEmpty());
  EXPECT_TRUE(entry->property("invalid").toBool());
  // The reason lies over the slider's labels, legibly, and has moved nothing.
  const auto* reason = find<QLabel>("contextReason");
  EXPECT_TRUE(reason->isVisible());
  EXPECT_EQ(slider("contextSlider")->childAt(reason->geometry().center()), reason);
  EXPECT_EQ(slider("contextSlider")->geometry(), place);
  QTest::keyClick(entry, Qt::Key_Escape);
  EXPECT_EQ(entry->text(), grouped(8192));
  EXPECT_TRUE(entry->problem().isEmpty());
  enter("batchEntry", "0");
  EXPECT_EQ(settingsOf(scenario()).batch, 1);
  EXPECT_FALSE(find<ValueEntry>("batchEntry")->problem().isEmpty());
}

TEST_F(InputsTest, LeavingAFieldTakesItsValue) {
  auto* entry = find<ValueEntry>("batchEntry");
  entry->setFocus();
  entry->selectAll();
  QTest::keyClicks(entry, QStringLiteral("3"));
  EXPECT_EQ(settingsOf(scenario()).batch, 1);
  slider("contextSlider")->setFocus();
  EXPECT_EQ(scenario().batch, 3);
}

TEST_F(InputsTest, ControlsThatDoNotApplyAreNotShown) {
  const auto rank = find<QWidget>("rank");
  const auto training = find<QWidget>("sectionTraining");
  EXPECT_FALSE(rank->isVisible());
  EXPECT_FALSE(training->isVisible());
  const char* const segments[] = {"workload0", "workload1", "workload2", "workload3"};
  const bool ranked[] = {false, true, true, false};
  for (int i = 0; i < 4; ++i) {
    QTest::mouseClick(find<QAbstractButton>(segments[i]), Qt::LeftButton);
    EXPECT_EQ(scenario().workload, static_cast<Workload>(i));
    EXPECT_EQ(rank->isVisible(), ranked[i]) << i;
    EXPECT_EQ(training->isVisible(), i > 0) << i;
    expectViewsShowTheTruth();
  }
}

TEST_F(InputsTest, QloraTakesFourBitsAndInferenceGivesThemBack) {
  QTest::mouseClick(find<QAbstractButton>("workload2"), Qt::LeftButton);
  EXPECT_EQ(document().snapshot().settings.weights, WeightFormat(NumberFormat::nf4));
  QTest::mouseClick(find<QAbstractButton>("workload0"), Qt::LeftButton);
  EXPECT_EQ(document().snapshot().settings.weights, WeightFormat(NumberFormat::bf16));
}

TEST_F(InputsTest, AFoldedSettingChangesTheScenarioAndItsDefaultGivesItBack) {
  find<FoldedSection>("sectionPrecision")->setOpen(true);
  auto* kv = find<QComboBox>(qPrintable(QStringLiteral("option%1").arg(static_cast<int>(Field::kv_cache))));
  ASSERT_TRUE(kv->isVisible());
  const double before = window->explorePage()->breakdown()->shownValue(ComponentId::kv_cache, 0);
  kv->setCurrentIndex(kv->findData(QStringLiteral("fp8")));
  Q_EMIT kv->activated(kv->currentIndex());
  ASSERT_TRUE(scenario().precision.kvCache);
  EXPECT_EQ(scenario().precision.kvCache->k, NumberFormat::fp8);
  EXPECT_NEAR(window->explorePage()->breakdown()->shownValue(ComponentId::kv_cache, 0), before / 2, before * 0.01);
  kv->setCurrentIndex(0);
  Q_EMIT kv->activated(0);
  EXPECT_FALSE(scenario().precision.kvCache);
}

TEST_F(InputsTest, ThePickerOpensWhereItsChoiceStandsAndEnterTakesTheFirstMatch) {
  PickerField* picker = window->inputs()->modelPicker();
  picker->openList();
  const QAbstractItemView* list = picker->findChild<QCompleter*>()->popup();
  EXPECT_TRUE(list->isVisible());
  EXPECT_EQ(list->currentIndex().data().toString(), picker->text());
  QTest::keyClick(picker, Qt::Key_Escape);
  picker->selectAll();
  QTest::keyClicks(picker, QStringLiteral("qwen3 8b"));
  const QString first = picker->matches(QStringLiteral("qwen3 8b")).value(0);
  QTest::keyClick(picker, Qt::Key_Return);
  EXPECT_EQ(QString::fromStdString(scenario().model->id), first);
}

TEST_F(InputsTest, TabGoesThroughAnOpenedSectionBeforeTheNext) {
  window->inputs()->setOpenSections({QStringLiteral("sectionEngine")});
  QCoreApplication::processEvents();
  const auto next = [](QWidget* from) {
    QWidget* w = from->nextInFocusChain();
    while (w != from && ((w->focusPolicy() & Qt::TabFocus) == 0 || !w->isVisible() || !w->isEnabled()))
      w = w->nextInFocusChain();
    return w;
  };
  QWidget* at = find<QWidget>("sectionEngineHeader");
  at = next(at);
  EXPECT_EQ(at->objectName(), QStringLiteral("option%1").arg(static_cast<int>(Field::engine)));
  const QWidget* section = find<QWidget>("sectionEngine");
  while (section->isAncestorOf(at)) at = next(at);
  // The next section that is there for this engine and workload.
  EXPECT_TRUE(at->objectName().endsWith(QStringLiteral("Header"))) << at->objectName().toStdString();
  EXPECT_EQ(at->parentWidget()->mapTo(window->inputs(), QPoint()).y(),
            section->mapTo(window->inputs(), QPoint(0, section->height())).y());
}

TEST_F(InputsTest, ChoicesAreSpelledAsPeopleSpellThem) {
  document().edit(Field::workload, [](Scenario& s) { chooseWorkload(s, Workload::lora); });
  window->inputs()->setOpenSections(
      {QStringLiteral("sectionTraining"), QStringLiteral("sectionReinforcement"), QStringLiteral("sectionParallel")});
  const auto entries = [this](Field field) {
    auto* combo = window->findChild<QComboBox*>(QStringLiteral("option%1").arg(static_cast<int>(field)));
    QStringList out;
    for (int i = 0; combo != nullptr && i < combo->count(); ++i) out << combo->itemText(i);
    return out;
  };
  EXPECT_TRUE(entries(Field::optimizer).contains(QStringLiteral("Paged AdamW 8-bit")));
  EXPECT_TRUE(entries(Field::sharding).contains(QStringLiteral("ZeRO-3")));
  EXPECT_TRUE(entries(Field::reinforcement).contains(QStringLiteral("GRPO")));
}

TEST_F(InputsTest, ThePickerFindsModelsByAnyPartOfTheirName) {
  PickerField* picker = window->inputs()->modelPicker();
  EXPECT_GT(picker->itemCount(), 3);
  EXPECT_EQ(picker->matches(QStringLiteral("llama3.1 8b")).value(0), QStringLiteral("meta-llama/Llama-3.1-8B"));
  EXPECT_TRUE(picker->matches(QStringLiteral("no such thing")).isEmpty());
  Q_EMIT picker->textEntered(QStringLiteral("no such thing"));
  EXPECT_EQ(scenario().model->id, "meta-llama/Llama-3.1-8B");
}

TEST_F(InputsTest, TheContextPlotMovesTheContext) {
  ContextChart* chart = window->explorePage()->contextChart();
  Q_EMIT chart->dragStarted();
  Q_EMIT chart->contextPicked(20000);
  Q_EMIT chart->contextPicked(40000);
  Q_EMIT chart->dragFinished();
  EXPECT_EQ(scenario().context, 40000);
  EXPECT_EQ(document().undoStack().count(), 1);
  expectViewsShowTheTruth();
}

TEST_F(InputsTest, EveryFieldCanBeReachedAndSaysWhatItIs) {
  for (FoldedSection* section : window->inputs()->findChildren<FoldedSection*>()) section->setOpen(true);
  for (QWidget* w : window->inputs()->findChildren<QWidget*>()) {
    if (w->focusPolicy() == Qt::NoFocus || qobject_cast<QLabel*>(w) != nullptr || w->window() != window.get()) continue;
    EXPECT_FALSE(w->objectName().isEmpty()) << w->metaObject()->className();
    if (w->objectName().startsWith(QLatin1String("qt_"))) continue;
    EXPECT_FALSE(w->accessibleName().isEmpty()) << w->objectName().toStdString();
  }
}

TEST(ParseValue, ReadsNumbersTheWayTheyAreWritten) {
  const std::pair<const char*, std::int64_t> good[] = {{"8192", 8192},     {"8k", 8192},        {"8K", 8192},
                                                       {" 128k ", 131072}, {"1M", 1 << 20},     {"8,192", 8192},
                                                       {"8 192", 8192},    {"131_072", 131072}, {"0.5k", 512}};
  for (const auto& [text, value] : good)
    EXPECT_EQ(parseInteger(QString::fromLatin1(text), 1, 1 << 30).value, value) << text;
  for (const char* bad : {"", "k", "8x", "-1", "0", "1.5", "9e99", "nan", "inf", "1e400", "8 192 apples"}) {
    const ParsedInteger parsed = parseInteger(QString::fromLatin1(bad), 1, 1 << 30);
    EXPECT_FALSE(parsed.value) << bad;
    EXPECT_FALSE(parsed.problem.isEmpty()) << bad;
  }
  EXPECT_NEAR(parseShare(QStringLiteral("90 %"), 1).value.value_or(0), 0.9, 1e-12);
  EXPECT_NEAR(parseShare(QStringLiteral("0,85"), 1).value.value_or(0), 0.85, 1e-12);
  EXPECT_FALSE(parseShare(QStringLiteral("120 %"), 1).value);
}

}  // namespace
}  // namespace headroom::ui
