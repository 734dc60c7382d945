// Paints every chart in both themes and at both scales and looks at the picture: something is there, and nothing is cut
// off at its edges. With HEADROOM_GALLERY set to a folder the pictures stay there for a person to look at.
#include <gtest/gtest.h>

#include <QDir>
#include <QPainter>

#include "sample_snapshot.h"
#include "ui/charts/breakdown_chart.h"
#include "ui/charts/compare_chart.h"
#include "ui/charts/context_chart.h"
#include "ui/charts/memory_bar.h"
#include "ui/charts/step_chart.h"

namespace headroom::ui {
namespace {

QImage paint(Chart& chart, const Snapshot& snapshot, QSize size, const Theme& theme, int scale) {
  chart.setFixedTheme(&theme);
  chart.render(snapshot);
  chart.layOut(size);
  // One pixel around the chart must stay as it was.
  QImage image((size + QSize(2, 2)) * scale, QImage::Format_RGB32);
  image.fill(theme.card);
  QPainter painter(&image);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.scale(scale, scale);
  chart.paintFigure(painter, QRectF(QPointF(1, 1), size));
  return image;
}

bool frameIsClean(const QImage& image, const QColor& ground) {
  for (int x = 0; x < image.width(); ++x) {
    if (image.pixelColor(x, 0) != ground || image.pixelColor(x, image.height() - 1) != ground) return false;
  }
  for (int y = 0; y < image.height(); ++y) {
    if (image.pixelColor(0, y) != ground || image.pixelColor(image.width() - 1, y) != ground) return false;
  }
  return true;
}

bool hasColour(const QImage& image, const QColor& wanted) {
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < image.width(); ++x) {
      if (image.pixelColor(x, y) == wanted) return true;
    }
  }
  return false;
}

void look(Chart& chart, const Snapshot& snapshot, QSize size, const QString& name) {
  for (const Theme* theme : {&Theme::light(), &Theme::darkTheme()}) {
    for (int scale : {1, 2}) {
      const QImage image = paint(chart, snapshot, size, *theme, scale);
      const QString file =
          QStringLiteral("%1_%2_%3x.png").arg(name, QString::fromLatin1(theme->dark ? "dark" : "light")).arg(scale);
      EXPECT_TRUE(hasColour(image, theme->colour(ComponentId::weights)) ||
                  hasColour(image, theme->colour(ComponentId::kv_cache)))
          << qPrintable(file);
      EXPECT_TRUE(frameIsClean(image, theme->card)) << qPrintable(file);
      if (qEnvironmentVariableIsEmpty("HEADROOM_GALLERY")) continue;
      QDir().mkpath(qEnvironmentVariable("HEADROOM_GALLERY"));
      EXPECT_TRUE(image.save(qEnvironmentVariable("HEADROOM_GALLERY") + QLatin1Char('/') + file)) << qPrintable(file);
    }
  }
}

TEST(Gallery, Breakdown) {
  BreakdownChart chart;
  look(chart, servingSample(), {460, 320}, QStringLiteral("breakdown_serving"));
  look(chart, trainingSample(), {560, 320}, QStringLiteral("breakdown_training"));
  look(chart, trainingSample(), {300, 216}, QStringLiteral("breakdown_small"));
  look(chart, servingSample(), {350, 216}, QStringLiteral("breakdown_small_one"));
  chart.setSubject(BreakdownChart::Subject::devices);
  look(chart, servingSample(), {560, 320}, QStringLiteral("breakdown_devices"));
}

TEST(Gallery, Step) {
  StepChart chart;
  look(chart, trainingSample(), {560, 320}, QStringLiteral("step"));
  look(chart, trainingSample(), {300, 216}, QStringLiteral("step_small"));
  look(chart, trainingSample(), {900, 480}, QStringLiteral("step_wide"));
}

TEST(Gallery, Bar) {
  MemoryBar chart;
  const int height = chart.sizeHint().height();
  look(chart, servingSample(), {760, height}, QStringLiteral("bar_serving"));
  look(chart, trainingSample(), {760, height}, QStringLiteral("bar_training"));
  look(chart, trainingSample(), {420, height}, QStringLiteral("bar_small"));
}

TEST(Gallery, Context) {
  ContextChart chart;
  look(chart, servingSample(), {560, 320}, QStringLiteral("context_serving"));
  look(chart, trainingSample(), {560, 320}, QStringLiteral("context_training"));
  look(chart, servingSample(), {300, 216}, QStringLiteral("context_small"));
}

TEST(Gallery, Compare) {
  CompareChart chart;
  look(chart, servingSample(), {640, 400}, QStringLiteral("compare_serving"));
}

}  // namespace
}  // namespace headroom::ui
