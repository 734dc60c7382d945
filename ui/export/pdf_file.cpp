#include "ui/export/pdf_file.h"

#include <QBuffer>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>

#include "core/base/version.h"
#include "ui/export/chart_figure.h"
#include "ui/export/pdf_stamp.h"

namespace headroom::ui {
namespace {

constexpr int kLogicalDpi = 96;
constexpr double kPointsPerInch = 72;

}  // namespace

QByteArray pdfBytes(const ChartFigure& figure, QDate date) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  if (!buffer.open(QIODevice::WriteOnly)) return {};
  QPdfWriter writer(&buffer);
  writer.setResolution(kLogicalDpi);
  const QSizeF points = QSizeF(figure.size()) * kPointsPerInch / kLogicalDpi;
  writer.setPageSize(QPageSize(points, QPageSize::Point, {}, QPageSize::ExactMatch));
  writer.setPageMargins({});
  writer.setTitle(figure.title());
  writer.setCreator(QStringLiteral("Headroom ") + QLatin1String(headroomVersion()));
  QPainter painter;
  if (!painter.begin(&writer)) return {};
  figure.paint(painter);
  painter.end();
  stampPdf(bytes, date);
  return bytes;
}

}  // namespace headroom::ui
