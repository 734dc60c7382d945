// Paints every chart to a file when HEADROOM_GALLERY names a folder: a look at what people will see.
#include <gtest/gtest.h>

#include <QDir>
#include <QPainter>

#include "sample_snapshot.h"
#include "ui/charts/breakdown_chart.h"
#include "ui/charts/compare_chart.h"
#include "ui/charts/context_chart.h"
#include "ui/charts/memory_bar.h"

namespace headroom::ui {
namespace {

void save(Chart& chart, const Snapshot& snapshot, QSize size, const QString& name) {
  for (const Theme* theme : {&Theme::light(), &Theme::darkTheme()}) {
    for (int scale : {1, 2}) {
      chart.setFixedTheme(theme);
      chart.render(snapshot);
      chart.layOut(size);
      QImage image(size * scale, QImage::Format_RGB32);
      image.setDevicePixelRatio(scale);
      image.fill(theme->card);
      QPainter painter(&image);
      painter.setRenderHint(QPainter::Antialiasing);
      chart.paintFigure(painter, QRectF(QPointF(0, 0), size));
      painter.end();
      const QString file = QStringLiteral("%1/%2_%3_%4x.png").arg(qEnvironmentVariable("HEADROOM_GALLERY"), name,
                                                                  QString::fromLatin1(theme->dark ? "dark" : "light")).arg(scale);
      EXPECT_TRUE(image.save(file)) << qPrintable(file);
    }
  }
}

TEST(Gallery, PaintsEveryChart) {
  if (qEnvironmentVariableIsEmpty("HEADROOM_GALLERY")) GTEST_SKIP() << "set HEADROOM_GALLERY to a folder";
  QDir().mkpath(qEnvironmentVariable("HEADROOM_GALLERY"));
  const Snapshot serving = servingSample(), training = trainingSample();
  {
    BreakdownChart chart;
    save(chart, serving, {460, 320}, QStringLiteral("breakdown_serving"));
    save(chart, training, {560, 320}, QStringLiteral("breakdown_training"));
    chart.setSubject(BreakdownChart::Subject::devices);
    save(chart, serving, {560, 320}, QStringLiteral("breakdown_devices"));
  }
  {
    BreakdownChart small;
    save(small, training, {300, 216}, QStringLiteral("small_breakdown"));
    save(small, serving, {350, 216}, QStringLiteral("small_one"));
    ContextChart context;
    save(context, serving, {300, 216}, QStringLiteral("small_context"));
    MemoryBar bar;
    save(bar, training, {420, bar.sizeHint().height()}, QStringLiteral("small_bar"));
  }
  {
    MemoryBar bar;
    save(bar, serving, {760, bar.sizeHint().height()}, QStringLiteral("bar_serving"));
    save(bar, training, {760, bar.sizeHint().height()}, QStringLiteral("bar_training"));
  }
  {
    ContextChart chart;
    save(chart, serving, {560, 320}, QStringLiteral("context_serving"));
    save(chart, training, {560, 320}, QStringLiteral("context_training"));
  }
  {
    CompareChart chart;
    save(chart, serving, {640, 400}, QStringLiteral("compare_serving"));
  }
}

}  // namespace
}  // namespace headroom::ui
