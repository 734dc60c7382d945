#include "ui/export/chart_exporter.h"

#include <gtest/gtest.h>

#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QImage>
#include <QMimeData>
#include <QTemporaryDir>
#include <QXmlStreamReader>
#include <algorithm>

#include "../charts/sample_snapshot.h"
#include "ui/export/chart_figure.h"
#include "ui/style/theme.h"

namespace headroom::ui {
namespace {

ImageOptions onADay() {
  ImageOptions options;
  options.date = QDate(2026, 1, 2);
  return options;
}

QByteArray image(const Snapshot& snapshot, const QString& name, const QString& suffix) {
  const auto bytes = chartImage(snapshot, name, *imageFormatOf(QStringLiteral("a.") + suffix), onADay());
  EXPECT_TRUE(bytes) << bytes.error().text();
  return bytes.value_or(QByteArray());
}

// Every <text> of an SVG; a document that does not parse fails.
QStringList textsOf(const QByteArray& svg) {
  QStringList texts;
  QXmlStreamReader xml(svg);
  while (!xml.atEnd()) {
    if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == QLatin1String("text"))
      texts += xml.readElementText();
  }
  EXPECT_FALSE(xml.hasError()) << qPrintable(xml.errorString());
  return texts;
}

TEST(ChartExporter, SvgHoldsItsLabelsAsText) {
  const QStringList texts = textsOf(image(servingSample(), QStringLiteral("breakdown"), QStringLiteral("svg")));
  for (const char* wanted : {"Weights", "14.96", "KV cache", "Total", "20.40", "capacity 23.64\u00A0GiB",
                             "GeForce RTX 4090", "Fits — 20.4 of 23.6\u00A0GiB, 3.2\u00A0GiB left"}) {
    EXPECT_TRUE(texts.contains(QString::fromUtf8(wanted))) << wanted;
  }
  const QString foot = texts.join(QLatin1Char('\n'));
  EXPECT_TRUE(foot.contains(QStringLiteral("2026-01-02")));
  EXPECT_TRUE(foot.contains(QStringLiteral("vLLM")));
}

// A name from a file may hold anything; the drawing stays well formed and shows the name as text.
TEST(ChartExporter, SvgTakesNamesAsText) {
  Snapshot s = servingSample();
  const std::string evil = "</title></text><script>x()</script>&\x1b[2J\n\xe2\x80\xae\xff\x01";
  Model model = *s.scenario.model;
  model.label = evil;
  s.scenario.model = std::make_shared<const Model>(model);
  s.scenario.engineVersion = evil;
  for (DeviceRequest& d : s.scenario.devices) d.accelerator = evil, d.entry = nullptr;
  for (ComparedColumn& c : s.columns)
    for (DeviceRequest& d : c.scenario.devices) d.accelerator = evil, d.entry = nullptr;
  for (RankEstimate& r : s.estimate.ranks) r.label = evil;
  for (const char* chart : {"breakdown", "bar", "compare", "devices", "context"}) {
    const QByteArray svg = image(s, QLatin1String(chart), QStringLiteral("svg"));
    EXPECT_FALSE(svg.contains("<script")) << chart;
    EXPECT_TRUE(std::ranges::none_of(svg, [](unsigned char c) { return c < 0x20 && c != '\n'; })) << chart;
    EXPECT_FALSE(textsOf(svg).isEmpty()) << chart;
  }
}

TEST(ChartExporter, ContextSvgReadsOutTheCrossing) {
  const QStringList texts = textsOf(image(servingSample(), QStringLiteral("context"), QStringLiteral("svg")));
  EXPECT_TRUE(texts.contains(QString::fromUtf8("full at 14\u00A0827 tokens")));
  EXPECT_TRUE(texts.contains(QStringLiteral("128K")));
}

TEST(ChartExporter, LinesAreNotFilled) {
  // The icon of a verdict leaves its brush behind; a line drawn with it is an area in the colour of "exceeds".
  Snapshot snapshot = servingSample();
  snapshot.estimate.ranks[0].verdict = Verdict::exceeds;
  const QImage png = QImage::fromData(image(snapshot, QStringLiteral("context"), QStringLiteral("png")), "PNG");
  int red = 0;
  for (int y = png.height() / 4; y < png.height(); ++y) {
    for (int x = 0; x < png.width(); ++x) red += png.pixelColor(x, y) == Theme::light().exceeds ? 1 : 0;
  }
  EXPECT_EQ(red, 0);
}

TEST(ChartExporter, CompareSvgNamesEveryDeviceItsVerdictAndLimits) {
  const QStringList texts = textsOf(image(servingSample(), QStringLiteral("compare"), QStringLiteral("svg")));
  EXPECT_EQ(texts.count(QStringLiteral("Fits")), 2);
  EXPECT_EQ(texts.count(QStringLiteral("Tight")), 1);
  EXPECT_TRUE(texts.contains(QString::fromUtf8("context ≤ 11\u00A0264")));
  EXPECT_TRUE(texts.contains(QStringLiteral("A10G")));
  // No device's verdict stands over all of them; the model and what is asked do.
  EXPECT_FALSE(texts.join(QLatin1Char('|')).contains(QStringLiteral("Fits —")));
  EXPECT_TRUE(texts.join(QLatin1Char('|')).contains(QStringLiteral("own verdict")));
  EXPECT_TRUE(texts.join(QLatin1Char('|')).contains(QStringLiteral("context 8")));
}

TEST(ChartExporter, PdfHasFontsAndNoPictures) {
  for (const QString& name : chartNames()) {
    const QByteArray pdf = image(trainingSample(), name, QStringLiteral("pdf"));
    EXPECT_TRUE(pdf.startsWith("%PDF-"));
    EXPECT_FALSE(pdf.contains("/Subtype /Image")) << qPrintable(name);
    EXPECT_TRUE(pdf.contains("/FontFile2") || pdf.contains("/FontFile3")) << qPrintable(name);
  }
}

TEST(ChartExporter, PngHasTwicePixelsOfItsSize) {
  for (const QString& name : chartNames()) {
    const QImage png = QImage::fromData(image(servingSample(), name, QStringLiteral("png")), "PNG");
    EXPECT_EQ(png.size(), 2 * usualSize(name)) << qPrintable(name);
    EXPECT_EQ(png.pixelColor(2, 2), Theme::light().card);
  }
}

TEST(ChartExporter, IsLightInADarkWindow) {
  const QByteArray light = image(servingSample(), QStringLiteral("breakdown"), QStringLiteral("svg"));
  Theme::setChoice(Theme::Choice::dark);
  const QByteArray dark = image(servingSample(), QStringLiteral("breakdown"), QStringLiteral("svg"));
  Theme::setChoice(Theme::Choice::system);
  EXPECT_EQ(light, dark);
}

TEST(ChartExporter, SameSnapshotSameBytes) {
  for (const QString& name : chartNames()) {
    for (const ImageFormat& format : imageFormats()) {
      const QString suffix = QLatin1String(format.suffix);
      EXPECT_EQ(image(servingSample(), name, suffix), image(servingSample(), name, suffix))
          << qPrintable(name) << format.suffix;
    }
  }
}

TEST(ChartExporter, WritesTheFormatOfTheSuffixAsAWhole) {
  QTemporaryDir dir;
  const QString path = dir.filePath(QStringLiteral("out.svg"));
  QFile before(path);
  ASSERT_TRUE(before.open(QIODevice::WriteOnly));
  before.write("old");
  before.close();
  ASSERT_TRUE(exportChart(servingSample(), QStringLiteral("bar"), path, onADay()));
  QFile after(path);
  ASSERT_TRUE(after.open(QIODevice::ReadOnly));
  EXPECT_EQ(after.readAll(), image(servingSample(), QStringLiteral("bar"), QStringLiteral("svg")));
}

TEST(ChartExporter, SaysWhatIsWrong) {
  QTemporaryDir dir;
  const auto unknown = exportChart(servingSample(), QStringLiteral("pie"), dir.filePath(QStringLiteral("a.png")));
  ASSERT_FALSE(unknown);
  EXPECT_NE(unknown.error().message.find("breakdown"), std::string::npos);
  const auto suffix = exportChart(servingSample(), QStringLiteral("bar"), dir.filePath(QStringLiteral("a.gif")));
  ASSERT_FALSE(suffix);
  EXPECT_EQ(suffix.error().code, ErrorCode::usage);
  const auto folder =
      exportChart(servingSample(), QStringLiteral("bar"), dir.filePath(QStringLiteral("no/such/a.png")));
  ASSERT_FALSE(folder);
  EXPECT_EQ(folder.error().code, ErrorCode::io);
  ImageOptions huge;
  huge.size = {100'000, 100'000};
  EXPECT_FALSE(exportChart(servingSample(), QStringLiteral("bar"), dir.filePath(QStringLiteral("a.png")), huge));
  EXPECT_TRUE(QDir(dir.path()).isEmpty());
}

TEST(ChartExporter, CopiesAPictureAndSvg) {
  ASSERT_TRUE(copyChart(servingSample(), QStringLiteral("bar"), onADay()));
  const QMimeData* data = QGuiApplication::clipboard()->mimeData();
  ASSERT_TRUE(data);
  EXPECT_TRUE(data->hasImage());
  EXPECT_TRUE(data->data(QStringLiteral("image/svg+xml")).contains("<svg"));
}

}  // namespace
}  // namespace headroom::ui
