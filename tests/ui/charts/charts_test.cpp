#include <gtest/gtest.h>

#include <QApplication>
#include <QGraphicsView>
#include <QSignalSpy>
#include <QTest>

#include "core/analysis/limits.h"
#include "core/open/scenario_json.h"
#include "sample_snapshot.h"
#include "ui/charts/breakdown_chart.h"
#include "ui/charts/compare_chart.h"
#include "ui/charts/context_chart.h"
#include "ui/charts/line_legend.h"
#include "ui/charts/memory_bar.h"
#include "ui/charts/step_chart.h"

namespace headroom::ui {
namespace {

double inGib(Bytes bytes) {
  return static_cast<double>(bytes.value()) / static_cast<double>(kGiB);
}

void showAt(QWidget& widget, QSize size) {
  widget.resize(size);
  widget.show();
  QApplication::processEvents();
}

Snapshot estimated() {
  auto scenario =
      readScenario(R"({"headroom": 1, "model": "meta-llama/Llama-3.1-8B", "engine": "vllm", "batch": 4, "context": 8192,
                                   "devices": [{"accelerator": "rtx-4090", "count": 1}]})",
                   "test");
  EXPECT_TRUE(scenario) << scenario.error().text();
  Snapshot s;
  s.scenario = *scenario;
  s.settings = settingsOf(s.scenario);
  s.estimate = estimate(s.scenario);
  return s;
}

TEST(BreakdownChart, ShowsTheEstimatesBytes) {
  const Snapshot snapshot = estimated();
  BreakdownChart chart;
  showAt(chart, {460, 320});
  chart.render(snapshot);
  double sum = 0;
  for (std::size_t i = 0; i < kComponentCount; ++i) {
    const auto id = static_cast<ComponentId>(i);
    EXPECT_DOUBLE_EQ(chart.shownValue(id, 0), inGib(snapshot.estimate.heaviest().ledger.bytes(id)));
    sum += chart.shownValue(id, 0);
  }
  EXPECT_NEAR(sum, inGib(snapshot.estimate.heaviest().device), 1e-9);
  EXPECT_GT(sum, 14.9);
}

TEST(BreakdownChart, HasAColumnPerKindOfRankAndFollowsTheirNumber) {
  BreakdownChart chart;
  showAt(chart, {560, 320});
  chart.render(trainingSample());
  ASSERT_EQ(chart.stacks().size(), 4U);
  EXPECT_DOUBLE_EQ(chart.shownValue(ComponentId::logits, 3),
                   inGib(trainingSample().estimate.ranks[3].ledger.bytes(ComponentId::logits)));
  chart.render(servingSample());
  EXPECT_EQ(chart.stacks().size(), 1U);
  EXPECT_DOUBLE_EQ(chart.shownValue(ComponentId::kv_cache, 0), 4.0);
  chart.setSubject(BreakdownChart::Subject::devices);
  EXPECT_EQ(chart.stacks().size(), 3U);
}

TEST(StepChart, ShowsEveryMomentOfTheStepAndPeaksAtTheEstimate) {
  const Snapshot snapshot = trainingSample();
  StepChart chart;
  showAt(chart, {560, 320});
  chart.render(snapshot);
  const RankEstimate& rank = snapshot.estimate.heaviest();
  ASSERT_TRUE(chart.peak());
  EXPECT_EQ(chart.moments()[*chart.peak()].total, rank.device);
  EXPECT_EQ(chart.moments()[*chart.peak()].label.toStdString(), rank.peakMoment);
  const std::size_t skipped = rank.moments.size() - chart.moments().size();
  for (std::size_t m = 0; m < chart.moments().size(); ++m)
    EXPECT_EQ(chart.moments()[m].at(ComponentId::activations),
              rank.moments[m + skipped].bytes[static_cast<std::size_t>(ComponentId::activations)]);
}

TEST(StepChart, AClickNamesTheComponentUnderIt) {
  const Snapshot snapshot = trainingSample();
  StepChart chart;
  showAt(chart, {560, 320});
  chart.render(snapshot);
  QSignalSpy spy(&chart, &Chart::componentActivated);
  const Stack& peak = chart.moments()[*chart.peak()];
  const double middle = static_cast<double>(peak.at(ComponentId::weights).value()) / 2;
  ASSERT_GT(middle, 0);
  QTest::mouseClick(&chart, Qt::LeftButton, {}, chart.pointOf(*chart.peak(), middle).toPoint());
  ASSERT_EQ(spy.count(), 1);
  EXPECT_EQ(spy.front().front().value<ComponentId>(), ComponentId::weights);
}

