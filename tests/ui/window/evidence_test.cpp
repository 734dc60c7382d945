// The evidence page: the figures of `validate`, each down to its run, its source and its scenario.
#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QTableView>

#include "core/open/scenario_json.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/charts/evidence_chart.h"
#include "ui/charts/plot_view.h"
#include "ui/export/chart_exporter.h"
#include "ui/pages/evidence/evidence_models.h"
#include "ui/pages/evidence/evidence_page.h"
#include "ui/pages/evidence/run_card.h"

namespace headroom::ui {
namespace {

class EvidenceTest : public WindowTest {
 protected:
  // Two runs that fit on a page; the second prints a count and is of quality C.
  EvidencePtr two() const {
    const Result<std::vector<MeasuredRun>> runs = readMeasuredRuns(
        R"({"schema": "headroom-measured/1", "sources": ["https://example.org/one"], "rows": [
             {"id": "one", "source": 0, "quality": "A", "model": "meta-llama/Llama-3.1-8B", "note": "A repacked checkpoint.",
              "scenario": {"engine": "vllm", "context": 4096, "devices": [{"accelerator": "l4"}]},
              "figures": [{"figure": "weights", "bytes": 16094000000, "step": 1e7}, {"figure": "kv_tokens", "value": 9000}]},
             {"id": "two", "source": "https://example.org/two", "quality": "C", "model": "Qwen/Qwen3-8B", "assumed": ["context"],
              "scenario": {"engine": "sglang", "devices": [{"accelerator": "h100-80gb"}]},
              "figures": [{"figure": "weights", "bytes": 20000000000}]}]})",
        "test");
    EXPECT_TRUE(runs) << runs.error().text();
    return predictAll(runs ? *runs : std::vector<MeasuredRun>{});
  }
  EvidencePage* page() const { return window->evidencePage(); }
};

