#include "ui/export/chart_exporter.h"

#include <QBuffer>
#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QImage>
#include <QMimeData>
#include <QPainter>
#include <QSvgGenerator>

#include "core/base/text_file.h"
#include "ui/export/chart_figure.h"
#include "ui/export/pdf_file.h"
#include "ui/languages/tr.h"

namespace headroom::ui {
namespace {

constexpr int kLogicalDpi = 96, kLargestSide = 32'000, kLargestScale = 8;

QImage pngImage(const ChartFigure& figure, int scale) {
  QImage image(figure.size() * scale, QImage::Format_RGB32);
  if (image.isNull()) return image;
  QPainter painter(&image);
  painter.scale(scale, scale);
  figure.paint(painter);
  painter.end();
  const int perMetre = qRound(kLogicalDpi * scale / 0.0254);
  image.setDotsPerMeterX(perMetre);
  image.setDotsPerMeterY(perMetre);
  image.setText(QStringLiteral("Title"), figure.title());
  image.setText(QStringLiteral("Description"), figure.description());
  return image;
}

QByteArray pngBytes(const QImage& image) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  return image.save(&buffer, "PNG") ? bytes : QByteArray();
}

QByteArray svgBytes(const ChartFigure& figure) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  QSvgGenerator generator;
  generator.setOutputDevice(&buffer);
  // At its default of 72 Qt writes text at three quarters of the size it was laid out with.
  generator.setResolution(kLogicalDpi);
  generator.setSize(figure.size());
  generator.setViewBox(QRect(QPoint(0, 0), figure.size()));
  // Qt 6.4 writes both as they are, tags and all.
  generator.setTitle(figure.title().toHtmlEscaped());
  generator.setDescription(figure.description().toHtmlEscaped());
  QPainter painter;
  if (!painter.begin(&generator)) return {};
  figure.paint(painter);
  painter.end();
  return bytes;
}

constexpr ImageFormat kFormats[] = {
    {"png", QT_TRANSLATE_NOOP("headroom::ui", "PNG picture"),
     [](const ChartFigure& f, const ImageOptions& o) { return pngBytes(pngImage(f, o.scale)); }},
    {"svg", QT_TRANSLATE_NOOP("headroom::ui", "SVG drawing"),
     [](const ChartFigure& f, const ImageOptions&) { return svgBytes(f); }},
    {"pdf", QT_TRANSLATE_NOOP("headroom::ui", "PDF document"),
     [](const ChartFigure& f, const ImageOptions& o) { return pdfBytes(f, o.date); }},
};

Result<ImageOptions> checked(const QString& name, ImageOptions options) {
  if (!chartNames().contains(name)) {
    return fail(ErrorCode::unknown_name, QStringLiteral("there is no chart \"%1\"; known are %2")
                                             .arg(name, chartNames().join(QStringLiteral(", ")))
                                             .toStdString());
  }
  if (options.size.isEmpty()) options.size = usualSize(name);
  const int longest = std::max(options.size.width(), options.size.height());
  if (options.scale < 1 || options.scale > kLargestScale || longest * options.scale > kLargestSide) {
    return fail(ErrorCode::value,
                QStringLiteral("a picture may have at most %1 pixels a side").arg(kLargestSide).toStdString());
  }
  return options;
}

}  // namespace

std::span<const ImageFormat> imageFormats() {
  return kFormats;
}

const ImageFormat* imageFormatOf(const QString& path) {
  const QString suffix = QFileInfo(path).suffix();
  for (const ImageFormat& format : kFormats)
    if (suffix.compare(QLatin1String(format.suffix), Qt::CaseInsensitive) == 0) return &format;
  return nullptr;
}

std::string imageEndings() {
  std::string text;
  for (const ImageFormat& format : kFormats) {
    if (!text.empty()) text += &format == &kFormats[std::size(kFormats) - 1] ? " or " : ", ";
    text += std::string(".") + format.suffix;
  }
  return text;
}

QString imageFilter() {
  QStringList filters;
  for (const ImageFormat& format : kFormats)
    filters << QStringLiteral("%1 (*.%2)").arg(tr(format.words), QLatin1String(format.suffix));
  return filters.join(QStringLiteral(";;"));
}

Result<QByteArray> chartImage(const Snapshot& snapshot, const QString& name, const ImageFormat& format,
                              const ImageOptions& wanted) {
  const Result<ImageOptions> options = checked(name, wanted);
  if (!options) return tl::unexpected(options.error());
  const ChartFigure figure(snapshot, name, options->size, options->date, options->prepare);
  const QByteArray bytes = format.bytes(figure, *options);
  if (bytes.isEmpty())
    return fail(ErrorCode::io, "the picture could not be made; is there enough memory for its size?");
  return bytes;
}

Result<void> exportChart(const Snapshot& snapshot, const QString& name, const QString& path,
                         const ImageOptions& options) {
  const ImageFormat* format = imageFormatOf(path);
  if (!format) return fail(ErrorCode::usage, "the file's name must end in " + imageEndings(), path.toStdString());
  const Result<QByteArray> bytes = chartImage(snapshot, name, *format, options);
  if (!bytes) return tl::unexpected(bytes.error());
  return writeFileAtomically(path.toStdString(), {bytes->constData(), static_cast<std::size_t>(bytes->size())});
}

Result<void> copyChart(const Snapshot& snapshot, const QString& name, const ImageOptions& wanted) {
  const Result<ImageOptions> options = checked(name, wanted);
  if (!options) return tl::unexpected(options.error());
  const ChartFigure figure(snapshot, name, options->size, options->date, options->prepare);
  const QImage image = pngImage(figure, options->scale);
  if (image.isNull()) return fail(ErrorCode::io, "the picture could not be made; is there enough memory for its size?");
  auto* data = new QMimeData;
  data->setImageData(image);
  data->setData(QStringLiteral("image/svg+xml"), svgBytes(figure));
  QGuiApplication::clipboard()->setMimeData(data);
  return {};
}

}  // namespace headroom::ui
