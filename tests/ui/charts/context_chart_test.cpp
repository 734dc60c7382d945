#include "ui/charts/context_chart.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QGraphicsView>
#include <QSignalSpy>
#include <QTest>
#include <cmath>

#include "core/open/scenario_json.h"
#include "sample_snapshot.h"

namespace headroom::ui {
namespace {

class ContextChartTest : public ::testing::Test {
 protected:
  ContextChartTest() {
    chart_.resize(640, 360);
    chart_.show();
    chart_.render(snapshot_);
    QApplication::processEvents();
  }
  QWidget* viewport() { return chart_.findChild<QGraphicsView*>()->viewport(); }

  Snapshot snapshot_ = servingSample();
  ContextChart chart_;
};

TEST_F(ContextChartTest, DrawsOneLinePerFormatAsTheCurvesSay) {
  ASSERT_EQ(chart_.picture().lines.size(), 3U);
  EXPECT_EQ(chart_.picture().lines[1].format, QStringLiteral("q8_0"));
  const QList<QPointF> points = chart_.shownPoints(0);
  ASSERT_FALSE(points.isEmpty());
  EXPECT_DOUBLE_EQ(points.front().x(), 9);  // 2^9 = 512 tokens
  EXPECT_DOUBLE_EQ(points.front().y(), snapshot_.curves[0].kvBytes.front() / static_cast<double>(kGiB));
  for (const QPointF& p : points) EXPECT_LE(p.y(), chart_.scale().maximum * (1 + 1e-12));
}

TEST_F(ContextChartTest, CrossingIsTheLimit) {
  const ContextPicture& picture = chart_.picture();
  ASSERT_TRUE(picture.lines[0].fullAt);
  EXPECT_EQ(*picture.lines[0].fullAt, static_cast<double>(*snapshot_.limits.context));
  // There the cache is what is free beside everything else.
  const double cache = valueAt(picture.lines[0].contexts, picture.lines[0].bytes, *picture.lines[0].fullAt);
  EXPECT_NEAR(cache / picture.free.front(), 1.0, 1e-4);
  EXPECT_EQ(cache, valueAt(picture.lines[0].contexts, picture.free, *picture.lines[0].fullAt));
  // Half the bytes a token, so about twice the tokens: 64/34 for q8_0.
  EXPECT_NEAR(*picture.lines[1].fullAt / *picture.lines[0].fullAt, 64.0 / 34, 1e-3);
}

TEST_F(ContextChartTest, AxisGoesThereAndBack) {
  for (double tokens : {512.0, 8192.0, 131072.0})
    EXPECT_NEAR(chart_.contextAt(chart_.xOf(tokens)), tokens, 1e-6 * tokens);
  EXPECT_LT(chart_.xOf(4096) - chart_.xOf(2048) - (chart_.xOf(65536) - chart_.xOf(32768)), 1e-6);
}

TEST_F(ContextChartTest, DraggingTheCursorPicksContexts) {
  QSignalSpy picked(&chart_, &ContextChart::contextPicked), started(&chart_, &ContextChart::dragStarted),
      finished(&chart_, &ContextChart::dragFinished);
  const int y = chart_.plotRect().center().toPoint().y();
  const auto at = [&](double tokens) { return QPoint(static_cast<int>(std::lround(chart_.xOf(tokens))), y); };
  QTest::mousePress(viewport(), Qt::LeftButton, {}, at(8192));
  for (double tokens : {10000.0, 16384.0, 32768.0}) {
    QMouseEvent move(QEvent::MouseMove, at(tokens), viewport()->mapToGlobal(at(tokens)), Qt::NoButton, Qt::LeftButton,
                     {});
    QApplication::sendEvent(viewport(), &move);
  }
  QTest::mouseRelease(viewport(), Qt::LeftButton, {}, at(32768));
  EXPECT_EQ(started.count(), 1);
  EXPECT_EQ(finished.count(), 1);
  ASSERT_GE(picked.count(), 5);
  for (int i = 1; i < picked.count(); ++i)
    EXPECT_GE(picked[i].front().toLongLong(), picked[i - 1].front().toLongLong());
  const double last = picked.back().front().toDouble();
  EXPECT_NEAR(std::log2(last), 15, 0.05);
}

TEST_F(ContextChartTest, ArrowKeysStepThroughPowersOfTwo) {
  QSignalSpy picked(&chart_, &ContextChart::contextPicked);
  QTest::keyClick(&chart_, Qt::Key_Right);
  QTest::keyClick(&chart_, Qt::Key_Left);
  QTest::keyClick(&chart_, Qt::Key_End);
  ASSERT_EQ(picked.count(), 3);
  EXPECT_EQ(picked[0].front().toLongLong(), 16384);
  EXPECT_EQ(picked[1].front().toLongLong(), 4096);
  EXPECT_EQ(picked[2].front().toLongLong(), *snapshot_.limits.context);
}

TEST_F(ContextChartTest, SaysInWordsWhatItShows) {
  EXPECT_TRUE(chart_.accessibleDescription().contains(QStringLiteral("4.00")));
  EXPECT_TRUE(chart_.accessibleDescription().contains(QStringLiteral("full at")));
}

TEST_F(ContextChartTest, AnEngineThatTakesNoLongerContextIsNotAFullDevice) {
  Snapshot s = servingSample();
  s.limits.context = 2048;  // where the cache takes a fraction of what is free
  chart_.render(s);
  EXPECT_TRUE(chart_.picture().lines[0].refused);
  for (const ContextLine& line : chart_.picture().lines) EXPECT_LE(line.fullAt.value_or(0), 2048);
  EXPECT_TRUE(chart_.accessibleDescription().contains(QStringLiteral("at most")));
  EXPECT_FALSE(chart_.accessibleDescription().contains(QStringLiteral("full at")));
  chart_.render(servingSample());
  EXPECT_FALSE(chart_.picture().lines[0].refused);
  // The end of the axis is no end of memory.
  EXPECT_FALSE(fullAtLimit({512, 1024}, {10, 11}, 20, 1024));
  EXPECT_TRUE(fullAtLimit({512, 1024}, {10, 20}, 21, 1024));
}

TEST_F(ContextChartTest, TheWordsAtACrossingKeepClearOfTheOthers) {
  // Crossings close by each other, at the edges and in the middle.
  const QFontMetricsF metrics(chart_.font());
  for (const double x : {0.05, 0.3, 0.5, 0.7, 0.95})
    for (const double y : {0.1, 0.5, 0.9}) {
      const QRectF plot = chart_.plotRect();
      const QPointF at(plot.left() + x * plot.width(), plot.top() + y * plot.height());
      const QRectF other(at.x() + 20, at.y() + 10, 9, 9);
      const QRectF room = chart_.roomBeside(at, metrics, QStringLiteral("full at 8 511 tokens"), {other});
      EXPECT_TRUE(plot.contains(room)) << x << ' ' << y;
      EXPECT_FALSE(room.intersects(other)) << x << ' ' << y;
      EXPECT_FALSE(room.contains(at));
    }
}

TEST_F(ContextChartTest, TrainingShowsTheWholeDevice) {
  chart_.render(trainingSample());
  EXPECT_TRUE(chart_.picture().wholeDevice);
  EXPECT_EQ(chart_.picture().lines.size(), 1U);
  EXPECT_EQ(chart_.title(), QStringLiteral("Memory against context"));
}

TEST_F(ContextChartTest, TheLineHasAPointWhereTheDeviceIsFull) {
  Snapshot s = trainingSample();
  const Bytes limit = s.estimate.heaviest().device + *s.estimate.heaviest().headroom;
  for (double& b : s.curves[0].deviceBytes) b = std::max(b * 2, static_cast<double>(limit.value()));
  s.limits.context = 30000;
  chart_.render(s);
  const ContextLine& line = chart_.picture().lines[0];
  EXPECT_EQ(valueAt(line.contexts, line.bytes, 30000), static_cast<double>(limit.value()));
}

TEST_F(ContextChartTest, NothingToDrawIsNoCrash) {
  chart_.render(Snapshot{});
  chart_.grab();
  EXPECT_TRUE(chart_.picture().lines.empty());
}

}  // namespace
}  // namespace headroom::ui