TEST_F(EvidenceTest, TheBundledRunsAreThoseOfValidate) {
  trigger("actionEvidence");
  QSignalSpy ready(&page()->store(), &EvidenceStore::ready);
  if (!page()->store().evidence()) {
    ASSERT_TRUE(ready.wait(60'000));
  }
  const Validation truth = validate(*measuredRuns(), {});
  const std::vector<FigureSummary>& shown = page()->figures()->summaries();
  ASSERT_EQ(shown.size(), truth.summaries.size());
  for (const FigureSummary& s : truth.summaries) {
    const auto found =
        std::ranges::find_if(shown, [&](const FigureSummary& f) { return f.group == s.group && f.figure == s.figure; });
    ASSERT_NE(found, shown.end()) << s.group << " " << s.figure;
    EXPECT_EQ(found->count, s.count);
    EXPECT_DOUBLE_EQ(found->median, s.median);
    EXPECT_DOUBLE_EQ(found->inside, s.inside);
  }
  EXPECT_EQ(static_cast<std::size_t>(page()->runs()->rowCount()), truth.errors.size());
}

TEST_F(EvidenceTest, AFilterNarrowsChartAndTables) {
  trigger("actionEvidence");
  page()->store().set(two());
  EXPECT_EQ(page()->runs()->rowCount(), 2);  // A and B
  EXPECT_EQ(page()->chart()->drawn().size(), 1U);
  QTest::mouseClick(find<QPushButton>("evidenceQuality2"), Qt::LeftButton);
  EXPECT_EQ(page()->runs()->rowCount(), 3);
  EXPECT_EQ(page()->chart()->drawn().size(), 2U);  // tokens are no bytes
  auto* groups = find<QComboBox>("evidenceGroup");
  groups->setCurrentIndex(groups->findData(QStringLiteral("vllm")));
  Q_EMIT groups->activated(groups->currentIndex());
  EXPECT_EQ(page()->runs()->rowCount(), 2);
  auto* figures = find<QComboBox>("evidenceFigure");
  figures->setCurrentIndex(figures->findData(QStringLiteral("kv_tokens")));
  Q_EMIT figures->activated(figures->currentIndex());
  EXPECT_EQ(page()->runs()->rowCount(), 1);
  EXPECT_EQ(page()->chart()->drawn().size(), 1U);
  // A figure that another engine never prints is let go of.
  page()->setFilter({"sglang", "kv_tokens", "ABC"});
  EXPECT_TRUE(page()->filter().figure.empty());
  EXPECT_EQ(page()->runs()->rowCount(), 1);
}

TEST_F(EvidenceTest, APointTellsItsRunAndOpensAsAScenario) {
  trigger("actionEvidence");
  page()->store().set(two());
  QTest::mouseClick(find<QPushButton>("evidenceQuality2"), Qt::LeftButton);
  page()->setFilter({"vllm", "weights", "ABC"});
  ASSERT_EQ(page()->chart()->drawn().size(), 1U);
  const std::size_t error = page()->chart()->drawn().front();
  auto* view = page()->chart()->findChild<PlotView*>();
  QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, page()->chart()->positionOf(error).toPoint());
  ASSERT_EQ(page()->selected(), error);
  const QString text = page()->card()->text();
  for (const char* part : {"one", "vLLM", "Llama-3.1-8B", "https://example.org/one", "A repacked checkpoint.",
                           "Attention layers", "measured", "predicted"})
    EXPECT_TRUE(text.contains(QLatin1String(part))) << part << "\n" << text.toStdString();
  find<QPushButton>("runCopySource")->click();
  EXPECT_EQ(QGuiApplication::clipboard()->text(), QStringLiteral("https://example.org/one"));

  const Scenario before = scenario();
  find<QPushButton>("runOpen")->click();
  EXPECT_EQ(window->page(), MainWindow::explore);
  EXPECT_EQ(scenario().engine, Engine::vllm);
  EXPECT_EQ(scenario().context, 4096);
  EXPECT_EQ(scenario().devices.front().accelerator, "l4");
  trigger("actionUndo");
  EXPECT_EQ(scenario(), before);
}

TEST_F(EvidenceTest, ARowOfTheRunsSelectsAndARowOfTheFiguresNarrows) {
  trigger("actionEvidence");
  page()->store().set(two());
  QTest::mouseClick(find<QPushButton>("evidenceQuality2"), Qt::LeftButton);
  QTest::mouseClick(find<QPushButton>("evidenceTables1"), Qt::LeftButton);
  auto* runs = find<QTableView>("runTable");
  QTest::mouseClick(runs->viewport(), Qt::LeftButton, {}, runs->visualRect(runs->model()->index(1, 0)).center());
  ASSERT_TRUE(page()->selected());
  EXPECT_EQ(page()->selected(), page()->runs()->errorAt(1));
  QTest::keyClick(runs, Qt::Key_Down);
  EXPECT_EQ(page()->selected(), page()->runs()->errorAt(2));
  QTest::mouseClick(find<QPushButton>("evidenceTables0"), Qt::LeftButton);
  auto* figures = find<QTableView>("figureTable");
  QTest::mouseClick(figures->viewport(), Qt::LeftButton, {},
                    figures->visualRect(figures->model()->index(0, 0)).center());
  const FigureSummary& first = page()->figures()->summaries().front();
  EXPECT_EQ(page()->filter().group, first.group);
  EXPECT_EQ(page()->filter().figure, first.figure);
}

TEST_F(EvidenceTest, TheChartIsExportedAsThePageShowsIt) {
  trigger("actionEvidence");
  page()->store().set(two());
  page()->setFilter({"vllm", "weights", "AB"});
  answers->save = file(QStringLiteral("evidence.svg"));
  trigger("actionExportChart");
  QFile svg(answers->save);
  ASSERT_TRUE(svg.open(QIODevice::ReadOnly));
  const QString text = QString::fromUtf8(svg.readAll());
  EXPECT_TRUE(text.contains(QStringLiteral("Weights, vLLM: 1 figures"))) << text.left(2000).toStdString();
  EXPECT_FALSE(text.contains(QStringLiteral("Llama 3.1 8B")));  // it is not about the scenario
  trigger("actionCopyCsv");
  EXPECT_TRUE(QGuiApplication::clipboard()->text().contains(QStringLiteral("one,vllm,weights,16094000000,")));
}

}  // namespace
}  // namespace headroom::ui
