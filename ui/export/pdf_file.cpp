#include "ui/export/pdf_file.h"

#include <QBuffer>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>

#include "ui/export/chart_figure.h"

namespace headroom::ui {
namespace {

constexpr int kLogicalDpi = 96;
constexpr double kPointsPerInch = 72;

// Qt stamps the file with the clock; the digits are replaced in place, so that no offset in the file moves.
void stamp(QByteArray& pdf, QDate date) {
  const QByteArray key = "/CreationDate (D:";
  const qsizetype at = pdf.indexOf(key);
  const QByteArray digits = date.toString(QStringLiteral("yyyyMMdd")).toLatin1() + "000000";
  if (at >= 0 && digits.size() == 14) pdf.replace(at + key.size(), digits.size(), digits);
}

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
  writer.setCreator(QStringLiteral("Headroom ") + QLatin1String(HEADROOM_VERSION));
  QPainter painter;
  if (!painter.begin(&writer)) return {};
  figure.paint(painter);
  painter.end();
  stamp(bytes, date);
  return bytes;
}

}  // namespace headroom::ui
