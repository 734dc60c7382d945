// Several scenarios in one document: the strip above the page, and the page that puts them beside each other.
#include <QComboBox>
#include <QFile>
#include <QFileInfo>
#include <QPushButton>
#include <QTabBar>
#include <QTableView>

#include "core/open/catalogue.h"
#include "core/scenario/choices.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/charts/compare_chart.h"
#include "ui/charts/scenario_plot.h"
#include "ui/document/scenario_answers.h"
#include "ui/pages/compare/compare_page.h"
#include "ui/tables/sheet_view.h"

namespace headroom::ui {
namespace {

class CompareTest : public WindowTest {
 protected:
  QTabBar* strip() const { return find<QTabBar>("scenarioTabs"); }
  QString cell(const QString& row, int scenario) const {
    const SheetModel* m = window->comparePage()->table()->sheet();
    for (int r = 0; r < m->rowCount(); ++r)
      if (m->index(r, 0).data().toString().startsWith(row)) return m->index(r, scenario + 1).data().toString();
    return {};
  }
  void twoFormats() const {
    document().duplicateScenario();
    document().edit(Field::weights, [](Scenario& s) { s.precision.weights = NumberFormat::fp8; });
  }
};

TEST_F(CompareTest, TheStripIsThereFromTheSecondScenarioOn) {
  EXPECT_FALSE(strip()->isVisible());
  trigger("actionDuplicateScenario");
  EXPECT_TRUE(strip()->isVisible());
  EXPECT_EQ(strip()->count(), 2);
  EXPECT_EQ(strip()->currentIndex(), 1);
  document().edit(Field::batch, [](Scenario& s) { s.batch = 64; });
  EXPECT_EQ(scenario().batch, 64);
  strip()->setCurrentIndex(0);
  EXPECT_EQ(settingsOf(scenario()).batch, 1);
  EXPECT_TRUE(strip()->tabText(0).startsWith(QLatin1Char('A')));
  // The edit was of the other: undoing it shows that one.
  trigger("actionUndo");
  EXPECT_EQ(document().work().current, 1U);
  EXPECT_EQ(settingsOf(scenario()).batch, 1);
  trigger("actionUndo");
  EXPECT_EQ(document().work().scenarios.size(), 1U);
  EXPECT_FALSE(strip()->isVisible());
}

TEST_F(CompareTest, ScenariosAreRenamedMovedAndClosed) {
  twoFormats();
  document().renameScenario(1, QStringLiteral("small"));
  EXPECT_TRUE(strip()->tabText(1).contains(QStringLiteral("small")));
  strip()->moveTab(1, 0);
  EXPECT_EQ(document().work().scenarios[0]->name, "small");
  EXPECT_EQ(document().work().current, 0U);
  trigger("actionUndo");
  EXPECT_EQ(document().work().scenarios[1]->name, "small");
  EXPECT_TRUE(strip()->tabText(1).contains(QStringLiteral("small")));
  document().setBaseline(1);
  EXPECT_TRUE(strip()->tabText(1).startsWith(QStringLiteral("⚑")));
  document().closeScenario(1);
  EXPECT_EQ(strip()->count(), 1);
  EXPECT_FALSE(document().work().baseline);
}

TEST_F(CompareTest, EveryNumberOfTheTableIsCoresOwn) {
  twoFormats();
  trigger("actionCompare");
  const Estimate first = estimate(*document().work().scenarios[0]), second = estimate(*document().work().scenarios[1]);
  const Bytes a = first.heaviest().ledger.bytes(ComponentId::weights);
  const Bytes b = second.heaviest().ledger.bytes(ComponentId::weights);
  EXPECT_EQ(cell(QStringLiteral("Weights"), 0).toStdString(), formatIn(a, ByteUnit::gib));
  EXPECT_TRUE(cell(QStringLiteral("Weights"), 1).startsWith(QString::fromStdString(formatIn(b, ByteUnit::gib))));
  EXPECT_TRUE(cell(QStringLiteral("Weights"), 1)
                  .contains(QStringLiteral("−") + QString::fromStdString(formatIn(a - b, ByteUnit::gib))))
      << cell(QStringLiteral("Weights"), 1).toStdString();
  // What differs, and nothing else.
  EXPECT_EQ(cell(QStringLiteral("Precision"), 0), QStringLiteral("bf16"));
  EXPECT_EQ(cell(QStringLiteral("Precision"), 1), QStringLiteral("fp8"));
  EXPECT_TRUE(cell(QStringLiteral("Context"), 0).isEmpty());
  for (int c = 0; c < 2; ++c)
    EXPECT_NEAR(window->comparePage()->chart()->shownValue(ComponentId::weights, c),
                static_cast<double>((c == 0 ? a : b).value()) / kGiB, 1e-6);
  // The other one as the baseline turns the signs.
  document().setBaseline(1);
  EXPECT_TRUE(cell(QStringLiteral("Weights"), 0).contains(QLatin1Char('+')));
  EXPECT_FALSE(cell(QStringLiteral("Weights"), 1).contains(QLatin1Char('(')));
}

// Explore, Compare and the report plot one curve: what gives way under pressure is in none of them, so that every line
// crosses the device's memory where its legend says it is full.
TEST_F(CompareTest, TheDevicesMemoryIsTheSameCurveOnEveryPage) {
  for (const Workload workload : {Workload::inference, Workload::lora, Workload::qlora, Workload::full}) {
    document().reset(workedExample());
    document().edit(Field::workload, [&](Scenario& s) {
      chooseWorkload(s, workload);
      s.model = *catalogueModel("Qwen/Qwen3-0.6B");
      s.reference = CatalogueModel{"Qwen/Qwen3-0.6B"};
    });
    document().duplicateScenario();
    trigger("actionCompare");
    auto* choice = find<QComboBox>("compareComponent");
    choice->setCurrentIndex(0);
    Q_EMIT choice->activated(0);
    QCoreApplication::processEvents();
    const auto& lines = window->comparePage()->plot()->lines();
    ASSERT_EQ(lines.size(), 2U);
    for (const QPointF& p : lines[0].points) {
      Scenario s = *document().work().scenarios[0];
      s.context = static_cast<std::int64_t>(p.x());
      const RankEstimate rank = estimate(s).heaviest();
      EXPECT_EQ(p.y(), static_cast<double>((rank.device - rank.releasable).value())) << p.x();
    }
  }
}

TEST_F(CompareTest, ThePlotShowsAnyComponentOfAllScenariosAndWhereTheyAreFull) {
  document().duplicateScenario();
  document().edit(Field::kv_cache, [](Scenario& s) {
    s.precision.kvCache = KvFormats{NumberFormat::fp8, NumberFormat::fp8};
  });
  trigger("actionCompare");
  ScenarioPlot* plot = window->comparePage()->plot();
  QCoreApplication::processEvents();
  ASSERT_EQ(plot->lines().size(), 2U);
  for (std::size_t i = 0; i < 2; ++i)
    for (const QPointF& p : plot->lines()[i].points) {
      Scenario s = *document().work().scenarios[i];
      s.context = static_cast<std::int64_t>(p.x());
      EXPECT_EQ(p.y(), static_cast<double>(estimate(s).heaviest().ledger.bytes(ComponentId::kv_cache).value()));
    }
  const auto limits = limitsOf(*document().work().scenarios[0]);
  ASSERT_TRUE(plot->lines()[0].fullAt && limits.context);
  EXPECT_NEAR(*plot->lines()[0].fullAt, static_cast<double>(*limits.context),
              0.05 * static_cast<double>(*limits.context));
  EXPECT_GT(*plot->lines()[1].fullAt, *plot->lines()[0].fullAt);
  auto* choice = find<QComboBox>("compareComponent");
  choice->setCurrentIndex(0);
  Q_EMIT choice->activated(0);
  EXPECT_FALSE(plot->component());
  EXPECT_GT(plot->lines()[0].points.front().y(), 1e10);
  trigger("actionUndo");
  EXPECT_EQ(plot->component(), ComponentId::kv_cache);
}

TEST_F(CompareTest, APlotSaysWhatDoesNotFitAndWhatTheEngineRefuses) {
  document().duplicateScenario();
  document().edit(Field::devices, [](Scenario& s) { chooseAccelerator(s, *findAccelerator("t4")); });
  document().duplicateScenario();
  document().edit(Field::devices, [](Scenario& s) {
    chooseEngine(s, Engine::vllm);
    chooseAccelerator(s, *findAccelerator("h200"));
  });
  trigger("actionCompare");
  ScenarioPlot* plot = window->comparePage()->plot();
  QCoreApplication::processEvents();
  ASSERT_EQ(plot->lines().size(), 3U);
  // Weights alone are more than a T4: no context fits, and none is where it would be full.
  EXPECT_EQ(plot->lines()[1].fullAt, 0);
  EXPECT_TRUE(plot->accessibleDescription().contains(QStringLiteral("does not fit")));
  // vLLM takes no more than the model was trained for, whatever room is left.
  EXPECT_EQ(plot->lines()[2].fullAt, 131072);
  EXPECT_TRUE(plot->lines()[2].refused);
  EXPECT_FALSE(plot->lines()[0].refused);
  EXPECT_TRUE(plot->subject().contains(QStringLiteral("own verdict")));  // not one scenario's on an export
}

TEST_F(CompareTest, AnEditAsksForOneScenarioAgainNotForAll) {
  twoFormats();
  trigger("actionCompare");
  const auto before = document().snapshot().scenarioColumns[0].estimate.heaviest().device;
  document().edit(Field::batch, [](Scenario& s) { s.batch = 3; });
  EXPECT_EQ(document().snapshot().scenarioColumns[0].estimate.heaviest().device, before);
  EXPECT_EQ(document().snapshot().scenarioColumns[1].estimate.heaviest().device, truth().heaviest().device);
}

TEST_F(CompareTest, ThePageIsExported) {
  twoFormats();
  trigger("actionCompare");
  for (const char* name : {"compare.png", "compare.svg", "compare.pdf"}) {
    answers->save = file(QString::fromLatin1(name));
    trigger("actionExportChart");
    EXPECT_GT(QFileInfo(answers->save).size(), 1000) << name;
    answers->save = file(QStringLiteral("curve-") + QString::fromLatin1(name));
    trigger("actionExportContext");
    EXPECT_GT(QFileInfo(answers->save).size(), 1000) << name;
  }
  answers->save = file(QStringLiteral("compare.csv"));
  trigger("actionExportCsv");
  QFile csv(answers->save);
  ASSERT_TRUE(csv.open(QIODevice::ReadOnly));
  EXPECT_TRUE(csv.readAll().contains("Weights"));
}

TEST_F(CompareTest, SeveralServersOfOneTextBecomeSeveralScenarios) {
  ASSERT_TRUE(window->openText(QStringLiteral("vllm serve Qwen/Qwen3-8B --max-model-len 9000\n"
                                              "vllm serve Qwen/Qwen3-4B --max-model-len 7000\n"),
                               QStringLiteral("two")));
  ASSERT_EQ(document().work().scenarios.size(), 2U);
  EXPECT_EQ(document().work().scenarios[0]->context, 9000);
  EXPECT_EQ(document().work().scenarios[1]->context, 7000);
}

}  // namespace
}  // namespace headroom::ui