TEST(BreakdownChart, AxisReachesTheCapacityAndTheBand) {
  BreakdownChart chart;
  showAt(chart, {460, 320});
  chart.render(trainingSample());
  for (const Stack& stack : chart.stacks()) EXPECT_GE(chart.scale().maximum, inGib(stack.extent()));
}

TEST(BreakdownChart, ClickNamesTheComponent) {
  BreakdownChart chart;
  showAt(chart, {460, 320});
  chart.render(servingSample());
  QSignalSpy spy(&chart, &Chart::componentActivated);
  auto* view = chart.findChild<QGraphicsView*>();
  ASSERT_TRUE(view);
  QTest::mouseClick(view->viewport(), Qt::LeftButton, {},
                    chart.segmentRect(0, ComponentId::kv_cache).center().toPoint());
  ASSERT_EQ(spy.count(), 1);
  EXPECT_EQ(spy.front().front().value<ComponentId>(), ComponentId::kv_cache);
}

TEST(Charts, HiddenOnesOnlyRemember) {
  BreakdownChart breakdown;
  ContextChart context;
  CompareChart compare;
  MemoryBar bar;
  for (Chart* chart : std::initializer_list<Chart*>{&breakdown, &context, &compare, &bar}) {
    for (int i = 0; i < 3; ++i) chart->render(servingSample());
    EXPECT_EQ(chart->renderCount(), 0) << chart->metaObject()->className();
    showAt(*chart, {640, 400});
    EXPECT_EQ(chart->renderCount(), 1) << chart->metaObject()->className();
    EXPECT_FALSE(chart->accessibleDescription().isEmpty());
  }
  EXPECT_NEAR(breakdown.shownValue(ComponentId::weights, 0), 14.96, 1e-9);
}

TEST(Charts, FollowTheThemeWhenItChanges) {
  Theme::setChoice(Theme::Choice::light);
  BreakdownChart breakdown;
  ContextChart context;
  showAt(breakdown, {460, 320});
  showAt(context, {460, 320});
  breakdown.render(servingSample());
  context.render(servingSample());
  const QColor runtime = breakdown.shownColour(ComponentId::runtime), other = context.shownColour(1);
  EXPECT_EQ(other, Theme::light().quietText);
  Theme::setChoice(Theme::Choice::dark);
  QApplication::processEvents();
  EXPECT_NE(breakdown.shownColour(ComponentId::runtime), runtime);
  EXPECT_EQ(context.shownColour(1), Theme::darkTheme().quietText);
  EXPECT_GT(breakdown.shownColour(ComponentId::runtime).lightness(), runtime.lightness());
  Theme::setChoice(Theme::Choice::system);
}

TEST(MemoryBar, SegmentsAreAsWideAsTheirBytes) {
  MemoryBar bar;
  showAt(bar, {800, bar.sizeHint().height()});
  bar.render(servingSample());
  const double perGib = bar.segmentRect(ComponentId::weights).width() / 14.96;
  EXPECT_NEAR(bar.segmentRect(ComponentId::kv_cache).width(), 4.0 * perGib, 0.01);
  EXPECT_NEAR(bar.segmentRect(ComponentId::runtime).right() - bar.segmentRect(ComponentId::weights).left(),
              20.40 * perGib, 0.01);
  // The bar's own width is the card's 23.64 GiB.
  EXPECT_NEAR(23.64 * perGib, 800, 8);
}

// What the allocator gives back stands lighter, and is not hatched as too much where only it is.
TEST(MemoryBar, WhatGivesWayStandsLighterAndIsNotTooMuch) {
  Snapshot s = trainingSample();
  RankEstimate& rank = s.estimate.ranks.front();
  rank.high = rank.low = rank.device;  // no whisker across the segment
  rank.usable = rank.device - rank.releasable;
  MemoryBar bar;
  showAt(bar, {760, bar.sizeHint().height()});
  bar.render(s);
  EXPECT_FALSE(bar.stack().overflows());
  const QPoint at = bar.segmentRect(ComponentId::fragmentation).center().toPoint();
  const QColor lighter = bar.grab().toImage().pixelColor(at);
  const QColor full = Theme::current().colour(ComponentId::fragmentation), card = Theme::current().card;
  const double veil = Theme::current().dark ? 0.72 : 0.5;
  EXPECT_NEAR(lighter.redF(), (1 - veil) * full.redF() + veil * card.redF(), 0.02);
  rank.usable = rank.device - rank.releasable - Bytes(1);
  bar.render(s);
  EXPECT_TRUE(bar.stack().overflows());
}

TEST(MemoryBar, KeyboardWalksTheSegments) {
  MemoryBar bar;
  showAt(bar, {800, bar.sizeHint().height()});
  bar.render(servingSample());
  QSignalSpy spy(&bar, &Chart::componentActivated);
  QTest::keyClick(&bar, Qt::Key_Right);
  QTest::keyClick(&bar, Qt::Key_Return);
  QTest::keyClick(&bar, Qt::Key_End);
  QTest::keyClick(&bar, Qt::Key_Space);
  ASSERT_EQ(spy.count(), 2);
  EXPECT_EQ(spy[0].front().value<ComponentId>(), ComponentId::kv_cache);
  EXPECT_EQ(spy[1].front().value<ComponentId>(), ComponentId::runtime);
}

TEST(MemoryBar, KeepsItsHeightWhateverTheNumbers) {
  MemoryBar bar;
  const int before = bar.sizeHint().height();
  showAt(bar, {800, before});
  bar.render(trainingSample());
  EXPECT_EQ(bar.sizeHint().height(), before);
}

TEST(CompareChart, PutsEveryDeviceOnOneAxis) {
  const Snapshot snapshot = servingSample();
  CompareChart chart;
  showAt(chart, {700, 420});
  chart.render(snapshot);
  ASSERT_EQ(chart.stacks().size(), 3U);
  for (int c = 0; c < 3; ++c) {
    EXPECT_NEAR(chart.shownValue(ComponentId::weights, c), 14.96, 1e-9);
    EXPECT_GE(chart.scale().maximum, inGib(*chart.stacks()[static_cast<std::size_t>(c)].capacity));
  }
  EXPECT_LT(chart.columnRect(0).right(), chart.columnRect(1).left());
  EXPECT_GE(chart.width(), chart.minimumSizeHint().width());
}

TEST(Charts, TooltipGivesBytesShareAndFormula) {
  const Snapshot snapshot = estimated();
  const Stack stack = rankStacks(snapshot).front();
  const QString tip = segmentTip(stack, ComponentId::kv_cache, &snapshot.estimate.heaviest().ledger, ByteUnit::gib);
  EXPECT_TRUE(tip.contains(QStringLiteral("KV cache")));
  EXPECT_TRUE(tip.contains(QStringLiteral("GiB")));
  EXPECT_TRUE(tip.contains(QChar(0x00D7))) << qPrintable(tip);
}

// Lines stand beside each other only where every name and number is whole; few of them one below the other otherwise.
TEST(LineLegend, ANameIsWholeWhereThereIsRoomForIt) {
  const QFontMetricsF metrics{QFont()};
  const QStringList names{QStringLiteral("A  Llama 3.1 70B nf4"), QStringLiteral("B  Llama 3.1 70B bnb-int8"),
                          QStringLiteral("C  Qwen3 8B"), QStringLiteral("D  DeepSeek V3 fp8")};
  for (int lines = 2; lines <= 4; ++lines)
    for (double width = 120; width < 1200; width += 20) {
      LineLegend legend;
      double widest = 0;
      for (int i = 0; i < lines; ++i) {
        legend.labels << names[i];
        legend.notes << (i % 2 == 0 ? QStringLiteral("full at 8 511") : QString());
        widest = std::max(widest, metrics.horizontalAdvance(legend.labels[i] + QStringLiteral("  ") + legend.notes[i]));
      }
      const double rows = lineLegendHeight(legend, width, metrics) / lineLegendHeight({{names[0]}, {}}, width, metrics);
      const bool whole = widest + 36 <= width / 2;
      EXPECT_NEAR(rows, lines, whole ? (lines + 1) / 2 + 0.5 : 0.01) << lines << " lines in " << width;
      if (width > 2 * widest + 200) {
        EXPECT_NEAR(rows, (lines + 1) / 2, 0.01) << lines << " lines in " << width;
      }
    }
}

}  // namespace
}  // namespace headroom::ui
